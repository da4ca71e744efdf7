"""What an entry is about, who wrote it and what it says, in words."""

from collections.abc import Iterator, Mapping

from diary.domain.diary import Entry, Event, Instrument, Kind, Question, Source, State, Words
from diary.words.language import gettext as _
from diary.words.language import lazy_gettext, lazy_pgettext
from diary.words.offered import offered_words
from diary.words.times import in_words, instant_in_words, quantity_in_words
from diary.words.vocabulary import Vocabulary

SOURCES: Mapping[Source, str] = Vocabulary(
    {
        Source.PATIENT: lazy_gettext("patient"),
        Source.HELPER: lazy_gettext("helper"),
        Source.NURSE: lazy_gettext("nurse"),
        Source.DOCTOR: lazy_gettext("doctor"),
        Source.IMPORT: lazy_gettext("import"),
    }
)
INSTRUMENTS: Mapping[Instrument, str] = Vocabulary(
    {
        Instrument.REST: lazy_pgettext("score", "rest"),
        Instrument.MOVEMENT: lazy_pgettext("score", "movement"),
        Instrument.AVERAGE: lazy_pgettext("score", "average"),
        Instrument.WORST: lazy_pgettext("score", "worst"),
        Instrument.SORENESS: lazy_pgettext("score", "soreness"),
        Instrument.MOVING: lazy_pgettext("score", "moving"),
        Instrument.ACTIVITIES: lazy_pgettext("score", "activities"),
    }
)
_STATES: Mapping[State, str] = Vocabulary(
    {
        State.ASLEEP: lazy_gettext("asleep"),
        State.AWAY: lazy_pgettext("of a patient", "away"),
        State.CANNOT_SAY: lazy_gettext("cannot say"),
    }
)
_SCALE: Mapping[Words, str] = Vocabulary(
    {
        Words.NONE: lazy_pgettext("pain", "none"),
        Words.MILD: lazy_pgettext("pain", "mild"),
        Words.MODERATE: lazy_pgettext("pain", "moderate"),
        Words.SEVERE: lazy_pgettext("pain", "severe"),
        Words.WORST: lazy_pgettext("pain", "worst"),
    }
)
_EVENTS: Mapping[Event, str] = Vocabulary(
    {
        Event.FALL: lazy_gettext("fall"),
        Event.ILLNESS: lazy_gettext("illness"),
        Event.PHYSIOTHERAPY: lazy_gettext("physiotherapy"),
        Event.OTHER_INJECTION: lazy_gettext("other injection"),
        Event.OTHER: lazy_pgettext("event", "other"),
    }
)


def about_of(entry: Entry) -> str:
    """The day or the instant that an entry is about."""
    return in_words(entry.local_day) if entry.kind is Kind.DAILY else instant_in_words(entry.instant)


def by_of(entry: Entry) -> str:
    """Who recorded it, as far as it is known; of paper who typed it in, and when."""
    source = SOURCES[entry.source] if entry.source else _("not known")
    by = f"{source}, {entry.recorded_by}" if entry.recorded_by else source
    if not entry.transcribed:
        return by
    return _("from paper, typed in by %(by)s on %(day)s", by=by, day=in_words(entry.recorded_at.date()))


def scores_of(entry: Entry) -> str:
    """average 4, moving 3, activities 6 5 7, extra medicine yes: the scores and whatever else was written with them."""
    given = [
        f"{INSTRUMENTS[instrument]} {answer if isinstance(answer, int) else ' '.join(map(str, answer))}"
        for instrument, answer in entry.scores.given().items()
    ]
    if entry.words is not None:
        given.append(_("in words: %(words)s", words=_SCALE[entry.words]))
    if entry.state is not None:
        given.append(_STATES[entry.state])
    if entry.unknown:
        given.append(_("does not remember: %(questions)s", questions=", ".join(map(_question, entry.unknown))))
    if entry.analgesic is not None:
        given.append(_("extra medicine yes") if entry.analgesic else _("extra medicine no"))
    if entry.movement_done is not None:
        given.append(_("moved as it hurts yes") if entry.movement_done else _("moved as it hurts no"))
    note = [_("note: %(note)s", note=entry.note)] if entry.note else []
    return ", ".join([*given, *beside_scores(entry), *note]) or _("no scores")


def _question(question: Question) -> str:
    return _("analgesic") if question is Question.ANALGESIC else INSTRUMENTS[Instrument(question.value)]


def beside_scores(entry: Entry) -> Iterator[str]:
    """What was written beside the scores: that the pain is back, events, side effects, what was measured."""
    if entry.pain_is_back:
        yield _("the pain is back")
    yield from (_EVENTS[event] for event in entry.events)
    yield from map(offered_words, entry.side_effects)
    if entry.blood_pressure is not None:
        yield _(
            "blood pressure %(systolic)s/%(diastolic)s mmHg",
            systolic=entry.blood_pressure.systolic,
            diastolic=entry.blood_pressure.diastolic,
        )
    if entry.glucose is not None:
        yield _(
            "blood sugar %(value)s %(unit)s",
            value=quantity_in_words(entry.glucose.value),
            unit=entry.glucose.unit.value,
        )
