"""What an entry is about, who wrote it and what it says, in words."""

from collections.abc import Iterator

from diary.domain.diary import Entry, Kind, Source
from diary.words.language import gettext as _
from diary.words.times import in_words, instant_in_words

SOURCES = {
    Source.PATIENT: "patient",
    Source.HELPER: "helper",
    Source.NURSE: "nurse",
    Source.DOCTOR: "doctor",
    Source.IMPORT: "import",
}


def about_of(entry: Entry) -> str:
    """The day or the instant that an entry is about."""
    return in_words(entry.local_day) if entry.kind is Kind.DAILY else instant_in_words(entry.instant)


def by_of(entry: Entry) -> str:
    """Who recorded it, as far as it is known; of paper who typed it in, and when."""
    source = SOURCES[entry.source] if entry.source else "not known"
    by = f"{source}, {entry.recorded_by}" if entry.recorded_by else source
    return paper_words(entry, by=by) if entry.transcribed else by


def paper_words(entry: Entry, *, by: str) -> str:
    """From paper, typed in by nurse, Noor on 24-Mar-2026."""
    return _("from paper, typed in by %(by)s on %(day)s", by=by, day=in_words(entry.recorded_at.date()))


def scores_of(entry: Entry) -> str:
    """average 4, moving 3, activities 6 5 7, extra medicine yes: the scores and whatever else was written with them."""
    given = [
        f"{instrument.value} {answer if isinstance(answer, int) else ' '.join(map(str, answer))}"
        for instrument, answer in entry.scores.given().items()
    ]
    if entry.words is not None:
        given.append(f"in words: {entry.words.value}")
    if entry.state is not None:
        given.append(entry.state.value.replace("-", " "))
    if entry.unknown:
        given.append(f"does not remember: {', '.join(question.value for question in entry.unknown)}")
    for what, answer in (("extra medicine", entry.analgesic), ("moved as it hurts", entry.movement_done)):
        if answer is not None:
            given.append(f"{what} {'yes' if answer else 'no'}")
    note = [f"note: {entry.note}"] if entry.note else []
    return ", ".join([*given, *beside_scores(entry), *note]) or "no scores"


def beside_scores(entry: Entry) -> Iterator[str]:
    """What was written beside the scores: that the pain is back, events, side effects, what was measured."""
    if entry.pain_is_back:
        yield "the pain is back"
    yield from (event.value.replace("-", " ") for event in entry.events)
    yield from entry.side_effects
    if entry.blood_pressure is not None:
        yield f"blood pressure {entry.blood_pressure.systolic}/{entry.blood_pressure.diastolic} mmHg"
    if entry.glucose is not None:
        yield f"blood sugar {entry.glucose.value:g} {entry.glucose.unit.value}"
