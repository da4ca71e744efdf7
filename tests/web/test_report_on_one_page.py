"""Every worked case as a report: one A4 page, with the figures of the doctor's page, however long the names are."""

import json
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from diary.charts.as_svg import print_svg
from diary.domain.diary import Injection
from diary.domain.form import read_diary
from diary.domain.in_force import in_force
from diary.domain.rulesets import shipped, shipped_names
from diary.exchange.report import TEMPLATE, Report, values_of
from diary.exchange.typesetting import compile_pdf
from diary.services.judgement import Judged, WholeDiary
from diary.services.profiles import PatientProfile, picture_of
from diary.services.reports import InjectionReport
from diary.store.clinics import Clinic
from diary.store.patients import PatientRow
from diary.web.presenters.reports import findings_in, report_of
from diary.words.language import in_language
from tests.factories import NOON
from tests.reports import PRINTED_AT, claims_ua, pages_of, read_pdf

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("[0-9]*.json"))
LONG_NAME = "Maria del Carmen Anunciación Fernández-Quintanilla y Rodríguez de la Huerta, née Wolfeschlegelsteinhausen"


def judged(path: Path, rules: str) -> Judged:
    case = json.loads(path.read_text(encoding="utf-8"))
    diary, as_of = read_diary(case["diary"]), date.fromisoformat(case["as_of"])
    values: dict[str, Any] = {"id": uuid4(), "time_zone": "America/New_York", "created_at": NOON}
    clinic = Clinic(name="Riverside", country="US", rule_set=rules, invented=True, **values)
    patient = PatientRow(
        clinic_id=clinic.id, name=LONG_NAME, born=date(1960, 4, 9), number="2026-000123-X", language="en", **values
    )
    whole = WholeDiary(diary=diary, standing=in_force(diary, as_of=as_of))
    return Judged(patient=patient, clinic=clinic, rules=shipped(rules), whole=whole, as_of=as_of)


def asked_of(found: Judged, injection: Injection) -> InjectionReport:
    shown = PatientProfile(judged=found, injection=injection, profile=picture_of(found, injection))
    return InjectionReport(
        shown=shown, printed_by="Dr Alexandra Chen-Whitfield", printed_at=PRINTED_AT, entries=None, changes=None
    )


def drawn(asked: InjectionReport) -> Report:
    assert asked.shown.profile is not None
    return report_of(asked, picture=print_svg(asked.shown.profile))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_each_worked_case_stands_on_one_page_with_every_figure_of_the_screen(path: Path) -> None:
    """The last injection by the first set of rules, the first one by another: each set has its turn."""
    others = shipped_names()
    for rules, place in (("us-medicare-sij", -1), (others[int(path.stem) % len(others)], 0)):
        found = judged(path, rules)
        asked = asked_of(found, found.standing.injections[place])
        made = compile_pdf(TEMPLATE, values_of(drawn(asked)), made_at=PRINTED_AT)
        pages = pages_of(made)
        assert len(pages) == 1
        assert claims_ua(made)
        assert [words for words in every_word_found(asked) if plain(words) not in plain(pages[0])] == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_each_worked_case_stands_on_one_page_in_spanish_too(path: Path) -> None:
    found = judged(path, "us-medicare-sij")
    with in_language("es"):
        asked = asked_of(found, found.standing.injections[-1])
        values, words = values_of(drawn(asked)), every_word_found(asked)
    made = compile_pdf(TEMPLATE, values, made_at=PRINTED_AT)
    pages = pages_of(made)
    assert len(pages) == 1
    assert claims_ua(made)
    assert str(read_pdf(made).root_object["/Lang"]) == "es"
    assert [one for one in words if plain(one) not in plain(pages[0])] == []
    assert "Página 1 de 1" in pages[0]


def every_word_found(asked: InjectionReport) -> list[str]:
    """What the doctor's page says of the injection: verdicts, numbers, cautions, landmarks, rule set."""
    found = findings_in(asked)
    assert found is not None
    words = [asked.shown.judged.rules.source, found.unchecked]
    for box in (found.block, found.steroid, *found.repeats):
        words += [box.title, box.words, box.told, *box.cautions]
        words += [box.borderline] if box.borderline else []
        words += [said for number in box.numbers for said in (number.label, number.words)]
    for landmarks in (found.landmarks, found.moving.landmarks if found.moving else None):
        if landmarks is not None:
            words += [landmarks.title, landmarks.baseline]
            words += [said for row in landmarks.rows for said in (row.median, row.relief, row.immpact) if said]
    return words


def plain(words: str) -> str:
    """Without spaces and hyphens: a line may be broken at either."""
    return "".join(words.split()).replace("-", "").replace("\N{SOFT HYPHEN}", "")
