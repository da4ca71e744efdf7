"""The entries behind a number, each in words: when it was and what it says."""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from uuid import UUID

from diary.domain.readings import Excluded, Reading
from diary.domain.steroid_period import Period, Point
from diary.domain.timeline import DayInForce, MomentInForce, ScoreInForce, day_zero
from diary.words.entries import by_of
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


def excluded_evidence(excluded: Excluded, from_paper: Mapping[UUID, str]) -> Evidence:
    """A moment that gives no reading, and why; ``from_paper`` as `typed_in` gives it."""
    words = ", ".join([SET_ASIDE[excluded.reason], *filter(None, [from_paper.get(excluded.entry_id)])])
    return Evidence(entry_id=excluded.entry_id, when=minute_in_words(excluded.minute), words=words)


def clinic_evidence(instrument: str, score: int | Fraction) -> Evidence:
    """A score taken in the clinic, which is the injection's own record."""
    return Evidence(
        entry_id=None, when=_("just before, in the clinic"), words=f"{instrument} {score_in_words(Fraction(score))}"
    )


def typed_in(records: Iterable[DayInForce | MomentInForce]) -> dict[UUID, str]:
    """What is to be said of every entry that came from paper, by the id under which it stands."""
    chains = (chain for record in records for chain in record.chains)
    return {chain.end.id: by_of(chain.original) for chain in chains if chain.original.transcribed}


class DayEvidence:
    """What was recorded of the days of one injection, by day; what came from paper says so, by whom and when."""

    def __init__(self, period: Period) -> None:
        self._zero: date = day_zero(period.injection)
        self.from_paper = typed_in([*period.days_before.values(), *period.days.values()])

    def point(self, point: Point) -> Evidence:
        """One score of a series."""
        score = score_in_words(Fraction(point.score))
        words = _("score %(score)s, late", score=score) if point.late else _("score %(score)s", score=score)
        words += self._paper(point.entry_id)
        return Evidence(entry_id=point.entry_id, when=self._when(point.day), words=words)

    def score(self, scored: tuple[int, ScoreInForce]) -> Evidence:
        """One score with its day."""
        day, found = scored
        words = _("score %(score)s", score=found.score) + self._paper(found.entry.id)
        return Evidence(entry_id=found.entry.id, when=self._when(day), words=words)

    def medicine(self, answered: tuple[int, DayInForce]) -> Evidence:
        """The answer to whether a medicine for pain was taken."""
        number, day = answered
        entry = next(chain.end for chain in day.chains if chain.end.analgesic is not None)
        words = (_("extra medicine yes") if day.analgesic else _("extra medicine no")) + self._paper(entry.id)
        return Evidence(entry_id=entry.id, when=self._when(number), words=words)

    def _paper(self, entry_id: UUID) -> str:
        found = self.from_paper.get(entry_id)
        return f", {found}" if found else ""

    def _when(self, day: int) -> str:
        return day_in_words(self._zero, day)
