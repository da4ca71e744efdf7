"""The verdicts and their figures on the doctor's page: real pages of real diaries, the odd ones above all."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from html import unescape
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient

from diary.domain.diary import NO_SCORES, Anaesthetic, Entry, Injection, Medicine, Scores, Side, Steroid
from diary.store.patients import PatientRow
from tests.factories import a_day, a_diary, a_medicine, a_moment, an_injection, keep

TODAY = datetime.now(ZoneInfo("America/New_York")).date()
# Of 8, 2 is 75% less. Lidocaine works from minute 15, holds to 60 and usually ends at 120.
HELD = {5: 8, 15: 2, 30: 1, 60: 2, 90: 2, 110: 6}

Record = Injection | Entry | Medicine


@pytest.fixture
def backend() -> str:
    """Words of a page: which database they come from plays no part."""
    return "sqlite"


def at(days: int, *, minute: int = 0) -> datetime:
    """So many minutes after noon in New York's winter, so many days ago."""
    return datetime.fromisoformat(f"{TODAY - timedelta(days=days)}T12:00:00-05:00") + timedelta(minutes=minute)


def injected(days: int = 40, *, agent: str = "lidocaine", minute: int = 0, **changes: object) -> Injection:
    """Lidocaine and a steroid so many days ago, pain 8 before."""
    values: dict[str, object] = {
        "anaesthetic": (Anaesthetic(agent=agent),),
        "steroid": Steroid(agent="triamcinolone", mg=40),
        "baseline": Scores(movement=8, average=8, moving=8),
    }
    return an_injection(at(days, minute=minute).isoformat(), **{**values, **changes})


def moments(by_minute: Mapping[int, int], *, days: int = 40, after: int = 0, rest: bool = False) -> list[Entry]:
    """Pain right now at these minutes since the injection, each recorded so many minutes after."""
    return [
        a_moment(
            at(days, minute=minute).isoformat(),
            recorded_at=at(days, minute=minute + after).isoformat(),
            scores=Scores(rest=score) if rest else Scores(movement=score),
        )
        for minute, score in by_minute.items()
    ]


def averages(by_day: Mapping[int, int], *, days: int = 40, late: int = 0) -> list[Entry]:
    """Average pain and difficulty of moving on these days since the injection, each recorded so many days late."""
    return [
        a_day(
            str(at(days - number).date()),
            recorded_at=at(days - number - late, minute=400).isoformat(),
            scores=Scores(average=score, moving=score),
            analgesic=number < 4,
        )
        for number, score in by_day.items()
    ]


def words_of(html: str) -> str:
    """A page's text without its tags, in single spaces."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def page_of(chen: FlaskClient, ana: PatientRow, *records: Record, injection: Injection | None = None) -> str:
    keep(ana, a_diary(*records))
    asked = f"?injection={injection.id}" if injection else ""
    answer = chen.get(f"/clinic/patients/{ana.id}{asked}")
    assert answer.status_code == 200
    return words_of(answer.text)


# --- each verdict -----------------------------------------------------------------------------------------------------


def test_verdict_first_then_the_numbers_that_it_stands_on(chen: FlaskClient, ana: PatientRow) -> None:
    days = {1: 8, 2: 6, **dict.fromkeys(range(3, 36), 3)}
    page = page_of(chen, ana, injected(), *moments(HELD), *averages(days))
    assert (
        "Block Meets rule Meets your rule (≥75%). Borderline: one point either way would change this "
        "Start 8, lowest 1 at 30 min (88% less), 4 readings in a row at 75% less or better, until between "
        "1 h 30 min and 1 h 50 min. Data: 5 of 6 entries give a reading"
    ) in page
    assert re.search(
        r"Steroid Still working Relief goes on; your rule \(≥50% until day \d\d, [\w-]+\) can be judged then\.", page
    )
    assert (
        "Relief of half or more began on day 3, no end seen: lasted at least 35 days, on 33 of 35 recorded days (94%)."
    ) in page
    assert "Data: GOOD 17 of 17 expected days and weeks" in page
    assert "50% less: 4 or lower" in page


def date_in_words(*, days: int) -> str:
    return f"{at(days):%d-%b-%Y}"


def test_relief_that_ended_is_told_as_ranges(chen: FlaskClient, ana: PatientRow) -> None:
    scores = {1: 8, 4: 3, 5: 3, 6: 3, 8: 3, 10: 3, 12: 3, 14: 3, 21: 3, 28: 3, 35: 7, 38: 7, 42: 7}
    page = page_of(chen, ana, injected(100), *averages(scores, days=100))
    assert "Relief of half or more began on day 2 to 4, ended on day 29 to 35: lasted 28 to 35 days" in page
    assert "No scores on days 43 to 100" in page


def test_a_borderline_verdict_is_tagged(chen: FlaskClient, ana: PatientRow) -> None:
    page = page_of(chen, ana, injected(), *moments({15: 4, 30: 4, 60: 4, 90: 4}))
    assert "Block Partly Meets your rule (≥75%) partly. Borderline: one point either way would change this" in page


def test_the_rule_set_and_the_doctor_s_own_reading_stand_beside_the_verdicts(
    chen: FlaskClient, ana: PatientRow
) -> None:
    page = page_of(chen, ana, injected(), *moments(HELD))
    assert "(us-medicare-sij v1), source dated 14-May-2025" in page
    assert "34 of 271 first positives (12.5%) were not repeated by a second block" in page
    assert "Fits rule set us-medicare-sij v1, dated 14-May-2025; check your payer" in page


# --- bad input --------------------------------------------------------------------------------------------------------

TWICE = injected(), injected(minute=180)
ODD_DIARIES: Mapping[str, tuple[Iterable[Record], tuple[str, ...]]] = {
    "no baseline": (
        (injected(baseline=NO_SCORES), *moments(HELD, rest=True), *averages({1: 4, 2: 4})),
        (
            "Block Cannot tell No score was taken in the clinic just before the injection.",
            "No start score, lowest 1 at 30 min.",
            "Steroid Cannot tell No start score: 0 of the 7 days before have an average, 4 are needed, and none was",
            "Start none",
        ),
    ),
    "no entries": (
        (injected(),),
        (
            "Block Cannot tell No entry was written down in the window; 4 are needed.",
            "Steroid Cannot tell Only 0 of 17 expected days and weeks hold a score.",
            f"No average pain was scored from day 1 to day 40 ({TODAY:%d-%b-%Y}).",
            "Data: TOO LITTLE 0 of 17 expected days and weeks",
        ),
    ),
    "only late entries": (
        (injected(), *moments(HELD, after=90), *averages(dict.fromkeys(range(1, 20), 8), late=3)),
        (
            "Only 0 of 6 entries give a reading; 4 are needed.",
            "1 before the onset, 5 late",
            "15 of 17 expected days and weeks; 19 late",
            "score 8, late",
        ),
    ),
    "pain at rest only": (
        (injected(), *moments(HELD, rest=True)),
        ("Only 0 of 6 entries give a reading", "6 without this score", "Start 8 (pain on movement)"),
    ),
    "worst pain only": (
        (injected(), *(a_day(str(at(40 - number).date()), scores=Scores(worst=5)) for number in range(1, 30))),
        ("Steroid Cannot tell Only 0 of 17 expected days and weeks hold a score.",),
    ),
    "an unknown agent": (
        (injected(agent="moonshine"), *moments(HELD)),
        ("Block Cannot tell No known numbing agent is written down, so there is no window and there are no readings.",),
    ),
    "two injections on one day": (
        (*TWICE, *moments(HELD), *averages(dict.fromkeys(range(1, 20), 3))),
        ("This side was injected twice on this day: the days after it belong to both.",),
    ),
    "an injection today": ((injected(0),), ("Steroid Too early", "Data: TOO LITTLE no day was due yet")),
    "an injection in the future": ((injected(-3),), ("No injection is recorded yet", "not judged yet")),
    "an injection ahead of another": ((injected(), injected(-3)), ("Injection 1, right side", "not judged yet")),
    "entries before the first injection": (
        (injected(), *moments({-60: 9, -5: 9}), *averages(dict.fromkeys(range(-7, 0), 6))),
        ("Start 6 (median of the days before)", "No entry was written down in the window", "day -7 ("),
    ),
    "entries without an injection": (averages({1: 4, 2: 5}), ("No injection is recorded yet.",)),
    "baseline 0": (
        (injected(baseline=Scores(movement=0, average=0)), *moments(HELD), *averages({1: 0, 2: 1})),
        ("Start 0: too low to measure relief (4 or more is needed).", "Start 0, lowest 1 at 30 min.", "cannot be told"),
    ),
    "baseline 3": (
        (injected(baseline=Scores(movement=3, average=3)), *moments(HELD), *averages({1: 0, 2: 1})),
        ("Start 3: too low to measure relief (4 or more is needed).", "Start 3, lowest 1 at 30 min."),
    ),
    "both sides at once": (
        (injected(side=Side.BOTH), *moments(HELD)),
        ("Next therapeutic injection, left", "Next diagnostic injection, left", "Next therapeutic injection, right"),
    ),
    "no steroid": (
        (injected(steroid=None), *moments(HELD)),
        (
            "Steroid Cannot tell No steroid is written down for this injection.",
            "so there are no days to measure against it",
        ),
    ),
    "pain medicine in the window": (
        (injected(), *moments(HELD), a_medicine(at(40, minute=20).isoformat())),
        (
            "With scores after pain medicine counted the verdict differs: meets rule",
            "1 before the onset, 4 after pain medicine",
        ),
    ),
}


@pytest.mark.parametrize("name", ODD_DIARIES)
def test_an_odd_diary_has_its_own_words_and_a_page(chen: FlaskClient, ana: PatientRow, name: str) -> None:
    records, said = ODD_DIARIES[name]
    page = page_of(chen, ana, *records)
    for words in said:
        assert words in page
    assert not re.search(r"\b(diagnosed|covered|approved|nan)\b", page)


def test_several_injections_of_a_side_have_a_page_each(chen: FlaskClient, ana: PatientRow) -> None:
    first, second = injected(80), injected(20)
    held = [*moments(HELD, days=80), *averages(dict.fromkeys(range(1, 50), 3), days=80)]
    page = page_of(chen, ana, first, second, *held, injection=first)
    assert "Block Meets rule" in page
    assert f"The next injection of this side came first, on day 60 ({date_in_words(days=20)})" in page
    assert "No entry was written down in the window" in words_of(chen.get(f"/clinic/patients/{ana.id}").text)


def test_ten_years_of_days_are_shown_by_the_first_and_the_last(chen: FlaskClient, ana: PatientRow) -> None:
    scores = dict.fromkeys(range(1, 3650), 3)
    keep(ana, a_diary(injected(3650), *averages(scores, days=3650)))
    answer = chen.get(f"/clinic/patients/{ana.id}")
    assert "… 3609 more, see all entries" in words_of(answer.text)
    assert len(ids_on(answer.text)) < 500


# --- the entries behind a number --------------------------------------------------------------------------------------


def test_a_number_opens_to_its_entries_and_each_to_its_place_among_all(chen: FlaskClient, ana: PatientRow) -> None:
    readings = moments(HELD)
    keep(ana, a_diary(injected(), *readings, *averages(dict.fromkeys(range(1, 30), 3))))
    page = chen.get(f"/clinic/patients/{ana.id}").text
    lowest = re.search(r"<dt>Lowest</dt>.*?</details>", page, re.DOTALL)
    assert lowest
    assert words_of(lowest[0]) == "Lowest 1 at 30 min, 87.5% less 30 min : score 1"
    link = re.search(r'href="([^"]+)"', lowest[0])
    assert link
    assert unescape(link[1]) == f"/clinic/patients/{ana.id}/entries?entry={readings[2].id}#asked"
    entries = chen.get(unescape(link[1])).text
    asked = re.search(r'<tr id="asked">.*?</tr>', entries, re.DOTALL)
    assert asked
    assert "the entry you opened" in asked[0]
    assert "movement 1" in asked[0]


def test_every_entry_that_is_left_out_says_why(chen: FlaskClient, ana: PatientRow) -> None:
    keep(ana, a_diary(injected(), *moments(HELD), *moments({62: 2}), *moments({70: 2}, after=90)))
    page = chen.get(f"/clinic/patients/{ana.id}").text
    left_out = re.search(r"<dt>Left out</dt>.*?</details>", page, re.DOTALL)
    assert left_out
    assert words_of(left_out[0]) == (
        "Left out 1 before the onset, 1 too close to the one before, 1 late 5 min : before the onset "
        "1 h 2 min : too close to the one before 1 h 10 min : late"
    )


def ids_on(page: str) -> list[UUID]:
    return [UUID(found) for found in re.findall(r"entries\?entry=([0-9a-f-]{36})#asked", page)]


def test_no_number_links_to_an_entry_that_is_not_there(chen: FlaskClient, ana: PatientRow) -> None:
    first = averages({9: 9})[0]
    corrected = a_day(
        str(first.day), recorded_at=at(30).isoformat(), revises=first.id, scores=Scores(average=3), analgesic=True
    )
    records = [*moments(HELD), *averages(dict.fromkeys((1, 2, *range(4, 9)), 3)), first, corrected]
    keep(ana, a_diary(injected(), *records))
    linked = ids_on(chen.get(f"/clinic/patients/{ana.id}").text)
    assert set(linked) == {record.id for record in records} - {first.id}
    for entry_id in set(linked):
        assert chen.get(f"/clinic/patients/{ana.id}/entries?entry={entry_id}").text.count('id="asked"') == 1


def test_side_effects_stand_in_the_head_with_their_days_and_apart_from_the_clinics_own(
    chen: FlaskClient, ana: PatientRow
) -> None:
    zero = TODAY - timedelta(days=20)
    flushed = [
        a_day((zero + timedelta(days=number)).isoformat(), side_effects=(effect,))
        for number, effect in ((1, "flushing"), (2, "Flushing"), (15, "headache"))
    ]
    keep(ana, a_diary(injected(20), *flushed))
    page = words_of(chen.get(f"/clinic/patients/{ana.id}").text)
    assert "Reactions in the clinic none written down" in page
    assert "Side effects written down flushing (day 1 and 2)" in page
    assert "headache (day" not in page
