"""The report of one injection: everything that goes on paper, read in one transaction that leaves its audit rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from diary.domain.access import Actor
from diary.domain.diary import Diary, Entry, Injection, Medicine
from diary.domain.errors import InvalidValue
from diary.domain.timeline import Chain, chains, injections_in_force
from diary.services.entry_pages import EntryHistory, history_of
from diary.services.judgement import Judged, judge_in
from diary.services.profiles import PatientProfile, chosen_injection, picture_of, standing_sign_off
from diary.store.correction_reasons import reasons_of
from diary.store.work import Work, writing

R = TypeVar("R", Injection, Entry, Medicine)

# Some 150 pages, made in seconds: more would be a file that nobody reads, and is exported as a table instead.
MOST_ENTRIES_ON_PAPER = 10_000


class ReportFormat(StrEnum):
    PRINT = "print"
    PDF = "pdf"
    TEXT = "text"


class Further(StrEnum):
    """What follows the one page, if it is asked for."""

    ENTRIES = "entries"
    CHANGES = "changes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Every record that was corrected or withdrawn, with all its versions, and the reasons by the version's id."""

    injections: tuple[Chain[Injection], ...]
    entries: tuple[Chain[Entry], ...]
    medicines: tuple[Chain[Medicine], ...]
    reasons: dict[UUID, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class InjectionReport:
    """What a report says; ``entries`` (the last recorded first) and ``changes`` are None where not asked for."""

    shown: PatientProfile
    printed_by: str
    printed_at: datetime
    entries: tuple[EntryHistory, ...] | None
    changes: Changes | None


def report_injection(
    actor: Actor,
    patient_id: UUID,
    *,
    injection_id: UUID | None = None,
    as_format: ReportFormat,
    further: frozenset[Further] = frozenset(),
    now: datetime,
) -> InjectionReport:
    """The report of the injection asked for, or of the last one; the audit keeps who printed what.

    `NotFound` for a patient or an injection that is not there or not this clinic's, `InvalidValue` where further pages
    would be too many.
    """
    with writing(actor, now=now) as work:
        judged = judge_in(work, patient_id)
        injection = chosen_injection(judged, injection_id)
        signed = None if injection is None else standing_sign_off(work, judged, injection)
        if further and len(judged.diary.entries) > MOST_ENTRIES_ON_PAPER:
            raise InvalidValue("", "There are too many entries to print. Export them as a table instead.")
        work.audit(
            "report.print",
            owner=judged.patient.owner,
            subject=f"injection:{injection.id}" if injection else None,
            format=as_format.value,
            further=sorted(further),
        )
        changes = _changes(work, judged.diary) if Further.CHANGES in further else None
    return InjectionReport(
        shown=PatientProfile(
            judged=judged,
            injection=injection,
            profile=None if injection is None else picture_of(judged, injection),
            signed=signed,
        ),
        printed_by=actor.name,
        printed_at=now,
        entries=_entries(judged) if Further.ENTRIES in further else None,
        changes=changes,
    )


def _entries(judged: Judged) -> tuple[EntryHistory, ...]:
    diary = judged.diary
    standing = injections_in_force(diary)
    newest_first = sorted(chains(diary.entries), key=lambda chain: chain.original.recorded_at, reverse=True)
    rule = judged.rules.late.after
    return tuple(history_of(chain, diary.patient.zone, standing, rule=rule) for chain in newest_first)


def _changes(work: Work, diary: Diary) -> Changes:
    injections = _changed(chains(diary.injections))
    entries = _changed(chains(diary.entries))
    medicines = _changed(chains(diary.medicines))
    versions = [*_versions(injections), *_versions(entries), *_versions(medicines)]
    return Changes(
        injections=injections, entries=entries, medicines=medicines, reasons=reasons_of(work.session, versions)
    )


def _versions(some: Sequence[Chain[R]]) -> list[UUID]:
    return [record.id for chain in some for record in chain.records]


def _changed(all_chains: Sequence[Chain[R]]) -> tuple[Chain[R], ...]:
    return tuple(chain for chain in all_chains if chain.corrected)
