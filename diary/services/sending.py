"""One reminder on its way: as a letter, or to each phone that takes messages. It says nothing about health."""

import logging
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from urllib.parse import urlsplit
from uuid import UUID

from diary.config import Settings
from diary.domain.access import Actor, Role
from diary.domain.codes import sealed_id
from diary.domain.reminding import Channel, Due, Wish
from diary.services import mail, push
from diary.store.clinics import Clinic
from diary.store.patients import PatientRow
from diary.store.reminder_choices import PushSubscription, ReminderChoice, end_gone_subscription, open_subscriptions
from diary.store.reminders import Fault, State
from diary.store.work import looking_up, writing
from diary.words import reminders as words
from diary.words.language import in_language

log = logging.getLogger(__name__)

SENDER = Actor(role=Role.OPERATOR, id="remind", clinic_id=None, name="Reminders")
STOP = "stop reminders"  # what the secret in such a link is good for


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """Everything about one patient that a reminder needs."""

    choice: ReminderChoice
    patient: PatientRow
    clinic: Clinic
    wish: Wish


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a reminder, and why where it did not arrive."""

    state: State
    fault: Fault | None = None


ARRIVED = Outcome(state=State.SENT)
TRY_AGAIN = Outcome(state=State.WAITING, fault=Fault.UNREACHABLE)
REFUSED = Outcome(state=State.FAILED, fault=Fault.REFUSED)
NO_PHONE = Outcome(state=State.FAILED, fault=Fault.NO_PHONE)
NOBODY_KNOWS = Outcome(state=State.LOST)


def log_address(settings: Settings, due: Due) -> str:
    """Where a reminder leads: the page of the day that it asks about, or of the score right now."""
    return f"{settings.base_url}/me/now" if due.day is None else f"{settings.base_url}/me/day/{due.day}"


def stop_address(settings: Settings, choice_id: UUID) -> str:
    """The link that ends a patient's reminders; whoever holds it needs nothing else."""
    return f"{settings.base_url}/stop/{sealed_id(choice_id, purpose=STOP, key=settings.secret_key)}"


def send(settings: Settings, to: Addressee, due: Due, *, now: datetime) -> Outcome:
    """Send one reminder by the patient's channel, in their language; what servers and phones do raises nothing."""
    with in_language(to.patient.language):
        if to.wish.channel is Channel.EMAIL:
            return _send_letter(settings, to, due)
        return _send_to_phones(settings, to, due, now=now)


def _send_letter(settings: Settings, to: Addressee, due: Due) -> Outcome:
    stop = stop_address(settings, to.choice.id)
    letter = mail.Letter(
        to=to.choice.email or "",
        subject=words.subject(),
        sender=to.clinic.name,
        text=words.letter(to.clinic.name, address=log_address(settings, due), stop=stop),
        headers={
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    if not mail.sends(settings.mail_url):
        log.info("A reminder would go out: %s", letter.text)
        return ARRIVED
    try:
        mail.deliver(settings.mail_url, letter)
    except mail.Refused:
        return REFUSED
    except mail.Unsure:
        return NOBODY_KNOWS
    except mail.Unreachable as error:
        log.warning("The mail server took no reminder: %s", error)
        return TRY_AGAIN
    return ARRIVED


def _send_to_phones(settings: Settings, to: Addressee, due: Due, *, now: datetime) -> Outcome:
    """To each phone that takes messages; it arrived where one of them has it."""
    message = {
        "title": to.clinic.name,
        "body": words.body(),
        "address": urlsplit(log_address(settings, due)).path,
        "stop": words.stop_button(),
        "stopAddress": urlsplit(stop_address(settings, to.choice.id)).path,
    }
    with looking_up() as session:
        phones = open_subscriptions(session, to.patient.id)
    outcomes = [_send_to_phone(settings, phone, message, due, now=now) for phone in phones]
    for outcome in (ARRIVED, TRY_AGAIN, REFUSED):
        if outcome in outcomes:
            return outcome
    return NO_PHONE


def _send_to_phone(
    settings: Settings, phone: PushSubscription, message: dict[str, str], due: Due, *, now: datetime
) -> Outcome:
    topic = sha256(f"{phone.patient_id} {due.about}".encode()).hexdigest()[:32]
    try:
        push.send(settings, endpoint=phone.endpoint, p256dh=phone.p256dh, auth=phone.auth, message=message, topic=topic)
    except push.Gone:
        with writing(SENDER, now=now) as work:
            end_gone_subscription(work, phone.id)
        return NO_PHONE
    except mail.Refused as error:
        log.warning("A push service refused a reminder: %s", error)
        return REFUSED
    except mail.Unreachable as error:
        log.warning("A push service took no reminder: %s", error)
        return TRY_AGAIN
    return ARRIVED
