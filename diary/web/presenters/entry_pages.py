"""All entries in words, each as it stands and as it was."""

from dataclasses import dataclass
from uuid import UUID

from diary.domain.diary import Entry, Kind
from diary.domain.timeline import Chain
from diary.services.entry_pages import EntryHistory
from diary.words.entries import about_of, by_of, scores_of
from diary.words.language import gettext as _
from diary.words.language import pgettext
from diary.words.times import in_words, instant_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLine:
    """One row of all entries; ``versions`` are older ones with their times, oldest first.

    ``asked``: it is the one that was asked for.
    """

    about: str
    kind: str
    scores: str
    recorded: str
    by: str
    zone: str
    remarks: str
    versions: tuple[str, ...]
    asked: bool


def entry_line(history: EntryHistory, *, asked: UUID | None = None) -> EntryLine:
    """One entry in words, as it stands and as it was."""
    chain: Chain[Entry] = history.chain
    end = chain.end
    remarks = [
        word
        for word, true in (
            (_("late"), history.late),
            (_("written before its day began: left out"), history.early),
            (_("changed"), chain.corrected),
            (_("withdrawn"), end.withdrawn),
            (_("typed in from paper"), chain.original.transcribed),
            (_clock(end), end.clock is not None),
            (_("asked in %(language)s", language=end.language), end.language not in {None, "en"}),
        )
        if true
    ]
    return EntryLine(
        about=about_of(end),
        kind=pgettext("entry", "day") if end.kind is Kind.DAILY else pgettext("entry", "right now"),
        scores=scores_of(end),
        recorded=instant_in_words(chain.original.recorded_at),
        by=by_of(chain.original),
        zone=f"UTC{chain.original.recorded_at:%z}",
        remarks=", ".join(remarks),
        versions=tuple(
            f"{instant_in_words(version.recorded_at)}, {by_of(version)}: {scores_of(version)}"
            for version in chain.records
        )
        if chain.corrected
        else (),
        asked=chain.original.id == asked,
    )


def _clock(entry: Entry) -> str:
    """What another clock than the server's said: that of a wrong phone, or the patient's hand on paper."""
    if entry.transcribed and entry.clock and entry.clock.recorded_at:
        return _("the paper says it was written %(when)s", when=instant_in_words(entry.clock.recorded_at))
    return _("the phone's clock said %(times)s", times=_phone_clock(entry))


def _phone_clock(entry: Entry) -> str:
    """The times as the phone had them, before they were put right."""
    if entry.clock is None:
        return ""
    given = (entry.clock.at, entry.clock.recorded_at)
    told = [instant_in_words(instant) for instant in given if instant is not None]
    return ", ".join([*([in_words(entry.clock.day)] if entry.clock.day else []), *told])
