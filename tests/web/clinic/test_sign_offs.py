"""The repeat plan on the doctor's page, and what doctors sign beside it."""

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from diary.domain.access import Actor, Role
from diary.domain.assessment import assess
from diary.domain.diary import Anaesthetic, Entry, Injection, Purpose, Scores, Steroid
from diary.domain.form import write
from diary.domain.rulesets import RuleSet, shipped
from diary.exchange.assessment import write_assessment
from diary.store.audit import AuditEvent
from diary.store.base import db
from diary.store.clinics import Clinic
from diary.store.diaries import add_entries, add_injections
from diary.store.patients import PatientRow
from diary.store.rule_sets import RuleSetRow
from diary.store.sign_offs import SignOffRow, sign_offs_of_patient
from diary.store.work import writing
from tests.factories import NOON, OPERATOR, a_clinic, a_day, a_moment, a_patient, an_injection
from tests.web.browsing import answer, forms_of
from tests.web.clinic.nursing import At, diary_of, signed_in
from tests.web.pages import errors_of

HOSTILE = "<script>alert('x')</script>"
BLOCK = an_injection(anaesthetic=(Anaesthetic(agent="lidocaine"),), baseline=Scores(movement=8))
TREATMENT = an_injection(
    purpose=Purpose.THERAPEUTIC, steroid=Steroid(agent="triamcinolone"), baseline=Scores(movement=8, average=7)
)
POSITIVE = {"reading": "positive", "next_step": "discharge"}


@pytest.fixture
def chen(app: Flask, clinic: Clinic, at: At) -> FlaskClient:
    """Dr Chen, on 12 March: ten days after Ana's injection."""
    at("2026-03-12T10:00:00-04:00")
    return signed_in(app, doctor(clinic))


def doctor(clinic: Clinic, name: str = "Chen", *, role: Role = Role.DOCTOR) -> Actor:
    return Actor(role=role, id=name.lower(), clinic_id=clinic.id, name=name)


def keep(patient: PatientRow, *records: Injection | Entry) -> None:
    with writing(OPERATOR, now=NOON) as work:
        add_injections(work, patient.owner, [one for one in records if isinstance(one, Injection)])
        add_entries(work, patient.owner, [one for one in records if isinstance(one, Entry)])


def readings() -> list[Entry]:
    """A block that meets the Medicare rule: 8 before, 1 from minute 20 to minute 90."""
    return [
        a_moment((NOON - timedelta(minutes=90 - minute)).isoformat(), scores=Scores(movement=1))
        for minute in (20, 40, 65, 90)
    ]


def page_of(patient: PatientRow) -> str:
    return f"/clinic/patients/{patient.id}"


def sign_on(client: FlaskClient, patient: PatientRow, injection_id: UUID, **fields: str) -> TestResponse:
    """Fill in the form of the page as it is now and send it."""
    return sign_after(client, client.get(f"{page_of(patient)}?injection={injection_id}"), **fields)


def sign_after(client: FlaskClient, page: TestResponse, **fields: str) -> TestResponse:
    """Send the form of a page that was opened before."""
    return answer(client, "", page, fields, to="#signed")


def signed_of(patient: PatientRow) -> list[SignOffRow]:
    db.session.rollback()
    return sign_offs_of_patient(db.session(), patient.id)


# --- the repeat plan --------------------------------------------------------------------------------------------------


def test_each_rule_stands_with_its_result_in_words_its_numbers_and_its_source(
    chen: FlaskClient, ana: PatientRow
) -> None:
    keep(ana, BLOCK, *readings())
    page = unescape(chen.get(page_of(ana)).text)
    assert "Next therapeutic injection, right" in page
    assert "Fits rule set us-medicare-sij v1, dated 14-May-2025; check your payer." in page
    assert (
        "A block that meets the rule: met.</strong> The last diagnostic block that could be judged, of 02-Mar-2026,"
        in page
    )
    assert "Source: us-medicare-sij v1, 14-May-2025." in page
    assert "approved" not in page.split('id="plan"')[1]


def test_an_open_question_says_what_to_record_and_links_to_where(chen: FlaskClient, ana: PatientRow) -> None:
    nameless = replace(BLOCK, anaesthetic=())
    keep(ana, nameless, *readings())
    page = chen.get(page_of(ana)).text
    assert "A block that meets the rule: unknown." in page
    assert "Write down which anaesthetic was given on 02-Mar-2026" in page
    assert f"/clinic/injections/{nameless.id}/correct" in page


def judge_by(clinic: Clinic, rule_set: str) -> None:
    """Have the clinic judge by another set that ships with the diary."""
    with writing(OPERATOR, now=NOON) as work:
        work.session.merge(clinic).rule_set = rule_set
        work.audit("clinic.change", clinic_id=clinic.id)


def test_a_set_without_rules_of_repeat_says_so(chen: FlaskClient, clinic: Clinic, ana: PatientRow) -> None:
    judge_by(clinic, "trial-50")
    keep(ana, BLOCK)
    page = chen.get(page_of(ana)).text
    assert "trial-50 v1, dated 01-Jan-2016, has no rule about it." in page


def test_time_alone_gives_a_first_date(chen: FlaskClient, clinic: Clinic, ana: PatientRow) -> None:
    judge_by(clinic, "norfolk-icb")
    keep(ana, BLOCK, *readings())
    page = chen.get(page_of(ana)).text
    # 56 days after 2 March is 27 April.
    assert "Does not fit rule set norfolk-icb v1" in page
    assert "Earliest date: 27-Apr-2026." in page
    assert "First met on 27-Apr-2026." in page


# --- signing ----------------------------------------------------------------------------------------------------------


def test_a_doctor_signs_and_the_assessment_is_kept_as_it_was(chen: FlaskClient, ana: PatientRow) -> None:
    keep(ana, BLOCK, *readings())
    before = chen.get(page_of(ana)).text
    assert "checked" not in before.split('class="sign-off"')[1].split("</form>")[0]
    assert "Nobody has signed" in before
    done = sign_on(chen, ana, BLOCK.id, reading="positive", next_step="wait", in_weeks="6", reason="Good block")
    assert done.status_code == 302
    assert done.location.endswith(f"?injection={BLOCK.id}#signed")
    (row,) = signed_of(ana)
    rules = shipped("us-medicare-sij")
    assert row.assessment == write_assessment(assess(diary_of(ana), rules, as_of=row.as_of))
    assert row.rules == write(rules)
    assert (row.rule_set, row.rule_set_version, row.records) == ("us-medicare-sij", 1, [1, 4, 0, 0, 0])
    assert (row.version, row.revises, row.signed_by, row.signed_name) == (1, None, "chen", "Chen")
    page = chen.get(page_of(ana)).text
    assert "Doctor's reading: <strong>Positive (Chen, 12-Mar-2026)</strong>" in page
    assert "Signed by Chen, 12-Mar-2026 10:00, version 1, by rule set us-medicare-sij v1, as of 12-Mar-2026" in page
    assert "Wait and look again in 6 weeks (23-Apr-2026)" in page
    assert "Block: meets rule; 4 readings, 8 before, 75% asked." in page
    assert "The assessment is still the one that was signed." in page


def test_the_audit_names_fields_and_no_words(chen: FlaskClient, ana: PatientRow) -> None:
    keep(ana, BLOCK)
    sign_on(chen, ana, BLOCK.id, **POSITIVE, reason="Sleeps through the night")
    db.session.rollback()
    line = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "sign-off.add")).one()
    assert line.subject == f"sign-off:{signed_of(ana)[0].id}"
    assert line.details == {"version": 1, "given": ["next_step", "reading", "reason"]}


def test_a_later_reading_is_a_new_version_and_keeps_the_earlier_one(chen: FlaskClient, ana: PatientRow) -> None:
    keep(ana, BLOCK)
    sign_on(chen, ana, BLOCK.id, **POSITIVE, reason="First thought")
    form = chen.get(page_of(ana)).text.split('class="sign-off"')[1]
    assert re.findall(r"<input checked[^>]*value=\"([a-z-]+)\"", form) == ["positive"]
    sign_on(chen, ana, BLOCK.id, reading="unsure", next_step="other", reason="Second thought")
    second, first = signed_of(ana)
    assert (second.version, second.revises, first.version) == (2, first.id, 1)
    page = chen.get(page_of(ana)).text
    assert "Second thought" in page
    assert "Plan this injection" not in page
    assert "First thought" not in page
    history = chen.get(f"{page_of(ana)}/sign-offs").text
    assert history.index("Second thought") < history.index("First thought")


def test_of_two_doctors_at_once_the_second_reads_what_the_first_signed(
    app: Flask, clinic: Clinic, chen: FlaskClient, ana: PatientRow
) -> None:
    keep(ana, BLOCK)
    opened = chen.get(page_of(ana))
    signed_in(app, doctor(clinic, "Elm"))  # who asks; the browser's session is the same
    sign_on(chen, ana, BLOCK.id, **POSITIVE, reason="Signed by Elm first")
    signed_in(app, doctor(clinic))
    refused = sign_after(chen, opened, reading="negative", next_step="other", reason="Mine")
    assert refused.status_code == 409
    assert errors_of(refused) == [
        "Somebody signed this injection while you had it open. Read what they signed, then sign yours after it."
    ]
    assert "Signed by Elm first" in refused.text
    assert ">Mine</textarea>" in refused.text.replace("\r\n", "")
    assert len(signed_of(ana)) == 1
    done = sign_after(chen, refused, reading="negative", next_step="other", reason="Mine")
    assert done.status_code == 302
    assert [row.signed_name for row in signed_of(ana)] == ["Chen", "Elm"]


def test_nobody_signs_an_assessment_that_they_did_not_see(chen: FlaskClient, ana: PatientRow) -> None:
    keep(ana, BLOCK)
    opened = chen.get(page_of(ana))
    keep(ana, *readings())
    refused = sign_after(chen, opened, **POSITIVE)
    assert refused.status_code == 409
    assert "Something was recorded or changed since you opened this page" in errors_of(refused)[0]
    assert signed_of(ana) == []
    assert sign_after(chen, refused, **POSITIVE).status_code == 302


def test_what_was_typed_stays_where_the_injection_was_corrected_meanwhile(chen: FlaskClient, ana: PatientRow) -> None:
    keep(ana, BLOCK, *readings())
    opened = chen.get(f"{page_of(ana)}?injection={BLOCK.id}")
    corrected = replace(BLOCK, id=uuid4(), revises=BLOCK.id, recorded_at=NOON, baseline=Scores(movement=7))
    keep(ana, corrected)
    refused = sign_after(chen, opened, **POSITIVE, reason="She walks again")
    assert refused.status_code == 409
    assert "Something was recorded or changed since you opened this page" in errors_of(refused)[0]
    assert "She walks again" in refused.text
    assert sign_after(chen, refused, **POSITIVE).status_code == 302
    assert [row.judged_id for row in signed_of(ana)] == [corrected.id]


def test_a_withdrawn_injection_is_not_there_to_be_signed(chen: FlaskClient, ana: PatientRow) -> None:
    keep(ana, BLOCK)
    opened = chen.get(page_of(ana))
    keep(ana, replace(BLOCK, id=uuid4(), revises=BLOCK.id, recorded_at=NOON, withdrawn=True))
    assert sign_after(chen, opened, **POSITIVE).status_code == 404
    assert signed_of(ana) == []


# --- against a rule ---------------------------------------------------------------------------------------------------


def test_a_plan_against_a_rule_is_asked_why_and_keeps_the_reason(chen: FlaskClient, ana: PatientRow) -> None:
    keep(ana, TREATMENT)
    asked = sign_on(chen, ana, TREATMENT.id, reading="not-read", next_step="repeat", reason="Pain is back")
    assert asked.status_code == 422
    (words,) = errors_of(asked)
    assert words == "Say why: this plan goes against a rule. No diagnostic block of this side is recorded."
    assert ">Pain is back</textarea>" in asked.text.replace("\r\n", "")
    assert signed_of(ana) == []
    sign_after(chen, asked, reading="not-read", next_step="repeat", against="Fusion is not wanted")
    assert signed_of(ana)[0].sign_off.against == "Fusion is not wanted"
    page = chen.get(page_of(ana)).text
    assert "Why against a rule: Fusion is not wanted" in page
    assert ">Plan this injection</a>" in page


def test_a_plan_that_fits_or_cannot_be_told_asks_nothing(chen: FlaskClient, ana: PatientRow) -> None:
    keep(ana, replace(BLOCK, anaesthetic=()), *readings())
    for step in ("repeat", "second-block"):
        assert sign_on(chen, ana, BLOCK.id, reading="unsure", next_step=step).status_code == 302


def test_what_is_missing_or_wrong_is_said_and_what_was_typed_stays(chen: FlaskClient, ana: PatientRow) -> None:
    keep(ana, BLOCK)
    opened = chen.get(page_of(ana))
    wrong: dict[str, dict[str, str]] = {
        "Choose how you read the block, or that you did not.": {"next_step": "discharge"},
        "Choose what you plan.": {"reading": "positive"},
        "Say when to look again: in how many weeks, or on which date.": {**POSITIVE, "next_step": "wait"},
        "Write a whole number of weeks from 1 to 104.": {**POSITIVE, "next_step": "wait", "in_weeks": "soon"},
        "Give a date, such as 6 August 2026.": {**POSITIVE, "on": "31/12"},
        "This day has passed. Give today or a later day.": {**POSITIVE, "on": "2026-03-11"},
        "Use at most 2000 characters.": {**POSITIVE, "reason": "x" * 2001},
    }
    for words, fields in wrong.items():
        refused = sign_after(chen, opened, **{**fields, "against": "typed before"})
        assert (refused.status_code, errors_of(refused)) == (422, [words])
        (form,) = (form for form in forms_of(refused) if form.action.endswith("#signed"))
        assert form.sends.items() >= {**fields, "against": "typed before"}.items()
    assert signed_of(ana) == []


# --- what became of it ------------------------------------------------------------------------------------------------


def test_the_page_says_what_is_different_from_what_was_signed(chen: FlaskClient, ana: PatientRow) -> None:
    keep(ana, BLOCK)
    sign_on(chen, ana, BLOCK.id, **POSITIVE)
    keep(ana, *readings())
    page = unescape(chen.get(page_of(ana)).text)
    assert "Signed on 4 entries fewer than there are now." in page
    assert (
        "The block's verdict was “cannot tell (too few readings, no reading an hour or later, no reading when" in page
    )
    assert "still hold)”, now “meets rule”." in page
    assert "Next therapeutic injection, right: was “cannot tell”, now “fits the rules”." in page
    assert "right, a block that meets the rule: was “unknown”, now “met”." in page


def test_what_was_signed_stays_with_an_injection_that_is_corrected(chen: FlaskClient, ana: PatientRow) -> None:
    keep(ana, BLOCK)
    sign_on(chen, ana, BLOCK.id, **POSITIVE)
    corrected = replace(BLOCK, id=uuid4(), revises=BLOCK.id, recorded_at=NOON, baseline=Scores())
    keep(ana, corrected)
    page = unescape(chen.get(page_of(ana)).text)
    assert "Signed by Chen" in page
    assert "Signed on 1 correction fewer than there are now." in page
    assert sign_on(chen, ana, corrected.id, **POSITIVE).status_code == 302
    assert [(row.version, row.injection_id, row.judged_id) for row in signed_of(ana)] == [
        (2, BLOCK.id, corrected.id),
        (1, BLOCK.id, BLOCK.id),
    ]


def test_a_signed_version_keeps_its_rule_set_when_the_clinic_changes_it(
    chen: FlaskClient, clinic: Clinic, ana: PatientRow
) -> None:
    keep(ana, BLOCK, *readings())
    sign_on(chen, ana, BLOCK.id, **POSITIVE)
    shipped_set = shipped("us-medicare-sij")
    own = replace(shipped_set, name="ours", version=3, title="Our own", block=replace(shipped_set.block, threshold=90))
    use_rules(clinic, own)
    page = unescape(chen.get(page_of(ana)).text)
    assert "Signed by rule set us-medicare-sij v1; today's is ours v3." in page
    assert "The block's verdict was “meets rule”, now “partly”." in page
    history = unescape(chen.get(f"{page_of(ana)}/sign-offs").text)
    assert "US Medicare, sacroiliac joint injections (LCD family) (us-medicare-sij, version 1)" in history
    assert "Block: meets rule; 4 readings, 8 before, 75% asked." in history
    assert (
        "A block that meets the rule: met. The last diagnostic block that could be judged, of 02-Mar-2026," in history
    )
    assert "Judged from: 1 injection, 4 entries, 0 medicines, 0 steroids given elsewhere, 0 corrections." in history


def use_rules(clinic: Clinic, rules: RuleSet) -> None:
    with writing(OPERATOR, now=NOON) as work:
        work.session.add(
            RuleSetRow(
                id=uuid4(),
                clinic_id=clinic.id,
                name=rules.name,
                version=rules.version,
                content=write(rules),
                copied_from="us-medicare-sij",
                why="Stricter than our payer",
                made_at=NOON,
                made_by="ada",
            )
        )
        stored = work.session.merge(clinic)
        stored.rule_set, stored.rule_set_version = rules.name, rules.version
        work.audit("clinic.change", clinic_id=clinic.id)


# --- who may ----------------------------------------------------------------------------------------------------------


def test_a_nurse_reads_what_was_signed_and_signs_nothing(
    app: Flask, clinic: Clinic, chen: FlaskClient, ana: PatientRow
) -> None:
    keep(ana, BLOCK)
    opened = chen.get(page_of(ana))
    sign_on(chen, ana, BLOCK.id, **POSITIVE, reason="For all to read")
    signed_in(app, doctor(clinic, "Noor", role=Role.NURSE))
    page = chen.get(page_of(ana)).text
    assert "For all to read" in page
    assert 'class="sign-off"' not in page
    assert "For all to read" in chen.get(f"{page_of(ana)}/sign-offs").text
    assert sign_after(chen, opened, **POSITIVE).status_code == 403
    assert len(signed_of(ana)) == 1


def test_another_clinics_doctor_finds_nobody_to_sign_for(app: Flask, chen: FlaskClient, ana: PatientRow) -> None:
    keep(ana, BLOCK)
    opened = chen.get(page_of(ana))
    signed_in(app, doctor(a_clinic("Hillside"), "Diaz"))
    assert sign_after(chen, opened, **POSITIVE).status_code == 404
    assert chen.get(f"{page_of(ana)}/sign-offs").status_code == 404
    assert signed_of(ana) == []


def test_an_injection_of_another_patient_cannot_be_signed_here(
    chen: FlaskClient, clinic: Clinic, ana: PatientRow
) -> None:
    keep(ana, BLOCK)
    ben, other = a_patient(clinic, "Ben Osei"), an_injection()
    keep(ben, other)
    form = forms_of(chen.get(page_of(ana)))[-1]
    address = form.action.replace(str(BLOCK.id), str(other.id))
    assert chen.post(address, data={**form.sends, **POSITIVE}).status_code == 404


def test_whatever_is_typed_is_shown_as_text(chen: FlaskClient, ana: PatientRow) -> None:
    keep(ana, TREATMENT)
    sign_on(chen, ana, TREATMENT.id, reading="unsure", next_step="repeat", reason=HOSTILE, against=HOSTILE)
    for address in (page_of(ana), f"{page_of(ana)}/sign-offs"):
        page = chen.get(address).text
        assert HOSTILE not in page
        assert page.count("&lt;script&gt;") == 2


def test_a_patient_without_an_injection_has_nothing_to_sign(chen: FlaskClient, ana: PatientRow) -> None:
    assert 'id="plan"' not in chen.get(page_of(ana)).text
    assert "Nothing is signed yet." in chen.get(f"{page_of(ana)}/sign-offs").text


def test_a_daily_entry_of_today_and_the_steroid_are_told_in_what_changed(
    chen: FlaskClient, ana: PatientRow, at: At
) -> None:
    keep(ana, TREATMENT)
    sign_on(chen, ana, TREATMENT.id, reading="not-read", next_step="wait", in_weeks="8")
    keep(
        ana, *(a_day((NOON + timedelta(days=day)).date().isoformat(), scores=Scores(average=2)) for day in range(1, 95))
    )
    at("2026-06-05T10:00:00-04:00")
    page = unescape(chen.get(page_of(ana)).text)
    assert "Signed on 94 entries fewer than there are now." in page
    assert "The steroid's verdict was “cannot tell (too few days were scored)”, now “meets rule”." in page
