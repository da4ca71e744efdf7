"""The pages of the rule sets: looking, copying and changing, a file, putting in use, and a set that cannot be read."""

import json
import re
from dataclasses import replace
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from diary.cli import main
from diary.domain.access import Role
from diary.domain.rulesets import RuleSet, parse, shipped
from diary.domain.rulesets.places import places
from diary.domain.rulesets.written import write_toml
from diary.store.base import db
from diary.store.clinics import Clinic
from diary.store.rule_sets import RuleSetRow
from diary.store.work import writing
from diary.web.forms.rules import field_name
from tests.factories import NOON, OPERATOR, a_clinic, a_patient
from tests.signing_in import a_user, sign_in
from tests.web.browsing import forms_of
from tests.web.pages import errors_of, post, submit

COPY = "/admin/rules/us-medicare-sij/1/copy"
OWN = "/admin/rules/riverside/1"
JUDGING = ("report", "report.pdf", "report.txt", "figure.json")
ALL_RULES = {"repeat-therapeutic": ["block", "response", "sessions"], "repeat-diagnostic": ["first-block", "blocks"]}
NEEDED = {"name": "riverside", "why": "Our payer asks for it"}
EXAMPLE = json.loads((Path(__file__).parents[1] / "examples" / "01.json").read_text(encoding="utf-8"))


@pytest.fixture
def clinic(app: Flask) -> Clinic:  # noqa: ARG001 — gives the database
    return a_clinic()


@pytest.fixture
def ada(client: FlaskClient, clinic: Clinic) -> FlaskClient:
    """Ada's browser, signed in."""
    sign_in(client, a_user(clinic, Role.ADMIN, name="Ada Okafor", email="ada@example.org"))
    return client


@pytest.fixture
def chen(app: Flask, clinic: Clinic) -> FlaskClient:
    """Dr Chen's browser, signed in."""
    browser = app.test_client()
    sign_in(browser, a_user(clinic, Role.DOCTOR))
    return browser


def filled(page: TestResponse) -> dict[str, Any]:
    """What the form of a rule set would send as it stands."""
    form = next(form for form in forms_of(page) if form.action.endswith("/copy"))
    return {**form.sends, **ALL_RULES}


def save(ada: FlaskClient, at: str = COPY, **changes: Any) -> TestResponse:
    """Open the form, change these fields and send it."""
    sent = filled(ada.get(at)) | NEEDED | {name.replace("__", "-"): value for name, value in changes.items()}
    return ada.post(at, data=sent)


def stored() -> list[RuleSetRow]:
    """Every version that is kept now."""
    db.session.rollback()
    return list(db.session.scalars(select(RuleSetRow)))


def words_of(page: TestResponse) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page.text)))


# --- looking ----------------------------------------------------------------------------------------------------------


def its_own(rules: RuleSet, name: str) -> RuleSet:
    """A copy as the form offers it: a title that ships is not for a set that does not."""
    return replace(rules, name=name, title=f"{rules.title}, changed")


def test_the_list_tells_the_set_in_use_and_the_four_that_ship(ada: FlaskClient) -> None:
    page = words_of(ada.get("/admin/rules"))
    assert "In use: us-medicare-sij, version 1" in page
    assert "The text of the determinations was not seen whole" in page
    for name in ("evicore-cmm-203", "norfolk-icb", "trial-50"):
        assert f"Use this set : {name}, version 1" in page
    assert "Use this set : us-medicare-sij" not in page


def test_a_set_tells_each_number_with_unit_range_and_meaning(ada: FlaskClient) -> None:
    page = words_of(ada.get("/admin/rules/evicore-cmm-203/1"))
    assert "Block threshold 75% (may be 30% to 100%) Relief that a reading must reach" in page
    assert "Gap in months 2 calendar months (may be 1 to 24 calendar months)" in page
    assert "bupivacaine 30 120 360 720 marcaine, sensorcaine" in page
    assert "read through policy summaries (01-Jan-2024)" in page


def test_a_set_that_is_not_there_is_not_there(ada: FlaskClient) -> None:
    for address in ("nowhere/1", "us-medicare-sij/2", "riverside/1/toml", "riverside/1/copy", "riverside/1/use"):
        assert ada.get(f"/admin/rules/{address}").status_code == 404


def test_the_file_of_a_set_is_what_the_command_takes(
    ada: FlaskClient, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save(ada, block__threshold="80")
    file = ada.get(f"{OWN}/toml")
    assert file.headers["Content-Disposition"] == 'attachment; filename="riverside-version-1.toml"'
    rules = shipped("us-medicare-sij")
    assert parse(file.text) == replace(
        rules, name="riverside", title=f"{rules.title}, changed", block=replace(rules.block, threshold=80)
    )

    (tmp_path / "rules.toml").write_bytes(file.data)
    example = tmp_path / "diary.json"
    example.write_text(json.dumps(EXAMPLE["diary"]), encoding="utf-8")
    assert main(["assess", str(example), "--rules", str(tmp_path / "rules.toml"), "--as-of", "2026-06-01"]) == 0
    assert "riverside" in capsys.readouterr().out


def test_doctors_and_nurses_read_the_rules_in_use_and_change_none(ada: FlaskClient, chen: FlaskClient) -> None:
    save(ada, block__threshold="80")
    submit(ada, f"{OWN}/use")
    page = words_of(chen.get("/clinic/rules"))
    assert "The rules in use: riverside, version 1" in page
    assert "Block threshold: 75% → 80%" in page
    assert chen.get("/admin/rules").status_code == 403


# --- copying and changing ---------------------------------------------------------------------------------------------


def test_the_form_shows_every_number_as_it_is_and_sent_unchanged_is_the_same_set(ada: FlaskClient) -> None:
    page = ada.get(COPY)
    form = next(form for form in forms_of(page) if form.action.endswith("/copy"))
    assert {field_name(place) for place in places()} <= form.names
    assert save(ada).headers["Location"] == OWN
    (row,) = stored()
    assert row.as_rule_set() == its_own(shipped("us-medicare-sij"), "riverside")
    assert "Title: US Medicare, sacroiliac joint injections (LCD family) → US Medicare" in words_of(ada.get(OWN))


def test_every_set_that_ships_can_be_copied(ada: FlaskClient) -> None:
    for name in ("evicore-cmm-203", "norfolk-icb", "trial-50"):
        repeat, at = shipped(name).repeat, f"/admin/rules/{name}/1/copy"
        rules = {"repeat-therapeutic": list(repeat.therapeutic), "repeat-diagnostic": list(repeat.diagnostic)}
        sent = filled(ada.get(at)) | rules | NEEDED | {"name": f"our-{name}"}
        assert ada.post(at, data=sent).headers["Location"] == f"/admin/rules/our-{name}/1"
    for row in stored():
        name = row.name.removeprefix("our-")
        assert row.as_rule_set() == its_own(shipped(name), row.name)


def test_a_changed_set_is_saved_and_judges_nobody_before_it_is_put_in_use(ada: FlaskClient, clinic: Clinic) -> None:
    saved = save(ada, block__threshold="80")
    assert saved.headers["Location"] == OWN
    page = words_of(ada.get(OWN))
    assert "Different from us-medicare-sij, version 1" in page
    assert "Block threshold: 75% → 80%" in page
    assert "Ada Okafor" in page
    assert "Our payer asks for it" in page

    asked = words_of(ada.get(f"{OWN}/use"))
    assert "From now on every page of your clinic judges every patient by it" in asked
    assert "Signed plans and saved reports keep the set" in asked
    assert "Block threshold: 75% → 80%" in asked
    db.session.refresh(clinic)
    assert (clinic.rule_set, clinic.rule_set_version) == ("us-medicare-sij", None)
    assert submit(ada, f"{OWN}/use").headers["Location"] == "/admin/rules"
    db.session.rollback()
    db.session.refresh(clinic)
    assert (clinic.rule_set, clinic.rule_set_version) == ("riverside", 1)

    details = {"name": "New Name", "country": "US", "time_zone": "America/New_York"}
    assert "It judges by the rule set riverside, version 1" in words_of(ada.get("/admin/clinic"))
    submit(ada, "/admin/clinic", **details)
    db.session.rollback()
    db.session.refresh(clinic)
    assert (clinic.name, clinic.rule_set, clinic.rule_set_version) == ("New Name", "riverside", 1)


@pytest.mark.parametrize("version", ["0", "100001", "9" * 30])
def test_a_version_that_no_set_can_have_is_not_there(ada: FlaskClient, version: str) -> None:
    assert ada.get(f"/admin/rules/riverside/{version}").status_code == 404
    assert post(ada, f"/admin/rules/riverside/{version}/use", on=COPY, confirm="y").status_code == 404


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"block-threshold": "200"}, "Block threshold: enter a whole number, 30% to 100%."),
    ({"block-threshold": "eighty"}, "Block threshold: enter a whole number, 30% to 100%."),
    ({"block-threshold": "75.5"}, "Block threshold: enter a whole number, 30% to 100%."),
    ({"block-threshold": ""}, "Block threshold: enter a whole number, 30% to 100%."),
    ({"block-threshold": "9" * 5000}, "Block threshold: enter a whole number, 30% to 100%."),
    ({"block-partial_threshold": "90"}, "Partial block threshold: 90 is more than the threshold."),
    ({"block-in_a_row": "5"}, "Readings in a row: 5 is more than “Fewest readings”."),
    (
        {"steroid-asked-day": "90"},
        "Relief wanted for months: give one of months, “Relief wanted for days after it began” and day.",
    ),
    (
        {"repeat-therapeutic": ["block", "response", "sessions", "gap"]},
        "Gap in months: is either listed as a rule and given its numbers, or neither.",
    ),
    ({"repeat-sessions-most": ""}, "Most sessions in 12 months: is missing."),
    ({"repeat-sessions-of": "everything"}, "Sessions counted: 'everything' is not one of therapeutic, side."),
    ({"repeat-therapeutic": ["nonsense"]}, ""),
    ({"agents-0-onset": "x"}, "lidocaine: Onset: enter a whole number, 1 to 2880 minutes."),
    (
        {"agents-1-onset": "90"},
        "mepivacaine: Name: mepivacaine: onset, hold, usual_end and tail_end must rise.",
    ),
    ({"agents-2-also": "Xylocaine"}, "bupivacaine: Also called: 'Xylocaine' names two agents, or one twice."),
    ({"agents-5-onset": "5"}, "Enter the agent's name, or tick Remove."),
    ({"name": "trial-50"}, "trial-50 ships with the diary and never changes. Choose a name of your own."),
    ({"name": "Our Set"}, "Use small letters, digits and single hyphens, at most 60, such as riverside-75."),
    ({"why": " "}, "Say why the set is made or changed. It is kept with this version."),
    ({"source": ""}, "Say where the numbers come from."),
    ({"title": "x" * 1001}, "Title: 1001 characters are more than 1000."),
    ({"source_date": "yesterday"}, ""),
]


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(ada: FlaskClient) -> None:
    opened = filled(ada.get(COPY)) | NEEDED | {"agents-0-hold": "61", "unchecked": "nothing <b>at all</b>"}
    for changes, error in WRONG:
        sent = opened | changes
        page = ada.post(COPY, data=sent)

        assert page.status_code == 422, changes
        assert error in " ".join(errors_of(page)), changes
        kept = filled(page)
        # Lists are not read back by `filled`, a choice that is none of the choices is not shown, why is trimmed.
        aside = {"csrf_token", "repeat-therapeutic", "repeat-diagnostic", "repeat-sessions-of", "why"}
        assert {name: kept.get(name) for name in sent if name not in aside} == {
            name: value for name, value in sent.items() if name not in aside
        }, changes
    assert stored() == []


def test_agents_are_added_changed_and_removed_by_their_rows(ada: FlaskClient) -> None:
    rows = {
        "agents-0-also": "lignocaine, , Xylocaine",
        "agents-1-remove": "y",
        "agents-3-name": "",
        "agents-3-onset": "",
        "agents-3-hold": "",
        "agents-3-usual_end": "",
        "agents-3-tail_end": "",
        "agents-3-also": "",
        "agents-5-name": "ropivacaine",
        "agents-5-onset": "30",
        "agents-5-hold": "120",
        "agents-5-usual_end": "300",
        "agents-5-tail_end": "700",
    }
    assert ada.post(COPY, data=filled(ada.get(COPY)) | NEEDED | rows).headers["Location"] == OWN
    agents = stored()[0].as_rule_set().agents
    assert [(agent.name, agent.usual_end, agent.also) for agent in agents] == [
        ("lidocaine", 120, ("lignocaine", "Xylocaine")),
        ("bupivacaine", 360, ("marcaine", "sensorcaine")),
        ("ropivacaine", 300, ()),
    ]


def test_what_asks_for_less_than_every_set_that_ships_is_confirmed_for_just_these_numbers(ada: FlaskClient) -> None:
    sent = filled(ada.get(COPY)) | NEEDED | {"block-threshold": "40", "block-partial_threshold": "40"}
    asked = ada.post(COPY, data=sent)
    assert asked.status_code == 422
    assert "Block threshold: 40%. No set that ships goes below 50%." in words_of(asked)
    tick = re.search(r'name="confirmed" value="([^"]+)"', asked.text)
    assert tick
    other = ada.post(COPY, data=sent | {"confirmed": tick[1], "block-in_a_row": "1"})
    assert other.status_code == 422
    assert "Readings in a row: 1 reading. No set that ships goes below 2 readings." in words_of(other)
    assert ada.post(COPY, data=sent | {"confirmed": tick[1]}).headers["Location"] == OWN
    assert "It asks for less than every set that ships" in ada.get(OWN).text
    back = sent | {"confirmed": tick[1], "block-threshold": "80", "block-partial_threshold": "50", "name": "strict"}
    assert ada.post(COPY, data=back).headers["Location"] == "/admin/rules/strict/1"


def test_whoever_saves_second_is_told_and_may_save_after_it(ada: FlaskClient) -> None:
    save(ada, block__threshold="80")
    opened = filled(ada.get(f"{OWN}/copy")) | NEEDED
    assert ada.post(f"{OWN}/copy", data=opened | {"block-threshold": "85"}).headers["Location"].endswith("riverside/2")

    second = ada.post(f"{OWN}/copy", data=opened | {"block-threshold": "90"})

    assert second.status_code == 409
    assert "Version 2 of riverside was made in between" in words_of(second)
    again = filled(second)
    assert again["block-threshold"] == "90"
    assert ada.post(f"{OWN}/copy", data=again).headers["Location"].endswith("riverside/3")


# --- from a file ------------------------------------------------------------------------------------------------------


def test_a_file_fills_the_form_and_nothing_is_saved_before_it_was_looked_through(ada: FlaskClient) -> None:
    at = "/admin/rules/us-medicare-sij/1/file"
    text = write_toml(replace(shipped("us-medicare-sij"), name="riverside", title="Ours")).replace("= 75", "= 80", 1)
    for content in ({"text": text}, {"file": (BytesIO(text.encode()), "ours.toml")}):
        page = ada.post(at, data={**forms_of(ada.get(at))[0].sends, **content})
        assert page.status_code == 200
        form = filled(page)
        assert (form["name"], form["title"], form["block-threshold"], form["why"]) == ("riverside", "Ours", "80", "")
        assert stored() == []
    assert ada.post(COPY, data=form | NEEDED).headers["Location"] == OWN
    again = ada.post(at, data={**forms_of(ada.get(at))[0].sends, "text": text.replace("= 80", "= 85", 1)})
    assert next(form.action for form in forms_of(again) if form.action.endswith("copy")) == f"{OWN}/copy"
    assert ada.post(f"{OWN}/copy", data=filled(again) | NEEDED).headers["Location"].endswith("riverside/2")


def test_a_file_that_is_no_rule_set_is_refused_with_key_and_line(ada: FlaskClient) -> None:
    at = "/admin/rules/us-medicare-sij/1/file"
    wrong = write_toml(shipped("trial-50")).replace("hole_days = 14", "hole_days = 140")
    line = wrong.splitlines().index("hole_days = 140") + 1
    for content, error in (
        ({"text": wrong}, f"steroid.hole_days: 140 is not between 7 and 60 (line {line})"),
        ({"file": (BytesIO(wrong.encode()), "x.toml")}, f"140 is not between 7 and 60 (line {line})"),
        ({"text": "x = ["}, "is not TOML"),
        ({"text": "   "}, "Choose a TOML file, or paste its text."),
        ({"file": (BytesIO(b"\xff\xfe"), "x.toml")}, "is not text in UTF-8"),
    ):
        page = ada.post(at, data={**forms_of(ada.get(at))[0].sends, **content})
        assert page.status_code == 422
        assert error in " ".join(errors_of(page))


# --- a set that cannot be read ----------------------------------------------------------------------------------------


def test_no_page_breaks_where_the_set_in_use_cannot_be_read_and_none_judges(
    ada: FlaskClient, chen: FlaskClient, clinic: Clinic
) -> None:
    ana = a_patient(clinic)
    save(ada, block__threshold="80")
    submit(ada, f"{OWN}/use")
    with writing(OPERATOR, now=NOON) as work:
        row = work.session.scalars(select(RuleSetRow)).one()
        row.content = {**row.content, "colour": "red"}
        work.audit("rule-set.break", clinic_id=clinic.id)
    db.session.remove()

    course = chen.get(f"/clinic/patients/{ana.id}")
    assert course.status_code == 200
    assert "No verdict can be given The rule set riverside, version 1, cannot be read" in words_of(course)
    assert "meets" not in course.text
    listed = chen.get("/clinic/patients")
    assert listed.status_code == 200
    assert (
        "The clinic's rules cannot be read, so nobody is judged here and only the flags ▲ and ◇ are shown."
        in words_of(listed)
    )
    assert "Ana Cruz" in listed.text
    entries = chen.get(f"/clinic/patients/{ana.id}/entries")
    assert "Which scores of a moment are late is not told here." in entries.text
    of_patient = f"/clinic/patients/{ana.id}"
    for address in (
        "/clinic/rules",
        *(f"{of_patient}/{page}" for page in JUDGING),
        f"/api/v1/patients/{ana.id}/assessment",
    ):
        answer = chen.get(address)
        assert (answer.status_code, "The rule set riverside, version 1, cannot be read" in answer.text) == (409, True)
        assert "The rules cannot be read" in answer.text
    admins = words_of(ada.get("/admin/rules"))
    assert "The set in use cannot be read: riverside, version 1" in admins
    assert "It cannot be read any more" in ada.get(OWN).text
    for address in (f"{OWN}/use", f"{OWN}/copy", f"{OWN}/toml"):
        assert "cannot be read" in ada.get(address).text

    assert submit(ada, "/admin/rules/trial-50/1/use").headers["Location"] == "/admin/rules"
    assert "No verdict can be given" not in chen.get(f"/clinic/patients/{ana.id}").text
