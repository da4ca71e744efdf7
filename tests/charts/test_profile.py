"""What a profile holds: the points, where lines stop, what each panel compares with, and what is said in words."""

from datetime import date, timedelta
from fractions import Fraction
from uuid import uuid4

import pytest

from diary.charts.as_plotly import profile_figure
from diary.charts.picture import PanelKey, Point, Profile, Series, Strip, What
from diary.charts.profile import Schedule
from diary.domain.diary import Entry, Event, Scores, Side, Source
from diary.domain.relief import score_needed
from tests.charts.profiles import panel_of, profile_of
from tests.factories import a_day, a_diary, a_medicine, a_moment, an_injection

DAY_ZERO = date(2026, 3, 2)


def day(number: int) -> str:
    return (DAY_ZERO + timedelta(days=number)).isoformat()


def series(profile: Profile, key: PanelKey, what: What, *, generation: int = 0) -> Series:
    found = [one for one in panel_of(profile, key).series if one.what is what and one.generation == generation]
    assert len(found) == 1
    return found[0]


def xs(run: tuple[Point, ...]) -> list[float]:
    return [point.x for point in run]


# --- the scores that a given relief needs (screens.md, 3.4) -----------------------------------------------------------

NEEDED = {
    30: {4: 2, 5: 3, 6: 4, 7: 4, 8: 5, 9: 6, 10: 7},
    50: {4: 2, 5: 2, 6: 3, 7: 3, 8: 4, 9: 4, 10: 5},
    75: {4: 1, 5: 1, 6: 1, 7: 1, 8: 2, 9: 2, 10: 2},
    80: {4: 0, 5: 1, 6: 1, 7: 1, 8: 1, 9: 1, 10: 2},
}


@pytest.mark.parametrize(
    ("percent", "start", "score"), [(p, b, x) for p, row in NEEDED.items() for b, x in row.items()]
)
def test_the_score_needed_is_that_of_the_published_table(percent: int, start: int, score: int) -> None:
    assert score_needed(Fraction(start), percent) == score


@pytest.mark.parametrize("start", range(4, 11))
def test_thresholds_say_the_score_that_is_needed(start: int) -> None:
    profile = profile_of(a_diary(an_injection(baseline=Scores(movement=start))))
    half, good = panel_of(profile, PanelKey.CLINIC).thresholds
    assert half.label.startswith("50% less (")
    assert str(NEEDED[50][start]) in half.label
    assert half.low == half.high == Fraction(start, 2)
    assert (good.low, good.high) == (Fraction(start, 5), Fraction(start, 4))
    if NEEDED[75][start] == NEEDED[80][start]:
        assert good.label == f"75 to 80% less ({NEEDED[75][start]} or lower)"
    else:
        assert good.label.startswith(f"75% less ({NEEDED[75][start]} or lower), 80% less ({NEEDED[80][start]}")


@pytest.mark.parametrize("start", [0, 1, 2, 3])
def test_a_low_start_has_its_line_but_no_percentages(start: int) -> None:
    profile = profile_of(a_diary(an_injection(baseline=Scores(movement=start))))
    panel = panel_of(profile, PanelKey.CLINIC)
    assert panel.start is not None
    assert panel.start.label == f"Start: {start}"
    assert panel.thresholds == ()
    assert any("too low for percentages" in note for note in profile.footnotes)


# --- one start in each panel, of its own instrument -------------------------------------------------------------------


def test_each_panel_compares_with_the_start_of_its_own_instrument() -> None:
    diary = a_diary(an_injection(baseline=Scores(rest=5, movement=8, average=6, moving=7)))
    profile = profile_of(diary)
    starts = {panel.key: panel.start.score if panel.start else None for panel in profile.panels}
    assert starts == {
        PanelKey.BEFORE: 6,
        PanelKey.CLINIC: 8,
        PanelKey.SAME_DAY: 8,
        PanelKey.FORTNIGHT: 6,
        PanelKey.WEEKS: 6,
    }
    assert all(panel.difficulty_start and panel.difficulty_start.score == 7 for panel in profile.panels)


def test_four_days_of_the_week_before_make_the_start_of_the_days() -> None:
    days = [a_day(day(-number), scores=Scores(average=score)) for number, score in ((7, 9), (5, 6), (3, 7), (1, 6))]
    profile = profile_of(a_diary(*days, an_injection(baseline=Scores(average=2))))
    start = panel_of(profile, PanelKey.WEEKS).start
    assert start is not None
    assert start.score == Fraction(13, 2)
    assert start.label == "Start: 6.5"


def test_a_day_before_that_was_written_after_the_injection_makes_no_start() -> None:
    days = [a_day(day(-number)) for number in (7, 5, 3)]
    afterwards = a_day(day(-1), recorded_at="2026-03-02T11:00:00-05:00")
    profile = profile_of(a_diary(*days, afterwards, an_injection(baseline=Scores(average=7))))
    start = panel_of(profile, PanelKey.WEEKS).start
    assert start is not None
    assert start.score == 7


def test_rest_is_the_series_where_there_is_no_movement_baseline_and_the_two_never_mix() -> None:
    moments = [
        a_moment("2026-03-02T10:40:00-05:00", scores=Scores(rest=3, movement=9)),
        a_moment("2026-03-02T10:50:00-05:00", scores=Scores(movement=9)),
    ]
    profile = profile_of(a_diary(an_injection(baseline=Scores(rest=6)), *moments))
    points = series(profile, PanelKey.CLINIC, What.NOW).points
    assert xs(points) == [0, 10]
    assert [point.score for point in points] == [6, 3]


def test_the_activities_have_a_series_of_their_own_beside_moving_about() -> None:
    injection = an_injection(baseline=Scores(moving=5, activities=(8, 7)), activities=("Stairs", "Turning in bed"))
    diary = a_diary(
        injection,
        a_moment("2026-03-02T10:45:00-05:00", scores=Scores(activities=(4, 3), moving=2)),
        a_day(day(1), scores=Scores(moving=6, activities=(6,))),
    )
    profile = profile_of(diary)
    of_activities = series(profile, PanelKey.CLINIC, What.ACTIVITIES)
    assert (of_activities.strip, of_activities.points[0].score) == (Strip.DIFFICULTY, Fraction(7, 2))
    assert series(profile, PanelKey.CLINIC, What.MOVING).points[0].score == 2
    # A list of another length than the names is not used.
    assert [one.what for one in panel_of(profile, PanelKey.FORTNIGHT).series] == [What.MOVING]
    assert panel_of(profile, PanelKey.CLINIC).difficulty_start == panel_of(profile, PanelKey.WEEKS).difficulty_start
    start = panel_of(profile, PanelKey.WEEKS).difficulty_start
    assert start is not None
    assert start.score == Fraction(15, 2)


# --- gaps -------------------------------------------------------------------------------------------------------------


def test_a_line_stops_at_a_missing_day() -> None:
    diary = a_diary(an_injection(), *(a_day(day(number)) for number in (1, 2, 4, 5)))
    runs = series(profile_of(diary), PanelKey.FORTNIGHT, What.AVERAGE).runs
    assert [xs(run) for run in runs] == [[1, 2], [4, 5]]


def test_a_day_without_this_score_breaks_its_line_but_is_no_empty_day() -> None:
    diary = a_diary(
        an_injection(),
        a_day(day(1)),
        *(a_day(day(number), scores=Scores(moving=3)) for number in (2, 3, 4)),
        *(a_day(day(number)) for number in range(5, 15)),
    )
    profile = profile_of(diary, as_of=day(14))
    assert [xs(run)[0] for run in series(profile, PanelKey.FORTNIGHT, What.AVERAGE).runs] == [1, 5]
    assert panel_of(profile, PanelKey.FORTNIGHT).gaps == ()


def test_three_missing_days_get_a_box_that_says_so_and_two_do_not() -> None:
    diary = a_diary(an_injection(), *(a_day(day(number)) for number in (1, 4, 8, *range(9, 15))))
    (gap,) = panel_of(profile_of(diary, as_of=day(14)), PanelKey.FORTNIGHT).gaps
    assert (gap.first, gap.last, gap.words) == (5, 7, "no entries 3 days")


def test_today_is_not_over_and_so_not_missing() -> None:
    diary = a_diary(an_injection(), a_day(day(1)))
    assert panel_of(profile_of(diary, as_of=day(4)), PanelKey.FORTNIGHT).gaps == ()
    assert panel_of(profile_of(diary, as_of=day(5)), PanelKey.FORTNIGHT).gaps[0].words == "no entries 3 days"


def test_a_weekly_schedule_misses_weeks_not_days() -> None:
    weekly = a_diary(an_injection(), *(a_day(day(number)) for number in (*range(1, 15), 21, 28, 56, 63)))
    panel = panel_of(profile_of(weekly, as_of=day(64), schedule=Schedule()), PanelKey.WEEKS)
    (gap,) = panel.gaps
    assert [round(gap.first * 7), round(gap.last * 7)] == [29, 55]
    (single,) = [one for one in panel.series if one.what is What.SINGLE]
    assert [[round(x * 7) for x in xs(run)] for run in single.runs] == [[21, 28], [56, 63]]


def test_a_week_needs_four_days_for_its_median_and_keeps_its_dots() -> None:
    days = [*range(1, 19), *range(22, 25), *range(29, 36)]
    diary = a_diary(an_injection(), *(a_day(day(number), scores=Scores(average=number % 5)) for number in days))
    profile = profile_of(diary, as_of=day(35), schedule=Schedule(daily_until=None))
    medians = series(profile, PanelKey.WEEKS, What.WEEK_MEDIAN)
    # Days 15 to 18 score 0, 1, 2, 3; days 29 to 35 score 4, 0, 1, 2, 3, 4, 0; days 22 to 24 are too few.
    assert [round(point.x * 7) for point in medians.points] == [18, 32]
    assert [point.score for point in medians.points] == [Fraction(3, 2), 2]
    assert [point.n for point in medians.points] == [4, 7]
    assert len(medians.runs) == 2
    dots = series(profile, PanelKey.WEEKS, What.DAY_OF_WEEK)
    assert len(dots.points) == 4 + 3 + 7
    assert all(len(run) == 1 for run in dots.runs)


def test_an_empty_profile_has_its_axes_and_says_that_there_is_nothing() -> None:
    profile = profile_of(a_diary(an_injection()), as_of=day(30))
    assert [panel.note for panel in profile.panels] == ["no entries"] * 5
    assert all(panel.ticks for panel in profile.panels)
    assert len(profile.summary) >= 40


def test_what_lies_ahead_is_not_reached_yet() -> None:
    profile = profile_of(a_diary(an_injection(), a_day(day(1))), as_of=day(3))
    assert panel_of(profile, PanelKey.WEEKS).note == "not reached yet"


# --- late, helper, changed, early -------------------------------------------------------------------------------------


def test_a_late_score_is_marked_where_the_others_are_not() -> None:
    diary = a_diary(
        an_injection(baseline=Scores(movement=8)),
        a_moment("2026-03-02T10:40:00-05:00", recorded_at="2026-03-02T10:55:00-05:00"),
        a_moment("2026-03-02T10:50:00-05:00", recorded_at="2026-03-02T11:05:01-05:00"),
        a_day(day(1), recorded_at="2026-03-04T12:00:00-05:00"),
        a_day(day(2), recorded_at="2026-03-05T12:00:01-05:00"),
    )
    profile = profile_of(diary)
    assert [point.late for point in series(profile, PanelKey.CLINIC, What.NOW).points] == [False, False, True]
    assert [point.late for point in series(profile, PanelKey.FORTNIGHT, What.AVERAGE).points] == [False, True]
    (late,) = [note for note in profile.footnotes if note.startswith("Late")]
    assert "20 min, recorded 02-Mar-2026 11:05" in late
    assert "day 2 (04-Mar-2026), recorded 05-Mar-2026 12:00" in late


def test_helpers_and_changes_are_said_with_their_times() -> None:
    first = a_day(day(3), scores=Scores(average=9), source=Source.HELPER)
    changed = a_day(day(3), id=uuid4(), revises=first.id, recorded_at="2026-03-05T19:07:00-05:00", source=Source.HELPER)
    profile = profile_of(a_diary(an_injection(), first, changed))
    (point,) = series(profile, PanelKey.FORTNIGHT, What.AVERAGE).points
    assert point.score == 4
    assert point.helper
    assert point.changed
    assert any(note == "Written by a helper (diamond): day 3 (05-Mar-2026)." for note in profile.footnotes)
    assert any("recorded 05-Mar-2026 19:00, changed 05-Mar-2026 19:07" in note for note in profile.footnotes)


def test_what_came_from_paper_is_hollow_and_says_so_even_where_it_is_not_late() -> None:
    typed = (
        a_day(day(number), recorded_at=recorded_at, source=Source.NURSE, recorded_by="Noor", transcribed=True)
        for number, recorded_at in ((1, None), (2, "2026-03-24T09:00:00-04:00"))
    )
    profile = profile_of(a_diary(an_injection(), *typed, a_day(day(3))))
    points = series(profile, PanelKey.FORTNIGHT, What.AVERAGE).points
    assert [(point.paper, point.late) for point in points] == [(True, False), (True, True), (False, False)]
    assert [point.words for point in points][:2] == [
        "day 1 (03-Mar-2026): 4, from paper",
        "day 2 (04-Mar-2026): 4, late, from paper",
    ]
    by = "from paper, typed in by nurse, Noor on 24-Mar-2026"
    assert any(f"day 2 (04-Mar-2026), {by}" in note for note in profile.footnotes)
    assert by in "".join(row.entries for row in profile.table)
    trace = next(one for one in profile_figure(profile)["data"] if one["name"].startswith("average pain of the day"))
    assert [symbol.endswith("-open") for symbol in trace["marker"]["symbol"]] == [True, True, False]
    marks = [entry for panel in profile.panels for entry in panel.entries]
    assert [entry.paper for entry in marks] == [True, True, False]


def test_an_entry_written_before_its_day_is_left_out_and_listed() -> None:
    early = a_day(day(2), recorded_at="2026-03-03T22:00:00-05:00")
    profile = profile_of(a_diary(an_injection(), early), as_of=day(9))
    assert panel_of(profile, PanelKey.FORTNIGHT).series == ()
    assert any("left out: 04-Mar-2026, recorded 03-Mar-2026 22:00" in note for note in profile.footnotes)


# --- other injections -------------------------------------------------------------------------------------------------


def test_earlier_injections_of_the_side_are_aligned_at_day_zero_three_in_all() -> None:
    months = ("2025-06-02", "2025-09-01", "2025-12-01", "2026-03-02")
    injections = [an_injection(f"{month}T10:30:00-05:00", baseline=Scores(movement=6)) for month in months]
    days = [a_day((date.fromisoformat(month) + timedelta(days=3)).isoformat()) for month in months]
    profile = profile_of(a_diary(*injections, *days), nth=3)
    drawn = panel_of(profile, PanelKey.FORTNIGHT).series
    assert sorted(one.generation for one in drawn) == [0, 1, 2]
    assert {point.x for one in drawn for point in one.points} == {3}
    assert [name.rsplit(", ", 1)[1] for name in profile.generations] == ["02-Mar-2026", "01-Dec-2025", "01-Sep-2025"]


def test_an_injection_of_the_other_side_is_an_event_not_an_overlay() -> None:
    other = an_injection("2026-03-12T10:30:00-04:00", side=Side.LEFT)
    diary = a_diary(an_injection(), other, a_day(day(11)))
    panel = panel_of(profile_of(diary), PanelKey.FORTNIGHT)
    assert [(event.x, event.words) for event in panel.events] == [(10, "injection, left side, 12-Mar-2026")]
    assert panel.ended_by is None


def test_the_next_injection_of_the_side_ends_the_picture() -> None:
    following = an_injection("2026-03-12T10:30:00-04:00")
    diary = a_diary(an_injection(), following, *(a_day(day(number)) for number in (8, 9, 10, 11)))
    profile = profile_of(diary)
    panel = panel_of(profile, PanelKey.FORTNIGHT)
    assert xs(series(profile, PanelKey.FORTNIGHT, What.AVERAGE).points) == [8, 9]
    assert panel.ended_by is not None
    assert panel.ended_by.x == 10
    assert panel_of(profile, PanelKey.WEEKS).note == "ended by the next injection"


def test_scores_of_right_now_end_at_an_injection_of_any_side() -> None:
    diary = a_diary(
        an_injection(baseline=Scores(movement=8)),
        an_injection("2026-03-02T11:30:00-05:00", side=Side.LEFT),
        a_moment("2026-03-02T11:15:00-05:00"),
        a_moment("2026-03-02T11:30:00-05:00"),
    )
    profile = profile_of(diary)
    assert xs(series(profile, PanelKey.SAME_DAY, What.NOW).points) == [0.75]
    assert any("after the next injection, belong to that one" in note for note in profile.footnotes)


# --- marks and long spans ---------------------------------------------------------------------------------------------


def test_medicines_and_events_stand_where_they_happened() -> None:
    diary = a_diary(
        an_injection(),
        a_medicine("2026-03-02T13:30:00-05:00"),
        a_medicine("2026-03-02T14:30:00-05:00", rescue=False),
        a_day(day(5), analgesic=True, events=(Event.FALL,)),
    )
    profile = profile_of(diary)
    assert [mark.x for mark in panel_of(profile, PanelKey.SAME_DAY).medicines] == [3]
    assert [mark.x for mark in panel_of(profile, PanelKey.FORTNIGHT).medicines] == [5]
    assert [mark.words for mark in panel_of(profile, PanelKey.FORTNIGHT).events] == ["fall, day 5 (07-Mar-2026)"]


def test_phase_bands_follow_the_window_that_is_given() -> None:
    profile = profile_of(a_diary(an_injection()), window=(15, 120))
    clinic, same_day = panel_of(profile, PanelKey.CLINIC), panel_of(profile, PanelKey.SAME_DAY)
    assert [(band.first, band.last) for band in clinic.bands] == [(15, 30)]
    assert [(band.first, band.last) for band in same_day.bands] == [(0.5, 2)]
    assert panel_of(profile_of(a_diary(an_injection())), PanelKey.CLINIC).bands == ()


def test_days_after_a_year_are_drawn_as_months_and_said_so() -> None:
    days = [a_day(day(number), scores=Scores(average=number % 3)) for number in range(1, 800)]
    profile = profile_of(a_diary(an_injection(), *days), as_of=day(799))
    panel = panel_of(profile, PanelKey.MONTHS)
    medians = series(profile, PanelKey.MONTHS, What.MONTH_MEDIAN)
    # Day 365 is 2 March 2027, so month 13 is March 2027 and day 799, 9 May 2028, is in month 27.
    assert [point.x for point in medians.points] == list(range(13, 28))
    assert sum(point.n for point in medians.points) == 799 - 364
    assert panel.last == 27
    assert any(
        note.startswith("Months 13 to 27 are medians of each calendar month, of 435 days") for note in profile.footnotes
    )


def test_days_after_a_year_are_drawn_as_medians_of_their_months() -> None:
    march = [
        a_day(f"2027-03-{number:02d}", scores=Scores(average=2 + number % 2), analgesic=number > 8)
        for number in range(1, 11)  # the first is the last day of the 52 weeks
    ]
    profile = profile_of(a_diary(an_injection(), a_day(day(1)), *march, a_day("2027-06-20")), as_of="2027-07-01")
    assert [xs(run) for run in series(profile, PanelKey.MONTHS, What.MONTH_MEDIAN).runs] == [[13], [16]]
    assert [mark.words for mark in panel_of(profile, PanelKey.MONTHS).medicines] == ["extra medicine on 2 of 9 days"]
    assert [row.average for row in profile.table][-2:] == [2, 4]


def test_the_table_has_a_row_for_each_day_and_each_moment() -> None:
    diary = a_diary(
        an_injection(baseline=Scores(movement=8)),
        a_moment("2026-03-02T10:50:00-05:00"),
        a_day(day(1)),
        a_day(day(3), analgesic=True),
        a_moment("2026-03-05T09:00:00-05:00", scores=Scores(movement=2)),
    )
    profile = profile_of(diary, as_of=day(3))
    assert [(row.when, row.pain_now, row.average, row.medicine, row.entries) for row in profile.table] == [
        ("20 min after (10:50)", 4, None, "", "on time"),
        ("Day 1 (03-Mar-2026)", None, 4, "", "on time"),
        ("Day 2 (04-Mar-2026)", None, None, "", "no entry"),
        ("Day 3 (05-Mar-2026)", None, 4, "yes", "on time"),
        ("Right now, 05-Mar-2026 09:00", 2, None, "", "on time"),
    ]


@pytest.mark.parametrize(
    ("zone", "performed_at", "days"),
    [
        ("America/New_York", "2026-03-06T10:30:00-05:00", ["2026-03-07", "2026-03-08", "2026-03-09"]),
        ("America/New_York", "2026-10-31T10:30:00-04:00", ["2026-11-01", "2026-11-02", "2026-11-03"]),
        ("Australia/Lord_Howe", "2026-04-04T10:30:00+11:00", ["2026-04-05", "2026-04-06", "2026-04-07"]),
    ],
)
def test_a_day_of_a_clock_change_is_one_day(zone: str, performed_at: str, days: list[str]) -> None:
    offset = performed_at[-6:]
    entries = [a_day(one, recorded_at=f"{one}T20:00:00{offset}") for one in days]
    profile = profile_of(a_diary(an_injection(performed_at), *entries, time_zone=zone), as_of="2026-12-01")
    (run,) = series(profile, PanelKey.FORTNIGHT, What.AVERAGE).runs
    first = (date.fromisoformat(days[0]) - date.fromisoformat(performed_at[:10])).days
    assert xs(run) == [first, first + 1, first + 2]
    assert not any(point.late for point in run)


# --- the days by relief -----------------------------------------------------------------------------------------------


def of_relief(profile: Profile) -> dict[str, int]:
    return {share.words: share.days for share in profile.relief.shares}


def by_day(scores: dict[int, int]) -> list[Entry]:
    return [a_day(day(number), scores=Scores(average=score)) for number, score in scores.items()]


def test_the_days_of_the_period_stand_in_the_bar_and_today_once_it_is_scored() -> None:
    days = by_day({-2: 1, 0: 1, 1: 9, 2: 8, 3: 5, 4: 4, 5: 2})
    diary = a_diary(an_injection(baseline=Scores(average=8)), *days)
    counts = {
        "75% less or better": 1,
        "50 to 74% less": 1,
        "30 to 49% less": 1,
        "under 30% less": 1,
        "worse than start": 1,
        "no entry": 0,
    }
    assert of_relief(profile_of(diary, as_of=day(5))) == counts
    assert of_relief(profile_of(diary, as_of=day(6))) == counts
    assert of_relief(profile_of(diary, as_of=day(8))) == {**counts, "no entry": 2}


def test_the_next_injection_of_the_side_ends_the_bar_on_the_day_before() -> None:
    first, second = an_injection(baseline=Scores(average=8)), an_injection(f"{day(10)}T10:30:00-05:00")
    assert of_relief(profile_of(a_diary(first, second, *by_day({1: 2, 10: 2, 11: 2}))))["no entry"] == 8


def test_a_fraction_as_start_divides_exactly() -> None:
    """The median of 6, 6, 7, 7 is 6.5: 3 is 53.8% less, 4 is 38.5."""
    before = by_day({-4: 6, -3: 6, -2: 7, -1: 7})
    profile = profile_of(a_diary(an_injection(), *before, *by_day({1: 3, 2: 4, 3: 7})), as_of=day(3))
    assert of_relief(profile)["50 to 74% less"] == 1
    assert of_relief(profile)["30 to 49% less"] == 1
    assert of_relief(profile)["worse than start"] == 1
    assert profile.relief.words.startswith("Average pain from day 1 to day 3 (05-Mar-2026), against the start of 6.5:")


def test_a_weekly_diary_says_on_how_many_days_none_was_asked_for() -> None:
    days = by_day({**dict.fromkeys(range(1, 15), 4), 21: 4, 28: 4})
    profile = profile_of(a_diary(an_injection(baseline=Scores(average=8)), *days), as_of=day(28))
    assert of_relief(profile)["no entry"] == 12
    assert "On 12 of the days without an entry none was asked for" in profile.relief.words


def test_an_entry_without_average_pain_is_told_apart_from_none() -> None:
    written = a_day(day(2), scores=Scores(moving=3))
    profile = profile_of(a_diary(an_injection(baseline=Scores(average=8)), *by_day({1: 4}), written), as_of=day(2))
    assert of_relief(profile)["no entry"] == 1
    assert "On 1 day of them something was written, but no average pain." in profile.relief.words


@pytest.mark.parametrize(
    ("baseline", "as_of", "why"),
    [
        (Scores(movement=8), 9, "There is no start score for the days"),
        (Scores(average=3), 9, "The start of the days is 3: too low for percentages"),
        (Scores(average=0), 9, "The start of the days is 0: too low for percentages"),
        (Scores(average=8), 1, "No day after the injection is over yet"),
    ],
)
def test_where_there_is_no_bar_it_says_why(baseline: Scores, as_of: int, why: str) -> None:
    profile = profile_of(a_diary(an_injection(baseline=baseline)), as_of=day(as_of))
    assert profile.relief.shares == ()
    assert profile.relief.words.startswith(why)


def test_ten_years_are_counted_by_their_own_days() -> None:
    days = by_day(dict.fromkeys(range(1, 3650), 4))
    profile = profile_of(a_diary(an_injection(baseline=Scores(average=8)), *days), as_of=day(3650))
    assert "3649 of 3649 days scored" in profile.summary
    assert of_relief(profile)["50 to 74% less"] == 3649
