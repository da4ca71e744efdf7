"""What stands on the time axis beside the scores: medicines, events, entries, empty stretches, phases."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from diary.charts.axes import (
    LAST_DAY_OF_THE_FORTNIGHT,
    LAST_MINUTE_IN_CLINIC,
    Axis,
    place_of_day,
    place_of_instant,
    place_of_minute,
)
from diary.charts.course import LAST_DAY_OF_THE_WEEKS, MINUTES_SHOWN, Course
from diary.charts.picture import EntryMark, Mark, PanelKey, Span
from diary.charts.runs import empty_days, empty_minutes, gap_of
from diary.domain.diary import Entry, Event, Injection, ReactionKind, Source
from diary.domain.timeline import (
    Chain,
    LateAfter,
    day_is_late,
    day_since,
    minute_since,
    moment_is_late,
)
from diary.words.injections import SIDE_NAMES
from diary.words.language import gettext as _
from diary.words.language import lazy_gettext
from diary.words.times import day_in_words, in_words, minute_in_words
from diary.words.vocabulary import Vocabulary

Placed = tuple[PanelKey, Mark]

SORENESS = (1, 3)  # days; the procedure's page and the leaflets (screens.md, V18)
ONSET_OF_STEROID = (4, 14)  # days, as above
MINUTES_A_SCORE_IN_CLINIC, MINUTES_A_SCORE_AT_HOME = 5, 60

LANGUAGE = re.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)

_EVENTS: Mapping[Event, str] = Vocabulary(
    {
        Event.FALL: lazy_gettext("fall"),
        Event.ILLNESS: lazy_gettext("illness"),
        Event.PHYSIOTHERAPY: lazy_gettext("physiotherapy"),
        Event.OTHER_INJECTION: lazy_gettext("other injection"),
        Event.OTHER: lazy_gettext("something else happened"),
    }
)
_REACTIONS: Mapping[ReactionKind, str] = Vocabulary(
    {
        ReactionKind.FAINT: lazy_gettext("fainted"),
        ReactionKind.RASH: lazy_gettext("rash"),
        ReactionKind.WEAK_LEG: lazy_gettext("weak leg"),
        ReactionKind.NUMB_LEG: lazy_gettext("numb leg"),
        ReactionKind.BREATHING: lazy_gettext("trouble breathing"),
        ReactionKind.OTHER: lazy_gettext("other reaction"),
    }
)


# --- events -----------------------------------------------------------------------------------------------------------


def event_marks(course: Course) -> Iterator[Placed]:
    """What happened: reactions, events of the diary, and the injections of the other side or before this one."""
    for reaction in course.injection.reactions:
        if (place := place_of_instant(course, reaction.at)) is not None:
            when = minute_in_words(minute_since(course.injection.performed_at, reaction.at))
            word = _REACTIONS[reaction.kind]
            yield place[0], _event(place[1], (word, word), when)
    for minute, moment in course.moments:
        key, x = place_of_minute(minute)
        when = minute_in_words(minute)
        yield from ((key, _event(x, told, when)) for told in _events_of(moment.chains))
    for number, day in course.days:
        key, x = place_of_day(course, number)
        when = day_in_words(course.day_zero, number)
        yield from ((key, _event(x, told, when)) for told in _events_of(day.chains))
    yield from _other_injections(course)


def _event(x: float, told: tuple[str, str], when: str) -> Mark:
    word, words = told
    return Mark(x=x, word=word, words=f"{words}, {when}")


def _events_of(chains: tuple[Chain[Entry], ...]) -> Iterator[tuple[str, str]]:
    """Each in a word and in its words."""
    for chain in chains:
        yield from ((_EVENTS[event], _EVENTS[event]) for event in chain.end.events)
        if chain.end.pain_is_back:
            yield _("pain is back"), _("pain is back, says the patient")


def _other_injections(course: Course) -> Iterator[Placed]:
    ending = {end.id for end in (course.days_ended_by, course.minutes_ended_by) if end and ends_a_panel(course, end)}
    for other in course.records.injections:
        if other.id == course.injection.id or other.id in ending:
            continue
        if (place := place_of_instant(course, other.performed_at)) is not None:
            yield place[0], Mark(x=place[1], word=_("injection"), words=injection_in_words(other))


def language_marks(course: Course) -> Iterator[Placed]:
    """Where the questions began to be asked in another language: scores on both sides may not mean the same."""
    placed = [
        *((place_of_minute(minute), minute / MINUTES_SHOWN, moment.chains) for minute, moment in course.moments),
        *((place_of_day(course, number), number + 0.9, day.chains) for number, day in course.days),
    ]
    before = None
    for (key, x), day, chains in sorted(placed, key=lambda one: one[1]):
        for language in (chain.end.language for chain in chains if chain.end.language):
            if before is not None and language != before:
                when = day_in_words(course.day_zero, int(day))
                now_in, before_in = _told(language), _told(before)
                words = _("asked in %(now)s, before in %(before)s, %(when)s", now=now_in, before=before_in, when=when)
                yield key, Mark(x=x, word=_("asked in %(language)s", language=now_in), words=words)
            before = language


def _told(language: str) -> str:
    """The code of a language; what is none may be anything that somebody typed."""
    return language if LANGUAGE.fullmatch(language) else _("another language")


def ends_a_panel(course: Course, other: Injection) -> bool:
    """Whether this injection ends the days, or the minutes of the first 24 hours."""
    minute = minute_since(course.injection.performed_at, other.performed_at)
    return other is course.days_ended_by or (other is course.minutes_ended_by and minute <= MINUTES_SHOWN)


def injection_in_words(injection: Injection) -> str:
    """Injection, left side, 06-Aug-2026."""
    return _(
        "injection, %(side)s, %(date)s",
        side=SIDE_NAMES[injection.side],
        date=in_words(injection.performed_at.date()),
    )


def ends(course: Course) -> dict[PanelKey, Mark]:
    """The injections that end this one's minutes and its days, where they fall into a panel."""
    found = {}
    if (next_ := course.minutes_ended_by) is not None:
        minute = minute_since(course.injection.performed_at, next_.performed_at)
        if minute <= MINUTES_SHOWN:
            key, x = place_of_minute(minute)
            found[key] = Mark(x=x, words=injection_in_words(next_))
    if (same := course.days_ended_by) is not None:
        key, x = place_of_day(course, day_since(course.injection, same.performed_at.date()))
        found[key] = Mark(x=x, words=injection_in_words(same))
    return found


# --- entries and where there are none ---------------------------------------------------------------------------------


def entry_marks(course: Course, *, rule: LateAfter) -> Iterator[tuple[PanelKey, EntryMark]]:
    """Each moment and day that something was written about; months are counted in words instead."""
    for minute, moment in course.moments:
        key, x = place_of_minute(minute)
        late = moment_is_late(moment.first.recorded_at, moment.at, minute=minute, rule=rule)
        yield (
            key,
            EntryMark(x=x, late=late, helper=moment.first.source is Source.HELPER, paper=moment.first.transcribed),
        )
    for number, day in course.days:
        if number <= LAST_DAY_OF_THE_WEEKS:
            key, x = place_of_day(course, number)
            late = day_is_late(day.first.recorded_at, day.day, course.records.zone)
            yield key, _entry_mark(x, day.first, late=late)


def _entry_mark(x: float, first: Entry, *, late: bool) -> EntryMark:
    return EntryMark(x=x, late=late, helper=first.source is Source.HELPER, paper=first.transcribed)


def gaps(course: Course, axes: tuple[Axis, ...], *, daily_until: int | None) -> Iterator[tuple[PanelKey, Span]]:
    """The boxes of stretches without entries. *As of* itself is not over yet, so nothing is missing on it."""
    written = [number for number, _ in course.days]
    before = [number for number in written if number < 0]
    if before:
        for box in empty_days(before, first=before[0], last=-1, daily_until=None):
            yield PanelKey.BEFORE, box
    over = course.last_day if course.days_ended_by else course.last_day - 1
    last = min(over, int(next(axis.last for axis in axes if axis.key is PanelKey.WEEKS)) * 7)
    for box in empty_days(written, first=1, last=last, daily_until=daily_until):
        yield from _cut_into_panels(box)
    yield from _gaps_of_minutes(course)


def _cut_into_panels(box: Span) -> Iterator[tuple[PanelKey, Span]]:
    if box.first <= LAST_DAY_OF_THE_FORTNIGHT:
        last = min(box.last, LAST_DAY_OF_THE_FORTNIGHT)
        yield PanelKey.FORTNIGHT, replace(box, last=last)
    if box.last > LAST_DAY_OF_THE_FORTNIGHT:
        first = max(box.first, LAST_DAY_OF_THE_FORTNIGHT + 1)
        yield PanelKey.WEEKS, replace(box, first=first / 7, last=box.last / 7)


def _gaps_of_minutes(course: Course) -> Iterator[tuple[PanelKey, Span]]:
    """Between the scores in the clinic, and between those at home; after the last one the patient may be asleep."""
    minutes = [minute for minute, _ in course.moments]
    in_clinic = [0, *(minute for minute in minutes if minute <= LAST_MINUTE_IN_CLINIC)]
    for a, b in empty_minutes(in_clinic, every=MINUTES_A_SCORE_IN_CLINIC):
        yield PanelKey.CLINIC, gap_of(a, b, f"{b - a} min")
    at_home = [minute for minute in minutes if minute > LAST_MINUTE_IN_CLINIC]
    for a, b in empty_minutes([LAST_MINUTE_IN_CLINIC, *at_home], every=MINUTES_A_SCORE_AT_HOME):
        yield PanelKey.SAME_DAY, gap_of(a / 60, b / 60, minute_in_words(b - a))


def phases(
    injection: Injection, window: tuple[int, int] | None, *, last_hour: float
) -> Iterator[tuple[PanelKey, Span]]:
    """The grey bands: the anaesthetic's window in minutes, soreness, and the steroid's onset where one was given."""
    if window is not None:
        onset, usual_end = window
        if onset < LAST_MINUTE_IN_CLINIC:
            last = min(usual_end, LAST_MINUTE_IN_CLINIC)
            yield PanelKey.CLINIC, Span(first=onset, last=last, words=_("anaesthetic"))
        if usual_end > LAST_MINUTE_IN_CLINIC:
            first = max(onset, LAST_MINUTE_IN_CLINIC)
            yield PanelKey.SAME_DAY, Span(first=first / 60, last=min(usual_end / 60, last_hour), words=_("anaesthetic"))
    yield PanelKey.FORTNIGHT, Span(first=SORENESS[0], last=SORENESS[1], words=_("soreness"))
    if injection.steroid is not None:
        yield PanelKey.FORTNIGHT, Span(first=ONSET_OF_STEROID[0], last=ONSET_OF_STEROID[1], words=_("steroid starts"))
