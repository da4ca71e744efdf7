"""What patients take along: the diary, a table, their scores on paper, and what else is kept about them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from diary.charts.patient_chart import Stretch
from diary.domain.access import Actor, check_holds_diary
from diary.exchange.about_patient import (
    AboutPatient,
    Agreement,
    CodeForPhone,
    DeletionAsked,
    Details,
    Event,
    HelpUsed,
    LinkedPhone,
    MessagesTaken,
    PaperPrinted,
    Reminders,
    ReminderSent,
    Shared,
    write_about_patient,
)
from diary.services.own_diary import MyScores, my_scores_of
from diary.services.patients import own_record
from diary.store.audit import AuditLine, list_audit
from diary.store.clinics import Clinic, find_clinic
from diary.store.consents import consents_of
from diary.store.devices import devices_of
from diary.store.enrolments import enrolments_of
from diary.store.erasures import requests_of
from diary.store.help_uses import find_uses
from diary.store.paper_sheets import sheets_of
from diary.store.patients import PatientRow
from diary.store.reminder_choices import find_choice, subscriptions_of
from diary.store.reminders import last_reminders
from diary.store.shares import names_of_guests, shares_of
from diary.store.users import names_of
from diary.store.work import Work, writing

LINES_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoresOnPaper:
    """The patient's own scores, all of them, and whose they are."""

    patient: PatientRow
    clinic: Clinic | None
    scores: MyScores
    made_at: datetime


def scores_to_print(actor: Actor, *, now: datetime) -> ScoresOnPaper:
    """Every day of the patient who asks, with the charts; the audit keeps that a copy was made."""
    patient = own_record(actor, now=now)
    check_holds_diary(actor, patient.owner)
    with writing(actor, now=now) as work:
        work.audit("diary.export", owner=patient.owner, format="pdf")
        clinic = find_clinic(work.session, patient.clinic_id)
    scores = my_scores_of(actor, now=now, stretch=Stretch.ALL)
    return ScoresOnPaper(patient=patient, clinic=clinic, scores=scores, made_at=now)


def about_own_person(actor: Actor, *, now: datetime) -> bytes:
    """What is kept about the patient who asks beside the diary itself, as JSON."""
    patient = own_record(actor, now=now)
    check_holds_diary(actor, patient.owner)
    with writing(actor, now=now) as work:
        work.audit("diary.export", owner=patient.owner, format="about")
        session = work.session
        clinic = find_clinic(session, patient.clinic_id)
        about = AboutPatient(
            made_at=now,
            clinic=clinic.name if clinic else "",
            details=_details(patient),
            agreements=tuple(
                Agreement(at=row.at, act=row.act, version=row.version, language=row.language, given_by=row.given_by)
                for row in consents_of(session, patient.id)
            ),
            phones=tuple(_phones(work, patient)),
            codes_for_phones=tuple(
                CodeForPhone(shown_at=row.created_at, used_at=row.used_at, declined_at=row.declined_at)
                for row in enrolments_of(session, patient.id)
            ),
            shared=tuple(
                Shared(at=row.created_at, until=row.expires_at, ended_at=row.ended_at, browsers=row.browsers)
                for row in shares_of(session, patient.id)
            ),
            help_used=tuple(_help_used(work, patient)),
            paper_printed=tuple(_paper_printed(work, patient)),
            deletion_asked=tuple(
                DeletionAsked(asked_at=row.asked_at, answer=row.answer, reason=row.reason, answered_at=row.answered_at)
                for row in requests_of(session, patient.id)
            ),
            reminders=_reminders(work, patient),
            messages_taken=tuple(
                MessagesTaken(added_at=row.added_at, ended_at=row.ended_at)
                for row in subscriptions_of(session, patient.id)
            ),
            reminders_sent=tuple(
                ReminderSent(due_at=row.due_at, nth=row.nth, channel=row.channel, outcome=row.state, tries=row.tries)
                for row in reversed(last_reminders(session, patient.id))
            ),
            events=tuple(_events(work, patient)),
        )
    return write_about_patient(about)


def _details(patient: PatientRow) -> Details:
    return Details(
        name=patient.name,
        born=patient.born,
        number=patient.number,
        telephone=patient.telephone,
        language=patient.language,
        time_zone=patient.time_zone,
        conditions=tuple(patient.conditions),
        pain_named=patient.pain_named,
        pain_side=patient.pain_side,
        pain_spot=patient.pain_spot,
        painful_movement=patient.painful_movement,
        activities=tuple(patient.activities),
        next_visit=patient.next_visit,
        next_visit_with=patient.next_visit_with,
        last_visit_at=patient.last_visit_at,
        added_at=patient.created_at,
        stopped_at=patient.stopped_at,
    )


def _phones(work: Work, patient: PatientRow) -> Iterator[LinkedPhone]:
    for device, use in reversed(devices_of(work.session, patient.id)):
        yield LinkedPhone(
            kind=device.kind,
            helper=device.helper,
            has_pin=device.pin_hash is not None,
            added_at=device.added_at,
            last_seen_at=use.last_seen_at,
            ended_at=device.ended_at,
        )


def _reminders(work: Work, patient: PatientRow) -> Reminders | None:
    choice = find_choice(work.session, patient.id)
    if choice is None:
        return None
    return Reminders(
        channel=choice.channel, at=choice.at, time_zone=choice.time_zone, email=choice.email, since=choice.since
    )


def _help_used(work: Work, patient: PatientRow) -> Iterator[HelpUsed]:
    for use, handled in reversed(find_uses(work.session, patient.id)):
        yield HelpUsed(
            at=use.used_at,
            level=use.level,
            result=use.result,
            handled_at=handled.handled_at if handled else None,
            handled_by=handled.handled_name if handled else None,
        )


def _events(work: Work, patient: PatientRow) -> Iterator[Event]:
    names = names_of(work.session, patient.clinic_id) | names_of_guests(work.session, patient.id)
    for line in reversed(list(_audit_lines(work, patient))):
        yield Event(
            at=line.at,
            role=line.actor_role,
            name=names.get(line.actor_id, ""),
            action=line.action,
            subject=line.subject,
            details=line.details,
        )


def _paper_printed(work: Work, patient: PatientRow) -> Iterator[PaperPrinted]:
    for sheet in reversed(sheets_of(work.session, patient.id)):
        layout = sheet.layout
        yield PaperPrinted(
            printed_at=sheet.printed_at,
            language=sheet.language,
            begins=layout.begins,
            activities=layout.activities,
        )


def _audit_lines(work: Work, patient: PatientRow) -> Iterator[AuditLine]:
    first = 0
    while lines := list_audit(work.session, patient.clinic_id, first=first, most=LINES_AT_ONCE, patient_id=patient.id):
        yield from lines
        first += len(lines)
