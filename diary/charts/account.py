"""The picture in words: its title, its summary and its footnotes."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from diary.charts.course import (
    DAYS_SHOWN_BEFORE,
    LAST_DAY_OF_THE_WEEKS,
    MINUTES_SHOWN,
    Course,
    last_day_counted,
    month_number,
)
from diary.charts.findings import Findings, Stretch
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
from diary.words.injections import SIDE_NAMES
from diary.words.language import gettext as _
from diary.words.language import lazy_gettext, ngettext
from diary.words.times import (
    day_in_words,
    in_words,
    instant_in_words,
    minute_in_words,
    score_in_words,
)
from diary.words.vocabulary import Vocabulary

FORTNIGHT = 14
_SERIES_NOW: Mapping[Instrument, str] = Vocabulary(
    {
        Instrument.MOVEMENT: lazy_gettext("doing the movement that hurts most"),
        Instrument.REST: lazy_gettext("at rest"),
    }
)


def title_of(course: Course) -> str:
    """Injection 2, right side, 06-Aug-2026."""
    return _(
        "Injection %(number)s, %(side)s, %(date)s",
        number=_number_of(course),
        side=SIDE_NAMES[course.injection.side],
        date=in_words(course.day_zero),
    )


def _number_of(course: Course) -> int:
    numbered = [other for other in course.records.injections if same_side(other, course.injection)]
    return 1 + next(index for index, other in enumerate(numbered) if other.id == course.injection.id)


# --- the summary ------------------------------------------------------------------------------------------------------


def summary_of(course: Course, panels: Sequence[Panel], findings: Findings) -> str:
    """The picture in a few sentences, for those who cannot see it: where it starts, how low it gets, where it ends."""
    sentences = [
        _(
            "Pain after injection %(number)s, %(side)s, %(date)s.",
            number=_number_of(course),
            side=SIDE_NAMES[course.injection.side],
            date=in_words(course.day_zero),
        )
    ]
    sentences += _about_now(course, panels)
    sentences += _about_days(course, panels)
    found = [stretch.words for stretch in (*findings.minutes, *findings.days)]
    if found:
        sentences.append(_("Found: %(found)s.", found="; ".join(found)))
    boxes = [box.words for panel in panels if panel.key is not PanelKey.BEFORE for box in panel.gaps]
    if boxes:
        sentences.append(_("Gaps: %(gaps)s.", gaps=", ".join(dict.fromkeys(boxes))))
    if course.days_ended_by is not None:
        next_day = in_words(day_zero(course.days_ended_by))
        sentences.append(_("The next injection of this side, on %(date)s, ends the picture.", date=next_day))
    sentences.append(_("Lower is better; missing days are left open."))
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
        yield _("Pain right now (%(how)s): %(start)s, no scores after it.", how=named, start=_started(start))
        return
    lowest = min(scores, key=lambda point: point.score)
    last = scores[-1]
    yield ngettext(
        "Pain right now (%(how)s): %(start)s, lowest of all scores %(lowest)s at %(lowest_at)s, last %(last)s at "
        "%(last_at)s, 1 score.",
        "Pain right now (%(how)s): %(start)s, lowest of all scores %(lowest)s at %(lowest_at)s, last %(last)s at "
        "%(last_at)s, %(num)s scores.",
        len(scores),
        how=named,
        start=_started(start),
        lowest=score_in_words(lowest.score),
        lowest_at=lowest.when,
        last=score_in_words(last.score),
        last_at=last.when,
    )


def _started(start: Start | None) -> str:
    return _("no start score") if start is None else _("start %(score)s", score=score_in_words(start.score))


def _about_days(course: Course, panels: Sequence[Panel]) -> Iterator[str]:
    scored = [
        (number, given.score)
        for number, day in course.days
        if number > 0 and (given := day.scores.get(Instrument.AVERAGE)) is not None and isinstance(given.score, int)
    ]
    start = _started(panels[0].start)
    if not scored:
        yield _("Average pain of the day: %(start)s, no days scored after the injection.", start=start)
        return
    number, score = scored[-1]
    yield ngettext(
        "Average pain of the day: %(start)s, last %(score)s on %(day)s, %(n)s of 1 day scored.",
        "Average pain of the day: %(start)s, last %(score)s on %(day)s, %(n)s of %(num)s days scored.",
        last_day_counted(course),
        start=start,
        score=score,
        day=day_in_words(course.day_zero, number),
        n=len(scored),
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
        *_listed(_("Events"), _events(panels)),
        *_listed(_("Language of the questions"), _languages(panels)),
        *_listed(_("Regular medicines (bars from the first record to the last)"), _regular(panels)),
        *_listed(_("Late (hollow)"), _late(course, rule=rule)),
        *_listed(_("Written by a helper (diamond)"), _by_helpers(course)),
        *_listed(_("Typed in from paper (hollow)"), _from_paper(course)),
        *_listed(_("Changed afterwards"), _changed(course)),
        *_listed(_("Written before its day began, left out"), (_early(chain) for chain in course.records.early)),
        *_about_moments_elsewhere(course),
        *_about_months(course, months),
    )


def _about_starts(panels: Sequence[Panel], *, lowest_start: int) -> Iterator[str]:
    for panel, where in ((panels[1], _("in the clinic and that day")), (panels[3], _("by days and weeks"))):
        if panel.start is None:
            yield _("No start score %(where)s: no line and no percentages.", where=where)
            continue
        told = {"score": score_in_words(panel.start.score), "where": where, "origin": panel.start.origin}
        if panel.start.score < lowest_start:
            yield _(
                "Start %(score)s %(where)s (%(origin)s): too low for percentages, so no lines for them.",
                **told,
            )
        else:
            yield _("Start %(score)s %(where)s: %(origin)s.", **told)
    if panels[0].difficulty_start is not None:
        start = panels[0].difficulty_start
        yield _("Start %(score)s of difficulty: %(origin)s.", score=score_in_words(start.score), origin=start.origin)


def _about_findings(course: Course, findings: Findings) -> Iterator[str]:
    """Which days and minutes are meant, and why they are ranges."""
    days = [f"{found.words} ({_dates(course, found)})" for found in findings.days]
    told = [*(found.words for found in findings.minutes), *days]
    if told:
        yield _(
            "Found (brackets): %(found)s. Between two scores nobody can say when it happened.", found="; ".join(told)
        )


def _dates(course: Course, found: Stretch) -> str:
    first = in_words(course.day_zero + timedelta(days=found.first))
    if found.last == found.first:
        return first
    return _("%(first)s to %(last)s", first=first, last=in_words(course.day_zero + timedelta(days=found.last)))


def _about_day_zero(course: Course) -> Iterator[str]:
    if any(number == 0 and day.scores for number, day in course.days):
        yield _("The score at day 0 under Before is of the whole day of the injection, before and after together.")


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
        yield _("%(title)s: %(items)s.", title=title, items="; ".join(listed))


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
        _("%(when)s, recorded %(recorded)s", when=when, recorded=instant_in_words(given.settled_at)): None
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
        _(
            "%(when)s, recorded %(recorded)s, changed %(changed)s",
            when=when,
            recorded=instant_in_words(given.original.recorded_at),
            changed=instant_in_words(given.entry.recorded_at),
        )
        for when, _number, _record, given in _scores_of(course)
        if given.corrected
    )


def _early(chain: Chain[Entry]) -> str:
    original = chain.original
    return _(
        "%(when)s, recorded %(recorded)s",
        when=in_words(original.local_day),
        recorded=instant_in_words(original.recorded_at),
    )


def _about_moments_elsewhere(course: Course) -> Iterator[str]:
    """Scores of right now that have no place on the axes: before the injection, and after the first 24 hours."""
    performed_at = course.injection.performed_at
    minutes = [minute_since(performed_at, moment.at) for moment in course.records.moments if moment.scores]
    before = sum(1 for minute in minutes if -DAYS_SHOWN_BEFORE * MINUTES_SHOWN <= minute < 0)
    after = sum(1 for minute in minutes if MINUTES_SHOWN < minute <= course.last_day * MINUTES_SHOWN)
    if before:
        yield ngettext(
            "Before the injection there are 1 score of right now, in the table only.",
            "Before the injection there are %(num)s scores of right now, in the table only.",
            before,
        )
    if after:
        yield ngettext(
            "Later than 24 hours there are 1 score of right now, in the table only.",
            "Later than 24 hours there are %(num)s scores of right now, in the table only.",
            after,
        )
    if course.minutes_ended_by is not None:
        cut = sum(
            1
            for minute, moment in zip(minutes, course.records.moments, strict=False)
            if 0 <= minute <= MINUTES_SHOWN and moment.at >= course.minutes_ended_by.performed_at
        )
        if cut:
            yield ngettext(
                "1 score of right now, after the next injection, belong to that one.",
                "%(num)s scores of right now, after the next injection, belong to that one.",
                cut,
            )


def _about_months(course: Course, months: Sequence[MonthSummary]) -> Iterator[str]:
    if not months:
        return
    numbers = [month_number(course.injection, month.month) for month in months]
    days = sum(month.days for month in months)
    yield ngettext(
        "Months %(first)s to %(last)s are medians of each calendar month, of 1 day with an entry; the month of the "
        "injection is month 1. Late ones are counted in them; each entry stands in the list of all entries.",
        "Months %(first)s to %(last)s are medians of each calendar month, of %(num)s days with an entry; the month of "
        "the injection is month 1. Late ones are counted in them; each entry stands in the list of all entries.",
        days,
        first=min(numbers),
        last=max(numbers),
    )
