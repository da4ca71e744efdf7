"""The cautions about ibuprofen and its kind: above the first medicine, then never again, and never a tap more."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from diary.domain.access import Role
from diary.store.audit import AuditEvent
from diary.store.base import db
from diary.store.cautions import CautionsShown
from diary.store.diaries import add_injections
from diary.store.patients import PatientRow
from diary.store.work import writing
from tests.factories import NOON, OPERATOR, a_clinic, a_patient, an_injection
from tests.web.log_pages import fill_in, phone_of, stop_clock, use_phone, words_of

CAUTION = "Pills such as ibuprofen, naproxen and aspirin can harm some people. Ask first if you:"
RECOMMENDS_NONE = "This diary does not tell you which medicine to take. Ask your clinic or pharmacist."
DAY = {"average": "4", "moving": "3", "soreness": "1", "analgesic": "yes", "save": "Save"}


@pytest.fixture
def ana(app: Flask, monkeypatch: pytest.MonkeyPatch) -> PatientRow:
    stop_clock(monkeypatch, "2026-03-04T19:05:00-05:00")
    ana = a_patient(a_clinic())
    use_phone(app, phone_of(ana))
    return ana


def medicine_page(client: FlaskClient) -> str:
    """The address to which a yes to extra medicine leads."""
    return fill_in(client, "/me/day/2026-03-04", DAY).location


def test_they_stand_above_the_first_medicine_and_never_again(client: FlaskClient, ana: PatientRow) -> None:
    address = medicine_page(client)
    first = client.get(address)
    assert CAUTION in words_of(first)
    assert RECOMMENDS_NONE in words_of(first)
    assert first.text.index("Ask first if you") < first.text.index("<form")
    assert fill_in(client, address, {"count_0": "2"}).status_code == 302
    assert CAUTION not in words_of(client.get(address))
    db.session.commit()
    (shown,) = db.session.scalars(select(CautionsShown))
    (line,) = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "cautions.show"))
    assert (shown.patient_id, line.patient_id, line.details) == (ana.id, ana.id, {})


def test_who_does_not_log_a_medicine_sees_them_the_next_time(client: FlaskClient, ana: PatientRow) -> None:
    address = medicine_page(client)
    client.get(address)
    assert CAUTION in words_of(client.get(address))
    use_patient = phone_of(ana, role=Role.PATIENT)
    use_phone(client.application, use_patient)
    assert CAUTION in words_of(client.get(address))


@pytest.mark.usefixtures("ana")
def test_one_patient_having_had_them_takes_them_from_no_other(client: FlaskClient) -> None:
    fill_in(client, medicine_page(client), {"count_0": "1"})
    use_phone(client.application, phone_of(a_patient(a_clinic("Hillside"), "Ben Ode")))
    assert CAUTION in words_of(client.get(medicine_page(client)))


def test_the_hours_of_day_0_have_them_where_the_medicine_is_asked(
    client: FlaskClient, ana: PatientRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(OPERATOR, now=NOON) as work:
        add_injections(work, ana.owner, [an_injection()])
    stop_clock(monkeypatch, "2026-03-02T11:15:00-05:00")
    page = client.get("/me/now")
    assert page.text.index("I took extra pain medicine") < page.text.index("Ask first if you")
    fill_in(client, "/me/now", {"movement_done": "no", "pain": "1"})
    assert CAUTION in words_of(client.get("/me/now"))
    taken = {"movement_done": "no", "pain": "1", "medicine": "Ibuprofen", "taken_at": "11:05"}
    fill_in(client, "/me/now", taken)
    assert CAUTION not in words_of(client.get("/me/now"))


@pytest.mark.usefixtures("ana")
def test_the_daily_log_itself_has_none(client: FlaskClient) -> None:
    assert "ibuprofen" not in words_of(client.get("/me/day/2026-03-04")).lower()
