"""What the list says of a patient: the last verdicts, the end of relief, and what deserves a look."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from diary.domain.assessment import judge
from diary.domain.block import BlockVerdict
from diary.domain.diary import NO_SCORES, Diary, Entry, Injection, Purpose, Scores, Side, Steroid
from diary.domain.findings import Findings, findings_of
from diary.domain.in_force import in_force
from diary.domain.rulesets import shipped
from diary.domain.steroid import SteroidVerdict
from diary.domain.steroid_figures import Badge
from tests.domain.judging import a_block, scored
from tests.factories import a_day, a_diary, a_moment, an_injection

ZERO = date(2026, 3, 2)


def day(number: int) -> str:
    """Day D of an injection on 2 March."""
    return (ZERO + timedelta(days=number)).isoformat()


def with_steroid(**changes: object) -> Injection:
    """Therapeutic, average pain 8 before."""
    values = {
        "purpose": Purpose.THERAPEUTIC,
        "steroid": Steroid(agent="triamcinolone", mg=40),
        "baseline": Scores(average=8),
    }
    return an_injection("2026-03-02T10:30:00-05:00", **{**values, **changes})


def averages(first: int, last: int, score: int) -> list[Entry]:
    return [a_day(day(number), scores=Scores(average=score)) for number in range(first, last + 1)]


def found_of(diary: Diary, *, on: int) -> Findings:
    standing = in_force(diary, as_of=ZERO + timedelta(days=on))
    return findings_of(diary, standing, judge(standing, shipped("trial-50")))


def test_a_patient_without_a_record_has_nothing_found() -> None:
    found = found_of(a_diary(), on=0)
    assert (found.block, found.steroid, found.end, found.returned, found.pain_back_at) == (None,) * 5
    assert (found.cannot_tell, found.is_quiet, found.medicine.has_risen) == (False,) * 3


@pytest.mark.parametrize(
    ("given", "on", "verdict", "data", "filled", "slots"),
    [
        # Each of 14 days, and the week that ends on day 21.
        ((*range(1, 5), *range(7, 15), 18), 24, SteroidVerdict.ONGOING, Badge.GOOD, 13, 15),
        (range(1, 7), 20, SteroidVerdict.ONGOING, Badge.LIMITED, 6, 14),  # 43%, and no hole: 14 days until today
        (range(1, 6), 20, SteroidVerdict.CANNOT_TELL, Badge.TOO_LITTLE, 5, 14),  # 36%: less than 40
    ],
)
def test_the_last_block_and_the_last_steroid_stand_there_with_their_verdicts_and_how_complete_the_scores_are(
    given: Iterable[int], on: int, verdict: SteroidVerdict, data: Badge, filled: int, slots: int
) -> None:
    steroid = with_steroid()
    start = datetime.fromisoformat(f"{day(20)}T10:30:00-04:00")
    block = a_block("lidocaine", performed_at=start, side=Side.LEFT)
    live = [scored(minute, 2, start=start) for minute in (20, 40, 70, 90)]
    found = found_of(
        a_diary(steroid, block, *live, *(a_day(day(one), scores=Scores(average=2)) for one in given)), on=on
    )
    assert found.as_of == ZERO + timedelta(days=on)
    assert (found.injection_id, found.block) == (block.id, BlockVerdict.MEETS)
    assert (found.steroid_id, found.steroid) == (steroid.id, verdict)
    assert (found.data, found.filled, found.slots) == (data, filled, slots)


def test_of_two_steroids_the_last_one_is_told_though_an_injection_without_one_followed() -> None:
    second = replace(with_steroid(), performed_at=datetime.fromisoformat(f"{day(30)}T10:30:00-04:00"))
    block = an_injection(f"{day(40)}T10:30:00-04:00", side=Side.LEFT)
    found = found_of(a_diary(with_steroid(), second, block, *averages(1, 10, 2)), on=45)
    assert (found.steroid_id, found.injection_id) == (second.id, block.id)
    assert (found.steroid, found.filled) == (SteroidVerdict.CANNOT_TELL, 0)  # every score is of the first one's days


def test_the_end_of_relief_is_told_since_the_first_day_on_which_it_may_have_come() -> None:
    # Relief from day 3; day 40 passes last, 41 to 43 are missing, from day 44 the scores fail.
    steroid = with_steroid()
    diary = a_diary(steroid, *averages(1, 2, 8), *averages(3, 40, 2), *averages(44, 60, 7))
    found = found_of(diary, on=60)
    assert found.end is not None
    assert (found.end.first, found.end.last) == (41, 44)
    assert found.returned is not None
    assert found.returned.since == date(2026, 4, 12)  # 41 days after 2 March
    assert found.returned.injection_id == steroid.id


def test_a_corrected_injection_returns_under_its_first_record() -> None:
    first = with_steroid()
    corrected = replace(first, id=uuid4(), revises=first.id, recorded_at=a_day(day(1)).recorded_at, sedation=True)
    found = found_of(a_diary(first, corrected, *averages(3, 40, 2), *averages(41, 60, 7)), on=60)
    assert found.steroid_id == corrected.id
    assert found.returned is not None
    assert found.returned.injection_id == first.id


@pytest.mark.parametrize(("start", "told"), [(3, False), (4, True)])
def test_of_a_start_too_low_to_measure_by_no_return_is_told(start: int, told: bool) -> None:
    # From a start of 3 a single point up fails already: 2 is no half.
    steroid = with_steroid(baseline=Scores(average=start))
    found = found_of(a_diary(steroid, *averages(3, 40, 1), *averages(41, 60, 3)), on=60)
    assert (found.end is not None, found.returned is not None) == (told, told)


@pytest.mark.parametrize(("side", "returned"), [(Side.RIGHT, False), (Side.BOTH, False), (Side.LEFT, True)])
def test_a_return_is_no_news_once_that_side_was_injected_again(side: Side, returned: bool) -> None:
    block = an_injection(f"{day(70)}T10:30:00-04:00", side=side)
    found = found_of(a_diary(with_steroid(), block, *averages(3, 40, 2), *averages(41, 60, 7)), on=75)
    assert found.end is not None
    assert (found.returned is not None) is returned
    assert found.injection_id == block.id


def test_a_correction_that_takes_the_end_away_takes_the_return_away() -> None:
    failing = averages(41, 60, 7)
    later = failing[-1].recorded_at + timedelta(hours=1)
    mended = [replace(one, id=uuid4(), revises=one.id, recorded_at=later, scores=Scores(average=2)) for one in failing]
    diary = a_diary(with_steroid(), *averages(3, 40, 2), *failing)
    assert found_of(diary, on=61).returned is not None
    assert found_of(replace(diary, entries=(*diary.entries, *mended)), on=61).returned is None


def test_what_cannot_be_judged_is_what_the_injection_was_for() -> None:
    assert found_of(a_diary(an_injection()), on=3).cannot_tell
    treated = a_diary(with_steroid(), *averages(3, 20, 2))
    assert not found_of(treated, on=20).cannot_tell  # nobody asks a treatment for a block
    assert found_of(a_diary(with_steroid(baseline=NO_SCORES), *averages(3, 20, 2)), on=20).cannot_tell


# --- quiet ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("last_entry", "on", "quiet"),
    [
        (5, 12, False),  # days 6 to 11 and today
        (4, 12, True),  # daily days without an entry
        (14, 21, False),
        (13, 21, True),  # day 14 was asked for
        (14, 23, False),  # day 21 was asked for, and can still be filled in
        (14, 24, True),
        (16, 24, False),  # the week of day 21 had its entry
        (16, 30, False),
        (16, 31, True),
        (14, 29, True),
        (190, 196, False),
        (100, 196, True),
        (100, 197, False),  # nobody asks so late why they stopped
    ],
)
def test_a_diary_is_quiet_after_seven_days_that_were_asked_for(last_entry: int, on: int, quiet: bool) -> None:
    assert found_of(a_diary(with_steroid(), a_day(day(last_entry))), on=on).is_quiet is quiet


def test_before_an_injection_and_in_its_first_week_no_diary_is_quiet() -> None:
    assert not found_of(a_diary(), on=30).is_quiet
    assert not found_of(a_diary(with_steroid()), on=7).is_quiet
    assert found_of(a_diary(with_steroid()), on=8).is_quiet


def test_a_fall_alone_is_no_entry_that_was_asked_for_and_a_moment_is() -> None:
    fall = a_day(day(7), scores=NO_SCORES)
    assert found_of(a_diary(with_steroid(), fall), on=10).is_quiet
    moment = a_moment(f"{day(7)}T10:00:00-05:00")
    assert not found_of(a_diary(with_steroid(), moment), on=10).is_quiet


# --- extra medicine ---------------------------------------------------------------------------------------------------


def said(first: int, answers: str) -> list[Entry]:
    """Days from ``first`` on with yes, no, or no answer about extra medicine."""
    return [
        a_day(day(first + index), analgesic={"y": True, "n": False, "-": None}[answer])
        for index, answer in enumerate(answers)
    ]


@pytest.mark.parametrize(
    ("before", "last", "risen"),
    [
        ("nnnnnnn", "nnnnnyy", True),
        ("nnnnnnn", "nnnnnny", False),
        ("ynnnnnn", "nnnnyyn", False),
        ("ynnnnnn", "nnnnyyy", True),
        ("---nnnn", "---nnyy", True),
        ("----nnn", "nnnyyyy", False),
        ("nnnnnnn", "----yyy", False),
    ],
)
def test_extra_medicine_is_up_by_two_days_where_both_weeks_say_enough(before: str, last: str, risen: bool) -> None:
    weeks = found_of(a_diary(with_steroid(), *said(1, before + last)), on=14).medicine
    assert weeks.has_risen is risen
    assert (weeks.last.n, weeks.last.of) == (last.count("y"), 7 - last.count("-"))
    assert (weeks.before.n, weeks.before.of) == (before.count("y"), 7 - before.count("-"))


# --- "my pain is back" ------------------------------------------------------------------------------------------------


def test_the_last_time_that_the_pain_was_said_to_be_back_counts() -> None:
    marks = [a_day(day(number), scores=NO_SCORES, pain_is_back=True) for number in (20, 25)]
    found = found_of(a_diary(with_steroid(), *marks, a_day(day(26))), on=30)
    assert found.pain_back_at == marks[1].recorded_at


def test_a_later_change_of_a_score_does_not_say_it_again_and_taking_it_back_unsays_it() -> None:
    mark = a_day(day(20), pain_is_back=True)
    changed = replace(mark, id=uuid4(), revises=mark.id, recorded_at=mark.recorded_at + timedelta(days=1))
    found = found_of(a_diary(with_steroid(), mark, changed), on=30)
    assert found.pain_back_at == mark.recorded_at
    assert found_of(a_diary(with_steroid(), mark, replace(changed, pain_is_back=False)), on=30).pain_back_at is None


def test_the_mark_changes_no_verdict() -> None:
    entries = [*averages(3, 40, 2), *averages(41, 60, 7)]
    plain = found_of(a_diary(with_steroid(), *entries), on=60)
    mark = a_day(day(50), scores=NO_SCORES, pain_is_back=True)
    marked = found_of(a_diary(with_steroid(), *entries, mark), on=60)
    assert (marked.steroid, marked.end, marked.filled, marked.medicine) == (
        *(plain.steroid, plain.end, plain.filled, plain.medicine),
    )
