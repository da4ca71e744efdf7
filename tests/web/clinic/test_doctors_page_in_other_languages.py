"""The doctor's page and what belongs to it in Spanish, and in a made-up language in which each Latin letter escaped."""

import re
from html import escape, unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diary.domain.rulesets import shipped, shipped_names
from diary.store.clinics import Clinic
from diary.store.patients import PatientRow
from tests.made_up_language import CODE, spoken_here
from tests.web.clinic.nursing import At, signed_in
from tests.web.clinic.test_sign_offs import BLOCK, POSITIVE, TREATMENT, doctor, keep, page_of, readings, sign_on
from tests.web.test_no_word_escapes import latin_in

# What people wrote or a rule set says in its makers' words, names of zones, and the reason that is kept in English.
QUOTED = (
    *(words for rules in map(shipped, shipped_names()) for words in (rules.title, rules.source, rules.unchecked)),
    *shipped_names(),
    "America/New_York",
)
UNITS = {"n", "h", "min", "mg", "mL", "PDF", "UTC", "Ctrl", "P"}


@pytest.fixture
def chen(app: Flask, clinic: Clinic, at: At) -> FlaskClient:
    at("2026-03-12T10:00:00-04:00")
    return signed_in(app, doctor(clinic))


def pages_of(patient: PatientRow) -> tuple[str, ...]:
    page = page_of(patient)
    further = f"{page}/report?injection={TREATMENT.id}&entries=1&changes=1"
    return (page, f"{page}?injection={BLOCK.id}", f"{page}/entries", f"{page}/sign-offs", f"{page}/report", further)


def test_a_doctor_reads_it_in_spanish(chen: FlaskClient, ana: PatientRow) -> None:
    keep(ana, BLOCK, *readings())
    sign_on(chen, ana, BLOCK.id, **POSITIVE)
    chen.set_cookie("diary_language", "es")
    page = unescape(chen.get(page_of(ana)).text)
    assert '<html lang="es"' in page
    assert "Cumple su regla (≥75\N{NO-BREAK SPACE}%)" in page
    assert "Encaja en us-medicare-sij v1, del 14-may-2025; consulte a su financiador." in page
    assert "Inyección 1, lado derecho, 02-mar-2026" in page
    assert "Firmado por Chen, 12-mar-2026 10:00" in page
    assert "respuesta a las inyecciones" in chen.get(f"{page_of(ana)}/report.txt").text.lower()
    figure = chen.get(f"{page_of(ana)}/figure.json").get_json()
    assert figure["layout"]["yaxis3"]["ticktext"] == ["Medicina", "Sucesos", "Anotaciones"]


def test_what_was_signed_says_that_its_reasons_are_in_english(chen: FlaskClient, ana: PatientRow) -> None:
    keep(ana, BLOCK, *readings())
    sign_on(chen, ana, BLOCK.id, **POSITIVE)
    english = chen.get(f"{page_of(ana)}/sign-offs").text
    chen.set_cookie("diary_language", "es")
    spanish = unescape(chen.get(f"{page_of(ana)}/sign-offs").text)
    reason = "The last diagnostic block that could be judged, of 02-Mar-2026, meets the rule of 75%."
    assert reason in english
    assert 'lang="en">' not in english.split("<main")[1]
    assert "Los motivos de las reglas se muestran como se guardaron: en inglés." in spanish
    assert f'<span lang="en">{reason}</span>' in spanish


@pytest.mark.parametrize("backend", ["sqlite"])
def test_no_word_of_the_doctors_pages_escapes(chen: FlaskClient, ana: PatientRow) -> None:
    keep(ana, BLOCK, TREATMENT, *readings())
    sign_on(chen, ana, BLOCK.id, **POSITIVE)
    chen.get(page_of(ana))  # shows that it was signed, in the language in which it was
    with spoken_here():
        chen.set_cookie("diary_language", CODE)
        escaped = {address: latin for address in pages_of(ana) if (latin := latin_of(chen, ana, address))}
    assert escaped == {}


def latin_of(client: FlaskClient, patient: PatientRow, address: str) -> set[str]:
    page = client.get(address).text.split("<main", 1)[1]
    page = re.sub(r'<span lang="en">[^<]*</span>', "", page)
    for quoted in (*QUOTED, patient.name or "", "Chen"):
        page = page.replace(escape(quoted), "").replace(str(escape(quoted, quote=False)), "")
    return latin_in(f"<main{page}") - UNITS
