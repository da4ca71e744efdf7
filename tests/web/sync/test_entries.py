"""POST /api/v1/entries and GET /api/v1/entries/<id>: what a phone sends arrives once, and nothing holds it up."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from diary import clock
from diary.domain.access import Role
from diary.domain.clinic_limits import ClinicLimits
from diary.domain.diary import BloodPressure, Diary, Entry, Medicine, Scores
from diary.domain.form import read, write
from diary.services.clinic_limits import set_limits
from diary.services.devices import end_phone, phones_of
from diary.store.base import db
from diary.store.clinics import Clinic
from diary.store.diaries import load_diary
from diary.store.patients import PatientRow
from diary.store.work import writing
from diary.web.devices import cookie_name
from tests.factories import OPERATOR, a_clinic, a_day, a_medicine, a_patient, staff_of
from tests.phones import bind_phone, open_diary_on
from tests.signing_in import a_user, sign_in

ADDRESS = "/api/v1/entries"


@pytest.fixture
def ana(app: Flask) -> PatientRow:  # noqa: ARG001 — gives the database
    return a_patient(a_clinic())


@pytest.fixture
def phone(client: FlaskClient, ana: PatientRow) -> FlaskClient:
    """Ana's phone; its requests bear its token and no cookie."""
    return bearing(client, ana)


def bearing(client: FlaskClient, patient: PatientRow) -> FlaskClient:
    bind_phone(client, patient)
    cookie = client.get_cookie(cookie_name())
    assert cookie is not None
    client.delete_cookie(cookie_name())
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {cookie.value}"
    return client


def send(phone: FlaskClient, *records: object, sent_at: datetime | None = None, **more: Any) -> TestResponse:
    """Records as they are or as plain values; what is no `Medicine` goes as an entry."""
    batch = {
        "sent_at": (sent_at or clock.now()).isoformat(),
        "entries": [plain(one) for one in records if not isinstance(one, Medicine)],
        "medicines": [plain(one) for one in records if isinstance(one, Medicine)],
    }
    return phone.post(ADDRESS, json={**batch, **more})


def plain(record: object) -> object:
    return write(record) if isinstance(record, Entry | Medicine) else record


def results(answer: TestResponse) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [one["result"] for one in answer.get_json()["results"]]


def words(answer: TestResponse) -> str:
    message = answer.get_json()["results"][-1]["message"]
    assert isinstance(message, str)
    return message


def saved(patient: PatientRow) -> Diary:
    db.session.rollback()
    with writing(OPERATOR, now=clock.now()) as work:
        return load_diary(work, patient)


def today(**changes: object) -> Entry:
    """An entry about the day on which it is recorded, an hour ago; never another day's, whatever the hour."""
    return day_of(clock.now() - timedelta(hours=1), **changes)


def day_of(recorded_at: datetime, **changes: object) -> Entry:
    there = recorded_at.astimezone(datetime.fromisoformat("2026-01-01T00:00:00-05:00").tzinfo)
    return a_day(there.date().isoformat(), recorded_at=there.isoformat(), **changes)


def check_problem(answer: TestResponse, status: int, said: str = "") -> None:
    assert answer.status_code == status, answer.text
    assert answer.content_type == "application/problem+json"
    problem = answer.get_json()
    assert set(problem) == {"title", "status", "detail"}
    assert problem["status"] == status
    assert said in problem["detail"]


# --- once each --------------------------------------------------------------------------------------------------------


def test_what_is_sent_twice_is_recorded_once(phone: FlaskClient, ana: PatientRow) -> None:
    entry, medicine = today(), a_medicine("2026-03-03T15:00:00-05:00")
    first, again = (send(phone, entry, medicine) for _ in range(2))
    assert first.get_json()["results"] == [
        {"id": str(record.id), "result": "accepted", "message": "Saved."} for record in (entry, medicine)
    ]
    assert results(again) == ["duplicate", "duplicate"]
    there = saved(ana)
    assert [replace(one, received_at=None) for one in there.entries] == [entry]
    assert [one.id for one in there.medicines] == [medicine.id]
    assert there.entries[0].received_at is not None


def test_a_measurement_above_the_clinics_number_says_to_call(phone: FlaskClient, ana: PatientRow) -> None:
    set_limits(staff_of(ana.clinic_id, Role.ADMIN), ana.clinic_id, ClinicLimits(systolic=180), now=clock.now())
    high, right = (
        replace(today(), id=uuid4(), blood_pressure=BloodPressure(systolic=systolic, diastolic=80))
        for systolic in (181, 180)
    )
    told = [one["message"] for one in send(phone, high, right).get_json()["results"]]
    assert told[0].startswith("Saved. This is above the number that your clinic set. Call your clinic today.")
    assert "above" not in told[1]


def test_an_id_that_stands_twice_in_one_batch_is_one_entry(phone: FlaskClient, ana: PatientRow) -> None:
    entry = today()
    other = replace(entry, scores=Scores(average=9))
    assert results(send(phone, entry, entry, other)) == ["accepted", "duplicate", "conflict"]
    assert [one.scores.average for one in saved(ana).entries] == [4]


def test_other_answers_under_the_same_id_are_a_conflict(phone: FlaskClient, ana: PatientRow) -> None:
    entry, medicine = today(), a_medicine("2026-03-03T15:00:00-05:00")
    send(phone, entry, medicine)
    moved = replace(medicine, taken_at=medicine.taken_at - timedelta(hours=3))
    changed = (
        replace(entry, scores=Scores(average=9)),
        replace(entry, note="new"),
        replace(medicine, dose="1 g"),
        moved,
    )
    assert results(send(phone, *changed)) == ["conflict"] * 4
    assert [one.scores.average for one in saved(ana).entries] == [4]


def test_two_phones_that_correct_the_same_entry_are_told(phone: FlaskClient, ana: PatientRow, app: Flask) -> None:
    entry, other = today(), bearing(app.test_client(), ana)
    one, two = (today(revises=entry.id, scores=Scores(average=score)) for score in (5, 6))
    one, two = (replace(correction, day=entry.day) for correction in (one, two))
    assert results(send(phone, entry, one)) == ["accepted", "accepted"]
    answer = send(other, entry, two)
    assert results(answer) == ["duplicate", "conflict"]
    assert "changed in between" in words(answer)
    assert results(send(other, replace(two, revises=one.id))) == ["accepted"]


def test_a_queue_of_60_days_goes_in_batches_in_order(phone: FlaskClient, ana: PatientRow) -> None:
    start = clock.now() - timedelta(days=60)
    entries = [day_of(start + timedelta(hours=hours)) for hours in range(0, 60 * 24, 6)]
    assert len(entries) == 240
    assert results(send(phone, *entries[:200])) == ["accepted"] * 200
    assert results(send(phone, *entries[200:])) == ["accepted"] * 40
    assert [entry.id for entry in saved(ana).entries] == [entry.id for entry in entries]
    assert {entry.clock for entry in saved(ana).entries} == {None}


def test_a_medicine_is_corrected_by_a_new_one(phone: FlaskClient, ana: PatientRow) -> None:
    taken = (clock.now() - timedelta(hours=3)).isoformat()
    first = a_medicine(taken)
    correction, rival = (replace(first, id=uuid4(), revises=first.id, dose=dose) for dose in ("200 mg", "600 mg"))
    assert results(send(phone, first, correction, rival)) == ["accepted", "accepted", "conflict"]
    unknown = send(phone, replace(rival, revises=uuid4()))
    assert results(unknown) == ["rejected"]
    assert len(saved(ana).medicines) == 2


# --- one bad entry holds up nothing -----------------------------------------------------------------------------------

HOSTILE: list[object] = [
    None,
    7,
    "entry",
    [],
    [[[]]],
    {},
    {"id": None},
    {"id": 10**200},
    {"id": "x" * 5000},
    {"id": "\ud83d"},
    {"kind": []},
]
CHANGES: list[Mapping[str, object]] = [
    {"scores": {"average": 11}},
    {"scores": {"average": 10**29}},
    {"scores": {"average": 10**300}},
    {"scores": {"average": 4.5}},
    {"scores": {"average": "4"}},
    {"scores": {"average": True}},
    {"scores": []},
    {"scores": {"avarage": 4}},
    {"note": "a\0b"},
    {"note": "half an emoji \ud83d"},
    {"note": "x" * 4001},
    {"side_effects": [None]},
    {"day": "2026-02-30"},
    {"recorded_at": "now"},
    {"recorded_at": "2026-03-03T19:00:00"},
    {"revises": "nothing"},
    {"revises": str(uuid4())},
    {"source": "nurse"},
    {"patient": "Ben"},
    {"\0": 1},
]


def test_a_hostile_record_is_rejected_and_the_others_are_saved(phone: FlaskClient, ana: PatientRow) -> None:
    good = [today(), today()]
    bad = [*HOSTILE, *({**write(today()), **change} for change in CHANGES)]
    answer = send(phone, good[0], *bad, good[1])
    assert results(answer) == ["accepted", *["rejected"] * len(bad), "accepted"]
    assert [entry.id for entry in saved(ana).entries] == [entry.id for entry in good]
    for one in answer.get_json()["results"][1:-1]:
        assert one["message"].startswith("We could not save this. ")
        assert len(one["message"]) < 400


def test_what_is_rejected_can_be_mended_by_its_words(phone: FlaskClient) -> None:
    answer = send(phone, {**write(today()), "scores": {"average": 11}})
    assert words(answer) == "We could not save this. Your pain over the day: 11 is not between 0 and 10."
    old = a_day("2026-01-05", recorded_at="2026-01-09T19:00:00-05:00")
    assert words(send(phone, old)) == "We could not save this. Choose today, yesterday or the day before."


def test_what_only_a_server_says_is_not_taken_from_a_phone(phone: FlaskClient, ana: PatientRow) -> None:
    forged = {**write(today(source=None)), "received_at": "2020-01-01T00:00:00Z", "clock": {"day": "2020-01-01"}}
    assert results(send(phone, forged)) == ["accepted"]
    (entry,) = saved(ana).entries
    assert entry.received_at is not None
    assert clock.now() - entry.received_at < timedelta(hours=1)
    assert (entry.clock, entry.source) == (None, "patient")


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        (b"", 400, "not JSON"),
        (b"{", 400, "not JSON"),
        (b'{"sent_at": NaN}', 400, "NaN"),
        (b'{"sent_at": 1, "sent_at": 2}', 400, "twice"),
        (b'"\xff"', 400, "UTF-8"),
        (b"[" * 100_000, 400, "nested too deeply"),
        (b"[]", 422, "not an object"),
        (b'{"entries": [1]}', 422, "sent_at: is missing"),
        (b'{"sent_at": "2026-03-03", "entries": [1]}', 422, "sent_at"),
        (b'{"sent_at": "2026-03-03T19:00:00-05:00"}', 422, "1 to 200"),
        (b'{"sent_at": "2026-03-03T19:00:00-05:00", "entries": {}}', 422, "not a list"),
        (b'{"sent_at": "2026-03-03T19:00:00-05:00", "entries": [1], "who": 1}', 422, "not a known key"),
    ],
)
def test_a_batch_that_cannot_be_read_is_one_problem(phone: FlaskClient, body: bytes, status: int, said: str) -> None:
    check_problem(phone.post(ADDRESS, data=body, content_type="application/json"), status, said)


def test_too_many_too_large_too_often_and_no_json(phone: FlaskClient) -> None:
    check_problem(send(phone, *[1] * 201), 422, "not 201")
    large = b'{"sent_at": "' + b" " * 1024 * 1024 + b'"}'
    check_problem(phone.post(ADDRESS, data=large, content_type="application/json"), 413)
    for kind in ("text/plain", "application/x-www-form-urlencoded", ""):
        check_problem(phone.post(ADDRESS, data=b"{}", content_type=kind), 415, "application/json")
    assert len(json.dumps({"note": "x" * 4000}) * 200) < 1024 * 1024  # the largest notes of a whole batch still fit
    for _ in range(60):
        answer = send(phone, 1)
    check_problem(answer, 429, "Your answers stay on it")
    assert 1 <= int(answer.headers["Retry-After"]) <= 60


# --- whose it is ------------------------------------------------------------------------------------------------------


def test_an_id_of_another_patient_is_refused_as_if_it_were_malformed(
    phone: FlaskClient, ana: PatientRow, app: Flask
) -> None:
    ben = a_patient(a_clinic("Hillside"), "Ben Osei")
    entry, medicine = today(), a_medicine("2026-03-03T15:00:00-05:00")
    assert results(send(bearing(app.test_client(), ben), entry, medicine)) == ["accepted", "accepted"]
    crossed = replace(today(), id=medicine.id)
    answer = send(phone, entry, crossed, medicine, {**write(today()), "id": "0000"})
    assert results(answer) == ["rejected"] * 4
    said = [one["message"].replace(str(one["id"]), "…") for one in answer.get_json()["results"]]
    assert len(set(said)) == 1
    assert results(send(phone, today(revises=entry.id))) == ["rejected"]
    assert saved(ana).entries == ()


def test_a_phone_that_was_ended_is_asked_to_sign_in(phone: FlaskClient, ana: PatientRow) -> None:
    assert results(send(phone, today())) == ["accepted"]
    nurse = staff_of(ana.clinic_id, Role.NURSE)
    (bound,) = phones_of(nurse, ana.id, now=clock.now())
    end_phone(nurse, bound.id, now=clock.now())
    answer = send(phone, today())
    check_problem(answer, 401)
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert len(saved(ana).entries) == 1


def test_a_made_up_token_hides_no_cookie_and_no_token_is_401(client: FlaskClient, ana: PatientRow) -> None:
    bind_phone(client, ana)
    for given in ("Bearer nonsense", "Bearer ", "bearer \xff"):
        check_problem(client.post(ADDRESS, json={}, headers={"Authorization": given}), 401)
    check_problem(client.application.test_client().post(ADDRESS, json={}), 401)


def test_by_its_cookie_a_phone_needs_the_csrf_token(client: FlaskClient, ana: PatientRow) -> None:
    bind_phone(client, ana)
    check_problem(send(client, today()), 400)
    client.environ_base["HTTP_AUTHORIZATION"] = "Basic eDp5"
    check_problem(send(client, today()), 400)
    token = client.get("/api/v1/csrf").get_json()["csrf_token"]
    client.environ_base["HTTP_X_CSRF_TOKEN"] = token
    assert results(send(client, today())) == ["accepted"]


def test_what_another_site_sends_is_refused(phone: FlaskClient) -> None:
    for header in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
        check_problem(phone.post(ADDRESS, json={}, headers=header), 403)
    for ours in ("http://localhost", "http://127.0.0.1:8000"):
        check_problem(phone.post(ADDRESS, json={}, headers={"Origin": ours}), 422)


def test_staff_have_no_diary_of_their_own(client: FlaskClient, ana: PatientRow) -> None:
    sign_in(client, a_user(db.session.get_one(Clinic, ana.clinic_id)))
    check_problem(client.post(ADDRESS, json={}), 404)


# --- one entry and its history ----------------------------------------------------------------------------------------


def test_an_entry_is_read_with_its_history_oldest_first(phone: FlaskClient, ana: PatientRow, app: Flask) -> None:
    entry = today()
    correction = replace(entry, id=uuid4(), revises=entry.id, scores=Scores(average=5))
    send(phone, entry, correction)
    check_problem(phone.get(f"{ADDRESS}/{entry.id}"), 404)  # a phone whose diary is closed reads nothing
    doctor = app.test_client()
    sign_in(doctor, a_user(db.session.get_one(Clinic, ana.clinic_id)))
    for asked in (entry, correction):
        told = doctor.get(f"{ADDRESS}/{asked.id}").get_json()
        assert replace(read(Entry, told["entry"]), received_at=None) == asked
        history = [replace(read(Entry, version), received_at=None) for version in told["history"]]
        assert history == [entry, correction]
    patient = app.test_client()
    open_diary_on(bind_phone(patient, ana))
    assert patient.get(f"{ADDRESS}/{entry.id}").get_json()["entry"]["id"] == str(entry.id)
    nowhere = doctor.get(f"{ADDRESS}/{uuid4()}")
    stranger = app.test_client()
    sign_in(stranger, a_user(a_clinic("Hillside"), name="Diaz", email="diaz@example.org"))
    assert stranger.get(f"{ADDRESS}/{entry.id}").get_json() == nowhere.get_json()
