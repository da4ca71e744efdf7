"""Paper typed in: marked, late, never written over, and the same however often it is sent."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask

from diary.domain.access import Actor, Role
from diary.domain.assessment import Assessment, assess
from diary.domain.diary import NO_SCORES, Entry, Question, Scores, Source
from diary.domain.errors import InvalidValue, NotAllowed, NotFound
from diary.domain.paper import Part
from diary.domain.rulesets import shipped
from diary.domain.steroid import Figures
from diary.domain.transcription import Instead
from diary.services.paper import patient_of_sheet, print_sheet, printed_sheet
from diary.services.transcribing import PageToType, TypedIn, TypedRow, page_to_type, type_in
from diary.store.audit import list_audit
from diary.store.base import db
from diary.store.clinics import Clinic
from diary.store.patients import PatientRow
from tests.factories import a_clinic, a_day, a_diary, a_moment, a_patient, keep
from tests.paper import PRINTED, VISIT, a_sheet, ana_s_injection, diary_now, inject, noor_of
from tests.queries import count_queries


@pytest.fixture
def ana(app: Flask) -> PatientRow:  # noqa: ARG001 — gives the database
    return a_patient(a_clinic())


def typed(entry: Entry, *, instead: Instead | None = None, written_at: datetime | None = None) -> TypedRow:
    return TypedRow(key=str(entry.day or entry.at), entry=entry, instead=instead, written_at=written_at)


def day(number: int, average: int = 4, **changes: object) -> Entry:
    changes = {"scores": Scores(average=average), **changes}
    return a_day(str(date(2026, 3, 2) + timedelta(days=number)), recorded_at=None, **changes)


def a_fortnight(average: int = 2) -> list[TypedRow]:
    return [typed(day(number, average)) for number in range(1, 15)]


def send(ana: PatientRow, *rows: TypedRow, now: datetime = VISIT, typing_id: UUID | None = None) -> TypedIn:
    return type_in(
        noor_of(ana), rows, patient_id=ana.id, typing_id=typing_id or uuid4(), language=ana.language, now=now
    )


def assessed(ana: PatientRow) -> Assessment:
    return assess(diary_now(ana), shipped("us-medicare-sij"), as_of=VISIT.date())


def figures_of(ana: PatientRow) -> Figures:
    figures = assessed(ana).steroids[0].figures
    assert figures is not None
    return figures


def phone_of(patient: PatientRow, role: Role) -> Actor:
    return Actor(role=role, id="device-1", clinic_id=patient.clinic_id, patient_id=patient.id)


# --- marked, late, and never live -------------------------------------------------------------------------------------


def test_a_fortnight_typed_in_is_marked_by_whom_and_when_and_every_day_of_it_is_late(ana: PatientRow) -> None:
    inject(ana)
    written = datetime.fromisoformat("2026-03-03T20:00:00-05:00")
    first, *rest = a_fortnight()
    done = send(ana, typed(first.entry, written_at=written), *rest)
    assert (done.added, done.there, done.to_decide) == (14, 0, {})
    entries = diary_now(ana).entries
    assert {(one.transcribed, one.source, one.recorded_by, one.recorded_at) for one in entries} == {
        (True, Source.NURSE, "Noor", VISIT)
    }
    assert entries[0].clock is not None
    assert entries[0].clock.recorded_at == written
    figures = figures_of(ana)
    assert (figures.data.filled, figures.data.late) == (14, 14)


def test_hours_from_paper_give_the_block_no_reading(ana: PatientRow) -> None:
    keep(ana, a_diary(ana_s_injection()))
    hours = [a_moment(f"2026-03-02T{hour}:30:00-05:00", scores=Scores(movement=1)) for hour in (11, 12)]
    before = assessed(ana).blocks[0]
    assert send(ana, *map(typed, hours)).added == 2
    after = assessed(ana).blocks[0]
    assert len(after.readings) == len(before.readings) == 0
    assert [one.reason.value for one in after.excluded] == ["late", "late"]
    assert after.verdict == before.verdict


def test_the_week_before_from_paper_is_no_start_score_once_the_injection_is_made(ana: PatientRow) -> None:
    inject(ana)
    send(ana, *(typed(day(-number, 9)) for number in range(1, 8)))
    assert figures_of(ana).baseline == 7  # the one score of the clinic


def test_paper_waits_until_it_cannot_pass_for_live(ana: PatientRow) -> None:
    inject(ana)
    noon = datetime.fromisoformat("2026-03-04T12:00:00-05:00")
    with pytest.raises(InvalidValue, match="too new"):
        send(ana, typed(day(1)), now=noon)
    assert send(ana, typed(day(1)), now=noon + timedelta(seconds=1)).added == 1
    hour = a_moment("2026-03-02T12:30:00-05:00")
    with pytest.raises(InvalidValue, match="too new"):
        send(ana, typed(hour), now=datetime.fromisoformat("2026-03-02T13:30:00-05:00"))
    with pytest.raises(InvalidValue, match="too new"):
        send(ana, typed(day(90)))


# --- nothing twice, nothing written over ------------------------------------------------------------------------------


def test_the_same_sheet_sent_twice_adds_nothing(ana: PatientRow) -> None:
    inject(ana)
    typing_id = uuid4()
    send(ana, *a_fortnight(), typing_id=typing_id)
    again = send(ana, *a_fortnight(), typing_id=typing_id)
    by_a_second_page = send(ana, *a_fortnight())
    assert (again.added, again.there, by_a_second_page.added, by_a_second_page.there) == (0, 14, 0, 14)
    assert len(diary_now(ana).entries) == 14


def test_what_the_phone_has_is_asked_about_and_nothing_is_written_meanwhile(ana: PatientRow) -> None:
    keep(ana, a_diary(ana_s_injection(), live := day(3, 6)))
    done = send(ana, *a_fortnight())
    assert (done.added, list(done.to_decide)) == (0, ["2026-03-05"])
    assert diary_now(ana).entries == (live_as_stored(ana, live),)


def live_as_stored(ana: PatientRow, live: Entry) -> Entry:
    return next(one for one in diary_now(ana).entries if one.id == live.id)


@pytest.mark.parametrize(("instead", "added"), [(Instead.LEAVE_OUT, 13), (Instead.KEEP_BOTH, 14)])
def test_whatever_is_chosen_what_the_phone_recorded_goes_on_counting(
    ana: PatientRow, instead: Instead, added: int
) -> None:
    keep(ana, a_diary(ana_s_injection(), day(3, 6)))
    rows = [typed(row.entry, instead=instead) for row in a_fortnight()]
    assert send(ana, *rows).added == added
    assert [(one.score, one.late) for one in figures_of(ana).points if one.day == 3] == [(6, False)]
    assert send(ana, *rows).added == 0


def test_what_was_typed_wrong_is_put_right_as_a_correction_and_stays_late(ana: PatientRow) -> None:
    inject(ana)
    send(ana, typed(day(1, 7)))
    assert list(send(ana, typed(day(1, 1))).to_decide) == ["2026-03-03"]
    assert send(ana, typed(day(1, 1), instead=Instead.CORRECT)).corrected == 1
    wrong, right = diary_now(ana).entries
    assert (right.revises, right.scores.average, right.transcribed) == (wrong.id, 1, True)


def test_what_the_patient_recorded_is_never_put_right_from_paper(ana: PatientRow) -> None:
    keep(ana, a_diary(ana_s_injection(), day(1, 6)))
    assert list(send(ana, typed(day(1, 1), instead=Instead.CORRECT)).to_decide) == ["2026-03-03"]


def test_blank_stays_missing_and_not_remembering_is_an_answer(ana: PatientRow) -> None:
    inject(ana)
    send(ana, typed(day(2, scores=NO_SCORES, unknown=(Question.AVERAGE,))))
    (entry,) = diary_now(ana).entries
    assert (entry.unknown, entry.scores.average) == ((Question.AVERAGE,), None)
    with pytest.raises(InvalidValue, match="holds no answer"):
        send(ana, typed(day(3, scores=NO_SCORES)))


def test_a_bad_row_keeps_every_other_row_out_too(ana: PatientRow) -> None:
    inject(ana)
    with pytest.raises(InvalidValue):
        send(ana, *a_fortnight(), typed(day(22)))
    assert diary_now(ana).entries == ()


# --- the sheet --------------------------------------------------------------------------------------------------------


def test_a_sheet_stays_as_it_was_printed_whatever_is_planned_afterwards(ana: PatientRow) -> None:
    sheet_id = a_sheet(ana)
    injection = inject(ana)
    printed = printed_sheet(noor_of(ana), sheet_id, patient_id=ana.id, now=VISIT)
    assert printed.layout.injected_at is None
    page = to_type(ana, sheet_id)
    assert next(one.row.day for one in page.rows if one.row.part is Part.DAYS) == injection.performed_at.date()


def to_type(ana: PatientRow, sheet_id: UUID | None, *, now: datetime = VISIT) -> PageToType:
    return page_to_type(noor_of(ana), ana.id, sheet_id=sheet_id, now=now)


def test_the_page_tells_what_is_there_and_what_has_to_wait(ana: PatientRow) -> None:
    keep(ana, a_diary(ana_s_injection(), day(1, 6)))
    page = to_type(ana, a_sheet(ana))
    by_day = {one.row.day: one for one in page.rows if one.row.hour is None}
    assert [chain.end.scores.average for chain in by_day[date(2026, 3, 3)].there] == [6]
    assert by_day[date(2026, 3, 16)].waits_until is None
    assert by_day[date(2026, 3, 30)].waits_until == datetime.fromisoformat("2026-03-31T12:00:00-04:00")


def test_without_a_sheet_the_rows_begin_a_week_before_the_last_injection(ana: PatientRow) -> None:
    assert {one.row.part for one in to_type(ana, None).rows} == {Part.BEFORE}
    inject(ana)
    assert [one.row.number for one in to_type(ana, None).rows if one.row.part is Part.BEFORE] == list(range(-7, 0))


def test_activities_of_another_list_are_not_typed_in(ana: PatientRow) -> None:
    sheet_id = a_sheet(ana)
    assert to_type(ana, sheet_id).other_activities is False
    inject(ana)
    sheet_with = a_sheet(ana)
    assert to_type(ana, sheet_with).activities == ("Getting out of the car", "Stairs")


def test_only_the_care_team_types_in_and_only_of_its_own_clinic(ana: PatientRow) -> None:
    sheet_id = a_sheet(ana)
    for role in (Role.PATIENT, Role.DEVICE):
        with pytest.raises(NotAllowed):
            type_in(phone_of(ana, role), a_fortnight(), patient_id=ana.id, typing_id=uuid4(), language=None, now=VISIT)
    stranger = noor_of(a_patient(a_clinic("Other Clinic")))
    with pytest.raises(NotFound):
        patient_of_sheet(stranger, sheet_id, now=VISIT)
    with pytest.raises(NotFound):
        printed_sheet(stranger, sheet_id, patient_id=ana.id, now=VISIT)
    ben = a_patient(db.session.get_one(Clinic, ana.clinic_id), "Ben Osei")
    with pytest.raises(NotFound):
        printed_sheet(phone_of(ben, Role.PATIENT), sheet_id, patient_id=ben.id, now=VISIT)
    own = print_sheet(phone_of(ana, Role.PATIENT), ana.id, now=PRINTED)
    assert printed_sheet(phone_of(ana, Role.PATIENT), own, patient_id=ana.id, now=VISIT).id == own


def test_who_printed_scanned_and_typed_in_is_in_the_audit_without_a_score(ana: PatientRow) -> None:
    sheet_id = a_sheet(ana)
    patient_of_sheet(noor_of(ana), sheet_id, now=VISIT)
    inject(ana)
    send(ana, typed(day(1)))
    lines = list_audit(db.session(), ana.clinic_id, first=0, most=50, patient_id=ana.id)
    assert {"paper.print", "paper.scan", "entry.add"} <= {line.action for line in lines}


def test_a_fortnight_costs_as_many_queries_as_a_day(ana: PatientRow) -> None:
    inject(ana)
    with count_queries() as one:
        send(ana, typed(day(1, 2)))
    with count_queries() as fortnight:
        send(ana, *a_fortnight())
    assert len(fortnight) == len(one) <= 12
    sheet_id = a_sheet(ana)
    with count_queries() as page:
        to_type(ana, sheet_id)
    assert len(page) <= 8
