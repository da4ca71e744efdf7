"""What the judgement found, drawn and told as ranges: worked out by hand from small diaries."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from diary.charts.as_plotly import profile_figure
from diary.charts.as_svg import print_svg, wide_svg
from diary.charts.picture import PanelKey, Profile
from diary.charts.profile import build_profile
from diary.domain.assessment import judge
from diary.domain.diary import Anaesthetic, Diary, Scores, Steroid
from diary.domain.in_force import in_force
from diary.domain.rulesets import shipped
from tests.charts.profiles import RULES, panel_of
from tests.factories import a_day, a_diary, a_medicine, a_moment, an_injection

ZERO = date(2026, 3, 2)
INJECTION = an_injection(
    baseline=Scores(movement=8, average=8),
    anaesthetic=(Anaesthetic(agent="lidocaine", percent=2, ml=1.5),),
    steroid=Steroid(agent="triamcinolone", mg=40),
)


def judged(diary: Diary, *, as_of: str = "2026-09-01", rules: str = "us-medicare-sij") -> Profile:
    """The profile of the first injection with what a shipped rule set finds of it."""
    standing = in_force(diary, as_of=date.fromisoformat(as_of))
    assessment = judge(standing, shipped(rules))
    return build_profile(
        standing, standing.injections[0], rules=RULES, block=assessment.blocks[0], steroid=assessment.steroids[0]
    )


def scored(scores: dict[int, int]) -> Diary:
    """Average pain by day after an injection whose start is 8: 4 or lower is half."""
    days = [
        a_day((ZERO + timedelta(days=day)).isoformat(), scores=Scores(average=score)) for day, score in scores.items()
    ]
    return a_diary(INJECTION, *days)


def in_clinic(scores: dict[int, int], injection: object = INJECTION) -> Diary:
    """Pain on movement by minute; 2 or lower is 75% less than 8."""
    moments = []
    for minute, score in scores.items():
        hour, rest = divmod(10 * 60 + 30 + minute, 60)
        moments.append(a_moment(f"2026-03-02T{hour:02d}:{rest:02d}:00-05:00", scores=Scores(movement=score)))
    return a_diary(injection, *moments)  # type: ignore[arg-type]  # an injection


def found(profile: Profile) -> dict[PanelKey, list[tuple[float, float, str]]]:
    return {
        panel.key: [(one.first, one.last, one.words) for one in panel.findings]
        for panel in profile.panels
        if panel.findings
    }


# Day 1 fails; nothing on days 2 to 4; day 5 passes and so do 6, 7 and 8. It holds until day 30, fails from day 40 on.
COURSE = {1: 7, 5: 4, 6: 3, 7: 2, 8: 2, 10: 2, 14: 2, 20: 2, 30: 3, 40: 6, 47: 7}


def test_onset_and_end_are_ranges_in_the_panels_in_which_they_lie() -> None:
    assert found(judged(scored(COURSE))) == {
        PanelKey.FORTNIGHT: [(2, 5, "relief began, day 2 to 5")],
        PanelKey.WEEKS: [(31 / 7, 40 / 7, "back above half, day 31 to 40")],
    }


def test_another_threshold_is_said() -> None:
    # 75% less than 8 is 2: of days 7, 8 and 10 all three pass; the last that does is day 20.
    words = [one[2] for ones in found(judged(scored(COURSE), rules="evicore-cmm-203")).values() for one in ones]
    assert words == ["relief of 75% began, day 7", "no longer 75% less, day 21 to 30"]


def test_a_range_over_the_edge_of_a_panel_is_open_there_and_has_its_words_once() -> None:
    profile = judged(scored({1: 4, 2: 4, 3: 4, 4: 4, 12: 4, 18: 7, 19: 7}))
    (onset, end_begins), (end_goes_on,) = (
        panel_of(profile, key).findings for key in (PanelKey.FORTNIGHT, PanelKey.WEEKS)
    )
    assert onset.words == "relief began, day 1"
    assert (end_begins.first, end_begins.last) == (13, 14)
    assert (end_begins.begins, end_begins.ends, end_begins.words) == (True, False, "")
    assert (end_goes_on.first, end_goes_on.last) == (15 / 7, 18 / 7)
    assert (end_goes_on.begins, end_goes_on.ends) == (False, True)
    assert end_goes_on.words == "back above half, day 13 to 18"


def test_a_low_start_has_no_findings() -> None:
    low = an_injection(baseline=Scores(movement=3, average=3), steroid=Steroid(agent="triamcinolone", mg=40))
    days = [a_day((ZERO + timedelta(days=day)).isoformat(), scores=Scores(average=0)) for day in range(1, 20)]
    assert found(judged(a_diary(low, *days))) == {}


def test_a_block_holds_to_its_last_passing_score_and_ended_before_the_first_that_fails() -> None:
    profile = judged(in_clinic({5: 6, 15: 2, 20: 1, 30: 1, 60: 2, 90: 2, 150: 5}))
    assert found(profile) == {
        PanelKey.CLINIC: [(15, 30, "75% less from 15 min")],
        PanelKey.SAME_DAY: [(0.5, 1.5, ""), (1.5, 2.5, "until 1 h 30 min to 2 h 30 min")],
    }
    held = [one.held for one in panel_of(profile, PanelKey.SAME_DAY).findings]
    assert held == [True, False]


def test_a_block_that_no_score_ends_is_not_given_an_end() -> None:
    profile = judged(in_clinic({15: 2, 20: 1, 60: 2}))
    words = [one[2] for ones in found(profile).values() for one in ones if one[2]]
    assert words == ["75% less from 15 min until 1 h or longer"]


def test_a_single_passing_score_says_no_more_than_it_knows() -> None:
    assert found(judged(in_clinic({15: 2, 20: 6}))) == {
        PanelKey.CLINIC: [(15, 20, "75% less from 15 min until 20 min at most")]
    }
    assert found(judged(in_clinic({15: 2}))) == {PanelKey.CLINIC: [(15, 15, "75% less at 15 min")]}


def test_what_was_found_stands_in_the_summary_the_footnotes_and_the_table() -> None:
    profile = judged(scored(COURSE))
    assert "Found: relief began, day 2 to 5; back above half, day 31 to 40." in profile.summary
    note = next(note for note in profile.footnotes if note.startswith("Found"))
    assert "relief began, day 2 to 5 (04-Mar-2026 to 07-Mar-2026)" in note
    assert "Between two scores nobody can say when it happened." in note
    began = [row.when for row in profile.table if "relief began" in row.entries]
    assert began == [f"Day {day} ({day + 2:02d}-Mar-2026)" for day in (2, 3, 4, 5)]
    back = [row.when.split(" (")[0] for row in profile.table if "back above half" in row.entries]
    assert back == ["Days 29 to 35", "Days 36 to 42"]


def test_an_end_years_later_stands_among_the_months() -> None:
    good = dict.fromkeys(range(1, 400), 3)
    profile = judged(scored({**good, 420: 7, 425: 7}), as_of="2027-06-01")
    (end,) = panel_of(profile, PanelKey.MONTHS).findings
    # Day 400 is 06-Apr-2027 and day 420 is 26-Apr-2027: month 14 after March 2026 as month 1.
    assert (end.first, end.last, end.words) == (14, 14, "back above half, day 400 to 420")
    assert [row.when for row in profile.table if "back above half" in row.entries] == ["Month 14 (Apr-2027)"]


@pytest.mark.parametrize("draw", [wide_svg, print_svg])
def test_the_words_of_a_finding_are_drawn_whole(draw: Callable[[Profile], str]) -> None:
    """In as many lines as they need."""
    words = " ".join(re.findall(r"<text[^>]*>([^<]+)</text>", draw(judged(scored(COURSE)))))
    assert "relief began, day 2 to 5" in words
    assert "back above half, day 31 to 40" in words


def test_a_bracket_of_the_figure_lies_outside_the_scale_of_pain() -> None:
    figure = profile_figure(judged(scored(COURSE)))
    bottom = figure["layout"]["yaxis"]["domain"][0]
    brackets = [shape for shape in figure["layout"]["shapes"] if shape.get("layer") == "above"]
    assert {(shape["x0"], shape["x1"]) for shape in brackets} >= {(2, 5), (31 / 7, 40 / 7)}
    assert all(shape["y1"] < bottom for shape in brackets)
    words = [note["text"] for note in figure["layout"]["annotations"]]
    assert "relief began, day 2 to 5" in words


# --- regular medicines ------------------------------------------------------------------------------------------------


def taken(day: int, name: str = "naproxen", *, rescue: bool = False) -> object:
    return a_medicine(f"2026-03-{2 + day:02d}T08:00:00-05:00", name=name, rescue=rescue)


def bars(*medicines: object) -> list[tuple[float, float]]:
    profile = judged(a_diary(INJECTION, *medicines))  # type: ignore[arg-type]  # medicines
    panel = panel_of(profile, PanelKey.FORTNIGHT)
    assert panel.medicines == ()
    return sorted((span.first, span.last) for span in panel.regular)


def test_a_regular_medicine_is_a_bar_from_its_first_record_to_its_last() -> None:
    assert bars(taken(1), taken(2), taken(4), taken(6)) == [(1, 6)]


def test_a_longer_gap_than_two_days_parts_a_bar() -> None:
    assert bars(taken(1), taken(2), taken(5), taken(9)) == [(1, 2), (5, 5), (9, 9)]


def test_two_names_make_two_bars_and_no_name_is_told() -> None:
    assert bars(taken(1), taken(2, "gabapentin"), taken(3), taken(4, "gabapentin")) == [(1, 3), (2, 4)]
    profile = judged(a_diary(INJECTION, taken(1)))  # type: ignore[arg-type]  # a medicine
    assert "naproxen" not in wide_svg(profile) + str(profile_figure(profile)) + profile.summary
    assert "regular medicine, 03-Mar-2026, 1 record" in " ".join(profile.footnotes)


def test_extra_medicine_stays_a_tick() -> None:
    profile = judged(a_diary(INJECTION, taken(3, rescue=True), taken(4)))  # type: ignore[arg-type]  # medicines
    panel = panel_of(profile, PanelKey.FORTNIGHT)
    assert [mark.x for mark in panel.medicines] == [3]
    assert [span.first for span in panel.regular] == [4]
    assert "regular medicine, records at most 2 days apart" in wide_svg(profile)


# --- language and return of pain --------------------------------------------------------------------------------------


def test_a_change_of_language_is_marked_where_it_happens() -> None:
    languages = {1: "en", 2: "en", 3: None, 4: "es", 5: "es", 6: "en"}
    days = [a_day((ZERO + timedelta(days=day)).isoformat(), language=language) for day, language in languages.items()]
    panel = panel_of(judged(a_diary(INJECTION, *days)), PanelKey.FORTNIGHT)
    assert [(mark.x, mark.words) for mark in panel.languages] == [
        (4, "asked in es, before in en, day 4 (06-Mar-2026)"),
        (6, "asked in en, before in es, day 6 (08-Mar-2026)"),
    ]


def test_one_language_throughout_has_no_mark() -> None:
    days = [a_day((ZERO + timedelta(days=day)).isoformat(), language="es") for day in range(1, 6)]
    assert all(panel.languages == () for panel in judged(a_diary(INJECTION, *days)).panels)


def test_what_is_no_code_of_a_language_is_not_repeated() -> None:
    days = [a_day("2026-03-03", language="en"), a_day("2026-03-04", language="<b>my own words</b>")]
    profile = judged(a_diary(INJECTION, *days))
    assert "my own words" not in wide_svg(profile) + str(profile_figure(profile)) + " ".join(profile.footnotes)
    assert "asked in another language, before in en" in " ".join(profile.footnotes)


def test_my_pain_is_back_is_an_event_with_its_words() -> None:
    profile = judged(a_diary(INJECTION, a_day("2026-03-09", pain_is_back=True)))
    (mark,) = panel_of(profile, PanelKey.FORTNIGHT).events
    assert (mark.x, mark.words) == (7, "pain is back, says the patient, day 7 (09-Mar-2026)")
    assert ">pain is back</text>" in wide_svg(profile)
    assert "pain is back, says the patient" in " ".join(profile.footnotes)
