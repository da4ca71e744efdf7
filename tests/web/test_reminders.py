"""Reminders as the patient chooses and stops them, as a calendar reads them, and as the clinic sees them."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import select

from diary.domain.access import Actor, Role
from diary.domain.diary import Scores
from diary.services.reminder_choices import OwnReminders, calendar_address, own_reminders
from diary.store.audit import AuditEvent
from diary.store.base import db
from diary.store.patients import PatientRow
from tests.factories import a_clinic, a_day, a_diary, a_patient, an_injection, keep, staff_of
from tests.reminding.mail_servers import Letters, closed_port, taking_letters
from tests.reminding.push_service import PushService
from tests.reminding.wishes import EVENING, INJECTED, a_phone, ana_of, run, settings_of, wants_letters
from tests.web.log_pages import fill_in, hidden_of, names_of, stop_clock, use_phone, words_of

pytestmark = pytest.mark.parametrize("backend", ["sqlite"])

AT_NOON = "2026-03-05T12:00:00-05:00"  # day 3
BY_EMAIL = {"channel": "email", "hour": "19:00", "email": "ana@example.org"}
BY_CALENDAR = {"channel": "calendar", "hour": "19:00"}
HEALTH = re.compile(r"pain|inject|sore|score|medic|doctor|steroid|cruz|1960", re.IGNORECASE)


@pytest.fixture
def ana(app: Flask, monkeypatch: pytest.MonkeyPatch) -> PatientRow:
    """Ana three days after her injection, on a server that sends letters."""
    stop_clock(monkeypatch, AT_NOON)
    app.extensions["settings"] = settings_of(app, mail_url=closed_port())
    return ana_of(a_clinic("Riverside Clinic"))


@pytest.fixture
def phone(app: Flask, ana: PatientRow) -> Actor:
    """Her phone, which asks from now on."""
    phone = a_phone(ana)
    use_phone(app, phone)
    return phone


@pytest.fixture
def letters() -> Letters:
    return Letters()


def own(phone: Actor) -> OwnReminders:
    """What holds for her now, as other requests have left it."""
    db.session.rollback()
    return own_reminders(phone, now=datetime.fromisoformat(AT_NOON))


def chosen(phone: Actor) -> tuple[str, str, str | None]:
    found = own(phone).chosen
    assert found is not None
    return found.channel.value, f"{found.at:%H:%M}", found.email


# --- choosing ---------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("phone")
def test_the_last_question_after_the_first_score_asks_how_to_remind_with_nothing_chosen(client: FlaskClient) -> None:
    asked = client.get("/me/questions/4")
    assert "Question 4 of 4" in words_of(asked)
    assert "checked" not in asked.text
    assert fill_in(client, "/me/questions/3", {"skip": "yes"}).location == "/me/questions/4"


def test_the_question_can_be_left_out_and_then_nobody_is_reminded(client: FlaskClient, phone: Actor) -> None:
    assert fill_in(client, "/me/questions/4", {"skip": "yes"}).location == "/me/start"
    assert client.get("/me/start").location == "/me/"
    assert own(phone).chosen is None


def test_a_way_and_an_hour_are_chosen_in_one_page(client: FlaskClient, phone: Actor) -> None:
    assert fill_in(client, "/me/questions/4", BY_EMAIL).location == "/me/start"
    assert chosen(phone) == ("email", "19:00", "ana@example.org")
    assert "We send you an e-mail at 7pm" in words_of(client.get("/me/settings/reminders"))


def test_an_hour_of_ones_own_is_taken(client: FlaskClient, phone: Actor) -> None:
    fill_in(client, "/me/settings/reminders", {**BY_EMAIL, "hour": "other", "other": "08:30"})
    assert chosen(phone) == ("email", "08:30", "ana@example.org")


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ({}, "Choose how we shall remind you."),
        ({"channel": "email", "email": "ana@example.org"}, "Choose a time."),
        ({"channel": "email", "hour": "other", "email": "ana@example.org"}, "Enter your own time, such as 8:30."),
        ({"channel": "email", "hour": "19:00"}, "Enter an e-mail address, such as name@example.org."),
        ({"channel": "email", "hour": "19:00", "email": "ana@x\r\nBcc: b@c.de"}, "Enter an e-mail address"),
        ({**BY_EMAIL, "time_zone": "Mars/Base"}, "Choose a time zone, such as America/Chicago."),
        ({"channel": "pigeon", "hour": "19:00"}, "Not a valid choice"),
    ],
)
@pytest.mark.usefixtures("phone")
def test_what_is_missing_is_asked_for_beside_its_field(
    client: FlaskClient, answers: dict[str, str], error: str
) -> None:
    refused = fill_in(client, "/me/settings/reminders", answers)
    assert refused.status_code == 422
    assert error in words_of(refused)


@pytest.mark.usefixtures("phone")
def test_a_way_that_does_not_work_on_this_server_is_not_offered(app: Flask, client: FlaskClient) -> None:
    def offered(base_url: str = "http://127.0.0.1:8000") -> list[str]:
        page = client.get("/me/settings/reminders", base_url=base_url)
        return re.findall(r'name="channel"[^>]*value="(\w+)"', page.text)

    assert offered() == ["email", "push", "calendar", "none"]
    app.extensions["settings"] = settings_of(app, mail_url="console:")
    assert offered() == ["push", "calendar", "none"]
    assert "email" not in names_of(client.get("/me/settings/reminders"))
    app.extensions["settings"] = settings_of(app, base_url="http://diary.example.org")
    app.config["TRUSTED_HOSTS"] = ["diary.example.org"]
    assert offered("http://diary.example.org") == ["calendar", "none"]


def test_on_a_journey_the_clocks_of_the_place_count_and_the_diary_keeps_its_own(
    client: FlaskClient, phone: Actor, ana: PatientRow
) -> None:
    fill_in(client, "/me/settings/reminders", {**BY_EMAIL, "time_zone": "Europe/Madrid"})
    assert "Reminders follow the clocks of Madrid." in words_of(client.get("/me/settings/reminders"))
    assert own(phone).zone.key == "Europe/Madrid"
    db.session.refresh(db.session.merge(ana))
    assert db.session.get_one(PatientRow, ana.id).time_zone == "America/New_York"


def test_what_was_saved_says_when_the_next_reminder_comes(client: FlaskClient, phone: Actor) -> None:
    assert own(phone).chosen is None
    answers = {"average": "4", "moving": "3", "soreness": "1", "analgesic": "no"}
    saved = fill_in(client, "/me/day/2026-03-05", answers)
    assert "Next: tomorrow." in words_of(client.get(saved.location))
    fill_in(client, "/me/settings/reminders", BY_EMAIL)
    assert "Next: tomorrow at 7pm." in words_of(client.get(saved.location))
    fill_in(client, "/me/settings/reminders", {"channel": "none"})
    assert "Next: tomorrow." in words_of(client.get(saved.location))


# --- from the message -------------------------------------------------------------------------------------------------


def test_the_link_of_a_letter_opens_the_page_of_its_day(
    app: Flask, client: FlaskClient, ana: PatientRow, letters: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_phone(app, wants_letters(ana))
    with taking_letters(letters) as server:
        assert run(app, EVENING, mail_url=server).sent == 1
    stop_clock(monkeypatch, "2026-03-05T19:05:00-05:00")
    address = letters.taken[0].get_content().splitlines()[2]
    page = client.get(address)
    assert page.status_code == 200
    assert "Your diary for today" in words_of(page)
    assert {"average", "moving", "analgesic"} <= names_of(page)
    assert client.get(address.replace("05", "06")).status_code in {404, 422}


def stop_link(letters: Letters) -> str:
    return str(letters.taken[0]["List-Unsubscribe"]).strip().strip("<>").removeprefix("http://127.0.0.1:8000")


@pytest.fixture
def link(app: Flask, ana: PatientRow, letters: Letters) -> str:
    """The link in a letter that Ana got; whoever asks from now on is nobody."""
    wants_letters(ana)
    with taking_letters(letters) as server:
        run(app, EVENING, mail_url=server)
    app.extensions["identify"] = []
    return stop_link(letters)


def channels(patient: PatientRow) -> str:
    return chosen(a_phone(patient))[0]


def test_opening_the_link_stops_nothing_and_one_button_does(client: FlaskClient, ana: PatientRow, link: str) -> None:
    asked = client.get(link)
    assert asked.status_code == 200
    assert "Riverside Clinic will not remind you any more." in words_of(asked)
    assert not HEALTH.search(words_of(asked).replace("Injection diary", ""))
    assert asked.text.count("<button") == 1
    assert "Set-Cookie" not in asked.headers
    assert channels(ana) == "email"
    assert "Reminders are stopped" in words_of(client.post(link))
    assert channels(ana) == "none"


def test_a_mail_program_stops_them_by_its_own_button_and_once_more_does_no_harm(
    client: FlaskClient, ana: PatientRow, link: str
) -> None:
    for _ in range(2):
        assert client.post(link, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert channels(ana) == "none"
    db.session.rollback()
    stops = select(AuditEvent).where(AuditEvent.action == "reminders.stop")
    assert [line.patient_id for line in db.session.scalars(stops)] == [ana.id]


@pytest.mark.parametrize("change", [lambda secret: secret[:-2] + "AA", lambda _: "x" * 43, lambda _: "short"])
def test_a_made_up_link_stops_nobody_and_says_where_to_go(client: FlaskClient, link: str, change: object) -> None:
    made_up = f"/stop/{change(link.rpartition('/')[2])}"  # type: ignore[operator]  # one of the three above
    for answer in (client.get(made_up), client.post(made_up)):
        assert answer.status_code == 404
        assert "This link no longer works" in words_of(answer)


def test_another_site_cannot_press_the_button(client: FlaskClient, ana: PatientRow, link: str) -> None:
    assert client.post(link, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert channels(ana) == "email"


def test_one_tap_in_the_settings_stops_them_too(app: Flask, client: FlaskClient, ana: PatientRow) -> None:
    phone = wants_letters(ana)
    use_phone(app, phone)
    page = client.get("/me/settings/reminders")
    token = hidden_of(page)["csrf_token"]
    answer = client.post("/me/settings/reminders/stop", data={"csrf_token": token}, follow_redirects=True)
    assert "You get no more reminders." in words_of(answer)
    assert chosen(phone) == ("none", "19:00", "ana@example.org")


# --- messages on this phone -------------------------------------------------------------------------------------------


def test_a_phone_takes_messages_once_its_browser_said_where_to_send_them(client: FlaskClient, phone: Actor) -> None:
    assert fill_in(client, "/me/settings/reminders", {"channel": "push", "hour": "19:00"}).location.endswith("/phone")
    page = client.get("/me/settings/reminders/phone")
    assert re.search(r'data-key="[\w-]{87}"', page.text)
    assert "No phone takes our messages yet." in words_of(client.get("/me/settings/reminders"))
    given = PushService(url="https://updates.push.services.mozilla.com/wpush").subscription()
    assert fill_in(client, "/me/settings/reminders/phone", given).status_code == 302
    assert "This phone takes our messages." in words_of(client.get("/me/settings/reminders/phone"))
    assert own(phone).phones == 1
    token = hidden_of(client.get("/me/settings/reminders/phone"))["csrf_token"]
    client.post("/me/settings/reminders/phone/end", data={"csrf_token": token})
    assert own(phone).phones == 0


@pytest.mark.usefixtures("phone")
def test_an_address_that_a_phone_makes_up_is_refused_in_words(client: FlaskClient) -> None:
    made_up = PushService(url="https://intranet.example").subscription()
    refused = fill_in(client, "/me/settings/reminders/phone", made_up)
    assert refused.status_code == 422
    assert "This browser's messages cannot be sent. Choose another way." in words_of(refused)


def test_the_home_page_says_when_reminders_do_not_arrive(app: Flask, client: FlaskClient, ana: PatientRow) -> None:
    told = "Our reminders may not reach you."
    phone = wants_letters(ana, "nobody@example.org")
    use_phone(app, phone)
    assert told not in words_of(client.get("/me/"))
    letters = Letters(refuses=lambda _address: "550 No such user")
    with taking_letters(letters) as server:
        run(app, EVENING - timedelta(days=1), mail_url=server)
    assert told in words_of(client.get("/me/"))
    assert "Check your e-mail address." in words_of(client.get("/me/settings/reminders"))
    fill_in(client, "/me/settings/reminders", BY_EMAIL)  # another address: what was before says nothing about it
    assert told not in words_of(client.get("/me/"))
    fill_in(client, "/me/settings/reminders", {"channel": "push", "hour": "19:00"})
    assert told in words_of(client.get("/me/"))


# --- the calendar -----------------------------------------------------------------------------------------------------


@pytest.fixture
def feed(client: FlaskClient, phone: Actor) -> str:
    """The address of Ana's calendar."""
    assert fill_in(client, "/me/settings/reminders", BY_CALENDAR).location.endswith("/calendar")
    return feed_of(client, phone)


def feed_of(client: FlaskClient, phone: Actor) -> str:
    db.session.rollback()
    address = calendar_address(phone, settings_of(client.application), now=EVENING)
    assert address is not None
    assert address in client.get("/me/settings/reminders/calendar").text
    return address.removeprefix("http://127.0.0.1:8000")


def test_a_calendar_holds_what_comes_with_an_alarm_each_and_nothing_about_health(
    app: Flask, client: FlaskClient, feed: str
) -> None:
    app.extensions["identify"] = []
    answer = client.get(feed)
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    calendar = Calendar.from_ical(answer.data)
    events = list(calendar.walk("VEVENT"))
    local = [event.decoded("dtstart") for event in events]
    days = [*range(5, 17), 23, 30]  # to day 14, then by week
    assert [f"{start:%Y-%m-%d %H:%M}" for start in local] == [f"2026-03-{day:02} 19:00" for day in days]
    assert [start.astimezone(UTC).hour for start in local] == [0, 0, 0] + [23] * (len(days) - 3)  # 8 March: summer
    assert {str(event["dtstart"].params["TZID"]) for event in events} == {"America/New_York"}
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["America/New_York"]
    for event in events:
        (alarm,) = event.walk("VALARM")
        assert (str(alarm["action"]), alarm.decoded("trigger")) == ("DISPLAY", timedelta())
    assert len({str(event["uid"]) for event in events}) == len(events)
    assert str(events[0]["url"]) == "http://127.0.0.1:8000/me/day/2026-03-05"
    assert {str(event["summary"]) for event in events} == {"My diary"}
    assert not HEALTH.search(answer.text)


def test_an_app_that_has_the_calendar_as_it_is_gets_no_second_copy(client: FlaskClient, feed: str) -> None:
    first = client.get(feed)
    assert first.headers["Cache-Control"] == "private, max-age=21600"
    again = client.get(feed, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get(feed, headers={"If-None-Match": '"another"'}).status_code == 200


def test_an_app_that_asks_every_minute_is_told_to_wait_and_holds_up_nobody(
    client: FlaskClient, feed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = datetime.fromisoformat(AT_NOON)
    statuses = []
    for minute in range(60):
        stop_clock(monkeypatch, (asked + timedelta(minutes=minute)).isoformat())
        answer = client.get(feed)
        statuses.append(answer.status_code)
    assert statuses == [200] * 12 + [429] * 48
    assert answer.headers["Retry-After"] == "60"
    stop_clock(monkeypatch, (asked + timedelta(minutes=61)).isoformat())
    assert client.get(feed).status_code == 200


def test_a_new_address_takes_the_place_of_the_old_one(client: FlaskClient, feed: str, phone: Actor) -> None:
    token = hidden_of(client.get("/me/settings/reminders/calendar"))["csrf_token"]
    client.post("/me/settings/reminders/calendar/new", data={"csrf_token": token})
    assert client.get(feed).status_code == 404
    assert client.get(feed_of(client, phone)).status_code == 200


def test_once_reminders_are_stopped_the_calendar_is_empty(client: FlaskClient, feed: str) -> None:
    fill_in(client, "/me/settings/reminders", {"channel": "none"})
    answer = client.get(feed)
    assert answer.status_code == 200
    assert list(Calendar.from_ical(answer.data).walk("VEVENT")) == []


@pytest.mark.usefixtures("phone")
def test_a_made_up_calendar_is_not_there(client: FlaskClient) -> None:
    assert client.get(f"/calendar/{'x' * 43}.ics").status_code == 404
    assert client.get("/calendar/x.ics").status_code == 404


# --- the clinic -------------------------------------------------------------------------------------------------------


def test_the_clinic_sees_whom_a_reminder_did_not_reach(app: Flask, client: FlaskClient, ana: PatientRow) -> None:
    wants_letters(ana, "nobody@example.org")
    letters = Letters(refuses=lambda _address: "550 No such user")
    with taking_letters(letters) as server:
        run(app, EVENING, mail_url=server)
    use_phone(app, staff_of(ana.clinic_id, Role.NURSE))
    assert "Reminders to 1 patient may not have arrived." in words_of(client.get("/clinic/patients"))
    told = "05-Mar-2026 19:00 reminder e-mail not sent: the address was refused"
    assert f"Ana Cruz {told}" in words_of(client.get("/clinic/reminders"))
    of_ana = words_of(client.get(f"/clinic/patients/{ana.id}/reminders"))
    assert told in of_ana
    assert "By e-mail to nobody@example.org, at 19:00." in of_ana
    use_phone(app, staff_of(ana.clinic_id, Role.ADMIN))
    numbers = words_of(client.get("/admin/reminders"))
    assert "e-mail not sent: the address was refused 1" in numbers
    assert "Ana" not in numbers
    use_phone(app, staff_of(a_clinic("Other").id, Role.NURSE))
    assert "may not have arrived." not in words_of(client.get("/clinic/patients"))
    assert client.get(f"/clinic/patients/{ana.id}/reminders").status_code == 404


def fill_in_as(app: Flask, client: FlaskClient, actor: Actor, address: str, answers: dict[str, str]) -> int:
    use_phone(app, actor)
    return fill_in(client, address, answers).status_code


WEEKLY = {"days_before": "7", "hours_apart": "1", "bedtime": "22:00", "later": "weekly"}


def test_what_the_clinic_asks_changes_what_the_patients_pages_say(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_clock(monkeypatch, "2026-03-20T12:00:00-04:00")  # day 18
    ana = a_patient(a_clinic())
    keep(ana, a_diary(an_injection(INJECTED), a_day("2026-03-19", scores=Scores(average=3))))
    admin, doctor = staff_of(ana.clinic_id, Role.ADMIN), staff_of(ana.clinic_id, Role.DOCTOR)

    def home() -> str:
        use_phone(app, Actor(role=Role.DEVICE, id=str(uuid4()), clinic_id=ana.clinic_id, patient_id=ana.id))
        return words_of(client.get("/me/"))

    assert "Today: nothing is due." in home()
    assert fill_in_as(app, client, admin, "/admin/schedule", {**WEEKLY, "later": "daily"}) == 302
    assert "Today: not filled in yet" in home()
    assert fill_in_as(app, client, doctor, f"/clinic/patients/{ana.id}/reminders", {"later": "weekly"}) == 302
    assert "Today: nothing is due." in home()
    assert fill_in_as(app, client, doctor, f"/clinic/patients/{ana.id}/reminders", {"later": "clinic"}) == 302
    assert "Today: not filled in yet" in home()


def test_a_rise_is_followed_on_the_patients_page_though_the_start_lies_weeks_back(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The week before the injection, which the home page would not read otherwise, gives the start of 8."""
    stop_clock(monkeypatch, "2026-04-28T12:00:00-04:00")  # day 57
    ana = a_patient(a_clinic())
    before = [
        a_day(f"2026-02-{day}", recorded_at=f"2026-02-{day}T19:00:00-05:00", scores=Scores(average=8))
        for day in (24, 25, 26, 27)
    ]
    weeks = [
        a_day(day, recorded_at=f"{day}T19:00:00-04:00", scores=Scores(average=average))
        for day, average in (("2026-04-20", 4), ("2026-04-27", 5))
    ]
    keep(ana, a_diary(*before, an_injection(INJECTED), *weeks))
    use_phone(app, Actor(role=Role.DEVICE, id=str(uuid4()), clinic_id=ana.clinic_id, patient_id=ana.id))
    assert "Today: not filled in yet" in words_of(client.get("/me/"))


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"days_before": "15"}, "Write a whole number from 0 to 14."),
        ({"hours_apart": "0"}, "Write a whole number from 1 to 4."),
        ({"hours_apart": "99999999999999999999"}, "Write a whole number from 1 to 4."),
        ({"bedtime": "12:00"}, "Choose a bedtime from 18:00 to 23:59."),
        ({"bedtime": "late"}, "Not a valid time value."),
    ],
)
def test_a_schedule_that_cannot_be_asked_is_refused_beside_its_field(
    app: Flask, client: FlaskClient, ana: PatientRow, wrong: dict[str, str], error: str
) -> None:
    use_phone(app, staff_of(ana.clinic_id, Role.ADMIN))
    refused = fill_in(client, "/admin/schedule", {**WEEKLY, **wrong})
    assert refused.status_code == 422
    assert error in words_of(refused)
