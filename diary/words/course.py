"""The few figures by which injections are compared, each in a few words of a table's cell."""

from diary.domain.block import Block
from diary.domain.relief import Interval
from diary.domain.steroid import Figures
from diary.domain.steroid_figures import DayRange, Landmark
from diary.words.steroid_numbers import lasted_words
from diary.words.times import minute_in_words, minutes_in_words, relief_in_words, score_in_words
from diary.words.verdicts import BADGES

NONE = "none seen"


def peak_words(block: Block) -> str:
    """1 at 25 min, 85.7% less."""
    if block.peak is None:
        return NONE
    return f"{block.peak.score} at {minute_in_words(block.peak.minute)}, {relief_in_words(block.peak.relief)}"


def held_words(duration: Interval | None) -> str:
    """Between 45 and 90 min, at least 45 min."""
    if duration is None:
        return NONE
    if duration.at_most is None:
        return f"at least {minute_in_words(duration.at_least)}"
    return f"between {minutes_in_words(duration.at_least, duration.at_most)}"


def onset_words(onset: DayRange | None) -> str:
    """Day 6, day 5 to 6."""
    if onset is None:
        return NONE
    return f"day {onset.last}" if onset.first == onset.last else f"day {onset.first} to {onset.last}"


def relief_days_words(lasted: Interval | None) -> str:
    """99 to 107 days, at least 102 days."""
    return NONE if lasted is None else lasted_words(lasted)


def landmark_words(landmark: Landmark | None) -> str:
    """3.5, 50% less (n 4)."""
    if landmark is None:
        return "no scores"
    relief = "" if landmark.relief is None else f", {relief_in_words(landmark.relief)}"
    return f"{score_in_words(landmark.median)}{relief} (n {len(landmark.points)})"


def completeness_words(figures: Figures) -> str:
    """12 of 18, limited."""
    data = figures.data
    return f"{data.filled} of {data.slots}, {BADGES[data.badge]}" if data.slots else "none expected yet"
