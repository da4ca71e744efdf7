"""Reminders on their way, against a real mail server and a push service of our own that opens what it gets."""

import json
import re
import time as clock_time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from diary.config import Settings
from diary.domain.access import Role
from diary.domain.errors import InvalidValue
from diary.domain.reminding import Channel
from diary.services import mail, push
from diary.services.devices import end_phone
from diary.services.entries import save_day
from diary.services.patient_list import Choice, list_patients
from diary.services.reminder_choices import Chosen, allow_messages, choose, own_reminders
from diary.services.reminder_failures import failures
from diary.services.reminders import Sent
from diary.store.audit import AuditEvent
from diary.store.base import db
from diary.store.patients import PatientRow
from diary.store.reminders import ReminderRow
from diary.store.work import writing
from tests.factories import OPERATOR, a_clinic, a_day, staff_of
from tests.reminding import mail_servers
from tests.reminding.mail_servers import Letters, answering, closed_port, taking_letters, taking_sealed_letters
from tests.reminding.push_service import PushService, taking_messages
from tests.reminding.wishes import EVENING, MORNING, a_phone, ana_of, run, settings_of, wants_letters, wants_messages

# What is claimed on either database is shown in test_reminders_at_once.
pytestmark = pytest.mark.parametrize("backend", ["sqlite"])

QUARTER = timedelta(minutes=15)
NOTHING = Sent(sent=0, waiting=0, failed=0, dropped=0, lost=0)
HEALTH = re.compile(r"pain|inject|sore|score|medic|doctor|steroid|ana|cruz|1960", re.IGNORECASE)


@pytest.fixture
def letters() -> Letters:
    return Letters()


@pytest.fixture
def server(letters: Letters) -> Iterator[str]:
    """A mail server; the value for DIARY_MAIL_URL."""
    with taking_letters(letters) as url:
        yield url


@pytest.fixture
def service() -> Iterator[PushService]:
    with taking_messages() as service:
        yield service


def reminders() -> list[tuple[str, int, str, int, str | None]]:
    """Every reminder as it stands: about, nth, state, tries, fault."""
    db.session.rollback()
    found = select(ReminderRow.about, ReminderRow.nth, ReminderRow.state, ReminderRow.tries, ReminderRow.fault)
    return [tuple(row) for row in db.session.execute(found.order_by(ReminderRow.due_at))]  # type: ignore[misc]  # of just these columns


def answer(patient: PatientRow, day: str, at: datetime) -> None:
    save_day(a_phone(patient), a_day(day, recorded_at=at.isoformat()), patient_id=patient.id, now=at)


# --- letters ----------------------------------------------------------------------------------------------------------


def test_a_letter_says_that_the_diary_is_ready_and_nothing_about_health(
    app: Flask, letters: Letters, server: str
) -> None:
    wants_letters(ana_of(a_clinic("Riverside Clinic")))
    assert run(app, EVENING, mail_url=server).sent == 1
    (letter,) = letters.taken
    stop = str(letter["List-Unsubscribe"]).strip().strip("<>")
    assert letter.get_content().splitlines() == [
        "Riverside Clinic: your diary is ready. It takes 15 seconds.",
        "",
        "http://127.0.0.1:8000/me/day/2026-03-05",
        "",
        f"Stop: {stop}",
    ]
    assert re.fullmatch(r"http://127\.0\.0\.1:8000/stop/[\w-]{43}", stop)
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (letter["Subject"], letter["To"]) == ("Your diary is ready", "ana@example.org")
    assert letter["From"] == "Riverside Clinic <diary@127.0.0.1>"
    assert letters.receivers == ["ana@example.org"]
    assert not HEALTH.search(f"{letter['Subject']} {letter.get_content().replace(stop, '')}")


def test_a_letter_goes_sealed_and_signed_in_where_the_setting_says_so(
    app: Flask, letters: Letters, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wants_letters(ana_of())
    certificate = mail_servers.a_certificate(tmp_path)
    with taking_sealed_letters(letters, certificate) as port:
        sealed = f"smtp://{mail_servers.WITH_SIGN_IN}localhost:{port}?tls=start"
        assert run(app, EVENING, mail_url=sealed).waiting == 1  # nobody vouches for this certificate
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert run(app, EVENING + QUARTER, mail_url=f"smtp://wrong:name@localhost:{port}?tls=start").waiting == 1
        assert letters.taken == []
        assert run(app, EVENING + 3 * QUARTER, mail_url=sealed).sent == 1
        assert mail.check_server(sealed) == "localhost"
    assert (letters.signed_in, letters.sealed) == ([True], [True])
    assert str(letters.taken[0]["From"]).endswith("<diary@clinic.example>")


def test_a_letter_is_sent_once_however_often_the_command_runs(app: Flask, letters: Letters, server: str) -> None:
    wants_letters(ana_of())
    runs = [run(app, EVENING + timedelta(minutes=minute), mail_url=server) for minute in range(0, 120, 20)]
    assert [one.sent for one in runs] == [1, 0, 0, 0, 0, 0]
    assert run(app, MORNING, mail_url=server).sent == 1  # the repeat
    assert run(app, MORNING + timedelta(hours=3), mail_url=server) == NOTHING
    assert len(letters.taken) == 2
    assert letters.taken[1]["List-Unsubscribe"] == letters.taken[0]["List-Unsubscribe"]


def test_a_server_that_is_down_is_tried_again_with_growing_waits_and_then_given_up(app: Flask) -> None:
    wants_letters(ana_of())
    down = closed_port()
    tried = []
    for minute in range(0, 125, 5):
        became = run(app, EVENING + timedelta(minutes=minute), mail_url=down)
        if became != NOTHING:
            tried.append((minute, became.waiting, became.failed))
    assert tried == [(0, 1, 0), (5, 1, 0), (15, 1, 0), (35, 1, 0), (75, 0, 1)]
    assert reminders() == [("day:2026-03-05", 1, "failed", 5, "unreachable")]


def test_once_the_server_is_back_the_letter_goes_out(app: Flask, letters: Letters, server: str) -> None:
    wants_letters(ana_of())
    assert run(app, EVENING, mail_url=closed_port()).waiting == 1
    assert run(app, EVENING + timedelta(minutes=4), mail_url=server) == NOTHING  # it has not waited long enough
    assert run(app, EVENING + timedelta(minutes=5), mail_url=server).sent == 1
    assert len(letters.taken) == 1


def test_of_many_letters_one_asks_a_server_that_is_down_and_the_others_wait_unclaimed(app: Flask) -> None:
    clinic = a_clinic()
    for number in range(4):
        wants_letters(ana_of(clinic, f"Patient {number}"), f"patient-{number}@example.org")
    assert run(app, EVENING, mail_url=closed_port()).waiting == 1
    assert len(reminders()) == 1


def test_one_that_waited_until_it_was_too_old_is_not_sent_at_night(app: Flask, letters: Letters, server: str) -> None:
    wants_letters(ana_of())
    assert run(app, EVENING, mail_url=closed_port()).waiting == 1
    assert run(app, EVENING + timedelta(hours=2), mail_url=server).failed == 1
    assert letters.taken == []


def test_an_address_that_is_refused_is_not_tried_again_and_the_clinic_is_told(
    app: Flask, letters: Letters, server: str
) -> None:
    ana = ana_of()
    phone = wants_letters(ana, "nobody@example.org")
    letters.refuses = lambda address: "550 No such user" if address.startswith("nobody") else None
    assert run(app, EVENING, mail_url=server).failed == 1
    assert run(app, EVENING + QUARTER, mail_url=server) == NOTHING
    assert reminders() == [("day:2026-03-05", 1, "failed", 1, "refused")]
    noor = staff_of(ana.clinic_id, Role.NURSE)
    assert list_patients(noor, Choice(), now=EVENING + QUARTER).not_reached == 1
    assert [patient.id for _, patient in failures(noor, now=EVENING + QUARTER)] == [ana.id]
    assert own_reminders(phone, now=EVENING + QUARTER).not_arrived
    other = staff_of(a_clinic("Other").id, Role.NURSE)
    assert list_patients(other, Choice(), now=EVENING + QUARTER).not_reached == 0


def test_an_address_that_is_greylisted_is_tried_again(app: Flask, letters: Letters, server: str) -> None:
    wants_letters(ana_of())
    letters.refuses = lambda _address: "451 Try later"
    assert run(app, EVENING, mail_url=server).waiting == 1
    letters.refuses = lambda _address: None
    assert run(app, EVENING + QUARTER, mail_url=server).sent == 1


def test_a_server_that_takes_the_call_and_says_nothing_is_given_up_after_a_while(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "SECONDS_TO_WAIT", 0.2)
    wants_letters(ana_of())
    with answering(mail_servers.says_nothing) as silent:
        assert run(app, EVENING, mail_url=silent).waiting == 1


def test_a_letter_that_nobody_said_was_taken_is_not_sent_a_second_time(app: Flask, server: str) -> None:
    wants_letters(ana_of())
    with answering(mail_servers.hangs_up_after_the_letter) as rude:
        assert run(app, EVENING, mail_url=rude).lost == 1
    assert run(app, EVENING + QUARTER, mail_url=server) == NOTHING
    assert reminders() == [("day:2026-03-05", 1, "lost", 1, None)]


def test_an_answer_that_came_while_it_waited_makes_a_reminder_needless(
    app: Flask, letters: Letters, server: str
) -> None:
    ana = ana_of()
    wants_letters(ana)
    assert run(app, EVENING, mail_url=closed_port()).waiting == 1
    answer(ana, "2026-03-05", EVENING + timedelta(minutes=3))
    assert run(app, EVENING + timedelta(minutes=6), mail_url=server).dropped == 1
    assert run(app, MORNING, mail_url=server) == NOTHING
    assert letters.taken == []


def test_a_name_with_line_breaks_adds_no_header(app: Flask, letters: Letters, server: str) -> None:
    wants_letters(ana_of(a_clinic("Riverside\r\nBcc: eve@example.org\r\n\r\nHello")))
    assert run(app, EVENING, mail_url=server).sent == 1
    (letter,) = letters.taken
    assert letter["Bcc"] is None
    assert letters.receivers == ["ana@example.org"]


def test_an_address_that_no_server_can_read_is_refused_and_holds_up_nobody(
    app: Flask, letters: Letters, server: str
) -> None:
    clinic = a_clinic()
    wants_letters(ana_of(clinic), "añá@example.org")
    wants_letters(ana_of(clinic, "Ben Ode"), "ben@example.org")
    became = run(app, EVENING, mail_url=server)
    assert (became.sent, became.failed) == (1, 1)
    assert letters.receivers == ["ben@example.org"]


def test_whoever_stopped_the_diary_or_wants_none_gets_none(app: Flask, letters: Letters, server: str) -> None:
    stopped = ana_of(stopped_at=EVENING - timedelta(days=1))
    wants_letters(stopped)
    other = wants_letters(ana_of(name="Ben Ode"), "ben@example.org")
    choose(other, Chosen(channel=Channel.NONE), now=EVENING - timedelta(hours=1))
    assert run(app, EVENING, mail_url=server) == NOTHING
    assert letters.taken == []


def test_a_letter_is_in_the_language_of_the_patient(app: Flask, letters: Letters, server: str) -> None:
    ana = ana_of(a_clinic("Clínica del Río"))
    with writing(OPERATOR, now=EVENING) as work:
        work.session.merge(ana).language = "es"
        work.audit("test.change")
    wants_letters(ana)
    assert run(app, EVENING, mail_url=server).sent == 1
    assert letters.taken[0]["Subject"] == "Su diario está listo"
    assert "Clínica del Río: su diario está listo." in letters.taken[0].get_content()


def test_each_reminder_is_in_the_audit_without_a_word_about_whom_or_what(
    app: Flask, letters: Letters, server: str
) -> None:
    ana = ana_of()
    wants_letters(ana)
    run(app, EVENING, mail_url=server)
    db.session.rollback()
    lines = db.session.scalars(select(AuditEvent).where(AuditEvent.action.startswith("reminder"))).all()
    assert {line.action for line in lines} == {"reminders.choose", "reminder.claim", "reminder.sent"}
    assert {line.patient_id for line in lines} == {ana.id}
    assert not HEALTH.search(json.dumps([dict(line.details) for line in lines]))
    assert "diary.read" not in {line.action for line in db.session.scalars(select(AuditEvent))}
    assert len(letters.taken) == 1


# --- messages to phones -----------------------------------------------------------------------------------------------


def test_a_message_is_sealed_for_the_phone_and_says_nothing_about_health(app: Flask, service: PushService) -> None:
    wants_messages(app, ana_of(a_clinic("Riverside Clinic")), service)
    assert run(app, EVENING, push_services=(service.url,)).sent == 1
    (message,) = service.opened()
    stop = message.pop("stopAddress")
    assert message == {
        "title": "Riverside Clinic",
        "body": "Your diary is ready. It takes 15 seconds.",
        "address": "/me/day/2026-03-05",
        "stop": "Stop reminders",
    }
    assert re.fullmatch(r"/stop/[\w-]{43}", stop)
    assert b"diary" not in service.bodies[0]
    assert (service.headers[0]["Ttl"], service.headers[0]["Content-Encoding"]) == ("7200", "aes128gcm")


def test_a_message_is_signed_with_the_key_that_browsers_were_given(app: Flask, service: PushService) -> None:
    wants_messages(app, ana_of(), service)
    run(app, EVENING, push_services=(service.url,))
    claims, key = service.claims()
    assert key == push.public_key(settings_of(app))
    assert (claims["aud"], claims["sub"]) == (service.url, "mailto:diary@127.0.0.1")
    assert 0 < claims["exp"] - clock_time.time() <= 24 * 60 * 60


@pytest.mark.parametrize("status", [404, 410])
def test_a_phone_that_takes_none_any_more_is_taken_off_and_everybody_is_told(
    app: Flask, service: PushService, status: int
) -> None:
    ana = ana_of()
    phone = wants_messages(app, ana, service)
    service.answers = [status]
    assert run(app, EVENING, push_services=(service.url,)).failed == 1
    own = own_reminders(phone, now=EVENING)
    assert (own.this_phone, own.it_is_gone, own.phones) == (False, True, 0)
    assert reminders() == [("day:2026-03-05", 1, "failed", 1, "no-phone")]
    assert list_patients(staff_of(ana.clinic_id, Role.DOCTOR), Choice(), now=EVENING).not_reached == 1
    assert run(app, MORNING, push_services=(service.url,)).failed == 1  # the repeat finds nobody to ask
    assert len(service.paths) == 1


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_push_service_that_is_busy_is_tried_again(app: Flask, service: PushService, status: int) -> None:
    wants_messages(app, ana_of(), service)
    service.answers = [status]
    assert run(app, EVENING, push_services=(service.url,)).waiting == 1
    assert run(app, EVENING + timedelta(minutes=5), push_services=(service.url,)).sent == 1
    assert len(service.bodies) == 1


def test_one_phone_that_is_gone_does_not_keep_the_message_from_the_other(app: Flask, service: PushService) -> None:
    ana = ana_of()
    wants_messages(app, ana, service, "one")
    wants_messages(app, ana, service, "other")
    service.answers = [410]
    assert run(app, EVENING, push_services=(service.url,)).sent == 1
    assert sorted(service.paths) == ["/one", "/other"]


def test_a_phone_that_was_ended_gets_no_message(app: Flask, service: PushService) -> None:
    phone = wants_messages(app, ana_of(), service)
    end_phone(phone, UUID(phone.id), now=EVENING - timedelta(hours=1))
    assert run(app, EVENING, push_services=(service.url,)).failed == 1
    assert service.paths == []


def test_a_push_service_is_not_followed_elsewhere(app: Flask, service: PushService) -> None:
    wants_messages(app, ana_of(), service)
    service.answers = [307]
    assert run(app, EVENING, push_services=(service.url,)).waiting == 1
    assert service.paths == ["/ana"]


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://169.254.169.254/latest/meta-data",
        "https://127.0.0.1/ana",
        "https://evil.example/fcm.googleapis.com",
        "https://fcm.googleapis.com.evil.example/ana",
        "https://fcm.googleapis.com@evil.example/ana",
        "https://fcm.googleapis.com:8443/ana",
        "http://fcm.googleapis.com/ana",
        "https://push.apple.com.evil.example/ana",
        "https://evilpush.apple.com/ana",
        "https://[::1]/ana",
        "https://fcm.googleapis.com:port/ana",
        "file:///etc/passwd",
        "",
        "https://fcm.googleapis.com/" + "x" * 3000,
    ],
)
def test_the_server_writes_to_no_address_that_a_phone_makes_up(app: Flask, service: PushService, endpoint: str) -> None:
    phone = a_phone(ana_of())
    made_up = service.subscription() | {"endpoint": endpoint}
    with pytest.raises(InvalidValue):
        allow_messages(phone, settings_of(app), **made_up, now=EVENING)


@pytest.mark.parametrize(
    "wrong", [{"p256dh": "AAAA"}, {"p256dh": "!"}, {"auth": "AAAA"}, {"auth": ""}, {"p256dh": "é" * 87}]
)
def test_keys_that_no_browser_makes_are_refused(app: Flask, service: PushService, wrong: dict[str, str]) -> None:
    phone = a_phone(ana_of())
    real = service.subscription() | {"endpoint": "https://updates.push.services.mozilla.com/wpush/v2/abc"}
    allow_messages(phone, settings_of(app), **real, now=EVENING)
    with pytest.raises(InvalidValue):
        allow_messages(phone, settings_of(app), **(real | wrong), now=EVENING)


def test_the_key_is_made_once_and_for_nobody_else_to_read(settings: Settings) -> None:
    with ThreadPoolExecutor(4) as pool:
        keys = set(pool.map(lambda _: push.public_key(settings), range(8)))
    assert len(keys) == 1
    assert (settings.instance / "push-key").stat().st_mode & 0o777 == 0o600
    assert [file.name for file in settings.instance.glob("push-key*")] == ["push-key"]
