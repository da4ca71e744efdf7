"""The entries behind a number, each in words: when it was and what it says."""

from datetime import date
from fractions import Fraction

from diary.domain.diary import Injection
from diary.domain.readings import Excluded, Reading
from diary.domain.steroid_period import Point
from diary.domain.timeline import DayInForce, ScoreInForce, day_zero
from diary.words.findings import Evidence
from diary.words.language import gettext as _
from diary.words.times import day_in_words, minute_in_words, score_in_words
from diary.words.verdicts import SET_ASIDE


def reading_evidence(reading: Reading) -> Evidence:
    """A score of the anaesthetic window."""
    words = (
        _("score %(score)s, after pain medicine", score=reading.score)
        if reading.confounded
        else _("score %(score)s", score=reading.score)
    )
    return Evidence(entry_id=reading.entry_id, when=minute_in_words(reading.minute), words=words)


def excluded_evidence(excluded: Excluded) -> Evidence:
    """A moment that gives no reading, and why."""
    return Evidence(entry_id=excluded.entry_id, when=minute_in_words(excluded.minute), words=SET_ASIDE[excluded.reason])


def clinic_evidence(instrument: str, score: int | Fraction) -> Evidence:
    """A score taken in the clinic, which is the injection's own record."""
    return Evidence(
        entry_id=None, when=_("just before, in the clinic"), words=f"{instrument} {score_in_words(Fraction(score))}"
    )


class DayEvidence:
    """What was recorded of the days after one injection, by day."""

    def __init__(self, injection: Injection) -> None:
        self._zero: date = day_zero(injection)

    def point(self, point: Point) -> Evidence:
        """One score of a series."""
        score = score_in_words(Fraction(point.score))
        words = _("score %(score)s, late", score=score) if point.late else _("score %(score)s", score=score)
        return Evidence(entry_id=point.entry_id, when=self._when(point.day), words=words)

    def score(self, scored: tuple[int, ScoreInForce]) -> Evidence:
        """One score with its day."""
        day, found = scored
        return Evidence(entry_id=found.entry.id, when=self._when(day), words=_("score %(score)s", score=found.score))

    def medicine(self, answered: tuple[int, DayInForce]) -> Evidence:
        """The answer to whether a medicine for pain was taken."""
        number, day = answered
        entry = next(chain.end for chain in day.chains if chain.end.analgesic is not None)
        words = _("extra medicine yes") if day.analgesic else _("extra medicine no")
        return Evidence(entry_id=entry.id, when=self._when(number), words=words)

    def _when(self, day: int) -> str:
        return day_in_words(self._zero, day)
