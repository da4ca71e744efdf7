"""What was found of one injection, each figure in a few words: peak, onset, how long, landmarks, what was scored."""

from fractions import Fraction

from diary.domain.block import Block
from diary.domain.relief import Interval, rounded
from diary.domain.steroid import Figures
from diary.domain.steroid_figures import Badge, DayRange, Landmark
from diary.words.times import counted, minute_in_words, score_in_words

BADGES = {Badge.GOOD: "good", Badge.LIMITED: "limited", Badge.TOO_LITTLE: "too little"}


def peak_words(block: Block) -> str:
    """1 at 25 min, 85.7% less."""
    if block.peak is None:
        return "none"
    return f"{block.peak.score} at {minute_in_words(block.peak.minute)}, {relief_words(block.peak.relief)}"


def relief_words(percent: Fraction) -> str:
    """75% less, 12.5% more, the same."""
    if percent == 0:
        return "the same"
    return f"{abs(rounded(percent, 1)):g}% {'less' if percent > 0 else 'more'}"


def minutes_words(duration: Interval | None) -> str:
    """45 min to 1 h 30 min, at least 45 min."""
    if duration is None:
        return "none"
    least = minute_in_words(duration.at_least)
    return f"at least {least}" if duration.at_most is None else f"{least} to {minute_in_words(duration.at_most)}"


def lasted_words(lasted: Interval | None) -> str:
    """99 to 107 days, at least 102 days."""
    if lasted is None:
        return "none"
    if lasted.at_most is None:
        return f"at least {counted(lasted.at_least, 'day', 'days')}"
    return f"{lasted.at_least} to {lasted.at_most} days"


def onset_words(onset: DayRange | None) -> str:
    """Day 6, day 5 to 6."""
    if onset is None:
        return "none"
    return f"day {onset.last}" if onset.first == onset.last else f"day {onset.first} to {onset.last}"


def landmark_words(landmark: Landmark | None) -> str:
    """3.5, 50% less (n 4)."""
    if landmark is None:
        return "no scores"
    relief = "" if landmark.relief is None else f", {relief_words(landmark.relief)}"
    return f"{score_in_words(landmark.median)}{relief} (n {len(landmark.points)})"


def completeness_words(figures: Figures) -> str:
    """12 of 18, limited."""
    data = figures.data
    return f"{data.filled} of {data.slots}, {BADGES[data.badge]}" if data.slots else "none expected yet"
