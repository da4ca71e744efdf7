"""Laws of the judgement that hold for any course of scores."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction
from typing import Any
from uuid import uuid4

from hypothesis import assume, given
from hypothesis import strategies as st

from diary.domain.assessment import assess
from diary.domain.diary import Diary, Entry, Injection, Medicine, Scores, Side
from diary.domain.rulesets import RuleSet, shipped, shipped_names
from diary.domain.steroid import Figures
from diary.exchange.assessment import write_assessment
from tests.domain.judging import NOON, TRIAMCINOLONE, a_block, course, figures_of, on_day, scored, taken, treated, until
from tests.factories import a_diary

AS_OF = date(2026, 6, 30)
AGENTS = ("lidocaine", "mepivacaine", "bupivacaine", "articaine")
rule_sets = st.sampled_from(shipped_names()).map(shipped)
points = st.integers(0, 10)
minutes = st.integers(0, 400)


@st.composite
def injections(draw: st.DrawFn) -> list[Injection]:
    """One injection at noon, perhaps a second some hours or days later."""
    later = draw(st.lists(st.sampled_from([90, 200, 14 * 1440, 40 * 1440]), max_size=1))
    return [
        a_block(
            draw(st.sampled_from(AGENTS)),
            performed_at=NOON + timedelta(minutes=minute),
            side=draw(st.sampled_from(Side)),
            baseline=None,
            steroid=draw(st.sampled_from([None, TRIAMCINOLONE])),
        )
        for minute in [0, *later]
    ]


@st.composite
def moments(draw: st.DrawFn) -> list[Entry]:
    """Readings of some minutes, most of them recorded at once, each at a second of its own."""
    found: list[Entry] = []
    for minute in draw(st.lists(minutes, max_size=12, unique=True)):
        delay = draw(st.sampled_from([0, 0, 0, 14, 15, 60]))
        low = draw(st.booleans())
        score = draw(st.integers(0, 3) if low else points)
        medicine = draw(st.sampled_from([None, None, None, False, True]))
        entry = scored(minute, score, after=delay, analgesic=medicine)
        found.append(replace(entry, recorded_at=entry.recorded_at + timedelta(seconds=len(found))))
    return found


@st.composite
def days(draw: st.DrawFn) -> list[Entry]:
    """Daily entries of some days from a week before to three months after."""
    numbers = draw(st.lists(st.integers(-7, 20) | st.integers(0, 100), max_size=30, unique=True))
    return [
        replace(entry, recorded_at=entry.recorded_at + timedelta(seconds=index))
        for index, entry in enumerate(on_day(number, draw(points), analgesic=draw(st.booleans())) for number in numbers)
    ]


@st.composite
def diaries(draw: st.DrawFn) -> Diary:
    """Ana's diary around one or two injections."""
    given_ = [
        replace(injection, baseline=Scores(movement=draw(points), average=draw(points)))
        for injection in draw(injections())
    ]
    medicines = [taken(minute) for minute in draw(st.lists(st.integers(-400, 400), max_size=1))]
    return a_diary(*given_, *draw(moments()), *draw(days()), *medicines)


def said(diary: Diary, rules: RuleSet, *, as_of: date = AS_OF) -> dict[str, Any]:
    return write_assessment(assess(diary, rules, as_of=as_of))


def blocks(diary: Diary, rules: RuleSet, *, as_of: date = AS_OF) -> list[dict[str, Any]]:
    return [injection["block"] for injection in said(diary, rules, as_of=as_of)["injections"]]


@given(diaries(), rule_sets, minutes, points)
def test_a_late_entry_never_changes_the_block(diary: Diary, rules: RuleSet, minute: int, score: int) -> None:
    late = scored(minute, score, after=61)
    with_it = replace(diary, entries=(*diary.entries, late))
    for before, after in zip(blocks(diary, rules), blocks(with_it, rules), strict=True):
        assert before | {"excluded": None} == after | {"excluded": None}


@given(diaries(), rule_sets, st.integers(-60, 60))
def test_shifting_a_whole_diary_by_weeks_changes_no_block(diary: Diary, rules: RuleSet, weeks: int) -> None:
    by = timedelta(weeks=weeks)
    shifted = replace(
        diary,
        injections=tuple(replace(each, performed_at=each.performed_at + by) for each in diary.injections),
        entries=tuple(_shifted(entry, by) for entry in diary.entries),
        medicines=tuple(
            replace(each, taken_at=each.taken_at + by, recorded_at=each.recorded_at + by) for each in diary.medicines
        ),
    )
    assert blocks(diary, rules) == blocks(shifted, rules, as_of=AS_OF + by)


def _shifted(entry: Entry, by: timedelta) -> Entry:
    return replace(
        entry,
        at=entry.at and entry.at + by,
        day=entry.day and entry.day + by,
        recorded_at=entry.recorded_at + by,
    )


@given(st.data(), diaries(), rule_sets)
def test_the_order_of_entries_in_the_file_does_not_matter(data: st.DataObject, diary: Diary, rules: RuleSet) -> None:
    assume(len({entry.recorded_at for entry in diary.entries}) == len(diary.entries))
    mixed = replace(
        diary,
        entries=tuple(data.draw(st.permutations(diary.entries))),
        injections=tuple(data.draw(st.permutations(diary.injections))),
    )
    assert said(diary, rules) == said(mixed, rules)


@given(st.data(), diaries(), rule_sets, points, points)
def test_correcting_twice_in_time_equals_correcting_once_with_the_last(
    data: st.DataObject, diary: Diary, rules: RuleSet, once: int, twice: int
) -> None:
    assume(diary.entries)
    entry = data.draw(st.sampled_from(diary.entries))
    first = _correction(entry, once, after=1)
    second = _correction(first, twice, after=1)
    assert said(replace(diary, entries=(*diary.entries, first, second)), rules) == said(
        replace(diary, entries=(*diary.entries, replace(second, revises=entry.id))), rules
    )


def _correction(entry: Entry, score: int, *, after: int) -> Entry:
    scores = Scores(movement=score) if entry.at else Scores(average=score)
    recorded_at = entry.recorded_at + timedelta(seconds=after)
    return replace(entry, id=uuid4(), revises=entry.id, scores=scores, recorded_at=recorded_at)


@given(st.data(), diaries(), rule_sets)
def test_withdrawing_equals_its_never_having_been(data: st.DataObject, diary: Diary, rules: RuleSet) -> None:
    records: list[Entry | Injection | Medicine] = [*diary.entries, *diary.injections[1:], *diary.medicines]
    assume(records)
    record = data.draw(st.sampled_from(records))
    withdrawn = replace(record, id=uuid4(), revises=record.id, withdrawn=True, recorded_at=NOON + timedelta(days=200))
    assert said(_with(diary, withdrawn), rules) == said(_without(diary, record), rules)


def _with(diary: Diary, record: Entry | Injection | Medicine) -> Diary:
    match record:
        case Entry():
            return replace(diary, entries=(*diary.entries, record))
        case Injection():
            return replace(diary, injections=(*diary.injections, record))
        case Medicine():
            return replace(diary, medicines=(*diary.medicines, record))


def _without(diary: Diary, record: Entry | Injection | Medicine) -> Diary:
    return replace(
        diary,
        entries=tuple(each for each in diary.entries if each is not record),
        injections=tuple(each for each in diary.injections if each is not record),
        medicines=tuple(each for each in diary.medicines if each is not record),
    )


@given(diaries(), rule_sets, st.sampled_from([-720, -210, 0, 330, 345, 840]))
def test_the_offset_that_a_phone_writes_changes_no_block(diary: Diary, rules: RuleSet, offset: int) -> None:
    zone = timezone(timedelta(minutes=offset))
    travelled = replace(
        diary,
        entries=tuple(
            replace(entry, at=entry.at and entry.at.astimezone(zone), recorded_at=entry.recorded_at.astimezone(zone))
            for entry in diary.entries
        ),
    )
    assert said(diary, rules) == said(travelled, rules)


# --- figures ----------------------------------------------------------------------------------------------------------

averages = st.dictionaries(st.integers(1, 100), points, min_size=1, max_size=30)


def figures(by_day: dict[int, int], *, baseline: int = 8) -> Figures:
    return figures_of(treated(baseline), *course(by_day), as_of=until(100))


@given(averages, st.integers(1, 10))
def test_the_mean_is_the_baseline_less_what_was_relieved_over_time(by_day: dict[int, int], baseline: int) -> None:
    area = figures(by_day, baseline=baseline).area
    if area is not None:
        days_covered = area.covered * max(by_day)
        assert area.mean == baseline - area.spid / days_covered
        assert area.percent == 100 * area.spid / (baseline * days_covered)
        assert 0 <= area.mean <= 10
        assert 0 < area.covered <= 1


@given(st.data(), averages)
def test_a_wider_gap_never_raises_what_is_covered(data: st.DataObject, by_day: dict[int, int]) -> None:
    inner = sorted(by_day)[:-1]
    assume(inner)
    gone = data.draw(st.sets(st.sampled_from(inner), min_size=1))
    fewer = {day: score for day, score in by_day.items() if day not in gone}
    assert _covered(fewer) <= _covered(by_day)


def _covered(by_day: dict[int, int]) -> Fraction:
    area = figures(by_day).area
    return area.covered if area else Fraction(0)


@given(st.data(), st.sets(st.integers(1, 100), min_size=2))
def test_a_wider_gap_never_raises_how_long_relief_surely_lasted(data: st.DataObject, relieved: set[int]) -> None:
    gone = data.draw(st.sets(st.sampled_from(sorted(relieved)), min_size=1))
    lasted, fewer = (_surely(dict.fromkeys(each, 2)) for each in (relieved, relieved - gone))
    assert fewer <= lasted


def _surely(by_day: dict[int, int]) -> int:
    lasted = figures(by_day).relief_days
    return lasted.at_least if lasted else 0


@given(st.lists(st.sampled_from(["left", "right", "both"]), min_size=2, max_size=4))
def test_several_sides_on_a_day_are_one_session(sides: list[str]) -> None:
    at = datetime.fromisoformat("2026-03-02T09:00:00-05:00")
    given_ = [
        replace(treated(), id=uuid4(), side=Side(side), performed_at=at + timedelta(hours=index))
        for index, side in enumerate(sides)
    ]
    assessment = assess(a_diary(*given_), shipped("us-medicare-sij"), as_of=date(2026, 4, 1))
    assert all(
        "with this one: 2," in rule.why for each in assessment.repeats for rule in each.rules if rule.rule == "sessions"
    )
