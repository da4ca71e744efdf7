"""Blood pressure and blood sugar above the clinic's own numbers: what the patient reads, what the list flags."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from diary.domain.access import Role
from diary.domain.clinic_limits import ClinicLimits
from diary.domain.diary import Glucose, GlucoseUnit
from diary.domain.errors import InvalidValue, NotAllowed, NotFound
from diary.services.clinic_limits import limits_of, set_limits
from diary.store.audit import AuditEvent
from diary.store.base import db
from diary.store.patients import PatientRow
from tests.factories import NOON, a_clinic, a_patient, staff_of
from tests.web.log_pages import fill_in, phone_of, stop_clock, use_phone, words_of
from tests.web.pages import errors_of

CALL = "This is above the number that your clinic set. Call your clinic today."
PRESSURE = ClinicLimits(systolic=180, diastolic=110)


@pytest.fixture
def ana(app: Flask, monkeypatch: pytest.MonkeyPatch) -> PatientRow:
    stop_clock(monkeypatch, "2026-03-04T19:05:00-05:00")
    ana = a_patient(a_clinic())
    use_phone(app, phone_of(ana))
    return ana


def write_down(client: FlaskClient, **measured: str) -> str:
    """What the patient reads after writing this down."""
    return words_of(client.get(fill_in(client, "/me/day/2026-03-04/more", measured).location))


def limit(patient: PatientRow, limits: ClinicLimits) -> None:
    set_limits(staff_of(patient.clinic_id, Role.ADMIN), patient.clinic_id, limits, now=NOON)


def flags(client: FlaskClient, patient: PatientRow, *, show: str = "flags") -> str:
    use_phone(client.application, staff_of(patient.clinic_id, Role.NURSE))
    return words_of(client.get(f"/clinic/patients?show={show}")).split("What the flags mean")[0]


def test_a_clinic_without_numbers_has_nobody_told_whatever_is_written(client: FlaskClient, ana: PatientRow) -> None:
    assert CALL not in write_down(client, systolic="260", diastolic="150", glucose="40", unit="mmol/L")
    assert "No flags." in flags(client, ana)


def test_the_audit_that_admins_read_does_not_say_that_a_number_was_above(client: FlaskClient, ana: PatientRow) -> None:
    written = set()
    for limits in (ClinicLimits(), PRESSURE):
        limit(ana, limits)
        write_down(client, systolic="220", diastolic="120")
        actions = select(AuditEvent.action).where(AuditEvent.patient_id == ana.id)
        written.add(frozenset(db.session().scalars(actions)))
    assert len(written) == 1


@pytest.mark.parametrize(
    ("measured", "told"),
    [
        (("181", "80"), True),
        (("120", "111"), True),
        (("180", "110"), False),
    ],
)
def test_a_blood_pressure_above_either_number_says_to_call_and_is_flagged(
    client: FlaskClient, ana: PatientRow, measured: tuple[str, str], told: bool
) -> None:
    limit(ana, PRESSURE)
    words = write_down(client, systolic=measured[0], diastolic=measured[1])
    assert (CALL in words) is told
    assert ("Call +1 212 555 0100" in words) is told
    assert ("above the clinic's number , blood pressure, 04-Mar-2026" in flags(client, ana)) is told


@pytest.mark.parametrize(
    ("limit_value", "limit_unit", "value", "unit", "told"),
    [
        (250, "mg/dL", "250", "mg/dL", False),
        (250, "mg/dL", "251", "mg/dL", True),
        (250, "mg/dL", "13.8", "mmol/L", False),  # 13.8 x 18.016 = 248.6
        (250, "mg/dL", "13.9", "mmol/L", True),  # 13.9 x 18.016 = 250.4
        (14, "mmol/L", "252", "mg/dL", False),  # 14 x 18.016 = 252.2
        (14, "mmol/L", "253", "mg/dL", True),
    ],
)
def test_blood_sugar_is_compared_whichever_unit_the_meter_shows(
    client: FlaskClient, ana: PatientRow, limit_value: float, limit_unit: str, value: str, unit: str, told: bool
) -> None:
    limit(ana, ClinicLimits(glucose=Glucose(value=limit_value, unit=GlucoseUnit(limit_unit))))
    assert (CALL in write_down(client, glucose=value, unit=unit)) is told


@pytest.mark.parametrize("typed", ["sNaN", "NaN", "Infinity", "1e400", "5,5,5", "five"])
@pytest.mark.usefixtures("ana")
def test_what_is_no_number_is_asked_again_in_one_sentence(client: FlaskClient, typed: str) -> None:
    answer = fill_in(client, "/me/day/2026-03-04/more", {"glucose": typed, "unit": "mmol/L"})
    assert errors_of(answer) == ["Write your blood sugar as a number."]


def test_a_decimal_comma_is_read_as_people_write_it(client: FlaskClient, ana: PatientRow) -> None:
    limit(ana, ClinicLimits(glucose=Glucose(value=14.2, unit=GlucoseUnit.MMOL_L)))
    assert CALL in write_down(client, glucose="14,3", unit="mmol/L")
    assert CALL not in write_down(client, glucose="14,2", unit="mmol/L")


def test_the_flag_stands_for_seven_days(client: FlaskClient, ana: PatientRow, monkeypatch: pytest.MonkeyPatch) -> None:
    limit(ana, PRESSURE)
    write_down(client, systolic="190", diastolic="90")
    stop_clock(monkeypatch, "2026-03-11T19:04:00-05:00")
    assert "above the clinic's number" in flags(client, ana)
    stop_clock(monkeypatch, "2026-03-11T19:06:00-05:00")
    assert "No flags." in flags(client, ana)


def test_an_admin_sets_and_empties_the_numbers(client: FlaskClient, ana: PatientRow) -> None:
    use_phone(client.application, staff_of(ana.clinic_id, Role.ADMIN))
    for wrong, words in (
        ({"glucose": "14"}, "Choose the unit of the blood sugar."),
        ({"systolic": "20"}, "Write a whole number from 40 to 300, or leave it empty."),
    ):
        assert words in words_of(fill_in(client, "/admin/limits", wrong))
    assert limits_of(ana.clinic_id) == ClinicLimits()
    filled = {"systolic": "180", "diastolic": "", "glucose": "14,5", "unit": "mmol/L"}
    assert fill_in(client, "/admin/limits", filled).location == "/admin/limits"
    glucose = Glucose(value=14.5, unit=GlucoseUnit.MMOL_L)
    assert limits_of(ana.clinic_id) == ClinicLimits(systolic=180, glucose=glucose)
    assert 'value="180"' in client.get("/admin/limits").text
    fill_in(client, "/admin/limits", {"systolic": "", "diastolic": "", "glucose": ""})
    assert limits_of(ana.clinic_id) == ClinicLimits()


def test_only_an_admin_of_the_clinic_sets_them(ana: PatientRow) -> None:
    for actor, error in (
        (staff_of(ana.clinic_id, Role.DOCTOR), NotAllowed),
        (staff_of(a_clinic("Hillside").id, Role.ADMIN), NotFound),
    ):
        with pytest.raises(error):
            set_limits(actor, ana.clinic_id, PRESSURE, now=NOON)
    with pytest.raises(InvalidValue):
        ClinicLimits(diastolic=201)
