"""The steroid, section 3 of the rules: every expected value is worked out by hand from the text."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from uuid import uuid4

import pytest

from diary.domain.diary import Entry, Injection, Scores, Side
from diary.domain.relief import Interval, rounded
from diary.domain.rulesets import shipped
from diary.domain.steroid import BaselineFrom, SteroidCaution, SteroidReason, SteroidVerdict, asked_on
from diary.domain.steroid_figures import Area, Badge, DayRange, ImmpactClass, Untold, completeness, immpact_class
from diary.domain.steroid_period import Point, Share, Soreness
from diary.domain.steroid_relief import Scored
from tests.domain.judging import (
    NOON,
    Record,
    course,
    figures_of,
    judged,
    on_day,
    steroid_of,
    treated,
    until,
)
from tests.factories import an_injection

# Average pain 8 before; half of it is 4. Day 92 is 2 June, three calendar months after 2 March 2026.
DAILY = dict.fromkeys(range(1, 15), 3)
WEEKLY = dict.fromkeys((21, 28, 35, 42, 49, 56, 63, 70, 77, 84, 91), 3)


# --- baseline ---------------------------------------------------------------------------------------------------------


def test_the_baseline_is_the_median_of_four_days_of_the_week_before() -> None:
    figures = figures_of(treated(9), *course({-8: 1, -7: 7, -4: 8, -2: 7, -1: 10}), as_of=until(1))
    assert (figures.baseline, figures.baseline_from) == (Fraction(15, 2), BaselineFrom.DAYS_BEFORE)
    assert figures.cautions == ()


def test_with_fewer_days_it_is_the_one_score_and_says_so() -> None:
    figures = figures_of(treated(9), *course({-8: 1, -7: 7, -4: 8, -2: 7}), as_of=until(1))
    assert (figures.baseline, figures.baseline_from) == (Fraction(9), BaselineFrom.ONE_SCORE)
    assert figures.cautions == (SteroidCaution.ONE_SCORE_BASELINE,)


def test_a_day_before_counts_only_where_all_was_recorded_before_the_injection() -> None:
    week = course({-7: 7, -6: 7, -5: 7, -4: 7})
    corrected = replace(week[0], id=uuid4(), revises=week[0].id, recorded_at=NOON)
    assert figures_of(treated(9), *week, as_of=until(1)).baseline == 7
    assert figures_of(treated(9), *week, corrected, as_of=until(1)).baseline == 9


@pytest.mark.parametrize(("one_score", "differ"), [(9, True), (8, False), (6, False), (5, True)])
def test_two_baselines_two_points_apart_differ(one_score: int, *, differ: bool) -> None:
    figures = figures_of(treated(one_score), *course({-7: 7, -6: 7, -5: 7, -4: 7}), as_of=until(1))
    assert (SteroidCaution.BASELINES_DIFFER in figures.cautions) is differ


def test_an_early_entry_is_left_out_and_listed() -> None:
    early = on_day(5, 1, recorded_at="2026-03-06T23:59:59-05:00")
    in_time = on_day(6, 1, recorded_at="2026-03-08T00:00:00-05:00")
    assessment = judged(treated(), early, in_time, as_of=until(20))
    figures = assessment.steroids[0].figures
    assert figures is not None
    assert [point.day for point in figures.points] == [6]
    assert assessment.early == (early,)
    assert judged(treated(), early, in_time, as_of=until(4)).early == ()  # its day is still to come


# --- points, slots, badge ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("recorded_at", "late"), [("2026-03-08T12:00:00-04:00", 0), ("2026-03-08T12:00:01-04:00", 1)])
def test_a_daily_score_is_late_after_noon_of_the_next_day_also_where_the_clocks_change(
    recorded_at: str, late: int
) -> None:
    # New York puts its clocks on in the night to 8 March 2026.
    assert figures_of(treated(), on_day(5, 3, recorded_at=recorded_at), as_of=until(8)).data.late == late


@pytest.mark.parametrize(
    ("as_of", "slots"), [(0, 0), (1, 1), (14, 14), (20, 14), (21, 15), (27, 15), (91, 25), (98, 25), (365, 25)]
)
def test_slots_are_days_and_then_weeks_that_end_by_the_asked_day(as_of: int, slots: int) -> None:
    assert figures_of(treated(), as_of=until(as_of)).data.slots == slots


def test_slots_go_to_day_28_while_the_asked_day_hangs_on_an_unknown_onset() -> None:
    assert figures_of(treated(), as_of=until(100), rules="evicore-cmm-203").data.slots == 16
    # Onset on day 3, so day 17 is asked: 14 days and no whole week.
    found = figures_of(treated(), *course({3: 1, 4: 1, 5: 1}), as_of=until(100), rules="evicore-cmm-203")
    assert (found.asked_day, found.data.slots) == (17, 14)


@pytest.mark.parametrize(
    ("days", "badge"), [(7, Badge.GOOD), (6, Badge.LIMITED), (4, Badge.LIMITED), (3, Badge.TOO_LITTLE)]
)
def test_the_badge_of_ten_slots(days: int, badge: Badge) -> None:
    data = figures_of(treated(), *course(dict.fromkeys(range(1, days + 1), 8)), as_of=until(10)).data
    assert (data.filled, data.slots, data.badge) == (days, 10, badge)


@pytest.mark.parametrize(("days", "badge"), [(16, Badge.LIMITED), (17, Badge.GOOD)])
def test_just_under_70_percent_of_23_slots_is_not_good(days: int, badge: Badge) -> None:
    # 14 days and the nine weeks that end by day 77. 16 of 23 are 69.6%, 17 are 73.9%.
    filled = [*range(1, 15), *range(21, 21 + 7 * (days - 14), 7)]
    data = figures_of(treated(), *course(dict.fromkeys(filled, 8)), as_of=until(77)).data
    assert (data.filled, data.slots, data.badge) == (days, 23, badge)


@pytest.mark.parametrize(("days", "badge"), [(21, Badge.TOO_LITTLE), (22, Badge.LIMITED)])
def test_just_under_40_percent_is_too_little(days: int, badge: Badge) -> None:
    # 21 of 53 are 39.6%, 22 are 41.5%.
    slots = [DayRange(first=day, last=day) for day in range(1, 54)]
    points = [Point(day=day, score=8, entry_id=uuid4(), late=False) for day in range(1, days + 1)]
    assert completeness(points, slots, shipped("trial-50").steroid).badge is badge


def test_a_point_bears_the_id_of_the_entry_that_stands() -> None:
    first = on_day(3, 8)
    corrected = replace(first, id=uuid4(), revises=first.id, scores=Scores(average=4))
    [point] = figures_of(treated(), first, corrected, as_of=until(10)).points
    assert (point.day, point.score, point.entry_id, point.late) == (3, 4, corrected.id, False)


@pytest.mark.parametrize(
    ("days_later", "as_of", "told"),
    [
        (0, 9, False),  # of the same day: before the period
        (1, 9, True),
        (9, 9, True),
        (9, 8, False),  # of a later date than the judgement
        (10, 30, True),
        (11, 30, False),  # the period ended on day 10
    ],
)
def test_an_injection_of_the_other_side_in_the_period_is_told(days_later: int, as_of: int, *, told: bool) -> None:
    other = treated(side=Side.LEFT, performed_at=NOON + timedelta(days=days_later))
    following = treated(performed_at=NOON + timedelta(days=11))
    cautions = figures_of(treated(), other, following, as_of=until(as_of)).cautions
    assert (SteroidCaution.OTHER_SIDE_INJECTION in cautions) is told


def test_the_period_ends_the_day_before_the_next_injection_of_the_same_side_on_a_later_date() -> None:
    same_day = treated(side=Side.RIGHT, performed_at=NOON + timedelta(hours=3))
    other = treated(side=Side.LEFT, performed_at=NOON + timedelta(days=5))
    following = treated(side=Side.BOTH, performed_at=NOON + timedelta(days=10))
    figures = figures_of(treated(), same_day, other, following, *course(DAILY), as_of=until(30))
    assert [point.day for point in figures.points] == list(range(1, 10))
    assert SteroidCaution.OTHER_SIDE_INJECTION in figures.cautions


# --- onset and end ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("averages", "onset"),
    [
        ({1: 8, 3: 4, 5: 4, 7: 4}, DayRange(first=2, last=3)),
        ({3: 4, 5: 4, 8: 4}, None),  # day 8 is the sixth day
        ({3: 4, 4: 5, 5: 4, 6: 4}, DayRange(first=1, last=3)),  # one may fail
        ({3: 4, 4: 5, 5: 4, 6: 5, 7: 4, 8: 4, 9: 4}, DayRange(first=5, last=5)),  # two may not
        ({14: 4, 16: 4, 18: 4}, DayRange(first=1, last=14)),
        ({15: 4, 16: 4, 17: 4}, None),
    ],
)
def test_onset_is_the_first_of_three_passing_days_in_five(averages: dict[int, int], onset: DayRange | None) -> None:
    assert figures_of(treated(), *course(averages), as_of=until(40)).onset == onset


def test_an_onset_after_day_14_is_no_onset_and_one_of_day_14_no_late_one() -> None:
    def scored(averages: dict[int, int]) -> Scored:
        points = tuple(Point(day=day, score=score, entry_id=uuid4(), late=False) for day, score in averages.items())
        rules = shipped("trial-50").steroid
        return Scored(points=points, baseline=Fraction(8), last_day=30, rules=rules)

    assert scored({14: 4, 15: 4, 16: 4}).onset() == DayRange(first=1, last=14)
    assert not scored({14: 4, 15: 4, 16: 4}).late_onset()
    assert scored({15: 4, 16: 4, 17: 4}).onset() is None
    assert scored({15: 4, 16: 4, 17: 4}).late_onset()


def test_relief_may_end_on_the_day_after_onset() -> None:
    # Day 1 has three of five that pass; from day 2 on the median of the fourteen days is 8.
    figures = figures_of(treated(), *course({1: 4, 2: 8, 3: 4, 4: 4, 6: 8, 8: 8, 10: 8, 12: 8}), as_of=until(20))
    assert (figures.onset, figures.end) == (DayRange(first=1, last=1), DayRange(first=2, last=2))
    assert figures.relief_days == Interval(at_least=1, at_most=2)


def test_a_hole_right_after_onset_leaves_relief_at_the_day_of_onset() -> None:
    # A clinic's own set may take one passing day for an onset.
    rules = shipped("trial-50")
    quick = replace(rules, steroid=replace(rules.steroid, onset_passes=1))
    figures = judged(treated(), *course({3: 4, 30: 4}), rules=quick, as_of=until(60)).steroids[0].figures
    assert figures is not None
    assert (figures.onset, figures.relief_days) == (DayRange(first=1, last=3), Interval(at_least=3, at_most=None))


@pytest.mark.parametrize(
    ("later", "end"),
    [
        ({20: 8}, None),  # alone
        ({20: 8, 33: 8}, DayRange(first=15, last=20)),
        ({20: 8, 34: 8}, DayRange(first=15, last=20)),  # alone in its 14 days, joined by the fifteenth
        ({20: 8, 34: 3}, DayRange(first=15, last=20)),  # the median of 8 and 3 is 5.5, which fails
        ({20: 5, 34: 3}, None),  # the median of 5 and 3 is 4, which passes
        ({20: 8, 35: 8}, None),  # a gap of 15 days says nothing
        ({20: 8, 21: 3, 22: 3}, None),
        ({18: 3, 20: 8, 21: 3, 22: 8, 23: 8}, DayRange(first=19, last=20)),
    ],
)
def test_relief_ends_with_the_first_failing_day_that_stays_so(later: dict[int, int], end: DayRange | None) -> None:
    assert figures_of(treated(), *course({**DAILY, **later}), as_of=until(60)).end == end


@pytest.mark.parametrize(
    ("later", "lasted"),
    [
        ({28: 3}, Interval(at_least=28, at_most=None)),  # 14 days are no hole
        ({29: 3}, Interval(at_least=14, at_most=None)),  # 15 are
        ({20: 8, 21: 8}, Interval(at_least=14, at_most=20)),
        ({20: 8, 21: 3, 22: 3}, Interval(at_least=22, at_most=None)),
    ],
)
def test_relief_surely_lasted_until_the_last_passing_day_before_end_and_hole(
    later: dict[int, int], lasted: Interval
) -> None:
    assert figures_of(treated(), *course({**DAILY, **later}), as_of=until(30)).relief_days == lasted


@pytest.mark.parametrize(
    ("later", "as_of", "holes"),
    [
        ({28: 3}, 42, ()),  # 14 days between points, and after the last, are no hole
        ({29: 3}, 43, (DayRange(first=15, last=28),)),  # 15 are
        ({}, 29, (DayRange(first=15, last=29),)),  # after the last, up to the end of the period
    ],
)
def test_a_hole_is_told_by_its_days_without_a_point(
    later: dict[int, int], as_of: int, holes: tuple[DayRange, ...]
) -> None:
    assert figures_of(treated(), *course({**DAILY, **later}), as_of=until(as_of)).holes == holes


# --- verdict ----------------------------------------------------------------------------------------------------------


def told(*records: Record, as_of: int, rules: str = "trial-50") -> tuple[str, list[str]]:
    found = steroid_of(*records, as_of=until(as_of), rules=rules)
    return found.verdict.value, [reason.value for reason in found.reasons]


def test_without_a_steroid_nothing_else_is_said() -> None:
    found = steroid_of(an_injection(), as_of=until(1))
    assert (found.verdict, found.reasons, found.figures) == (
        SteroidVerdict.CANNOT_TELL,
        (SteroidReason.NO_STEROID,),
        None,
    )


@pytest.mark.parametrize(("baseline", "reason"), [(None, "no-baseline"), (0, "low-baseline"), (3, "low-baseline")])
def test_without_a_baseline_to_measure_by_it_cannot_tell(baseline: int | None, reason: str) -> None:
    assert told(treated(baseline), *course(DAILY), as_of=100) == ("cannot-tell", [reason])


def test_without_a_slot_it_is_too_early_and_with_too_few_it_cannot_tell() -> None:
    assert told(treated(), as_of=0) == ("too-early", [])
    assert told(treated(), as_of=1) == ("cannot-tell", ["too-little-data"])


def test_without_onset_day_18_decides() -> None:
    bad = course(dict.fromkeys(range(1, 20), 8))
    assert told(treated(), *bad, as_of=18) == ("too-early", [])
    assert told(treated(), *bad, as_of=19) == ("does-not-meet", [])


@pytest.mark.parametrize(("next_day", "expected"), [(19, ("cannot-tell", ["cut-short"])), (20, ("does-not-meet", []))])
def test_the_next_injection_by_day_18_cuts_it_short(next_day: int, expected: tuple[str, list[str]]) -> None:
    following = treated(performed_at=NOON + timedelta(days=next_day))
    assert told(treated(), following, *course(dict.fromkeys(range(1, 20), 8)), as_of=40) == expected


def test_relief_that_begins_after_day_14_is_not_the_steroids_for_certain() -> None:
    bad = dict.fromkeys(range(1, 15), 8)
    weekly = dict.fromkeys((21, 28, 35, 42, 49, 56), 8)
    late = {**bad, **weekly, 60: 4, 62: 4, 64: 4}
    assert told(treated(), *course(late), as_of=64) == ("cannot-tell", ["late-onset"])


def test_too_few_scores_when_relief_should_begin_hide_whether_it_did() -> None:
    # Days 10 to 18 hold two points in any five days; 10 of 14 slots are full.
    sparse = {**dict.fromkeys(range(1, 10), 8), 12: 8, 16: 8}
    assert told(treated(), *course(sparse), as_of=20) == ("cannot-tell", ["too-sparse-for-onset"])
    assert told(treated(), *course({**sparse, 14: 8}), as_of=20) == ("does-not-meet", [])


def test_five_days_may_begin_on_day_14_and_no_later() -> None:
    first_week = dict.fromkeys(range(1, 8), 8)
    assert told(treated(), *course({**first_week, 14: 8, 16: 8, 18: 8}), as_of=21) == ("does-not-meet", [])
    assert told(treated(), *course({**first_week, 15: 8, 17: 8, 19: 8}), as_of=21) == (
        "cannot-tell",
        ["too-sparse-for-onset"],
    )


@pytest.mark.parametrize(
    ("last", "verdict"), [(92, ("meets", [])), (91, ("ongoing", []))], ids=["on the asked day", "a day short"]
)
def test_relief_meets_the_rule_when_it_surely_reaches_the_asked_day(last: int, verdict: tuple[str, list[str]]) -> None:
    assert told(treated(), *course({**DAILY, **WEEKLY, last: 3}), as_of=92) == verdict


def test_relief_that_ended_on_the_asked_day_or_before_is_partly_there() -> None:
    lasting = {**DAILY, **WEEKLY}
    assert told(treated(), *course({**lasting, 92: 8, 95: 8}), as_of=99) == ("partly", [])
    assert told(treated(), *course({**lasting, 93: 8, 95: 8}), as_of=99) == ("cannot-tell", ["gap"])


def test_a_hole_leaves_a_gap_and_seven_days_of_grace_end() -> None:
    lasting = {**DAILY, **WEEKLY}
    assert told(treated(), *course({**DAILY, 29: 3, 36: 3, 43: 3}), as_of=43) == ("cannot-tell", ["gap"])
    assert told(treated(), *course(lasting), as_of=98) == ("ongoing", [])
    assert told(treated(), *course(lasting), as_of=99) == ("cannot-tell", ["gap"])


def test_the_next_injection_before_the_asked_day_cuts_relief_short() -> None:
    following = treated(performed_at=NOON + timedelta(days=30))
    assert told(treated(), following, *course({**DAILY, **WEEKLY}), as_of=60) == ("cannot-tell", ["cut-short"])


@pytest.mark.parametrize(
    ("next_day", "verdict"), [(92, ("cannot-tell", ["cut-short"])), (93, ("ongoing", []))], ids=["before", "on"]
)
def test_a_period_that_ends_on_the_asked_day_is_not_cut_short(next_day: int, verdict: tuple[str, list[str]]) -> None:
    following = treated(performed_at=datetime.fromisoformat(f"{until(next_day)}T12:00:00-04:00"))
    assert told(treated(), following, *course({**DAILY, **WEEKLY}), as_of=94) == verdict


def test_the_date_that_is_asked_is_not_known_without_a_steroid_or_without_an_onset_that_it_hangs_on() -> None:
    assert asked_on(steroid_of(treated(), as_of=until(1))) == date(2026, 6, 2)
    assert asked_on(steroid_of(an_injection(), as_of=until(1))) is None
    assert asked_on(steroid_of(treated(), as_of=until(30), rules="evicore-cmm-203")) is None


def test_evicore_asks_for_75_percent_until_14_days_after_onset() -> None:
    lasting = {3: 2, 4: 2, 5: 2, 6: 2, 7: 2, 8: 2, 9: 2, 10: 2, 17: 2}
    assert told(treated(), *course(lasting), as_of=17, rules="evicore-cmm-203") == ("meets", [])
    assert told(treated(), *course({**lasting, 10: 3, 17: 3}), as_of=17, rules="evicore-cmm-203") == ("partly", [])


def test_norfolk_asks_for_50_percent_until_day_56() -> None:
    assert told(treated(), *course({**DAILY, **WEEKLY}), as_of=56, rules="norfolk-icb") == ("meets", [])


@pytest.mark.parametrize(
    ("performed_at", "asked_day"),
    [
        ("2025-11-30T09:00:00+00:00", 90),  # 28 February 2026
        ("2023-11-30T09:00:00+00:00", 91),  # 29 February 2024
        ("2023-12-31T23:30:00-05:00", 91),  # 31 March 2024, over the year's end
        ("2024-02-29T09:00:00+05:45", 90),  # 29 May 2024
    ],
)
def test_three_months_later_is_the_same_calendar_day_or_the_months_last(performed_at: str, asked_day: int) -> None:
    at = datetime.fromisoformat(performed_at)
    figures = figures_of(treated(performed_at=at), as_of=(at.date() + timedelta(days=1)).isoformat())
    assert figures.asked_day == asked_day


# --- figures ----------------------------------------------------------------------------------------------------------


def test_the_published_example_of_area_under_the_curve() -> None:
    """Scores 8, 6, 5 at weeks 0, 3 and 6: 10.5 point-weeks of relief, 21.875 % of the most, mean 6.25.

    The worked example of the evidence behind the design, section 9.2; three weeks apart must be no hole for it.
    """
    rules = shipped("trial-50")
    patient = replace(rules, steroid=replace(rules.steroid, hole_days=21))
    figures = judged(treated(), *course({21: 6, 42: 5}), rules=patient, as_of=until(42)).steroids[0].figures
    assert figures is not None
    assert figures.area == Area(
        spid=Fraction(21, 2) * 7, percent=Fraction(175, 8), mean=Fraction(25, 4), covered=Fraction(1)
    )
    assert rounded(figures.area.percent, 1) == 21.9


def test_an_interval_that_is_a_hole_counts_neither_for_area_nor_for_time() -> None:
    area = figures_of(treated(), *course({15: 4, 17: 4}), as_of=until(20)).area
    assert area == Area(spid=Fraction(8), percent=Fraction(50), mean=Fraction(4), covered=Fraction(2, 17))
    assert figures_of(treated(), *course({15: 4}), as_of=until(20)).area is None
    assert figures_of(treated(), as_of=until(20)).area is None


def test_landmarks_are_medians_of_their_windows() -> None:
    found = figures_of(treated(), *course({10: 0, 11: 5, 17: 4, 18: 0, 20: 0, 21: 7}), as_of=until(40)).landmarks
    fortnight, month = found[14], found[28]
    assert fortnight is not None
    assert month is not None
    assert (fortnight.median, len(fortnight.points), fortnight.relief) == (Fraction(9, 2), 2, Fraction(175, 4))
    assert fortnight.immpact is ImmpactClass.MODERATE
    assert (month.median, month.relief, month.immpact) == (Fraction(7), Fraction(25, 2), ImmpactClass.MINIMAL)
    assert [found[day] for day in (56, 84, 182)] == [None, None, None]


@pytest.mark.parametrize(
    ("landmark", "first", "last"), [(14, 11, 17), (28, 21, 35), (56, 49, 63), (84, 77, 91), (182, 168, 196)]
)
def test_a_landmarks_window_holds_both_its_ends_and_no_day_beyond_them(landmark: int, first: int, last: int) -> None:
    points = course(dict.fromkeys((first - 1, first, last, last + 1), 4))
    found = figures_of(treated(), *points, as_of=until(200)).landmarks[landmark]
    assert found is not None
    assert [point.day for point in found.points] == [first, last]


@pytest.mark.parametrize(
    ("percent", "name"),
    [
        ("-5", "none"),
        ("999/100", "none"),
        ("10", "minimal"),
        ("30", "moderate"),
        ("2999/100", "minimal"),
        ("50", "substantial"),
    ],
)
def test_immpact_classes_begin_at_10_30_and_50(percent: str, name: str) -> None:
    assert immpact_class(Fraction(percent)).value == name


@pytest.mark.parametrize(("baseline", "n"), [(7, 3), (8, 2), (9, 2), (10, 0)])
def test_a_flare_is_two_points_more_in_the_first_five_days_or_10(baseline: int, n: int) -> None:
    figures = figures_of(treated(baseline), *course({1: 9, 2: 10, 5: 10, 6: 10}), as_of=until(10))
    assert figures.flare_days == n


def test_soreness_is_of_days_0_to_14() -> None:
    def sore(number: int, soreness: int) -> Entry:
        return on_day(number, scores=Scores(soreness=soreness))

    figures = figures_of(treated(), sore(0, 6), sore(3, 1), sore(5, 0), sore(15, 9), as_of=until(20))
    assert figures.soreness == Soreness(last_day=3, highest=6)
    assert figures_of(treated(), sore(14, 2), sore(15, 9), as_of=until(20)).soreness == Soreness(last_day=14, highest=2)
    none_sore = figures_of(treated(), sore(0, 0), as_of=until(20))
    assert none_sore.soreness == Soreness(last_day=None, highest=0)
    assert figures_of(treated(), on_day(1, 3), as_of=until(20)).soreness is None


def test_soreness_of_the_next_injections_day_is_not_this_ones() -> None:
    following = treated(performed_at=NOON + timedelta(days=1))
    next_days = on_day(1, scores=Scores(soreness=9))
    assert figures_of(treated(), following, next_days, as_of=until(20)).soreness is None


def test_days_with_medicine_are_counted_of_those_that_say() -> None:
    days = [on_day(0, 3, analgesic=True), on_day(1, 3, analgesic=True), on_day(2, 3, analgesic=False), on_day(3, 3)]
    assert figures_of(treated(), *days, as_of=until(5)).analgesic_days == Share(n=1, of=2)


def test_without_a_baseline_medians_and_counts_stay_and_what_needs_it_is_nothing() -> None:
    for baseline in (None, 0):
        figures = figures_of(treated(baseline), *course(DAILY), as_of=until(20))
        landmark = figures.landmarks[14]
        assert landmark is not None
        assert (landmark.median, len(landmark.points), landmark.relief, landmark.immpact) == (
            Fraction(3),
            4,
            None,
            None,
        )
        nothing = (figures.area, figures.days_at_threshold, figures.flare_days, figures.onset, figures.relief_days)
        assert nothing == (None,) * 5


def test_last_score_below_warns_where_relief_has_no_end_yet() -> None:
    figures = figures_of(treated(), *course({**DAILY, 20: 8}), as_of=until(20))
    assert figures.cautions == (SteroidCaution.ONE_SCORE_BASELINE, SteroidCaution.LAST_SCORE_BELOW)


# --- moving -----------------------------------------------------------------------------------------------------------


def hard(number: int, *activities: int, moving: int | None = None) -> Entry:
    return on_day(number, scores=Scores(activities=activities or None, moving=moving))


def with_activities(**changes: object) -> Injection:
    names = {"activities": ("Stairs", "Turning in bed", "Driving")}
    return replace(treated(), baseline=Scores(activities=(8, 7, 8), moving=9), **{**names, **changes})  # type: ignore[arg-type]  # the fields are checked by the dataclass


def test_difficulty_is_the_mean_of_the_patients_own_activities() -> None:
    moving = figures_of(
        with_activities(), hard(12, 3, 4, 4), hard(13, 1, 1), hard(14, moving=1), as_of=until(20)
    ).moving
    landmark = moving.landmarks[14]
    assert landmark is not None
    assert (moving.baseline, landmark.median, len(landmark.points)) == (Fraction(23, 3), Fraction(11, 3), 1)
    assert landmark.relief is not None
    assert rounded(landmark.relief, 1) == 52.2


def test_without_names_and_baseline_of_equal_length_it_is_moving() -> None:
    injection = with_activities(activities=("Stairs",))
    moving = figures_of(injection, hard(12, 3, 4, 4, moving=5), as_of=until(20)).moving
    landmark = moving.landmarks[14]
    assert landmark is not None
    assert (moving.baseline, landmark.median) == (Fraction(9), Fraction(5))


@pytest.mark.parametrize(
    ("changes", "as_of", "response"),
    [
        ({}, 92, True),
        ({}, 91, None),  # the asked day is not reached
        ({84: None}, 92, None),  # one point is too few for day 84
        ({91: None}, 92, True),  # two are enough
        ({28: 5}, 92, False),  # a landmark before it fails
        ({77: 5, 91: 5}, 92, False),  # day 84 itself fails
    ],
)
def test_functional_response_needs_every_landmark_that_has_points(
    changes: dict[int, int | None], as_of: int, response: bool | None
) -> None:
    by_day: dict[int, int | None] = {**DAILY, **WEEKLY, 21: None, 35: None, **changes}
    if 84 in changes:
        by_day |= {77: None, 84: None}
    entries = [hard(number, moving=score) for number, score in by_day.items() if score is not None]
    injection = replace(treated(), baseline=Scores(moving=8))
    assert figures_of(injection, *entries, as_of=until(as_of)).moving.functional_response is response


@pytest.mark.parametrize(
    ("moving", "days", "untold"),
    [
        (8, 92, ()),
        (None, 92, (Untold.NO_BASELINE,)),
        (3, 92, (Untold.LOW_BASELINE,)),
        (8, 91, (Untold.BEFORE_ASKED_DAY,)),
        (8, 20, (Untold.BEFORE_ASKED_DAY, Untold.TOO_FEW_AT_FUNCTION)),
    ],
)
def test_why_a_functional_response_is_not_known(moving: int | None, days: int, untold: tuple[Untold, ...]) -> None:
    entries = [hard(number, moving=2) for number in {**DAILY, **WEEKLY} if number <= days]
    injection = replace(treated(), baseline=Scores(moving=moving))
    assert figures_of(injection, *entries, as_of=until(days)).moving.untold == untold


def test_too_few_days_of_moving_leave_a_functional_response_unknown() -> None:
    found = figures_of(replace(treated(), baseline=Scores(moving=8)), hard(1, moving=2), as_of=until(92)).moving
    assert found.untold == (Untold.TOO_LITTLE_DATA, Untold.TOO_FEW_AT_FUNCTION)
    assert found.functional_response is None


@pytest.mark.parametrize(("baseline", "response"), [(4, True), (3, None)])
def test_functional_response_needs_a_baseline_of_4(baseline: int, *, response: bool | None) -> None:
    entries = [hard(number, moving=1) for number in {**DAILY, **WEEKLY}]
    injection = replace(treated(), baseline=Scores(moving=baseline))
    assert figures_of(injection, *entries, as_of=until(92)).moving.functional_response is response


def test_functional_response_needs_days_enough_of_its_own_series() -> None:
    # Average pain fills every slot, moving only three of 25.
    injection = replace(treated(), baseline=Scores(average=8, moving=8))
    pain = course({number: 3 for number in (*DAILY, *WEEKLY) if number not in {12, 77, 84}})
    moving = [on_day(number, scores=Scores(average=3, moving=2)) for number in (12, 77, 84)]
    figures = figures_of(injection, *pain, *moving, as_of=until(92))
    assert figures.data.badge is Badge.GOOD
    assert figures.moving.functional_response is None
