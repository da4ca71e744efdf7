"""Printing a diary on paper for the patient's own times."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from diary.domain.access import Actor, Owner, check_can_read_diary, check_can_type_in_paper
from diary.domain.diary import Diary, Injection
from diary.domain.errors import NotFound, UnreadableRules
from diary.domain.local_time import today_in
from diary.domain.paper import (
    Layout,
    PaperRow,
    layout_for,
    rows_of,
)
from diary.domain.rulesets import RuleSet
from diary.domain.schedule import Schedule
from diary.domain.timeline import injections_in_force
from diary.services.asking import planned_injection, schedule_of
from diary.store.clinics import Clinic
from diary.store.diaries import load_diary
from diary.store.paper_sheets import PaperSheetRow, add_sheet, find_sheet, sheets_of
from diary.store.patients import PatientRow, existing_patient
from diary.store.whole_diaries import find_clinic_with_rules
from diary.store.work import Work, writing
from diary.words.language import language_of

SHEETS_LISTED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedSheet:
    """A sheet to lay out: whose, for which clinic, and its rows."""

    id: UUID
    patient: PatientRow
    clinic: Clinic
    layout: Layout
    rows: tuple[PaperRow, ...]
    language: str
    printed_at: datetime
    zone: ZoneInfo


# --- printing ---------------------------------------------------------------------------------------------------------


def print_sheet(actor: Actor, patient_id: UUID, *, now: datetime) -> UUID:
    """A new sheet for the patient's own times from today on; its id. The care team's, or the patient's with the PIN."""
    with writing(actor, now=now) as work:
        patient = _readable(work, patient_id)
        diary = load_diary(work, patient, since=now.date(), until=now.date())
        zone = diary.patient.zone
        _, rules = clinic_and_rules(work, patient)
        today = today_in(zone, now=now)
        injection = last_injection(diary, today)
        layout = layout_for(
            begins=today,
            injection=injection,
            planned_on=_planned_on(work, patient, zone),
            activities=tuple(patient.activities),
            schedule=schedule_on_paper(work, patient, rules, injection),
        )
        sheet_id = uuid4()
        add_sheet(work, patient.owner, sheet_id, layout, language=language_of(patient.language).code)
    return sheet_id


def printed_sheet(actor: Actor, sheet_id: UUID, *, patient_id: UUID, now: datetime) -> PrintedSheet:
    """A sheet to lay out once more, as it was printed (`NotFound` where it is not this patient's)."""
    with writing(actor, now=now) as work:
        patient = _readable(work, patient_id)
        sheet = sheet_of(work, sheet_id, patient.owner)
        clinic, _ = clinic_and_rules(work, patient)
        work.audit("paper.read", owner=patient.owner, subject=f"paper:{sheet_id}")
    return PrintedSheet(
        id=sheet.id,
        patient=patient,
        clinic=clinic,
        layout=sheet.layout,
        rows=rows_of(sheet.layout),
        language=sheet.language,
        printed_at=sheet.printed_at,
        zone=patient.as_patient().zone,
    )


def sheets_printed(actor: Actor, patient_id: UUID, *, now: datetime) -> tuple[PatientRow, Sequence[PaperSheetRow]]:
    """Whose they are, and the patient's last sheets, the newest first."""
    with writing(actor, now=now) as work:
        patient = _readable(work, patient_id)
        work.audit("paper.read", owner=patient.owner)
        return patient, sheets_of(work.session, patient.id, most=SHEETS_LISTED)


def patient_of_sheet(actor: Actor, sheet_id: UUID, *, now: datetime) -> UUID:
    """Whose sheet was scanned (`NotFound` for another clinic's, as for none)."""
    with writing(actor, now=now) as work:
        sheet = find_sheet(work.session, sheet_id)
        if sheet is None:
            raise NotFound("There is no such sheet.")
        check_can_type_in_paper(actor, sheet.owner)
        work.audit("paper.scan", owner=sheet.owner, subject=f"paper:{sheet_id}")
        return sheet.patient_id


# --- what both need ---------------------------------------------------------------------------------------------------


def _readable(work: Work, patient_id: UUID) -> PatientRow:
    patient = existing_patient(work.session, patient_id)
    check_can_read_diary(work.actor, patient.owner)
    return patient


def sheet_of(work: Work, sheet_id: UUID, owner: Owner) -> PaperSheetRow:
    sheet = find_sheet(work.session, sheet_id)
    if sheet is None or sheet.owner != owner:
        raise NotFound("There is no such sheet.")
    return sheet


def clinic_and_rules(work: Work, patient: PatientRow) -> tuple[Clinic, RuleSet | None]:
    """The clinic, and its rules where they can be read."""
    try:
        return find_clinic_with_rules(work.session, patient.clinic_id)
    except UnreadableRules:
        return work.session.get_one(Clinic, patient.clinic_id), None


def schedule_on_paper(work: Work, patient: PatientRow, rules: RuleSet | None, injection: Injection | None) -> Schedule:
    window = rules.window(injection.anaesthetic) if rules and injection else None
    return replace(schedule_of(work, patient), window_minutes=window.usual_end if window else None)


def _planned_on(work: Work, patient: PatientRow, zone: ZoneInfo) -> date | None:
    """The date of the next injection that is planned, today or later."""
    planned = planned_injection(work, patient)
    return planned.astimezone(zone).date() if planned else None


def last_injection(diary: Diary, day: date) -> Injection | None:
    return next(reversed(injections_in_force(diary, as_of=day)), None)
