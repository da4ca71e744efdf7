"""The picture in words: its title, its summary and its footnotes."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from diary.charts.course import (
    DAYS_SHOWN_BEFORE,
    LAST_DAY_OF_THE_WEEKS,
    MINUTES_SHOWN,
    Course,
    last_day_counted,
    month_number,
)
from diary.charts.findings import Findings
from diary.charts.picture import Panel, PanelKey, Start, Strip
from diary.charts.starts import series_now
from diary.domain.diary import Entry, Instrument, Source
from diary.domain.months import MonthSummary
from diary.domain.timeline import (
    Chain,
    DayInForce,
    LateAfter,
    MomentInForce,
    ScoreInForce,
    day_is_late,
    day_zero,
    minute_since,
    moment_is_late,
    same_side,
)
from diary.words.entries import by_of
from diary.words.language import gettext as _
from diary.words.times import (
    counted,
    day_in_words,
    in_words,
    instant_in_words,
    minute_in_words,
    score_in_words,
)

FORTNIGHT = 14
_SERIES_NOW = {Instrument.MOVEMENT: "doing the movement that hurts most", Instrument.REST: "at rest"}


def title_of(course: Course) -> str:
    """Injection 2, right side, 06-Aug-2026."""
    sides = {"left": "left side", "right": "right side", "both": "both sides"}
    numbered = [other for other in course.records.injections if same_side(other, course.injection)]
    number = 1 + next(index for index, other in enumerate(numbered) if other.id == course.injection.id)
    return f"Injection {number}, {sides[course.injection.side.value]}, {in_words(course.day_zero)}"


# --- the summary ------------------------------------------------------------------------------------------------------


def summary_of(course: Course, panels: Sequence[Panel], findings: Findings) -> str:
    """The picture in a few sentences, for those who cannot see it: where it starts, how low it gets, where it ends."""
    sentences = [f"Pain after i{title_of(course)[1:]}."]
    sentences += _about_now(course, panels)
    sentences += _about_days(course, panels)
    found = [stretch.words for stretch in (*findings.minutes, *findings.days)]
    if found:
        sentences.append(f"Found: {'; '.join(found)}.")
    boxes = [box.words for panel in panels if panel.key is not PanelKey.BEFORE for box in panel.gaps]
    if boxes:
        sentences.append(f"Gaps: {', '.join(dict.fromkeys(boxes))}.")
    if course.days_ended_by is not None:
        next_day = in_words(day_zero(course.days_ended_by))
        sentences.append(f"The next injection of this side, on {next_day}, ends the picture.")
    sentences.append("Lower is better; missing days are left open.")
    return " ".join(sentences)


def _about_now(course: Course, panels: Sequence[Panel]) -> Iterator[str]:
    points = [
        point
        for panel in panels
        if panel.key in (PanelKey.CLINIC, PanelKey.SAME_DAY)
        for one in panel.series
        if one.strip is Strip.PAIN and one.generation == 0
        for point in one.points
    ]
    start = panels[1].start
    named = _SERIES_NOW[series_now(course.injection)]
    scores = points[1:] if start else points
    if not scores:
        yield f"Pain right now ({named}): {_started(start)}, no scores after it."
        return
    lowest = min(scores, key=lambda point: point.score)
    last = scores[-1]
    yield (
        f"Pain right now ({named}): {_started(start)}, lowest of all scores {score_in_words(lowest.score)} "
        f"at {lowest.when}, last {score_in_words(last.score)} at {last.when}, "
        f"{counted(len(scores), 'score', 'scores')}."
    )


def _started(start: Start | None) -> str:
    return "no start score" if start is None else f"start {score_in_words(start.score)}"


def _about_days(course: Course, panels: Sequence[Panel]) -> Iterator[str]:
    scored = [
        (number, given.score)
        for number, day in course.days
        if number > 0 and (given := day.scores.get(Instrument.AVERAGE)) is not None and isinstance(given.score, int)
    ]
    start = _started(panels[0].start)
    if not scored:
        yield f"Average pain of the day: {start}, no days scored after the injection."
        return
    number, score = scored[-1]
    yield (
        f"Average pain of the day: {start}, last {score} on {day_in_words(course.day_zero, number)}, "
        f"{len(scored)} of {counted(last_day_counted(course), 'day', 'days')} scored."
    )


# --- footnotes --------------------------------------------------------------------------------------------------------


def footnotes_of(
    course: Course,
    panels: Sequence[Panel],
    months: Sequence[MonthSummary],
    findings: Findings,
    *,
    rule: LateAfter,
    lowest_start: int,
) -> tuple[str, ...]:
    """What the picture cannot say by itself, each as one sentence or list."""
    return (
        *_about_starts(panels, lowest_start=lowest_start),
        *_about_findings(course, findings),
        *_about_day_zero(course),
        *_listed("Events", _events(panels)),
        *_listed("Language of the questions", _languages(panels)),
        *_listed("Regular medicines (bars from the first record to the last)", _regular(panels)),
        *_listed("Late (hollow)", _late(course, rule=rule)),
        *_listed("Written by a helper (diamond)", _by_helpers(course)),
        *_listed(_("Typed in from paper (hollow)"), _from_paper(course)),
        *_listed("Changed afterwards", _changed(course)),
        *_listed("Written before its day began, left out", (_early(chain) for chain in course.records.early)),
        *_about_moments_elsewhere(course),
        *_about_months(course, months),
    )


def _about_starts(panels: Sequence[Panel], *, lowest_start: int) -> Iterator[str]:
    for panel, name in ((panels[1], "in the clinic and that day"), (panels[3], "by days and weeks")):
        if panel.start is None:
            yield f"No start score {name}: no line and no percentages."
        elif panel.start.score < lowest_start:
            yield (
                f"Start {score_in_words(panel.start.score)} {name} ({panel.start.origin}): "
                "too low for percentages, so no lines for them."
            )
        else:
            yield f"Start {score_in_words(panel.start.score)} {name}: {panel.start.origin}."
    if panels[0].difficulty_start is not None:
        start = panels[0].difficulty_start
        yield f"Start {score_in_words(start.score)} of difficulty: {start.origin}."


def _about_findings(course: Course, findings: Findings) -> Iterator[str]:
    """Which days and minutes are meant, and why they are ranges."""
    days = [
        f"{found.words} ({in_words(course.day_zero + timedelta(days=found.first))}"
        + (f" to {in_words(course.day_zero + timedelta(days=found.last))})" if found.last > found.first else ")")
        for found in findings.days
    ]
    told = [*(found.words for found in findings.minutes), *days]
    if told:
        yield f"Found (brackets): {'; '.join(told)}. Between two scores nobody can say when it happened."


def _about_day_zero(course: Course) -> Iterator[str]:
    if any(number == 0 and day.scores for number, day in course.days):
        yield "The score at day 0 under Before is of the whole day of the injection, before and after together."


def _events(panels: Sequence[Panel]) -> Iterator[str]:
    for panel in panels:
        yield from (event.words for event in panel.events)


def _languages(panels: Sequence[Panel]) -> Iterator[str]:
    yield from (mark.words for panel in panels for mark in panel.languages)


def _regular(panels: Sequence[Panel]) -> Iterator[str]:
    yield from dict.fromkeys(span.words for panel in panels for span in panel.regular)


def _listed(title: str, items: Iterator[str]) -> Iterator[str]:
    listed = list(items)
    if listed:
        yield f"{title}: {'; '.join(listed)}."


def _scores_of(course: Course) -> Iterator[tuple[str, int, DayInForce | MomentInForce, ScoreInForce]]:
    for minute, moment in course.moments:
        for given in moment.scores.values():
            yield minute_in_words(minute), minute, moment, given
    for number, day in course.days:
        if number <= LAST_DAY_OF_THE_WEEKS:
            for given in day.scores.values():
                yield day_in_words(course.day_zero, number), number, day, given


def _late(course: Course, *, rule: LateAfter) -> Iterator[str]:
    found = {
        f"{when}, recorded {instant_in_words(given.settled_at)}": None
        for when, number, record, given in _scores_of(course)
        if (
            day_is_late(given.settled_at, record.day, course.records.zone)
            if isinstance(record, DayInForce)
            else moment_is_late(given.settled_at, record.at, minute=number, rule=rule)
        )
    }
    yield from found


def _by_helpers(course: Course) -> Iterator[str]:
    yield from dict.fromkeys(when for when, _, _, given in _scores_of(course) if given.entry.source is Source.HELPER)


def _from_paper(course: Course) -> Iterator[str]:
    yield from dict.fromkeys(
        _("%(when)s, %(by)s", when=when, by=by_of(given.original))
        for when, _number, _record, given in _scores_of(course)
        if given.original.transcribed
    )


def _changed(course: Course) -> Iterator[str]:
    yield from dict.fromkeys(
        f"{when}, recorded {instant_in_words(given.original.recorded_at)}, "
        f"changed {instant_in_words(given.entry.recorded_at)}"
        for when, _, _, given in _scores_of(course)
        if given.corrected
    )


def _early(chain: Chain[Entry]) -> str:
    original = chain.original
    return f"{in_words(original.local_day)}, recorded {instant_in_words(original.recorded_at)}"


def _about_moments_elsewhere(course: Course) -> Iterator[str]:
    """Scores of right now that have no place on the axes: before the injection, and after the first 24 hours."""
    performed_at = course.injection.performed_at
    minutes = [minute_since(performed_at, moment.at) for moment in course.records.moments if moment.scores]
    before = sum(1 for minute in minutes if -DAYS_SHOWN_BEFORE * MINUTES_SHOWN <= minute < 0)
    after = sum(1 for minute in minutes if MINUTES_SHOWN < minute <= course.last_day * MINUTES_SHOWN)
    if before:
        yield f"Before the injection there are {counted(before, 'score', 'scores')} of right now, in the table only."
    if after:
        yield f"Later than 24 hours there are {counted(after, 'score', 'scores')} of right now, in the table only."
    if course.minutes_ended_by is not None:
        cut = sum(
            1
            for minute, moment in zip(minutes, course.records.moments, strict=False)
            if 0 <= minute <= MINUTES_SHOWN and moment.at >= course.minutes_ended_by.performed_at
        )
        if cut:
            yield f"{counted(cut, 'score', 'scores')} of right now, after the next injection, belong to that one."


def _about_months(course: Course, months: Sequence[MonthSummary]) -> Iterator[str]:
    if not months:
        return
    numbers = [month_number(course.injection, month.month) for month in months]
    days = sum(month.days for month in months)
    yield (
        f"Months {min(numbers)} to {max(numbers)} are medians of each calendar month, "
        f"of {counted(days, 'day', 'days')} with an entry; the month of the injection is month 1. "
        "Late ones are counted in them; each entry stands in the list of all entries."
    )
