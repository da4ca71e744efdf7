"""The patient logs at home: the day, right now, what was saved, and what is due."""

import re
from datetime import date, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diary.domain.access import Role
from diary.domain.diary import NO_SCORES, Diary, Entry, Event, Injection, Purpose, Question, Scores, Side, Source
from diary.domain.planning import PlannedInjection
from diary.services.injections import cancel_plan, plan_injection
from diary.store.diaries import add_entries, add_injections, load_diary
from diary.store.patients import PatientRow
from diary.store.work import writing
from tests.factories import NOON, OPERATOR, a_clinic, a_day, a_moment, a_patient, an_injection, staff_of
from tests.queries import count_queries
from tests.web.log_pages import fill_in, hidden_of, names_of, phone_of, stop_clock, use_phone, words_of

DAY_2 = "2026-03-04T19:05:00-05:00"  # the evening of day 2, a Wednesday
GOOD_DAY = {"average": "4", "moving": "3", "soreness": "1", "analgesic": "no", "save": "Save"}

# The same pages on PostgreSQL would show nothing new: what is stored is tested on both in tests/services.


@pytest.fixture
def backend() -> str:
    return "sqlite"


@pytest.fixture
def ana(app: Flask, monkeypatch: pytest.MonkeyPatch) -> PatientRow:
    """Ana with her phone in her hand on the evening of day 2."""
    stop_clock(monkeypatch, DAY_2)
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


# --- the daily log ----------------------------------------------------------------------------------------------------


def test_the_day_is_asked_in_the_words_of_the_design_and_nothing_is_chosen(
    client: FlaskClient, ana: PatientRow
) -> None:
    record(ana, an_injection())
    page = client.get("/me/day/2026-03-04")
    words = words_of(page)
    for expected in (
        "Your diary for today Wednesday 4 March",
        "On average, how bad was your pain today?",
        "0 = no pain 10 = worst pain you can imagine",
        "How hard was it to move about today?",
        "0 = not hard at all 10 = could not move about",
        "How sore is the place where the needle went in?",
        "Did you take extra pain medicine today?",
        "No one looks at notes right away.",
    ):
        assert expected in words
    assert "checked" not in page.text
    assert "late" not in words


def test_a_day_is_saved_and_read_back(client: FlaskClient, ana: PatientRow) -> None:
    record(ana, an_injection())
    answer = fill_in(client, "/me/day/2026-03-04", {**GOOD_DAY, "note": "Slept well"})
    saved = words_of(client.get(answer.location))
    assert "Saved. Pain 4. Moving 3. Soreness 1. No extra medicine." in saved
    assert "Day 2. Many people feel sore for 2 or 3 days." in saved
    assert "This does not tell us yet if the injection has worked." in saved
    assert "Next: tomorrow." in saved
    (entry,) = diary_of(ana).entries
    assert entry.day == date(2026, 3, 4)
    assert entry.recorded_at.isoformat() == DAY_2
    assert (entry.scores, entry.analgesic) == (Scores(average=4, moving=3, soreness=1), False)
    assert (entry.note, entry.source, entry.language) == ("Slept well", Source.PATIENT, "en")


def test_what_is_missing_is_said_in_the_summary_and_beside_the_question_and_what_was_typed_is_kept(
    client: FlaskClient, ana: PatientRow
) -> None:
    record(ana, an_injection())
    answer = fill_in(client, "/me/day/2026-03-04", {"moving": "3", "note": "Slept well", "save": "Save"})
    assert answer.status_code == 422
    assert "<title> Error: Your diary for today" in " ".join(answer.text.split())
    words = words_of(answer)
    assert "There is a problem" in words
    for error in (
        "Choose a number from 0 to 10 for your pain",
        "Choose a number from 0 to 10 for how sore the place is",
        "Choose Yes or No.",
    ):
        assert words.count(error) == 2
    assert 'href="#average"' in answer.text
    assert "Slept well" in answer.text
    assert answer.text.count("checked") == 1
    assert diary_of(ana).entries == ()


@pytest.mark.parametrize("nonsense", ["11", "-1", "4.5", "four", "٤"])
def test_only_a_button_can_be_sent_as_a_score(client: FlaskClient, ana: PatientRow, nonsense: str) -> None:
    answer = fill_in(client, "/me/day/2026-03-04", {**GOOD_DAY, "average": nonsense})
    assert answer.status_code == 422
    assert "Choose a number from 0 to 10 for your pain" in words_of(answer)
    assert diary_of(ana).entries == ()


def test_two_taps_on_save_make_one_entry(client: FlaskClient, ana: PatientRow, monkeypatch: pytest.MonkeyPatch) -> None:
    page = client.get("/me/day/2026-03-04")
    first = client.post("/me/day/2026-03-04", data={**hidden_of(page), **GOOD_DAY})
    stop_clock(monkeypatch, "2026-03-04T19:05:02-05:00")
    second = client.post("/me/day/2026-03-04", data={**hidden_of(page), **GOOD_DAY})
    assert first.location == second.location
    assert len(diary_of(ana).entries) == 1


def test_back_and_other_answers_do_not_overwrite_but_lead_to_change(client: FlaskClient, ana: PatientRow) -> None:
    page = client.get("/me/day/2026-03-04")
    client.post("/me/day/2026-03-04", data={**hidden_of(page), **GOOD_DAY})
    again = client.post(
        "/me/day/2026-03-04", data={**hidden_of(page), **GOOD_DAY, "average": "9"}, follow_redirects=True
    )
    assert "You filled in today at 7.05pm. You can change it. Change it" in words_of(again)
    assert [entry.scores.average for entry in diary_of(ana).entries] == [4]


def test_a_day_that_is_filled_in_on_another_phone_is_not_filled_in_twice(client: FlaskClient, ana: PatientRow) -> None:
    page = client.get("/me/day/2026-03-04")
    record(ana, a_day("2026-03-04", recorded_at=DAY_2))
    answer = client.post("/me/day/2026-03-04", data={**hidden_of(page), **GOOD_DAY}, follow_redirects=True)
    assert "You filled in today at 7.05pm." in words_of(answer)
    assert len(diary_of(ana).entries) == 1


@pytest.mark.usefixtures("ana")
def test_yesterday_after_noon_is_a_day_late_and_says_so(client: FlaskClient) -> None:
    words = words_of(client.get("/me/day/2026-03-03"))
    assert "Your diary for yesterday Tuesday 3 March" in words
    assert "You are filling this in a day late." in words
    assert "On average, how bad was your pain yesterday?" in words


@pytest.mark.usefixtures("ana")
def test_yesterday_before_noon_is_not_late(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    stop_clock(monkeypatch, "2026-03-04T11:59:00-05:00")
    assert "late" not in words_of(client.get("/me/day/2026-03-03"))


@pytest.mark.usefixtures("ana")
def test_the_day_before_yesterday_goes_by_its_name(client: FlaskClient) -> None:
    words = words_of(client.get("/me/day/2026-03-02"))
    assert "Your diary for Monday Monday 2 March" in words
    assert "You are filling this in 2 days late." in words
    assert "how bad was your pain on Monday?" in words


@pytest.mark.parametrize("day", ["2026-03-01", "2026-03-05", "1999-01-01"])
def test_older_days_and_the_future_cannot_be_scored(client: FlaskClient, ana: PatientRow, day: str) -> None:
    for answer in (
        client.get(f"/me/day/{day}"),
        client.post(f"/me/day/{day}", data={**hidden_of(client.get("/me/day/2026-03-04")), **GOOD_DAY}),
    ):
        assert answer.status_code == 422
        assert "Choose today, yesterday or Monday" in words_of(answer)
    assert diary_of(ana).entries == ()


@pytest.mark.usefixtures("ana")
def test_what_is_no_day_is_no_page(client: FlaskClient) -> None:
    assert client.get("/me/day/soon").status_code == 404


def test_i_do_not_remember_is_an_answer_of_its_own(client: FlaskClient, ana: PatientRow) -> None:
    record(ana, an_injection())
    assert "I do not remember" not in client.get("/me/day/2026-03-04").text
    answer = fill_in(client, "/me/day/2026-03-03", {"forgotten": "I do not remember", "analgesic": "no"})
    assert "No extra medicine. You do not remember the rest." in words_of(client.get(answer.location))
    (entry,) = diary_of(ana).entries
    assert entry.unknown == (Question.AVERAGE, Question.MOVING, Question.SORENESS)
    assert entry.scores == Scores()
    assert entry.analgesic is False


def test_own_activities_are_scored_one_by_one_on_their_day(
    client: FlaskClient, ana: PatientRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(ana, an_injection(activities=("Stairs", "Turning in bed")))
    stop_clock(monkeypatch, "2026-03-16T19:00:00-04:00")  # day 14
    page = client.get("/me/day/2026-03-16")
    assert {"activity_0", "activity_1"} <= names_of(page)
    assert "activity_2" not in names_of(page)
    assert "Stairs" in words_of(page)
    assert "Turning in bed" in words_of(page)
    fill_in(client, "/me/day/2026-03-16", {**GOOD_DAY, "activity_0": "7", "activity_1": "0"})
    assert diary_of(ana).entries[0].scores.activities == (7, 0)


def test_an_activity_that_was_left_open_is_asked_for(
    client: FlaskClient, ana: PatientRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(ana, an_injection(activities=("Stairs", "Turning in bed")))
    stop_clock(monkeypatch, "2026-03-16T19:00:00-04:00")
    answer = fill_in(client, "/me/day/2026-03-16", {**GOOD_DAY, "activity_0": "7"})
    assert answer.status_code == 422
    assert "Choose a number from 0 to 10 for your second activity" in words_of(answer)


def test_somebody_who_helps_says_so(client: FlaskClient, ana: PatientRow) -> None:
    fill_in(client, "/me/day/2026-03-04", {**GOOD_DAY, "helper": "y"})
    assert diary_of(ana).entries[0].source is Source.HELPER


def test_with_both_sides_the_page_says_that_scores_do_not_tell_them_apart(client: FlaskClient, ana: PatientRow) -> None:
    words = "These scores do not tell the sides apart."
    record(ana, an_injection(side=Side.RIGHT))
    assert words not in words_of(client.get("/me/day/2026-03-04"))
    record(ana, an_injection("2026-03-03T10:00:00-05:00", side=Side.LEFT))
    assert words in words_of(client.get("/me/day/2026-03-04"))


@pytest.mark.usefixtures("ana")
def test_between_midnight_and_four_the_day_is_asked_with_no_default(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_clock(monkeypatch, "2026-03-06T01:30:00-05:00")
    words = words_of(client.get("/me/day"))
    assert "Is this for Thursday or Friday?" in words
    assert "Your diary for Thursday Thursday 5 March" in words_of(client.get("/me/day/2026-03-05"))


@pytest.mark.usefixtures("ana")
def test_in_the_daytime_the_day_is_today(client: FlaskClient) -> None:
    assert client.get("/me/day").location == "/me/day/2026-03-04"


def test_saving_a_day_takes_six_queries_at_most(client: FlaskClient, ana: PatientRow) -> None:
    page = client.get("/me/day/2026-03-04")
    with count_queries() as sent:
        client.post("/me/day/2026-03-04", data={**hidden_of(page), **GOOD_DAY})
    assert len(diary_of(ana).entries) == 1
    assert len(sent) <= 6, sent


# --- extra medicine ---------------------------------------------------------------------------------------------------


def test_yes_to_extra_medicine_asks_which_and_how_many(client: FlaskClient, ana: PatientRow) -> None:
    record(ana, an_injection())
    answer = fill_in(client, "/me/day/2026-03-04", {**GOOD_DAY, "analgesic": "yes"})
    page = client.get(answer.location)
    assert "Which extra pain medicine did you take today?" in words_of(page)
    assert "Acetaminophen" in page.text
    assert "when_0" not in names_of(page)
    client.post(answer.location, data={**hidden_of(page), "count_1": "2", "save": "Save"})
    (medicine,) = diary_of(ana).medicines
    assert (medicine.name, medicine.dose, medicine.rescue) == ("Ibuprofen", "2 in the day", True)
    assert medicine.taken_at.isoformat() == "2026-03-04T12:00:00-05:00"


def test_which_medicine_can_be_left_out_and_the_yes_stays(client: FlaskClient, ana: PatientRow) -> None:
    answer = fill_in(client, "/me/day/2026-03-04", {**GOOD_DAY, "analgesic": "yes"})
    assert "I do not know" in words_of(client.get(answer.location))
    assert diary_of(ana).entries[0].analgesic is True


def test_on_the_day_of_the_injection_medicine_has_its_time(
    client: FlaskClient, ana: PatientRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(ana, an_injection())
    stop_clock(monkeypatch, "2026-03-02T19:00:00-05:00")
    address = fill_in(client, "/me/day/2026-03-02", {**GOOD_DAY, "analgesic": "yes"}).location
    page = client.get(address)
    untimed = client.post(address, data={**hidden_of(page), "count_0": "1"})
    assert "Choose when you took Acetaminophen." in words_of(untimed)
    future = client.post(address, data={**hidden_of(page), "count_0": "1", "when_0": "19:30"})
    assert "Choose a time that is past." in words_of(future)
    client.post(address, data={**hidden_of(page), "count_0": "1", "when_0": "15:20"})
    (medicine,) = diary_of(ana).medicines
    assert medicine.taken_at.isoformat() == "2026-03-02T15:20:00-05:00"


def test_medicine_that_is_sent_twice_is_one(client: FlaskClient, ana: PatientRow) -> None:
    address = fill_in(client, "/me/day/2026-03-04", {**GOOD_DAY, "analgesic": "yes"}).location
    hidden = hidden_of(client.get(address))
    for _ in range(2):
        client.post(address, data={**hidden, "name_3": "Metamizole", "count_3": "1"})
    assert [medicine.name for medicine in diary_of(ana).medicines] == ["Metamizole"]


def test_a_bare_phone_does_not_show_the_patients_medicines_and_the_opened_diary_does(
    app: Flask, client: FlaskClient, ana: PatientRow
) -> None:
    address = fill_in(client, "/me/day/2026-03-04", {**GOOD_DAY, "analgesic": "yes"}).location
    client.post(address, data={**hidden_of(client.get(address)), "name_3": "Metamizole", "count_3": "1"})
    assert "Metamizole" not in client.get(address).text
    use_phone(app, phone_of(ana, role=Role.PATIENT))
    assert "Metamizole" in client.get(address).text


# --- right now --------------------------------------------------------------------------------------------------------


def on_day_0(
    monkeypatch: pytest.MonkeyPatch, ana: PatientRow, clock: str = "11:15", *, baseline: Scores = NO_SCORES
) -> None:
    record(ana, an_injection(baseline=baseline))
    stop_clock(monkeypatch, f"2026-03-02T{clock}:00-05:00")


def test_each_hour_of_day_0_asks_what_was_done_and_how_bad_it_is(
    client: FlaskClient, ana: PatientRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_day_0(monkeypatch, ana, baseline=Scores(movement=7))
    words = words_of(client.get("/me/now"))
    assert "In the last hour, did you do something that normally hurts?" in words
    assert "How bad is your pain right now? Do the movement that hurts most, then score." in words
    answer = fill_in(client, "/me/now", {"movement_done": "yes", "pain": "2"})
    assert "Saved. Pain 2." in words_of(client.get(answer.location))
    (entry,) = diary_of(ana).entries
    assert (entry.scores, entry.movement_done) == (Scores(movement=2), True)
    assert entry.instant.isoformat() == "2026-03-02T11:15:00-05:00"


def test_a_score_without_the_movement_is_one_at_rest(
    client: FlaskClient, ana: PatientRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_day_0(monkeypatch, ana)
    fill_in(client, "/me/now", {"movement_done": "no", "pain": "1", "at_rest": "y"})
    assert diary_of(ana).entries[0].scores == Scores(rest=1)


def test_where_the_start_score_was_at_rest_no_movement_is_asked_for(
    client: FlaskClient, ana: PatientRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_day_0(monkeypatch, ana, baseline=Scores(rest=5))
    assert "Do the movement" not in words_of(client.get("/me/now"))
    fill_in(client, "/me/now", {"movement_done": "yes", "pain": "1"})
    assert diary_of(ana).entries[0].scores == Scores(rest=1)


def test_medicine_of_day_0_is_saved_with_the_score_and_its_own_time(
    client: FlaskClient, ana: PatientRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_day_0(monkeypatch, ana)
    given = {"movement_done": "no", "pain": "1", "medicine": "Ibuprofen"}
    assert "Choose when you took the medicine." in words_of(fill_in(client, "/me/now", given))
    fill_in(client, "/me/now", {**given, "taken_at": "11:05"})
    diary = diary_of(ana)
    assert [(one.name, one.taken_at.isoformat(), one.rescue) for one in diary.medicines] == [
        ("Ibuprofen", "2026-03-02T11:05:00-05:00", True)
    ]
    assert diary.entries[0].analgesic is None  # its minute is the medicine's own, not that of the score


def test_after_day_0_only_the_score_is_asked(client: FlaskClient, ana: PatientRow) -> None:
    record(ana, an_injection())
    assert names_of(client.get("/me/now")).isdisjoint({"movement_done", "medicine", "taken_at", "moving"})


def test_a_score_now_without_a_number_or_an_answer_is_asked_for(
    client: FlaskClient, ana: PatientRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_day_0(monkeypatch, ana)
    words = words_of(fill_in(client, "/me/now", {}))
    assert "Choose Yes or No." in words
    assert "Choose a number from 0 to 10 for your pain" in words


# --- what was saved, and changing it ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2026-03-02T20:00:00-05:00", "The numbing medicine wears off today. Pain can come back. That is normal."),
        ("2026-03-06T20:00:00-05:00", "The steroid can take some days to work."),
        ("2026-03-20T20:00:00-04:00", "One high or low score does not mean much by itself."),
    ],
)
def test_what_to_expect_goes_by_the_day(
    client: FlaskClient, ana: PatientRow, monkeypatch: pytest.MonkeyPatch, now: str, words: str
) -> None:
    record(ana, an_injection())
    stop_clock(monkeypatch, now)
    answer = fill_in(client, f"/me/day/{now[:10]}", GOOD_DAY)
    assert words in words_of(client.get(answer.location))


@pytest.mark.parametrize(("pain", "told"), [("8", True), ("7", False)])
def test_from_day_4_a_score_above_the_start_score_names_the_help_page(
    client: FlaskClient, ana: PatientRow, monkeypatch: pytest.MonkeyPatch, pain: str, told: bool
) -> None:
    record(ana, an_injection(baseline=Scores(average=7)))
    stop_clock(monkeypatch, "2026-03-06T20:00:00-05:00")
    answer = fill_in(client, "/me/day/2026-03-06", {**GOOD_DAY, "average": pain})
    assert ("higher than before the injection" in words_of(client.get(answer.location))) is told


def test_a_change_is_a_new_entry_and_the_page_hides_the_old_scores(client: FlaskClient, ana: PatientRow) -> None:
    saved = fill_in(client, "/me/day/2026-03-04", {**GOOD_DAY, "note": "Slept well"}).location
    address = saved.replace("/saved/", "/entries/") + "/change"
    page = client.get(address)
    assert "checked" not in page.text
    answer = client.post(address, data={**hidden_of(page), **GOOD_DAY, "average": "6"})
    assert "Saved. Pain 6." in words_of(client.get(answer.location))
    first, second = diary_of(ana).entries
    assert (first.scores.average, second.scores.average, second.revises) == (4, 6, first.id)
    assert second.note == "Slept well"
    again = client.post(address, data={**hidden_of(page), **GOOD_DAY, "average": "6"})
    assert again.location == answer.location
    assert len(diary_of(ana).entries) == 2


def test_a_moment_can_be_changed_too_and_keeps_its_instant(
    client: FlaskClient, ana: PatientRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_day_0(monkeypatch, ana)
    saved = fill_in(client, "/me/now", {"movement_done": "yes", "pain": "2"}).location
    stop_clock(monkeypatch, "2026-03-02T11:20:00-05:00")
    fill_in(client, saved.replace("/saved/", "/entries/") + "/change", {"pain": "3"})
    first, second = diary_of(ana).entries
    assert (second.at, second.scores, second.movement_done) == (first.at, Scores(movement=3), True)


@pytest.mark.usefixtures("ana")
def test_after_48_hours_the_clinic_changes_it(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    saved = fill_in(client, "/me/day/2026-03-04", GOOD_DAY).location
    stop_clock(monkeypatch, "2026-03-06T19:06:00-05:00")
    page = client.get(saved.replace("/saved/", "/entries/") + "/change")
    assert page.status_code == 403
    assert "Ask your clinic to change it." in words_of(page)


def test_scores_are_read_back_for_a_quarter_of_an_hour_and_then_by_pin(
    app: Flask, client: FlaskClient, ana: PatientRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = fill_in(client, "/me/day/2026-03-04", GOOD_DAY).location
    stop_clock(monkeypatch, "2026-03-04T19:21:00-05:00")
    assert "Pain 4" not in words_of(client.get(saved))
    use_phone(app, phone_of(ana, role=Role.PATIENT))
    assert "Pain 4" in words_of(client.get(saved))


@pytest.mark.usefixtures("ana")
def test_another_patients_entry_and_one_that_is_not_there_look_the_same(app: Flask, client: FlaskClient) -> None:
    saved = fill_in(client, "/me/day/2026-03-04", GOOD_DAY).location
    entry_id = UUID(saved.rsplit("/", 1)[1])
    use_phone(app, phone_of(a_patient(a_clinic("Hillside"), "Ben Ode")))
    for address in ("/me/saved/{}", "/me/entries/{}/change", "/me/entries/{}/medicine"):
        theirs, nobodys = (client.get(address.format(one)) for one in (entry_id, uuid4()))
        assert (theirs.status_code, nobodys.status_code) == (404, 404)
        assert words_of(theirs) == words_of(nobodys)


# --- home -------------------------------------------------------------------------------------------------------------


def test_home_says_what_is_due_what_is_missing_and_the_next_visit(client: FlaskClient, ana: PatientRow) -> None:
    record(ana, an_injection(), a_day("2026-03-03"))
    with writing(OPERATOR, now=NOON) as work:
        ana.next_visit_at = datetime.fromisoformat("2026-09-03T09:20:00-04:00")
        ana.next_visit_offset = -240
        ana.next_visit_with = "Dr Chen"
        work.audit("patient.change", owner=ana.owner)
    words = words_of(client.get("/me/"))
    for expected in (
        "Good evening",
        "Today: not filled in yet Fill in today",
        "Yesterday: filled in",
        "Monday: not filled in Fill in",
        "Day 2 after your injection",
        "Next visit: Thursday 3 September at 9.20am, Dr Chen",
    ):
        assert expected in words


def test_home_says_when_the_injection_is_planned_and_asks_for_the_week_before(
    client: FlaskClient, ana: PatientRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    noor, id_ = staff_of(ana.clinic_id, Role.NURSE), uuid4()
    planned_at = datetime.fromisoformat("2026-03-20T09:20:00-04:00")
    planned = PlannedInjection(id=id_, side=Side.LEFT, purpose=Purpose.DIAGNOSTIC, planned_at=planned_at)
    plan_injection(noor, ana.id, planned, now=NOON)
    words = words_of(client.get("/me/"))
    assert "You will have an injection: Friday 20 March at 9.20am" in words
    assert "Today: nothing is due. You can fill in any day." in words
    stop_clock(monkeypatch, "2026-03-13T19:00:00-04:00")
    assert "Today: not filled in yet" in words_of(client.get("/me/"))
    cancel_plan(noor, id_, after=1, now=NOON)
    assert "You will have an injection" not in words_of(client.get("/me/"))


def test_home_does_not_blame_for_missed_days(
    client: FlaskClient, ana: PatientRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(ana, an_injection(), a_day("2026-03-02"))
    stop_clock(monkeypatch, "2026-03-06T09:00:00-05:00")
    assert "You missed 3 days. That is fine. Start again today." in words_of(client.get("/me/"))


def test_home_on_day_0_asks_for_the_hour_first(
    client: FlaskClient, ana: PatientRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_day_0(monkeypatch, ana, clock="13:00")
    record(ana, a_moment("2026-03-02T12:10:00-05:00"))
    assert "Pain right now: next at 1.10pm" in words_of(client.get("/me/"))
    stop_clock(monkeypatch, "2026-03-02T13:15:00-05:00")
    assert "Pain right now: due" in words_of(client.get("/me/"))


def test_home_shows_no_score_to_a_bare_phone(client: FlaskClient, ana: PatientRow) -> None:
    record(
        ana, an_injection(baseline=Scores(average=9)), a_day("2026-03-04", recorded_at=DAY_2, scores=Scores(average=8))
    )
    words = words_of(client.get("/me/"))
    assert "9" not in words
    assert "8" not in words


# --- my scores, help, something else ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("ana")
def test_my_scores_ask_a_bare_phone_for_its_pin(client: FlaskClient) -> None:
    assert client.get("/me/scores").status_code == 302


def test_my_scores_say_first_what_the_chart_shows(app: Flask, client: FlaskClient, ana: PatientRow) -> None:
    changed = a_day("2026-03-03", scores=Scores(average=2, moving=5), analgesic=True)
    change = a_day(
        "2026-03-03", recorded_at="2026-03-03T19:20:00-05:00", revises=changed.id, scores=Scores(average=3, moving=5),
        analgesic=True,
    )  # fmt: skip
    late = a_day("2026-03-02", recorded_at="2026-03-03T13:00:00-05:00", scores=Scores(average=4))
    record(ana, an_injection(baseline=Scores(average=7)), late, changed, change)
    use_phone(app, phone_of(ana, role=Role.PATIENT))
    words = words_of(client.get("/me/scores"))
    assert "In the last 7 days you filled in 2 days. Your pain scores were between 3 and 4." in words
    assert "Before the injection your score was 7." in words
    assert "Your chart starts after 3 days." in words
    assert "Tue 3 Mar 3 5 Yes 7pm, changed 7.20pm Change" in words
    assert "Mon 2 Mar 4 \N{EN DASH} \N{EN DASH} next day (late) Change" in words
    assert "Wed 4 Mar \N{EN DASH} \N{EN DASH} \N{EN DASH} not filled in Fill in" in words
    assert "Sun 1 Mar" not in words  # before Ana took part


def test_my_scores_draw_a_chart_from_three_days(app: Flask, client: FlaskClient, ana: PatientRow) -> None:
    record(ana, an_injection(), *(a_day(f"2026-03-0{day}") for day in (2, 3, 4)))
    use_phone(app, phone_of(ana, role=Role.PATIENT))
    page = client.get("/me/scores?show=all")
    assert page.text.count("<svg") == 2
    assert "This chart cannot tell if something is wrong." in words_of(page)


def test_something_else_fills_in_no_day_and_holds_no_score(client: FlaskClient, ana: PatientRow) -> None:
    answer = fill_in(
        client,
        "/me/day/2026-03-04/more",
        {"events": "fall", "side_effects": "flushing", "systolic": "138", "diastolic": "84", "glucose": "7.5",
         "unit": "mmol/L"},
    )  # fmt: skip
    assert "Today: not filled in yet" in words_of(client.get(answer.location))
    (entry,) = diary_of(ana).entries
    assert (entry.events, entry.side_effects, entry.scores) == ((Event.FALL,), ("flushing",), Scores())
    assert entry.blood_pressure is not None
    assert (entry.blood_pressure.systolic, entry.blood_pressure.diastolic) == (138, 84)
    assert entry.glucose is not None
    assert (entry.glucose.value, entry.glucose.unit.value) == (7.5, "mmol/L")


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({}, "Choose or write something, or go back."),
        ({"systolic": "138"}, "Write both numbers of the blood pressure."),
        ({"systolic": "1380", "diastolic": "84"}, "Write the higher number, from 40 to 300."),
        ({"glucose": "7"}, "Choose the unit of your blood sugar."),
    ],
)
@pytest.mark.usefixtures("ana")
def test_something_else_says_what_is_missing(client: FlaskClient, answers: dict[str, str], words: str) -> None:
    answer = fill_in(client, "/me/day/2026-03-04/more", answers)
    assert answer.status_code == 422
    assert words in words_of(answer)


def test_every_page_of_the_phone_has_help_first_and_one_heading(client: FlaskClient, ana: PatientRow) -> None:
    record(ana, an_injection())
    saved = fill_in(client, "/me/day/2026-03-04", GOOD_DAY).location
    entry = saved.rsplit("/", 1)[1]
    for address in ("/me/", "/me/now", "/me/day/2026-03-03", "/me/help", saved, f"/me/entries/{entry}/change",
                    f"/me/entries/{entry}/medicine", "/me/day/2026-03-04/more"):  # fmt: skip
        page = client.get(address)
        assert page.status_code == 200, address
        assert page.text.count("<h1") == 1, address
        assert page.text.index("Get help now") < page.text.index("<main"), address


def test_the_log_page_weighs_less_than_60_kilobytes_all_in(app: Flask, client: FlaskClient, ana: PatientRow) -> None:
    record(ana, an_injection(activities=("One", "Two", "Three", "Four", "Five")))
    page = client.get("/me/day/2026-03-04")
    files = [re.split('["?]', part)[0] for part in page.text.split('"/static/')[1:]]
    assert len(files) == len(set(files)) == 11  # three styles, two icons, six scripts
    weights = [(Path(app.static_folder or "") / file).stat().st_size for file in files]
    assert len(page.data) + sum(weights) < 60_000


def test_saved_after_an_hour_offers_extra_medicine(
    client: FlaskClient, ana: PatientRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_day_0(monkeypatch, ana)
    saved = words_of(client.get(fill_in(client, "/me/now", {"movement_done": "yes", "pain": "2"}).location))
    assert "I took extra pain medicine" in saved
    assert "Next: today at 12.15pm." in saved
