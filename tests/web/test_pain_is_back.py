"""The scores are higher again: told to the patient once. The pain is back: said by the patient, in a few taps."""

import re
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from diary import clock
from diary.domain.access import Role
from diary.domain.assessment import assess
from diary.domain.diary import NO_SCORES, Diary, Entry, Event, Injection, Purpose, Scores, Side, Steroid
from diary.domain.rulesets import shipped
from diary.services.findings import findings_now
from diary.store.audit import AuditEvent
from diary.store.base import db
from diary.store.diaries import add_entries, add_injections, load_diary
from diary.store.patients import PatientRow
from diary.store.returns import ReturnRead
from diary.store.work import writing
from tests.factories import NOON, OPERATOR, a_clinic, a_day, a_patient, an_injection, staff_of
from tests.queries import count_queries
from tests.web.log_pages import fill_in, hidden_of, names_of, phone_of, stop_clock, use_phone, words_of

ZERO = date(2026, 3, 2)
DAY_60 = "2026-05-01T19:05:00-04:00"
TODAY = "2026-05-01"
BACK = f"/me/day/{TODAY}/pain-is-back"
ANSWERS = {"average": "7", "moving": "6", "analgesic": "no", "save": "save"}
TOLD = "Your scores are higher again than in the weeks before, since 12 April."
TEASER = "There is something new about your scores."
STEROID = an_injection(
    purpose=Purpose.THERAPEUTIC, steroid=Steroid(agent="triamcinolone", mg=40), baseline=Scores(average=8)
)


# What is kept of a return is tested on both databases in tests/services/test_returns.py.
@pytest.fixture
def backend() -> str:
    return "sqlite"


@pytest.fixture
def ana(app: Flask, monkeypatch: pytest.MonkeyPatch) -> PatientRow:
    """Ana with her phone, its diary closed, on the evening of day 60."""
    stop_clock(monkeypatch, DAY_60)
    ana = a_patient(a_clinic())
    use_phone(app, phone_of(ana))
    return ana


def record(patient: PatientRow, *records: Injection | Entry) -> None:
    with writing(OPERATOR, now=NOON) as work:
        add_injections(work, patient.owner, [one for one in records if isinstance(one, Injection)])
        add_entries(work, patient.owner, [one for one in records if isinstance(one, Entry)])


def diary_of(patient: PatientRow) -> Diary:
    with writing(OPERATOR, now=NOON) as work:
        return load_diary(work, patient)


def averages(first: int, last: int, score: int) -> list[Entry]:
    return [
        a_day((ZERO + timedelta(days=number)).isoformat(), scores=Scores(average=score))
        for number in range(first, last + 1)
    ]


def returned(patient: PatientRow) -> list[Entry]:
    """Relief from day 3 to day 40 and scores of 7 from day 44: it ended between day 41, which is 12 April, and 44."""
    failing = averages(44, 59, 7)
    record(patient, STEROID, *averages(3, 40, 2), *failing)
    return failing


def home_of(app: Flask, client: FlaskClient, patient: PatientRow, role: Role = Role.PATIENT) -> TestResponse:
    use_phone(app, phone_of(patient, role=role))
    return client.get("/me/")


def read_it(client: FlaskClient, page: TestResponse) -> TestResponse:
    (address,) = re.findall(r'action="(/me/returns/[^"]+)"', page.text)
    return client.post(address, data=hidden_of(page))


def reads() -> list[ReturnRead]:
    db.session.rollback()
    return list(db.session.scalars(select(ReturnRead)))


# --- told once --------------------------------------------------------------------------------------------------------


def test_an_opened_diary_tells_that_scores_are_higher_again_and_whom_to_call(
    app: Flask, client: FlaskClient, ana: PatientRow
) -> None:
    returned(ana)
    page = home_of(app, client, ana)
    assert f"{TOLD} Your clinic will see this at your next visit. You can call them sooner." in words_of(page)
    assert 'href="tel:+12125550100"' in page.text
    assert TEASER not in words_of(page)


def test_a_closed_diary_says_that_there_is_something_new_and_not_what(
    app: Flask, client: FlaskClient, ana: PatientRow
) -> None:
    returned(ana)
    page = home_of(app, client, ana, Role.DEVICE)
    assert f"{TEASER} Open it with your PIN" in words_of(page)
    assert "higher" not in page.text
    assert "April" not in page.text
    answer = client.post(f"/me/returns/{STEROID.id}/read", data=hidden_of(client.get("/me/day/2026-05-01")))
    assert answer.status_code == 302
    assert reads() == []


def test_what_was_read_is_not_told_again_on_any_phone(app: Flask, client: FlaskClient, ana: PatientRow) -> None:
    returned(ana)
    page = home_of(app, client, ana)
    assert reads() == []  # to see it is not to say so
    for _ in range(2):
        assert read_it(client, page).location == "/me/"
    (read,) = reads()
    assert (read.injection_id, read.since) == (STEROID.id, date(2026, 4, 12))
    audited = db.session.scalars(select(AuditEvent.action).where(AuditEvent.actor_role == Role.PATIENT)).all()
    assert list(audited) == ["return.read"]
    assert TOLD not in words_of(home_of(app, client, ana))
    assert TEASER not in words_of(home_of(app, client, ana, Role.DEVICE))
    record(ana, *averages(60, 60, 8))
    assert "higher again" not in words_of(home_of(app, client, ana))


def test_the_end_of_another_injection_is_told_again(
    app: Flask, client: FlaskClient, ana: PatientRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    returned(ana)
    read_it(client, home_of(app, client, ana))
    second = an_injection(
        "2026-05-02T10:30:00-04:00",
        purpose=Purpose.THERAPEUTIC,
        steroid=Steroid(agent="triamcinolone", mg=40),
        baseline=Scores(average=8),
    )
    record(ana, second, *averages(63, 100, 2), *averages(101, 115, 7))
    stop_clock(monkeypatch, "2026-06-25T19:00:00-04:00")
    assert "since 11 June." in words_of(home_of(app, client, ana))  # day 101 of the first


def test_a_correction_that_takes_the_end_away_takes_the_words_away(
    app: Flask, client: FlaskClient, ana: PatientRow
) -> None:
    failing = returned(ana)
    page = home_of(app, client, ana)
    assert TOLD in words_of(page)
    later = datetime.fromisoformat("2026-05-01T12:00:00-04:00")
    record(
        ana,
        *(
            a_day(one.local_day.isoformat(), recorded_at=later.isoformat(), revises=one.id, scores=Scores(average=2))
            for one in failing
        ),
    )
    assert TOLD not in words_of(home_of(app, client, ana))
    assert read_it(client, page).location == "/me/"  # a page that was open meanwhile
    assert reads() == []


def test_an_end_of_an_earlier_year_bears_its_year(
    app: Flask, client: FlaskClient, ana: PatientRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    returned(ana)
    stop_clock(monkeypatch, "2027-01-05T19:00:00-05:00")
    assert "since 12 April 2026." in words_of(home_of(app, client, ana))


def test_without_a_return_home_says_nothing_of_it(app: Flask, client: FlaskClient, ana: PatientRow) -> None:
    for role in (Role.PATIENT, Role.DEVICE):
        words = words_of(home_of(app, client, ana, role))
        assert "scores are higher" not in words
        assert TEASER not in words


def test_what_was_saved_with_the_diary_opened_says_it_in_place_of_what_is_usual(
    app: Flask, client: FlaskClient, ana: PatientRow
) -> None:
    returned(ana)
    use_phone(app, phone_of(ana, role=Role.PATIENT))
    saved = fill_in(client, f"/me/day/{TODAY}", ANSWERS).location
    words = words_of(client.get(saved))
    assert f"Day 60. {TOLD} Your clinic will see this at your next visit." in words
    assert "Pain goes up and down." not in words
    use_phone(app, phone_of(ana))
    assert "Pain goes up and down." in words_of(client.get(saved))


# --- said by the patient ----------------------------------------------------------------------------------------------


def test_my_pain_is_back_takes_six_taps_at_most(client: FlaskClient, ana: PatientRow) -> None:
    record(ana, an_injection("2026-04-25T10:30:00-04:00"))  # soreness is asked too
    home = client.get("/me/")
    assert 'href="/me/pain-is-back"' in home.text  # the first tap
    page = client.get(client.get("/me/pain-is-back").location)
    asked = names_of(page) & {"average", "moving", "soreness", "analgesic"}
    assert asked == {"average", "moving", "soreness", "analgesic"}
    assert not any(name.startswith("activity_0") for name in names_of(page))
    assert "checked" not in page.text
    assert 1 + len(asked) + 1 <= 6  # the link, an answer to each question, Save
    answer = fill_in(client, BACK, {**ANSWERS, "soreness": "1"})
    words = words_of(client.get(answer.location))
    assert "Saved. You said that your pain is back. Pain 7. Moving 6. Soreness 1. No extra medicine." in words


def test_it_is_the_days_entry_with_a_mark(client: FlaskClient, ana: PatientRow) -> None:
    record(ana, STEROID)
    saved = fill_in(client, BACK, ANSWERS)
    (entry,) = diary_of(ana).entries
    assert (entry.pain_is_back, entry.scores, entry.analgesic) == (True, Scores(average=7, moving=6), False)
    assert "Today: filled in" in words_of(client.get("/me/"))
    words = words_of(client.get(saved.location))
    assert (
        "No one looks at your diary right away. Your clinic will see this at your next visit. You can call them sooner."
        in words
    )
    assert "will" not in words.replace("Your clinic will see this", "")  # no forecast
    assert 'href="tel:+12125550100"' in client.get(saved.location).text


def test_on_a_day_that_is_filled_in_the_mark_stands_alone_and_changes_no_score(
    client: FlaskClient, ana: PatientRow
) -> None:
    record(ana, STEROID, *averages(3, 60, 2))
    before = assess(diary_of(ana), shipped("trial-50"), as_of=date(2026, 5, 1))
    page = client.get(BACK)
    assert "You have filled in today. Your scores stay as they are. We add that your pain is back." in words_of(page)
    assert names_of(page).isdisjoint({"average", "moving", "analgesic"})
    saved = client.get(fill_in(client, BACK, {"save": "save"}).location)
    assert "Saved. You said that your pain is back." in words_of(saved)
    assert "Change this" not in saved.text
    entry = diary_of(ana).entries[-1]
    assert (entry.pain_is_back, entry.scores, entry.analgesic) == (True, NO_SCORES, None)
    after = assess(diary_of(ana), shipped("trial-50"), as_of=date(2026, 5, 1))
    assert after == before


def test_twice_a_day_and_twice_sent_is_harmless(client: FlaskClient, ana: PatientRow) -> None:
    record(ana, STEROID)
    page = client.get(BACK)
    for _ in range(2):  # the same page sent twice
        assert client.post(BACK, data={**hidden_of(page), **ANSWERS}).location.startswith("/me/saved/")
    assert len(diary_of(ana).entries) == 1
    for _ in range(2):
        assert fill_in(client, BACK, {"save": "save"}).status_code == 302
    assert [entry.pain_is_back for entry in diary_of(ana).entries] == [True] * 3


def test_a_day_filled_in_meanwhile_keeps_its_scores_and_offers_the_mark(client: FlaskClient, ana: PatientRow) -> None:
    page = client.get(BACK)
    record(ana, a_day(TODAY, recorded_at=DAY_60))
    answer = client.post(BACK, data={**hidden_of(page), **ANSWERS})
    assert answer.location == BACK
    assert "You have filled in today." in words_of(client.get(BACK))
    assert len(diary_of(ana).entries) == 1


@pytest.mark.usefixtures("ana")
def test_what_is_missing_is_said_and_the_page_stays(client: FlaskClient) -> None:
    answer = fill_in(client, BACK, {"average": "7", "save": "save"})
    assert answer.status_code == 422
    assert "Choose a number from 0 to 10 for how hard it was to move" in words_of(answer)
    assert "My pain is back" in words_of(answer)


@pytest.mark.usefixtures("ana")
def test_a_day_that_cannot_be_scored_takes_no_mark(client: FlaskClient) -> None:
    for day in ("2026-04-28", "2026-05-02"):
        assert client.get(f"/me/day/{day}/pain-is-back").location == f"/me/day/{day}"
        page = client.get(BACK)
        client.post(f"/me/day/{day}/pain-is-back", data={**hidden_of(page), **ANSWERS})
    assert client.get("/me/day/someday/pain-is-back").status_code == 404


def test_in_the_small_hours_it_asks_which_day(
    client: FlaskClient, ana: PatientRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(ana, STEROID)
    stop_clock(monkeypatch, "2026-05-02T01:30:00-04:00")
    page = client.get("/me/pain-is-back")
    assert "Is this for Friday or Saturday?" in words_of(page)
    assert f'href="{BACK}"' in page.text


def test_it_can_be_taken_back_and_the_scores_stay(client: FlaskClient, ana: PatientRow) -> None:
    record(ana, STEROID)
    saved = client.get(fill_in(client, BACK, ANSWERS).location)
    (address,) = re.findall(r'action="(/me/entries/[^"]+/pain-is-not-back)"', saved.text)
    for _ in range(2):
        assert client.post(address, data=hidden_of(saved)).location == "/me/"
    marked, plain = diary_of(ana).entries
    assert plain.revises == marked.id
    assert (plain.pain_is_back, plain.scores) == (False, marked.scores)
    with writing(OPERATOR, now=clock.now()) as work:
        found = findings_now(work, ana.id)
    assert found is not None
    assert found.pain_back_at is None


def test_taking_it_back_later_reads_no_score_to_a_closed_diary(
    app: Flask, client: FlaskClient, ana: PatientRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(ana, STEROID)
    told = fill_in(client, BACK, ANSWERS).location
    saved = client.get(told)
    assert "Pain 7" in words_of(saved)
    stop_clock(monkeypatch, "2026-05-01T21:05:00-04:00")
    assert "Pain 7" not in words_of(client.get(told))
    (address,) = re.findall(r'action="(/me/entries/[^"]+/pain-is-not-back)"', saved.text)
    assert client.post(address, data=hidden_of(saved)).location == "/me/"
    (marked, plain) = diary_of(ana).entries
    assert (marked.pain_is_back, plain.pain_is_back) == (True, False)
    for entry in (marked, plain):
        assert "Pain 7" not in words_of(client.get(f"/me/saved/{entry.id}"))
    use_phone(app, phone_of(ana, role=Role.PATIENT))
    assert "Pain 7" in words_of(client.get(told))


def test_changing_the_scores_keeps_the_mark(client: FlaskClient, ana: PatientRow) -> None:
    record(ana, STEROID)
    saved = fill_in(client, BACK, ANSWERS).location
    fill_in(client, f"/me/entries/{saved.rsplit('/', 1)[1]}/change", {**ANSWERS, "average": "5"})
    assert [entry.pain_is_back for entry in diary_of(ana).entries] == [True, True]


def test_it_can_be_ticked_beside_something_else(client: FlaskClient, ana: PatientRow) -> None:
    fill_in(client, f"/me/day/{TODAY}/more", {"pain_is_back": "y", "events": "fall"})
    (entry,) = diary_of(ana).entries
    assert (entry.pain_is_back, entry.events, entry.scores) == (True, (Event.FALL,), NO_SCORES)


def test_before_any_injection_home_does_not_offer_it(client: FlaskClient, ana: PatientRow) -> None:
    assert "My pain is back" not in words_of(client.get("/me/"))
    record(ana, an_injection("2026-05-01T10:30:00-04:00", side=Side.LEFT))
    assert "My pain is back" in words_of(client.get("/me/"))


def test_the_clinic_sees_it_on_its_list(app: Flask, client: FlaskClient, ana: PatientRow) -> None:
    record(ana, STEROID)
    fill_in(client, BACK, ANSWERS)
    doctor = staff_of(ana.clinic_id, Role.DOCTOR)
    app.extensions["identify"] = [lambda: doctor]
    words = words_of(client.get("/clinic/patients?show=flags"))
    assert "◆ pain is back , said 01-May-2026" in words


def test_saving_it_takes_six_queries_at_most(client: FlaskClient, ana: PatientRow) -> None:
    record(ana, STEROID)
    page = client.get(BACK)
    with count_queries() as sent:
        client.post(BACK, data={**hidden_of(page), **ANSWERS})
    assert 0 < len(sent) <= 6, sent.statements
