"""Enrolment: one phone, once, within 15 minutes and five tries; and what the database tells of it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from diary.domain.access import Actor, Role
from diary.domain.codes import hash_of_token
from diary.domain.errors import Conflict, NotAllowed, NotFound
from diary.services.devices import see_phone
from diary.services.enrolment import (
    CodeDoesNotMatch,
    CodeNoLongerWorks,
    State,
    YearDoesNotMatch,
    agree,
    confirm_year,
    confirmed_invitation,
    decline,
    open_invitation,
    show_code,
    shown_code,
    stop_diary,
)
from diary.services.patients import identity_of
from diary.store.audit import AuditEvent
from diary.store.base import db
from diary.store.clinics import Clinic
from diary.store.consents import ConsentRow
from diary.store.diaries import add_injections
from diary.store.patients import PatientRow
from diary.store.work import writing
from tests.factories import NOON, OPERATOR, a_clinic, a_patient, an_injection, staff_of

KEY = "a secret of the tests, long enough to sign with"


@pytest.fixture
def clinic(app: Flask) -> Clinic:
    assert app.testing
    return a_clinic()


@pytest.fixture
def ana(clinic: Clinic) -> PatientRow:
    return a_patient(clinic)


def noor(patient: PatientRow) -> Actor:
    return staff_of(patient.clinic_id, Role.NURSE)


def code_for(patient: PatientRow) -> str:
    return code_and_id_for(patient)[0]


def code_and_id_for(patient: PatientRow) -> tuple[str, UUID]:
    id_ = show_code(noor(patient), patient.id, key=KEY, now=NOON)
    code = shown_code(noor(patient), patient.id, id_, key=KEY, now=NOON).code
    assert code is not None
    return code, id_


def bind(patient: PatientRow, **changes: object) -> str:
    confirmed = confirm_year(code_for(patient), 1960, key=KEY, now=NOON)
    values: dict[str, object] = {"helper": False, "kind": "iPhone", "language": "en", "now": NOON}
    return agree(confirmed, **{**values, **changes})  # type: ignore[arg-type]  # the fields are those of agree


def test_the_right_year_and_the_agreement_bind_the_phone_to_the_patient(ana: PatientRow) -> None:
    token = bind(ana)
    phone = see_phone(token, now=NOON)
    assert phone is not None
    assert phone.actor == Actor(role=Role.DEVICE, id=str(phone.id), clinic_id=ana.clinic_id, patient_id=ana.id)


def test_the_agreement_is_kept_with_its_time_version_and_language(ana: PatientRow) -> None:
    bind(ana, helper=True)
    consent = db.session().scalars(select(ConsentRow)).one()
    assert (consent.patient_id, consent.at, consent.act, consent.language) == (ana.id, NOON, "given", "en")
    assert consent.version
    assert consent.given_by == "helper"


def test_the_holder_of_a_code_sees_initials_and_no_name(ana: PatientRow) -> None:
    invitation = open_invitation(code_for(ana), key=KEY, now=NOON)
    assert (invitation.initials, invitation.clinic, invitation.injected) == ("A.C.", "Riverside Pain Clinic", False)


def test_an_invitation_tells_whether_the_injection_was_given(ana: PatientRow) -> None:
    with writing(OPERATOR, now=NOON) as work:
        add_injections(work, ana.owner, [an_injection("2026-03-02T10:30:00-05:00")])
    assert open_invitation(code_for(ana), key=KEY, now=NOON).injected


def test_a_wrong_code_and_a_wrong_year_are_refused(ana: PatientRow) -> None:
    code = code_for(ana)
    with pytest.raises(CodeDoesNotMatch):
        open_invitation("AAAAAAAA", key=KEY, now=NOON)
    with pytest.raises(CodeDoesNotMatch):
        open_invitation("not a code", key=KEY, now=NOON)
    with pytest.raises(YearDoesNotMatch):
        confirm_year(code, 1961, key=KEY, now=NOON)
    with pytest.raises(YearDoesNotMatch):
        confirm_year(code, None, key=KEY, now=NOON)


def test_after_five_wrong_years_the_right_one_no_longer_works(ana: PatientRow) -> None:
    code, id_ = code_and_id_for(ana)
    for year in range(1950, 1955):
        with pytest.raises(YearDoesNotMatch):
            confirm_year(code, year, key=KEY, now=NOON)
    with pytest.raises(CodeNoLongerWorks):
        confirm_year(code, 1960, key=KEY, now=NOON)
    assert shown_code(noor(ana), ana.id, id_, key=KEY, now=NOON).state is State.OVER


def test_twenty_guesses_at_once_are_not_more_than_five(app: Flask, ana: PatientRow) -> None:
    code = code_for(ana)

    def guess(year: int) -> str:
        with app.app_context():
            try:
                confirm_year(code, year, key=KEY, now=NOON)
            except YearDoesNotMatch:
                return "looked at"
            except CodeNoLongerWorks:
                return "refused"
            return "right"

    with ThreadPoolExecutor(4) as guesses:
        answers = list(guesses.map(guess, range(1930, 1950)))
    assert answers.count("looked at") == 5
    assert answers.count("refused") == 15


def test_a_code_lasts_a_quarter_of_an_hour(ana: PatientRow) -> None:
    code, id_ = code_and_id_for(ana)
    assert open_invitation(code, key=KEY, now=NOON + timedelta(minutes=14, seconds=59)).initials == "A.C."
    late = NOON + timedelta(minutes=15)
    with pytest.raises(CodeNoLongerWorks):
        open_invitation(code, key=KEY, now=late)
    with pytest.raises(CodeNoLongerWorks):
        confirm_year(code, 1960, key=KEY, now=late)
    assert shown_code(noor(ana), ana.id, id_, key=KEY, now=late).code is None


def test_reading_what_one_agrees_to_is_not_hurried_but_ends(ana: PatientRow) -> None:
    confirmed = confirm_year(code_for(ana), 1960, key=KEY, now=NOON + timedelta(minutes=14))
    assert confirmed_invitation(confirmed, now=NOON + timedelta(minutes=44)).enrolment_id == confirmed
    with pytest.raises(CodeNoLongerWorks):
        agree(confirmed, helper=False, kind="iPhone", language="en", now=NOON + timedelta(minutes=45))


def test_a_code_is_used_once(ana: PatientRow) -> None:
    code, id_ = code_and_id_for(ana)
    confirmed = confirm_year(code, 1960, key=KEY, now=NOON)
    assert confirm_year(code, 1960, key=KEY, now=NOON) == confirmed
    agree(confirmed, helper=False, kind="iPhone", language="en", now=NOON)
    with pytest.raises(CodeNoLongerWorks):
        agree(confirmed, helper=False, kind="Android", language="en", now=NOON)
    with pytest.raises(CodeNoLongerWorks):
        open_invitation(code, key=KEY, now=NOON)
    with pytest.raises(CodeNoLongerWorks):
        confirmed_invitation(confirmed, now=NOON)
    assert shown_code(noor(ana), ana.id, id_, key=KEY, now=NOON).state is State.LINKED


def test_nobody_agrees_without_the_year_of_birth(ana: PatientRow) -> None:
    _, id_ = code_and_id_for(ana)
    for enrolment in (id_, uuid4()):
        with pytest.raises(CodeNoLongerWorks):
            agree(enrolment, helper=False, kind="iPhone", language="en", now=NOON)
    assert db.session().scalars(select(ConsentRow)).all() == []


def test_a_new_code_ends_the_one_before_even_if_its_year_was_given(ana: PatientRow) -> None:
    old = code_for(ana)
    confirmed = confirm_year(old, 1960, key=KEY, now=NOON)
    code_for(ana)
    with pytest.raises(CodeNoLongerWorks):
        open_invitation(old, key=KEY, now=NOON)
    with pytest.raises(CodeNoLongerWorks):
        agree(confirmed, helper=False, kind="iPhone", language="en", now=NOON)


def test_whoever_does_not_want_to_take_part_ends_the_code_and_the_clinic_sees_it(ana: PatientRow) -> None:
    code, id_ = code_and_id_for(ana)
    confirmed = confirm_year(code, 1960, key=KEY, now=NOON)
    decline(confirmed, now=NOON)
    assert shown_code(noor(ana), ana.id, id_, key=KEY, now=NOON).state is State.DECLINED
    with pytest.raises(CodeNoLongerWorks):
        agree(confirmed, helper=False, kind="iPhone", language="en", now=NOON)


def test_a_phone_that_is_enrolled_again_ends_what_it_was(ana: PatientRow) -> None:
    first = bind(ana)
    phone = see_phone(first, now=NOON)
    assert phone is not None
    second = bind(ana, replaces=phone.id)
    assert see_phone(first, now=NOON) is None
    assert see_phone(second, now=NOON) is not None


def test_only_staff_of_the_clinic_show_a_code(ana: PatientRow) -> None:
    diaz = staff_of(a_clinic("Hillside Clinic").id, Role.DOCTOR)
    id_ = show_code(noor(ana), ana.id, key=KEY, now=NOON)
    with pytest.raises(NotFound):
        show_code(diaz, ana.id, key=KEY, now=NOON)
    with pytest.raises(NotFound):
        shown_code(diaz, ana.id, id_, key=KEY, now=NOON)
    phone = Actor(role=Role.PATIENT, id="phone", clinic_id=ana.clinic_id, patient_id=ana.id)
    with pytest.raises(NotAllowed):
        show_code(phone, ana.id, key=KEY, now=NOON)


def test_anas_code_is_not_shown_on_bens_page(clinic: Clinic, ana: PatientRow) -> None:
    _, id_ = code_and_id_for(ana)
    ben = a_patient(clinic, "Ben Okafor")
    with pytest.raises(NotFound):
        shown_code(noor(ben), ben.id, id_, key=KEY, now=NOON)


def test_a_patient_without_a_birth_date_cannot_be_enrolled_yet(ana: PatientRow) -> None:
    with writing(OPERATOR, now=NOON) as work:
        ana.born = None
        work.audit("patient.change", owner=ana.owner)
    with pytest.raises(Conflict, match="birth date first"):
        show_code(noor(ana), ana.id, key=KEY, now=NOON)


def test_a_stopped_diary_opens_by_no_phone_and_no_code_until_the_patient_agrees_again(ana: PatientRow) -> None:
    token = bind(ana)
    code = code_for(ana)
    stop_diary(noor(ana), ana.id, now=NOON)
    assert see_phone(token, now=NOON) is None
    with pytest.raises(CodeNoLongerWorks):
        open_invitation(code, key=KEY, now=NOON)
    acts = [consent.act for consent in db.session().scalars(select(ConsentRow))]
    assert sorted(acts) == ["given", "withdrawn"]
    assert identity_of(noor(ana), ana.id, now=NOON).stopped_at == NOON
    bind(ana)
    assert identity_of(noor(ana), ana.id, now=NOON).stopped_at is None


def test_a_bare_phone_and_another_clinic_cannot_stop_a_diary(ana: PatientRow) -> None:
    phone = see_phone(bind(ana), now=NOON)
    assert phone is not None
    with pytest.raises(NotAllowed):
        stop_diary(phone.actor, ana.id, now=NOON)
    with pytest.raises(NotFound):
        stop_diary(staff_of(a_clinic("Hillside Clinic").id, Role.DOCTOR), ana.id, now=NOON)


def test_each_step_leaves_its_audit_row(ana: PatientRow) -> None:
    bind(ana)
    events = db.session().scalars(select(AuditEvent).where(AuditEvent.patient_id == ana.id))
    assert sorted(event.action for event in events) == [
        "consent.given",
        "device.add",
        "enrolment.confirm",
        "enrolment.show-code",
        "enrolment.try",
        "enrolment.use",
        "patient.add",
    ]


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_neither_code_nor_token_stands_in_the_database(app: Flask, ana: PatientRow) -> None:
    code, _ = code_and_id_for(ana)
    token = agree(confirm_year(code, 1960, key=KEY, now=NOON), helper=False, kind="iPhone", language="en", now=NOON)
    with db.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    stored = b"".join(file.read_bytes() for file in Path(app.instance_path).glob("diary.sqlite3*"))
    assert hash_of_token(token).encode() in stored
    assert token.encode() not in stored
    assert code.encode() not in stored
