"""What tests of reminders share: Ana three days after her injection, and how she wants to be reminded."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from uuid import uuid4

from flask import Flask

from diary.config import Settings
from diary.domain.access import Actor, Role
from diary.domain.reminding import Channel
from diary.services.reminder_choices import Chosen, allow_messages, choose
from diary.services.reminders import Sent, send_reminders
from diary.store.clinics import Clinic
from diary.store.devices import DeviceRow, add_device
from diary.store.patients import PatientRow
from diary.store.work import writing
from tests.factories import OPERATOR, a_clinic, a_diary, a_patient, an_injection, keep
from tests.reminding.push_service import PushService

INJECTED = "2026-03-02T10:30:00-05:00"
EVENING = datetime.fromisoformat("2026-03-05T19:00:00-05:00")  # day 3, Ana's hour
MORNING = datetime.fromisoformat("2026-03-06T09:00:00-05:00")
CHOSEN_AT = datetime.fromisoformat("2026-03-03T12:00:00-05:00")


def ana_of(clinic: Clinic | None = None, name: str = "Ana Cruz", *, stopped_at: datetime | None = None) -> PatientRow:
    """A patient with an injection on 2 March."""
    ana = a_patient(clinic or a_clinic(), name, stopped_at=stopped_at)
    keep(ana, a_diary(an_injection(INJECTED)))
    return ana


def a_phone(patient: PatientRow) -> Actor:
    """A phone that is linked to the patient's diary."""
    device = DeviceRow(
        id=uuid4(),
        clinic_id=patient.clinic_id,
        patient_id=patient.id,
        token_hash=uuid4().hex,
        helper=False,
        kind="Android phone",
        pin_hash=None,
        added_at=CHOSEN_AT,
        ended_at=None,
    )
    with writing(OPERATOR, now=CHOSEN_AT) as work:
        add_device(work, device, expires_at=CHOSEN_AT + timedelta(days=90))
    return Actor(role=Role.DEVICE, id=str(device.id), clinic_id=patient.clinic_id, patient_id=patient.id)


def wants_letters(patient: PatientRow, email: str = "ana@example.org", at: time = time(19)) -> Actor:
    """The patient's phone, on which e-mail was chosen."""
    phone = a_phone(patient)
    choose(phone, Chosen(channel=Channel.EMAIL, at=at, email=email), now=CHOSEN_AT)
    return phone


def wants_messages(app: Flask, patient: PatientRow, service: PushService, name: str = "ana") -> Actor:
    """The patient's phone, which takes messages."""
    phone = a_phone(patient)
    choose(phone, Chosen(channel=Channel.PUSH), now=CHOSEN_AT)
    settings = settings_of(app, push_services=(service.url,))
    allow_messages(phone, settings, **service.subscription(name), now=CHOSEN_AT)
    return phone


def settings_of(app: Flask, **changes: object) -> Settings:
    """The application's settings with these changes."""
    settings: Settings = app.extensions["settings"]
    return replace(settings, **changes)  # type: ignore[arg-type]  # each under its own name


def run(app: Flask, now: datetime, **changes: object) -> Sent:
    """One run of the reminders."""
    return send_reminders(settings_of(app, **changes), now=now)
