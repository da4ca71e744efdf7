"""What a patient chooses about reminders, and how they stop: in the settings, or by the link in each message."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from hashlib import sha256
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from diary.config import Settings
from diary.domain.access import Actor, check_can_choose_reminders
from diary.domain.clinics import check_email, check_time_zone
from diary.domain.codes import sealed_id, unsealed_id
from diary.domain.errors import InvalidValue, NotFound
from diary.domain.reminding import SENT_BY_US, Channel, Due, coming
from diary.domain.said import say
from diary.exchange.calendar_feed import write_calendar
from diary.services import push
from diary.services.asking import asking_of
from diary.services.pace import Pace
from diary.services.sending import SENDER, STOP, log_address
from diary.store.clinics import existing_clinic
from diary.store.diaries import load_diary_to_remind
from diary.store.patients import PatientRow, existing_patient
from diary.store.reminder_choices import (
    PushSubscription,
    ReminderChoice,
    add_subscription,
    choice_by_calendar,
    choice_by_id,
    end_subscription,
    find_choice,
    keep_choice,
    open_subscriptions,
    subscription_of_device,
)
from diary.store.reminders import NOT_SENT, ReminderRow, last_reminders
from diary.store.work import Work, looking_up, reading, writing
from diary.words.language import in_language

CALENDAR = "calendar"
USUAL_HOUR = time(19)
TROUBLE_FOR = timedelta(days=3)
ASKED_TOO_OFTEN = say("This calendar is asked for too often. Ask once an hour.")
_pace = Pace(most=12, within=timedelta(hours=1), words=ASKED_TOO_OFTEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What a patient chose. ``time_zone`` is None where the clocks are the diary's own."""

    channel: Channel
    at: time = USUAL_HOUR
    email: str | None = None
    time_zone: str | None = None

    @classmethod
    def of(cls, *, channel: Channel, at: time, email: str | None, time_zone: str | None) -> "Chosen":
        """A choice from what was typed; `InvalidValue` names the first that is wrong."""
        typed = (email or "").strip()
        return cls(
            channel=channel,
            at=at.replace(second=0, microsecond=0),
            email=check_email(typed) if typed or channel is Channel.EMAIL else None,
            time_zone=check_time_zone(time_zone) if time_zone and time_zone.strip() else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnReminders:
    """What holds for the patient who asks. ``chosen`` is None where nothing was ever chosen.

    ``this_phone``: this very phone takes messages; ``it_is_gone``: it did, and its push service said that it no longer
    does. ``phones`` is how many take them. ``not_arrived``: the last reminder could not be sent.
    """

    chosen: Chosen | None
    zone: ZoneInfo
    zone_of_diary: ZoneInfo
    this_phone: bool
    it_is_gone: bool
    phones: int
    not_arrived: bool


def own_reminders(actor: Actor, *, now: datetime) -> OwnReminders:
    """How the patient who asks is reminded."""
    with reading(actor, now=now) as work:
        patient = _own(work)
        choice = find_choice(work.session, patient.id)
        phone = subscription_of_device(work.session, UUID(actor.id))
        phones = open_subscriptions(work.session, patient.id)
        last = last_reminders(work.session, patient.id, most=1)
    zone = patient.as_patient().zone
    return OwnReminders(
        chosen=_chosen(choice) if choice else None,
        zone=choice.as_wish(patient).zone if choice else zone,
        zone_of_diary=zone,
        this_phone=phone is not None and phone.ended_at is None,
        it_is_gone=phone is not None and phone.is_gone,
        phones=len(phones),
        not_arrived=choice is not None and _did_not_arrive(choice, last, now),
    )


def may_not_arrive(actor: Actor, *, now: datetime) -> bool:
    """Whether the patient who asks should look at their reminders: the last was not sent, or no phone takes any."""
    with reading(actor, now=now) as work:
        choice = find_choice(work.session, _own(work).id)
        if choice is None or choice.channel not in SENT_BY_US:
            return False
        if choice.channel == Channel.PUSH and not open_subscriptions(work.session, choice.patient_id):
            return True
        return _did_not_arrive(choice, last_reminders(work.session, choice.patient_id, most=1), now)


def _did_not_arrive(choice: ReminderChoice, last: Sequence[ReminderRow], now: datetime) -> bool:
    return any(row.state in NOT_SENT and now - TROUBLE_FOR < row.due_at >= choice.since for row in last)


def choose(actor: Actor, chosen: Chosen, *, now: datetime) -> None:
    """Keep what the patient chose. What was due before is not sent now: the next hour that they chose is the first."""
    with writing(actor, now=now) as work:
        patient = _own(work)
        choice = find_choice(work.session, patient.id)
        if choice is not None and _chosen(choice) == chosen:
            return
        if choice is None:
            choice = ReminderChoice(
                id=uuid4(), clinic_id=patient.clinic_id, patient_id=patient.id, calendar_key=None, since=now
            )
        choice.channel, choice.at = chosen.channel.value, chosen.at
        choice.email, choice.time_zone, choice.since = chosen.email, chosen.time_zone, now
        if chosen.channel is Channel.CALENDAR and choice.calendar_key is None:
            choice.calendar_key = uuid4()
        keep_choice(work, choice, action="reminders.choose")


def _chosen(choice: ReminderChoice) -> Chosen:
    return Chosen(channel=Channel(choice.channel), at=choice.at, email=choice.email, time_zone=choice.time_zone)


def _own(work: Work) -> PatientRow:
    if work.actor.patient_id is None:
        raise NotFound("There is no such patient.")
    patient = existing_patient(work.session, work.actor.patient_id)
    check_can_choose_reminders(work.actor, patient.owner)
    return patient


# --- stopping by link -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopping:
    """What the page behind a link says: whose reminders it stops, in which language, and no word about the patient."""

    clinic: str
    language: str | None


def stopping_of(secret: str, settings: Settings) -> Stopping:
    """What a link stops (`NotFound` for what is no such link)."""
    with looking_up() as session:
        choice = choice_by_id(session, _id_of_link(secret, settings))
        if choice is None:
            raise NotFound("This link no longer works.")
        return Stopping(
            clinic=existing_clinic(session, choice.clinic_id).name,
            language=existing_patient(session, choice.patient_id).language,
        )


def stop_by_link(secret: str, settings: Settings, *, now: datetime) -> None:
    """End the reminders of the patient whose link this is; once more changes nothing. `NotFound` for no such link."""
    with writing(SENDER, now=now) as work:
        choice = choice_by_id(work.session, _id_of_link(secret, settings))
        if choice is None:
            raise NotFound("This link no longer works.")
        if choice.channel != Channel.NONE:
            choice.channel, choice.since = Channel.NONE.value, now
            keep_choice(work, choice, action="reminders.stop")


def _id_of_link(secret: str, settings: Settings) -> UUID:
    id_ = unsealed_id(secret, purpose=STOP, key=settings.secret_key)
    if id_ is None:
        raise NotFound("This link no longer works.")
    return id_


# --- messages on this phone -------------------------------------------------------------------------------------------


def allow_messages(actor: Actor, settings: Settings, *, endpoint: str, p256dh: str, auth: str, now: datetime) -> None:
    """Take messages on the actor's own phone; `InvalidValue` for an address that no push service gave."""
    push.check_subscription(endpoint, p256dh, auth, services=settings.push_services)
    with writing(actor, now=now) as work:
        patient = _own(work)
        subscription = PushSubscription(
            id=uuid4(),
            clinic_id=patient.clinic_id,
            patient_id=patient.id,
            device_id=UUID(actor.id),
            endpoint=endpoint,
            p256dh=p256dh,
            auth=auth,
            added_at=now,
        )
        add_subscription(work, subscription)


def end_messages(actor: Actor, *, now: datetime) -> None:
    """No more messages on the actor's own phone."""
    with writing(actor, now=now) as work:
        _own(work)
        subscription = subscription_of_device(work.session, UUID(actor.id))
        if subscription is not None and subscription.ended_at is None:
            end_subscription(work, subscription)


# --- the calendar -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A calendar as it is now, and a mark that changes with it."""

    body: bytes
    mark: str


def calendar_address(actor: Actor, settings: Settings, *, now: datetime) -> str | None:
    """The secret address of the patient's calendar, None where they have none."""
    with reading(actor, now=now) as work:
        choice = find_choice(work.session, _own(work).id)
    if choice is None or choice.calendar_key is None or choice.channel != Channel.CALENDAR:
        return None
    secret = sealed_id(choice.calendar_key, purpose=CALENDAR, key=settings.secret_key)
    return f"{settings.base_url}/calendar/{secret}.ics"


def change_calendar_address(actor: Actor, *, now: datetime) -> None:
    """Give the calendar a new address: whoever has the old one reads nothing any more."""
    with writing(actor, now=now) as work:
        choice = find_choice(work.session, _own(work).id)
        if choice is None or choice.channel != Channel.CALENDAR:
            raise InvalidValue("", "Choose the calendar first.")
        choice.calendar_key = uuid4()
        keep_choice(work, choice, action="reminders.new-calendar")


def calendar_feed(secret: str, settings: Settings, *, now: datetime) -> Feed:
    """The calendar at a secret address: empty once the patient chose otherwise or stopped.

    `NotFound` for an address that is none, or no longer; `TooManyTries` for an app that asks more than 12 times an
    hour.
    """
    key = unsealed_id(secret, purpose=CALENDAR, key=settings.secret_key)
    if key is None:
        raise NotFound("There is no such calendar.")
    _pace.count(key, now=now)
    with looking_up() as session:
        choice = choice_by_calendar(session, key)
        if choice is None:
            raise NotFound("There is no such calendar.")
        patient = existing_patient(session, choice.patient_id)
        wish = choice.as_wish(patient)
        dues: tuple[Due, ...] = ()
        if choice.channel == Channel.CALENDAR and patient.stopped_at is None:
            load = partial(load_diary_to_remind, session, patient)
            dues = coming(asking_of(Work(session, SENDER, now), patient, load), wish, now=now)
    with in_language(patient.language):
        body = write_calendar(
            dues, whose=choice.id, zone=wish.zone, stamp=choice.since, address_of=partial(log_address, settings)
        )
    return Feed(body=body, mark=sha256(body).hexdigest()[:32])
