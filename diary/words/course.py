"""The few figures by which injections are compared, each in a few words of a table's cell."""

from diary.domain.block import Block
from diary.domain.relief import Interval
from diary.domain.steroid import Figures
from diary.domain.steroid_figures import DayRange, Landmark
from diary.words.language import gettext as _
from diary.words.language import lazy_gettext
from diary.words.steroid_numbers import lasted_words
from diary.words.times import minute_in_words, minutes_in_words, relief_in_words, score_in_words
from diary.words.verdicts import BADGES

NONE = lazy_gettext("none seen")


def peak_words(block: Block) -> str:
    """1 at 25 min, 85.7% less."""
    if block.peak is None:
        return str(NONE)
    return _(
        "%(score)s at %(minute)s, %(relief)s",
        score=block.peak.score,
        minute=minute_in_words(block.peak.minute),
        relief=relief_in_words(block.peak.relief),
    )


def held_words(duration: Interval | None) -> str:
    """Between 45 and 90 min, at least 45 min."""
    if duration is None:
        return str(NONE)
    if duration.at_most is None:
        return _("at least %(minutes)s", minutes=minute_in_words(duration.at_least))
    return _("between %(minutes)s", minutes=minutes_in_words(duration.at_least, duration.at_most))


def onset_words(onset: DayRange | None) -> str:
    """Day 6, day 5 to 6."""
    if onset is None:
        return str(NONE)
    if onset.first == onset.last:
        return _("day %(day)s", day=onset.last)
    return _("day %(first)s to %(last)s", first=onset.first, last=onset.last)


def relief_days_words(lasted: Interval | None) -> str:
    """99 to 107 days, at least 102 days."""
    return str(NONE) if lasted is None else lasted_words(lasted)


def landmark_words(landmark: Landmark | None) -> str:
    """3.5, 50% less (n 4)."""
    if landmark is None:
        return _("no scores")
    relief = "" if landmark.relief is None else f", {relief_in_words(landmark.relief)}"
    return f"{score_in_words(landmark.median)}{relief} (n {len(landmark.points)})"


def completeness_words(figures: Figures) -> str:
    """12 of 18, limited."""
    data = figures.data
    if not data.slots:
        return _("none expected yet")
    return _("%(n)s of %(of)s, %(badge)s", n=data.filled, of=data.slots, badge=BADGES[data.badge])
