"""Patients get a language only when somebody who speaks it has read the words of its help pages."""

from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diary import clock
from diary.domain.access import Role
from diary.domain.diary import Entry
from diary.services.languages import offered_by, review_words
from diary.store.audit import list_audit
from diary.store.base import db
from diary.store.clinics import Clinic
from diary.store.diaries import load_diary
from diary.store.patients import PatientRow, existing_patient
from diary.store.work import reading
from diary.words.help_words import help_words
from diary.words.language import SPANISH
from tests.factories import OPERATOR, a_clinic, staff_of
from tests.phones import bind_phone, code_for
from tests.signing_in import a_user, sign_in
from tests.web.log_pages import hidden_of
from tests.web.pages import errors_of, post, submit, token_in

IN_SPANISH = {"Accept-Language": "es"}


@pytest.fixture
def ada(app: Flask, clinic: Clinic) -> FlaskClient:
    """The admin's browser."""
    browser = app.test_client()
    sign_in(browser, a_user(clinic, Role.ADMIN, name="Ada"))
    return browser


def have_spanish_read(clinic: Clinic) -> None:
    """As an admin of the clinic says on the page of languages."""
    review_words(
        staff_of(clinic.id, Role.ADMIN),
        clinic.id,
        code="es",
        version=help_words(SPANISH).version,
        reader="Lucía Vega, nurse, from Sevilla",
        now=clock.now(),
    )


def test_the_admin_sees_that_nobody_has_read_the_spanish_words(ada: FlaskClient) -> None:
    page = ada.get("/admin/languages").text

    assert "Not reviewed by a native speaker. Patients cannot choose it yet." in page
    assert "¿Le cuesta respirar, o tiene hinchada la cara o la garganta?" in page
    assert "Is it hard to breathe, or is your face or throat swollen?" in page
    assert "Stop the medicine and call for help now." in page
    assert '<td lang="es">Llamar al …</td>' in page
    assert "%(" not in page


def test_whoever_read_them_is_kept_and_audited_and_patients_can_choose(
    ada: FlaskClient, client: FlaskClient, clinic: Clinic, ana: PatientRow
) -> None:
    bind_phone(client, ana)
    assert "Your clinic has no other language yet." in client.get("/me/settings/language").text

    version = help_words(SPANISH).version
    address = "/admin/languages/es/reviewed"
    unnamed = post(ada, address, on="/admin/languages", version=version, reader=" ")
    assert errors_of(unnamed) == ["Write the name of whoever read the words."]
    post(ada, address, on="/admin/languages", version=version, reader="Lucía Vega, nurse")

    page = ada.get("/admin/languages").text
    assert "Read by Lucía Vega, nurse" in page
    assert "Not reviewed by a native speaker" not in page
    db.session.rollback()
    assert "language.review" in {line.action for line in list_audit(db.session(), clinic.id, first=0, most=50)}

    submit(client, "/me/settings/language", language="es")
    assert '<html lang="es"' in client.get("/me/settings").text
    assert language_of(ana) == "es"


def test_words_that_have_changed_since_the_page_was_opened_are_not_reviewed(ada: FlaskClient, clinic: Clinic) -> None:
    answer = post(
        ada, "/admin/languages/es/reviewed", on="/admin/languages", version="0123456789abcdef", reader="Lucía"
    )

    assert answer.status_code == 302
    assert [language.code for language in offered_by(clinic.id)] == ["en"]
    assert "The words have changed since you opened this page." in ada.get("/admin/languages").text


def test_a_language_that_is_not_offered_cannot_be_chosen_by_hand(client: FlaskClient, ana: PatientRow) -> None:
    bind_phone(client, ana)
    token = token_in(client.get("/me/settings/remove"))

    answer = client.post("/me/settings/language", data={"csrf_token": token, "language": "es"})

    assert answer.status_code == 422
    assert errors_of(answer) == ["Choose one of these languages."]
    assert '<html lang="en"' in client.get("/me/settings").text


def test_one_clinics_review_is_not_anothers(clinic: Clinic) -> None:
    other = a_clinic(name="Hillside")
    have_spanish_read(other)

    assert [language.code for language in offered_by(other.id)] == ["en", "es"]
    assert [language.code for language in offered_by(clinic.id)] == ["en"]


def test_a_stranger_who_needs_help_gets_english_until_the_words_are_read(client: FlaskClient, clinic: Clinic) -> None:
    assert "Is it hard to breathe" in client.get("/me/help", headers=IN_SPANISH).text

    have_spanish_read(clinic)

    assert "¿Le cuesta respirar" in client.get("/me/help", headers=IN_SPANISH).text


def test_whoever_joins_in_spanish_agrees_in_spanish_and_goes_on_in_it(client: FlaskClient, ana: PatientRow) -> None:
    clinic = db.session.get_one(Clinic, ana.clinic_id)
    have_spanish_read(clinic)
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "es-US"

    page = client.get(f"/join?code={code_for(ana)}")
    assert "¿Es usted?" in page.text
    typed = {"csrf_token": token_in(page), "code": code_for(ana), "year": "1960", "who": "me"}
    client.post("/join", data=typed)
    page = client.get("/join/agree")
    assert "Nadie mira su diario enseguida." in page.text
    client.post("/join/agree", data={"csrf_token": token_in(page), "language": "es", "agree": "yes"})

    del client.environ_base["HTTP_ACCEPT_LANGUAGE"]
    assert "¿Cuánto le duele ahora mismo?" in client.get("/me/now").text
    assert language_of(ana) == "es"


def test_whoever_joins_changes_the_language_on_the_page_and_keeps_the_code(
    client: FlaskClient, ana: PatientRow
) -> None:
    code = code_for(ana)
    assert "Español" not in client.get(f"/join?code={code}").text
    have_spanish_read(db.session.get_one(Clinic, ana.clinic_id))

    page = client.get(f"/join?code={code}")
    assert 'lang="es">Español</button>' in page.text
    fields = {name: value for name, value in hidden_of(page).items() if name in {"csrf_token", "next"}}
    back = client.post("/language", data={**fields, "language": "es"})

    assert back.location == f"/join?code={code}"
    assert "¿Es usted?" in client.get(back.location).text


def test_where_the_clinic_has_not_had_it_read_joining_goes_on_in_english(client: FlaskClient, ana: PatientRow) -> None:
    have_spanish_read(a_clinic(name="Hillside"))

    page = client.get(f"/join?code={code_for(ana)}", headers=IN_SPANISH)

    assert "Is this you?" in page.text
    assert '<html lang="en"' in page.text


def test_the_language_is_asked_first_where_there_is_a_choice(client: FlaskClient, ana: PatientRow) -> None:
    bind_phone(client, ana)
    assert client.get("/me/questions/language").location == "/me/questions/1"

    have_spanish_read(db.session.get_one(Clinic, ana.clinic_id))

    assert client.get("/me/start").location == "/me/questions/language"
    page = client.get("/me/questions/language")
    assert "Which language do you want to read?" in page.text
    assert 'lang="es"' in page.text
    client.post("/me/questions/language", data={"csrf_token": token_in(page), "language": "es"})
    assert "¿De qué dolor trata este diario?" in client.get("/me/questions/1").text


def test_each_answer_keeps_the_language_in_which_it_was_asked(client: FlaskClient, ana: PatientRow) -> None:
    """The page was shown in English; the language is changed in another tab before it is sent."""
    phone = bind_phone(client, ana)
    have_spanish_read(db.session.get_one(Clinic, ana.clinic_id))
    page = client.get("/me/now")
    submit(client, "/me/settings/language", language="es")
    english = {"csrf_token": token_in(page), **hidden_of(page), "pain": "4"}
    saved = client.post("/me/now", data=english)
    page = client.get("/me/now")
    client.post("/me/now", data={"csrf_token": token_in(page), **hidden_of(page), "language": "tlh", "pain": "5"})

    assert saved.status_code == 302
    assert [entry.language for entry in entries_of(phone.patient_id)] == ["en", "es"]


def language_of(patient: PatientRow) -> str | None:
    """What is stored by now."""
    db.session.rollback()
    return existing_patient(db.session(), patient.id).language


def entries_of(patient_id: UUID) -> tuple[Entry, ...]:
    """What is recorded of a patient, in the order of recording."""
    with reading(OPERATOR, now=clock.now()) as work:
        return load_diary(work, existing_patient(work.session, patient_id)).entries
