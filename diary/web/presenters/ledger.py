"""The ledger of steroids in words: every dose, and what the last 12 months hold of each agent."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from diary.domain.ledger import AgentSum, Dose, Ledger, steroid_ledger
from diary.services.profiles import PatientProfile
from diary.words.injections import side_and_target
from diary.words.language import gettext as _
from diary.words.language import ngettext
from diary.words.offered import offered_words
from diary.words.times import in_words, quantity_in_words, sum_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseRow:
    """``injection_id`` is None where it was given elsewhere."""

    on: str
    agent: str
    mg: str
    where: str
    injection_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SumLine:
    agent: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerTable:
    """``sums`` are those of the last 12 months, one line for each agent."""

    span: str
    sums: tuple[SumLine, ...]
    recent: tuple[DoseRow, ...]
    before: tuple[DoseRow, ...]
    later: str


def ledger_of(shown: PatientProfile) -> LedgerTable:
    """The ledger of everything that stands in the record on the date of the judgement."""
    judged = shown.judged
    ledger = steroid_ledger(judged.standing.injections, judged.diary.steroids_elsewhere, as_of=judged.as_of)
    return LedgerTable(
        span=_("%(first)s to %(last)s", first=in_words(ledger.since), last=in_words(ledger.as_of)),
        sums=tuple(SumLine(agent=offered_words(told.agent), words=_sum(told)) for told in ledger.sums),
        recent=_rows(ledger.last_12_months),
        before=_rows(ledger.before),
        later=_later(ledger),
    )


def _rows(doses: Iterable[Dose]) -> tuple[DoseRow, ...]:
    return tuple(
        DoseRow(
            on=in_words(dose.on),
            agent=offered_words(dose.agent),
            mg=_("not written down") if dose.mg is None else f"{quantity_in_words(dose.mg)} mg",
            where=_where(dose),
            injection_id=dose.injection_id,
        )
        for dose in doses
    )


def _where(dose: Dose) -> str:
    if dose.side is None:
        return _("elsewhere: %(where)s", where=dose.where) if dose.where else _("elsewhere")
    return side_and_target(dose.side, dose.target)


def _sum(told: AgentSum) -> str:
    """At least 80 mg in 3 doses, 1 of them without mg."""
    milligrams = f"{sum_in_words(float(told.mg))} mg"
    if told.without_mg == 0:
        return ngettext(
            "%(milligrams)s in 1 dose", "%(milligrams)s in %(num)s doses", told.doses, milligrams=milligrams
        )
    without = ngettext("1 dose without mg", "%(num)s doses without mg", told.without_mg)
    if told.without_mg == told.doses:
        return without
    return ngettext(
        "at least %(milligrams)s in 1 dose; %(without)s",
        "at least %(milligrams)s in %(num)s doses; %(without)s",
        told.doses,
        milligrams=milligrams,
        without=without,
    )


def _later(ledger: Ledger) -> str:
    if not ledger.later:
        return ""
    return ngettext("1 dose of a later date not counted.", "%(num)s doses of a later date not counted.", ledger.later)
