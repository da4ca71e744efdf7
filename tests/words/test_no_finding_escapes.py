"""No word of the findings, pictures and reports escapes translation: in a made-up language each Latin letter did."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from diary.charts.as_plotly import profile_figure
from diary.charts.as_svg import legend_svg, narrow_svg, print_svg, wide_svg
from diary.charts.log_time import log_time_figure
from diary.charts.relief_bar_svg import narrow_relief_svg, wide_relief_svg
from diary.domain.diary import Diary
from diary.domain.form import read_diary
from diary.domain.in_force import in_force
from diary.domain.rulesets import shipped
from diary.exchange.report import values_of
from diary.services.judgement import Judged, WholeDiary
from diary.services.profiles import PatientProfile, picture_of
from diary.services.reports import InjectionReport
from diary.store.clinics import Clinic
from diary.store.patients import PatientRow
from diary.web.presenters.beside import beside_of
from diary.web.presenters.profiles import facts_of, notes_of
from diary.web.presenters.repeat_plan import repeat_plan
from diary.web.presenters.reports import report_of, text_of
from diary.words.language import in_language
from tests.factories import NOON
from tests.made_up_language import CODE, spoken_here
from tests.reports import PRINTED_AT
from tests.words.test_findings_in_spanish import EXAMPLES, told_in

RULE_SETS = ("us-medicare-sij", "evicore-cmm-203", "norfolk-icb", "trial-50")
# Units and signs that are written alike everywhere, and the zone.
NAMES = {"n", "h", "min", "mg", "mL", "ml", "America", "New", "York", "UTC"}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_no_word_of_a_worked_case_escapes(path: Path) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    diary = read_diary(case["diary"])
    judged = judged_in(diary, date.fromisoformat(case["as_of"]), RULE_SETS[int(path.stem) % len(RULE_SETS)])
    own = set(re.findall("[A-Za-z]+", " ".join(words_of_people(diary)))) | NAMES
    with spoken_here(), in_language(CODE):
        for injection in judged.standing.injections:
            shown = PatientProfile(judged=judged, injection=injection, profile=picture_of(judged, injection))
            for said in everything_said(shown):
                assert set(re.findall("[A-Za-z]+", said)) - own == set(), said


def judged_in(diary: Diary, as_of: date, rules: str) -> Judged:
    values: dict[str, Any] = {"id": uuid4(), "time_zone": "America/New_York", "created_at": NOON}
    clinic = Clinic(name="ა", country="US", rule_set=rules, invented=True, **values)
    patient = PatientRow(clinic_id=clinic.id, name="ა", born=date(1960, 4, 9), number="1", language="en", **values)
    whole = WholeDiary(diary=diary, standing=in_force(diary, as_of=as_of))
    # The texts of a rule set are quoted as its makers wrote them.
    quoted = replace(shipped(rules), name="ა", title="ა", source="ა", unchecked="ა")
    return Judged(patient=patient, clinic=clinic, rules=quoted, whole=whole, as_of=as_of)


def everything_said(shown: PatientProfile) -> Iterator[str]:
    asked = InjectionReport(shown=shown, printed_by="ა", printed_at=PRINTED_AT, entries=None, changes=None)
    profile = shown.profile
    assert profile is not None
    yield from told_in(profile)
    yield from told_in(tuple(facts_of(shown)))
    yield from told_in(tuple(notes_of(shown)))
    yield from told_in(replace(beside_of(shown), sensitivity=None))
    yield from (words for box in repeat_plan(shown.judged).boxes for words in told_in(box))
    paper = values_of(report_of(asked, picture=None))
    yield from strings_of({name: value for name, value in paper.items() if name not in {"frame", "printed_at"}})
    yield text_of(asked)
    drawings = (wide_svg(profile), narrow_svg(profile), print_svg(profile), legend_svg(profile))
    bars = (wide_relief_svg(profile.relief), narrow_relief_svg(profile.relief))
    for drawing in (*drawings, *bars):
        yield from re.findall(">([^<]+)<", drawing)
    for figure in (profile_figure(profile), log_time_figure(profile)):
        yield from (re.sub("<[^>]*>", " ", words) for words in words_of_figure(figure))


def words_of_figure(figure: Any) -> Iterator[str]:
    """What a plotly figure writes: texts of points and notes, names and ticks."""
    if isinstance(figure, dict):
        for name, value in figure.items():
            yield from strings_of(value) if name in {"text", "ticktext", "name"} else words_of_figure(value)
    elif isinstance(figure, list):
        for one in figure:
            yield from words_of_figure(one)


def strings_of(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings_of(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from strings_of(one)


def words_of_people(diary: Diary) -> Iterator[str]:
    """What people wrote."""
    patient = diary.patient
    yield from (patient.name or "", patient.number or "")
    for injection in diary.injections:
        yield from (injection.cause or "", injection.guidance or "", injection.operator or "", *injection.activities)
        yield from (given.agent for given in injection.anaesthetic)
        yield from (reaction.note or "" for reaction in injection.reactions)
        yield injection.steroid.agent if injection.steroid else ""
    for entry in diary.entries:
        yield from (entry.note or "", entry.recorded_by or "", entry.language or "", *entry.side_effects)
    yield from (word for medicine in diary.medicines for word in (medicine.name, medicine.dose or ""))
    yield from (word for one in diary.steroids_elsewhere for word in (one.agent, one.where or ""))
