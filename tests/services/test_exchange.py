"""Taking a diary file into a clinic, and giving one out."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from diary.domain.access import Actor, Role
from diary.domain.diary import Diary, Scores, SteroidElsewhere
from diary.domain.errors import Conflict, InvalidValue, NotAllowed, NotFound
from diary.exchange.diary_file import read_diary_file, write_diary_file
from diary.services.exchange import export_diary, export_entries_table, import_file, show_import, take_shown_import
from diary.store.audit import AuditEvent
from diary.store.base import db
from diary.store.clinics import Clinic
from diary.store.patients import PatientRow
from diary.store.pending_imports import PendingImport
from diary.store.records import EntryRow
from tests.factories import NOON, a_clinic, a_day, a_diary, a_medicine, a_moment, a_patient, an_injection, staff_of

pytestmark = pytest.mark.usefixtures("app")

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("[0-9]*.json"))
LATER = NOON + timedelta(days=1)


@pytest.fixture
def ana() -> PatientRow:
    return a_patient(a_clinic())


@pytest.fixture
def chen(ana: PatientRow) -> Actor:
    return staff_of(ana.clinic_id, Role.DOCTOR)


def take(chen: Actor, ana: PatientRow, diary: Diary) -> Any:
    return import_file(chen, ana.id, write_diary_file(diary), now=NOON)


def entries_stored() -> int:
    return db.session.scalar(select(func.count()).select_from(EntryRow)) or 0


def refusal_of(chen: Actor, ana: PatientRow, diary: Diary) -> str:
    before = entries_stored()
    with pytest.raises(InvalidValue) as refused:
        take(chen, ana, diary)
    assert entries_stored() == before
    return str(refused.value)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_every_worked_example_goes_in_and_comes_out_without_loss(chen: Actor, ana: PatientRow, example: Path) -> None:
    diary = read_diary_file(json.dumps(json.loads(example.read_text())["diary"]).encode())
    plan = take(chen, ana, diary)
    assert (len(plan.added.injections), len(plan.added.entries)) == (len(diary.injections), len(diary.entries))
    out = read_diary_file(export_diary(chen, ana.id, now=LATER))
    assert out.injections == diary.injections
    assert [replace(entry, received_at=None) for entry in out.entries] == [
        replace(entry, received_at=None) for entry in diary.entries
    ]
    assert [replace(pill, received_at=None) for pill in out.medicines] == [
        replace(pill, received_at=None) for pill in diary.medicines
    ]
    assert out.steroids_elsewhere == diary.steroids_elsewhere


def a_whole_diary() -> Diary:
    original = a_day("2026-03-03", scores=Scores(average=5))
    diary = a_diary(
        an_injection(),
        a_moment("2026-03-02T10:45:00-05:00"),
        original,
        a_day("2026-03-03", revises=original.id, scores=Scores(average=4)),
        a_medicine("2026-03-02T15:00:00-05:00"),
    )
    return replace(diary, steroids_elsewhere=(SteroidElsewhere(on=NOON.date(), agent="methylprednisolone", mg=40),))


def test_what_this_server_gave_out_is_all_there_when_it_comes_back(chen: Actor, ana: PatientRow) -> None:
    diary = a_whole_diary()
    assert take(chen, ana, diary).adds == 6
    for content in (export_diary(chen, ana.id, now=LATER), write_diary_file(diary)):
        plan = import_file(chen, ana.id, content, now=LATER)
        assert (plan.adds, plan.already_there, plan.refused) == (0, 6, ())
    assert entries_stored() == 3


def test_a_file_is_shown_first_and_taken_after_a_yes(chen: Actor, ana: PatientRow) -> None:
    diary = a_whole_diary()
    shown = show_import(chen, ana.id, write_diary_file(diary), now=NOON)
    assert (shown.plan.added.entries, shown.plan.already_there) == (diary.entries, 0)
    assert entries_stored() == 0
    assert shown.pending_id is not None
    assert take_shown_import(chen, ana.id, shown.pending_id, now=NOON + timedelta(minutes=29)).adds == 6
    assert entries_stored() == 3
    assert pending() == 0


def test_a_shown_file_is_taken_once_in_time_by_the_same_person_for_the_same_patient(
    chen: Actor, ana: PatientRow
) -> None:
    content = write_diary_file(a_whole_diary())
    ben = a_patient(db.session.get_one(Clinic, ana.clinic_id), "Ben Okafor")
    noor = staff_of(ana.clinic_id, Role.NURSE, id_="2")
    shown = show_import(chen, ana.id, content, now=NOON)
    assert shown.pending_id is not None
    for actor, patient, when in (
        (noor, ana, NOON),
        (chen, ben, NOON),
        (chen, ana, NOON + timedelta(minutes=30)),
    ):
        with pytest.raises(NotFound):
            take_shown_import(actor, patient.id, shown.pending_id, now=when)
    take_shown_import(chen, ana.id, shown.pending_id, now=NOON)
    with pytest.raises(NotFound):
        take_shown_import(chen, ana.id, shown.pending_id, now=NOON)


def test_a_shown_file_that_meanwhile_contradicts_the_diary_is_refused_whole(chen: Actor, ana: PatientRow) -> None:
    entry = a_day("2026-03-03")
    shown = show_import(chen, ana.id, write_diary_file(a_diary(entry, a_day("2026-03-04"))), now=NOON)
    assert shown.pending_id is not None
    take(chen, ana, a_diary(replace(entry, scores=Scores(average=9))))
    with pytest.raises(Conflict):
        take_shown_import(chen, ana.id, shown.pending_id, now=NOON)
    assert entries_stored() == 1


def test_a_refused_file_is_not_kept_and_an_expired_one_goes_with_the_next(chen: Actor, ana: PatientRow) -> None:
    entry = a_day("2026-03-03")
    take(chen, ana, a_diary(entry))
    refused = show_import(chen, ana.id, write_diary_file(a_diary(replace(entry, note="x"))), now=NOON)
    assert (refused.pending_id, pending()) == (None, 0)
    noor = staff_of(ana.clinic_id, Role.NURSE, id_="2")
    show_import(noor, ana.id, write_diary_file(a_whole_diary()), now=NOON)
    show_import(chen, ana.id, write_diary_file(a_whole_diary()), now=NOON)
    assert pending() == 2
    show_import(chen, ana.id, write_diary_file(a_whole_diary()), now=NOON + timedelta(hours=1))
    assert pending() == 1


def pending() -> int:
    return db.session.scalar(select(func.count()).select_from(PendingImport)) or 0


def test_a_later_file_adds_what_is_new_behind_what_is_there(chen: Actor, ana: PatientRow) -> None:
    diary = a_whole_diary()
    take(chen, ana, diary)
    new = a_day("2026-03-04")
    plan = take(chen, ana, replace(diary, entries=(new, *diary.entries)))
    assert plan.added.entries == (new,)
    out = read_diary_file(export_diary(chen, ana.id, now=LATER))
    assert [entry.id for entry in out.entries] == [entry.id for entry in (*diary.entries, new)]


def test_a_correction_of_what_is_recorded_already_may_come_alone(chen: Actor, ana: PatientRow) -> None:
    original = a_day("2026-03-03")
    take(chen, ana, a_diary(original))
    correction = a_day("2026-03-03", revises=original.id, scores=Scores(average=9))
    content = json.loads(write_diary_file(a_diary(original, correction)))
    del content["entries"][0]
    assert import_file(chen, ana.id, json.dumps(content).encode(), now=LATER).added.entries == (correction,)


def test_a_correction_that_would_move_what_is_recorded_is_refused(chen: Actor, ana: PatientRow) -> None:
    original = a_day("2026-03-03")
    take(chen, ana, a_diary(original))
    plain = json.loads(write_diary_file(a_diary(a_day("2026-03-04"))))
    plain["entries"][0]["revises"] = str(original.id)
    with pytest.raises(InvalidValue, match=r"^entries\[0\]\.day: a correction keeps the day"):
        import_file(chen, ana.id, json.dumps(plain).encode(), now=LATER)


def test_what_differs_under_the_same_id_refuses_the_whole_file(chen: Actor, ana: PatientRow) -> None:
    original = a_day("2026-03-03")
    take(chen, ana, a_diary(original))
    changed = replace(original, scores=Scores(average=9), note="changed")
    words = refusal_of(chen, ana, a_diary(a_day("2026-03-01"), changed))
    assert words.startswith(f"entries[1]: {original.id} is recorded already and differs in scores, note;")


def test_the_same_instant_in_another_offset_is_a_difference_because_day_0_hangs_on_it(
    chen: Actor, ana: PatientRow
) -> None:
    injection = an_injection("2026-03-02T23:30:00-05:00")
    take(chen, ana, a_diary(injection))
    elsewhere = an_injection("2026-03-03T04:30:00+00:00", id=injection.id)
    assert elsewhere == injection
    assert "differs in performed_at" in refusal_of(chen, ana, a_diary(elsewhere))


@pytest.mark.parametrize("clinic_of_ben", ["the same", "another"])
def test_an_id_of_another_patient_is_refused_in_the_words_for_a_malformed_one(
    chen: Actor, ana: PatientRow, clinic_of_ben: str
) -> None:
    hers = db.session.get_one(Clinic, ana.clinic_id)
    ben = a_patient(hers if clinic_of_ben == "the same" else a_clinic("Hillside"), "Ben Okafor")
    entry, pill = a_day("2026-03-03"), a_medicine("2026-03-02T15:00:00-05:00")
    take(staff_of(ben.clinic_id, Role.DOCTOR), ben, a_diary(entry, pill))
    assert refusal_of(chen, ana, a_diary(a_day("2026-03-03"), entry)) == (
        f"entries[1].id: '{entry.id}' is not a usable UUID"
    )
    assert refusal_of(chen, ana, a_diary(pill)).startswith("medicines[0].id: ")
    plain = json.loads(write_diary_file(a_diary(entry)))
    plain["entries"][0]["id"] = "7"
    with pytest.raises(InvalidValue, match=r"^entries\[0\]\.id: '7' is not a usable UUID$"):
        import_file(chen, ana.id, json.dumps(plain).encode(), now=NOON)


def test_one_bad_value_imports_nothing_and_its_place_is_named(chen: Actor, ana: PatientRow) -> None:
    plain = json.loads(write_diary_file(a_whole_diary()))
    plain["entries"][1]["scores"]["average"] = 11
    with pytest.raises(InvalidValue, match=r"^entries\[1\]\.scores\.average: 11 is not between 0 and 10$"):
        import_file(chen, ana.id, json.dumps(plain).encode(), now=NOON)
    assert entries_stored() == 0


def test_an_id_twice_in_the_file_is_refused_also_where_it_is_recorded_already(chen: Actor, ana: PatientRow) -> None:
    entry = a_day("2026-03-03")
    plain = json.loads(write_diary_file(a_diary(entry)))
    plain["entries"] *= 2
    for _ in range(2):
        with pytest.raises(InvalidValue, match=r"^entries\[1\]\.id: .* stands twice"):
            import_file(chen, ana.id, json.dumps(plain).encode(), now=NOON)
        take(chen, ana, a_diary(entry))


def test_details_of_the_patient_that_differ_are_told_and_never_taken(chen: Actor, ana: PatientRow) -> None:
    diary = a_diary(a_day("2026-03-03"), time_zone="Asia/Kathmandu")
    plan = take(chen, ana, replace(diary, patient=replace(diary.patient, name="Anna Cruz", language=None)))
    assert plan.details_that_differ == ("time_zone", "name")
    here = read_diary_file(export_diary(chen, ana.id, now=LATER)).patient
    assert (here.name, here.time_zone) == ("Ana Cruz", "America/New_York")


def test_steroids_elsewhere_are_merged_by_what_they_say(chen: Actor, ana: PatientRow) -> None:
    one = SteroidElsewhere(on=NOON.date(), agent="methylprednisolone", mg=40)
    take(chen, ana, replace(a_diary(), steroids_elsewhere=(one,)))
    plan = take(chen, ana, replace(a_diary(), steroids_elsewhere=(one, replace(one, mg=80), one)))
    assert plan.added.steroids_elsewhere == (replace(one, mg=80), one)


def test_only_the_care_team_of_the_clinic_imports_and_exports(chen: Actor, ana: PatientRow) -> None:
    content = write_diary_file(a_whole_diary())
    diaz = staff_of(a_clinic("Hillside").id, Role.DOCTOR)
    ada = staff_of(ana.clinic_id, Role.ADMIN)
    for outsider, error in ((diaz, NotFound), (ada, NotAllowed)):
        with pytest.raises(error):
            import_file(outsider, ana.id, content, now=NOON)
        with pytest.raises(error):
            export_diary(outsider, ana.id, now=NOON)
    with pytest.raises(NotFound):
        export_diary(chen, uuid4(), now=NOON)
    assert entries_stored() == 0


def audited(patient_id: UUID, action: str) -> list[AuditEvent]:
    return list(
        db.session.scalars(select(AuditEvent).where(AuditEvent.patient_id == patient_id, AuditEvent.action == action))
    )


def test_import_and_export_leave_a_line_in_the_audit_without_scores_or_notes(chen: Actor, ana: PatientRow) -> None:
    take(chen, ana, a_diary(a_day("2026-03-03", note="canary")))
    (line,) = audited(ana.id, "diary.imported")
    assert line.details == {"added": 1, "already_there": 0}
    herself = Actor(role=Role.PATIENT, id="phone", clinic_id=ana.clinic_id, patient_id=ana.id)
    for number, actor in enumerate((chen, herself), start=1):
        export_diary(actor, ana.id, now=LATER)
        assert len(audited(ana.id, "diary.export")) == number
    assert "canary" not in str([line.details for line in db.session.scalars(select(AuditEvent))])


def test_the_entries_go_out_as_a_table_too(chen: Actor, ana: PatientRow) -> None:
    take(chen, ana, a_diary(a_day("2026-03-03", note="=1+1")))
    table = export_entries_table(chen, ana.id, now=LATER).decode("utf-8-sig")
    assert table.splitlines()[1].split(",")[-3:] == ["'=1+1", "", "no"]
    assert len(audited(ana.id, "diary.export")) == 1
