"""Medicines, steroids given elsewhere and days told on the telephone, on the nurse's pages."""

import pytest
from flask.testing import FlaskClient

from diary.domain.diary import Kind, Scores, Source, SteroidElsewhere
from diary.domain.timeline import medicines_in_force
from diary.store.patients import PatientRow
from tests.web.browsing import answer, send
from tests.web.clinic.nursing import At, diary_of, planned

IBUPROFEN = {"name": "ibuprofen", "dose": "400 mg", "taken_at": "2026-03-02T08:10", "rescue": "yes"}


def test_extra_medicine_of_the_hours_before_is_there_before_the_injection(noor: FlaskClient, ana: PatientRow) -> None:
    plan = planned(noor, ana)
    added = send(noor, f"/clinic/patients/{ana.id}/medicines/add?plan={plan.rsplit('/', 1)[-1]}", IBUPROFEN)
    assert added.location == plan
    (medicine,) = medicines_in_force(diary_of(ana))
    assert (medicine.name, medicine.rescue, medicine.source) == ("ibuprofen", True, Source.NURSE)
    assert medicine.taken_at.isoformat() == "2026-03-02T08:10:00-05:00"
    assert "ibuprofen, 400 mg, 02-Mar-2026 08:10" in noor.get(plan).get_data(as_text=True)


def test_a_medicine_is_corrected_and_withdrawn_in_its_history(noor: FlaskClient, ana: PatientRow) -> None:
    here = f"/clinic/patients/{ana.id}/medicines"
    send(noor, f"{here}/add", IBUPROFEN)
    (medicine,) = medicines_in_force(diary_of(ana))
    send(noor, f"{here}/{medicine.id}", {"dose": "200 mg"})
    (corrected,) = medicines_in_force(diary_of(ana))
    assert (corrected.dose, corrected.revises, corrected.taken_at) == ("200 mg", medicine.id, medicine.taken_at)
    assert "ibuprofen 400 mg, 02-Mar-2026 08:10" in noor.get(here).get_data(as_text=True)
    send(noor, here, to="/withdraw")
    assert medicines_in_force(diary_of(ana)) == ()
    assert "withdrawn" in noor.get(here).get_data(as_text=True)


def test_a_correction_of_a_medicine_that_was_changed_meanwhile_is_refused(noor: FlaskClient, ana: PatientRow) -> None:
    here = f"/clinic/patients/{ana.id}/medicines"
    send(noor, f"{here}/add", IBUPROFEN)
    address = f"{here}/{diary_of(ana).medicines[0].id}"
    stale = noor.get(address)
    send(noor, address, {"dose": "200 mg"})
    refused = answer(noor, address, stale, {"dose": "600 mg"})
    assert refused.status_code == 409
    assert "600 mg" in refused.get_data(as_text=True)
    assert len(diary_of(ana).medicines) == 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "Write which medicine it was."),
        ({"rescue": ""}, "Choose Yes or No."),
        ({"taken_at": ""}, "Give the date and time at which it was taken."),
        ({"taken_at": "2026-03-02T10:30"}, "This time is still to come."),
    ],
)
def test_a_medicine_that_cannot_be_is_refused_with_words(
    noor: FlaskClient, ana: PatientRow, changes: dict[str, str], words: str
) -> None:
    refused = send(noor, f"/clinic/patients/{ana.id}/medicines/add", {**IBUPROFEN, **changes})
    assert refused.status_code == 422
    assert words in refused.get_data(as_text=True)
    assert diary_of(ana).medicines == ()


def test_a_steroid_given_elsewhere_is_written_down(noor: FlaskClient, ana: PatientRow) -> None:
    send(
        noor,
        f"/clinic/patients/{ana.id}/steroids/add",
        {"on": "2025-11-20", "agent": "methylprednisolone", "mg": "40", "where": "right shoulder"},
    )
    (steroid,) = diary_of(ana).steroids_elsewhere
    assert steroid == SteroidElsewhere(on=steroid.on, agent="methylprednisolone", mg=40, where="right shoulder")
    page = noor.get(f"/clinic/patients/{ana.id}/medicines").get_data(as_text=True)
    assert "20-Nov-2025: methylprednisolone 40 mg, right shoulder" in page


def test_a_steroid_written_down_wrongly_is_withdrawn_and_out_of_the_file(noor: FlaskClient, ana: PatientRow) -> None:
    here = f"/clinic/patients/{ana.id}/medicines"
    for mg in ("400", "40"):
        send(noor, f"/clinic/patients/{ana.id}/steroids/add", {"on": "2026-02-20", "agent": "dexamethasone", "mg": mg})
    page = noor.get(here)
    wrong = page.text.split("dexamethasone 400 mg")[1].split("/withdraw")[0].rsplit("/", 1)[1] + "/withdraw"
    assert answer(noor, here, page, to=wrong).status_code == 302
    assert [steroid.mg for steroid in diary_of(ana).steroids_elsewhere] == [40]
    assert "400 mg" not in noor.get(here).text
    assert answer(noor, here, page, to=wrong).status_code == 404


def test_a_steroid_of_tomorrow_is_refused(noor: FlaskClient, ana: PatientRow) -> None:
    refused = send(noor, f"/clinic/patients/{ana.id}/steroids/add", {"on": "2026-03-03", "agent": "triamcinolone"})
    assert "This day is still to come." in refused.get_data(as_text=True)


def test_a_telephone_call_is_an_ordinary_entry_with_its_source(noor: FlaskClient, ana: PatientRow, at: At) -> None:
    at("2026-03-03T11:00:00-05:00")
    here = f"/clinic/patients/{ana.id}/entries/add"
    send(noor, here, {"day": "2026-03-02", "average": "5", "soreness": "3", "analgesic": "no", "note": "slept well"})
    (entry,) = diary_of(ana).entries
    assert (entry.kind, str(entry.day)) == (Kind.DAILY, "2026-03-02")
    assert entry.scores == Scores(average=5, soreness=3)
    assert (entry.source, entry.recorded_by, entry.analgesic, entry.note) == (
        Source.NURSE,
        "Noor Haddad",
        False,
        "slept well",
    )


def test_a_day_that_is_too_old_to_remember_cannot_be_chosen(noor: FlaskClient, ana: PatientRow, at: At) -> None:
    at("2026-03-05T11:00:00-05:00")
    refused = send(noor, f"/clinic/patients/{ana.id}/entries/add", {"day": "2026-03-02", "average": "5"})
    assert refused.status_code == 422
    assert diary_of(ana).entries == ()
