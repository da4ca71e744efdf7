"""The monitoring of an injection in words and shapes: what is due, how late, what was scored at which true minute."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from diary.domain.diary import State
from diary.domain.local_time import in_zone
from diary.domain.monitoring import Cell, CellState, LeavingCheck, Reading, Watch
from diary.services.devices import Phone
from diary.services.monitoring import WatchedPatient
from diary.web.presenters.injection import SIDE_WORDS, born_words, name_words, reaction_words
from diary.words.language import gettext as _
from diary.words.language import lazy_gettext, ngettext

STATE_WORDS = {
    State.ASLEEP: lazy_gettext("Asleep"),
    State.AWAY: lazy_gettext("Away"),
    State.CANNOT_SAY: lazy_gettext("Cannot say"),
}
MISSED = "–"  # noqa: RUF001 — a missed column shows a dash, as on an anaesthetic record


@dataclass(frozen=True, slots=True)
class Box:
    """One five-minute column: its heading, what stands in it, and the same for a screen reader."""

    column: int
    state: str
    shown: str
    spoken: str


@dataclass(frozen=True, slots=True)
class Due:
    """What is due, as shape, words and the minute that the script counts from."""

    state: str
    words: str
    minute: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of who is in the room."""

    injection_id: UUID
    name: str
    born: str
    side: str
    since: int
    due: Due
    before: str
    boxes: tuple[Box, ...]
    name_alert: bool
    performed_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Monitoring:
    """One patient's half hour."""

    minute: int
    performed_at: str
    done_at: str
    now: str
    before: str
    due: Due
    boxes: tuple[Box, ...]
    readings: tuple[tuple[str, str, str], ...]
    last: str | None
    reactions: tuple[str, ...]


def row(one: WatchedPatient) -> Row:
    """A line of the list. The full birth date stands where two names are alike."""
    patient, watch = one.patient, one.watch
    return Row(
        injection_id=watch.injection.id,
        name=name_words(patient),
        born=born_words(patient) if one.name_alert or not patient.born else str(patient.born.year),
        side=SIDE_WORDS[watch.injection.side],
        since=watch.minute,
        due=due(watch),
        before=_before(watch),
        boxes=tuple(_box(cell) for cell in watch.cells),
        name_alert=one.name_alert,
        performed_at=watch.injection.performed_at.isoformat(),
    )


def monitoring(watch: Watch, zone: ZoneInfo, *, now: datetime) -> Monitoring:
    """All that the page of one patient shows."""
    readings = tuple(
        (_minute_words(r.minute), _reading(r), r.entry.recorded_by or "") for r in reversed(watch.readings)
    )
    last = watch.readings[-1] if watch.readings else None
    return Monitoring(
        minute=watch.minute,
        performed_at=watch.injection.performed_at.isoformat(),
        done_at=f"{in_zone(watch.injection.performed_at, zone):%H:%M}",
        now=now.isoformat(),
        before=_before(watch),
        due=due(watch),
        boxes=tuple(_box(cell) for cell in watch.cells),
        readings=readings,
        last=_reading_at(last) if last else None,
        reactions=tuple(reaction_words(reaction) for reaction in watch.injection.reactions),
    )


def due(watch: Watch) -> Due:
    """Late, now, in so many minutes, or nothing any more; as a word with its shape."""
    late_by = watch.late_by
    if late_by is None:
        return Due("done", _("All readings taken"), None)
    if late_by >= 1:
        return Due("late", ngettext("%(num)s minute late", "%(num)s minutes late", late_by), watch.next_due)
    if late_by == 0:
        return Due("now", _("Due now"), watch.next_due)
    return Due("coming", ngettext("Due in %(num)s minute", "Due in %(num)s minutes", -late_by), watch.next_due)


def script_words() -> dict[str, str | dict[str, str]]:
    """The words with which the script counts on, in the language spoken; it puts the number and the name in."""
    number = "{minutes}"
    return {
        "now": _("Due now"),
        "nowFor": _("%(name)s: due now", name="{name}"),
        "late": {
            "one": ngettext("%(num)s minute late", "%(num)s minutes late", 1, num=number),
            "other": ngettext("%(num)s minute late", "%(num)s minutes late", 2, num=number),
        },
        "coming": {
            "one": ngettext("Due in %(num)s minute", "Due in %(num)s minutes", 1, num=number),
            "other": ngettext("Due in %(num)s minute", "Due in %(num)s minutes", 2, num=number),
        },
    }


def asks_more_than_pain(watch: Watch) -> bool:
    """Whether this moment asks how hard the painful activity is too, so that one tap cannot answer it."""
    return watch.difficulty_due


def leaving_lines(check: LeavingCheck, watch: Watch, phones: Sequence[Phone]) -> list[tuple[bool, str]]:
    """The checklist: whether it is there, and what it says."""
    last = check.last_minute
    reactions = len(watch.injection.reactions)
    linked = any(phone.ended_at is None for phone in phones)
    return [
        (check.before_score, _("Score before the injection")),
        (check.enough_readings, _("At least 4 scores after it (%(count)s so far)", count=check.readings)),
        (
            check.last_is_late_enough,
            _("The last at 25 minutes or later (no reading yet)")
            if last is None
            else _("The last at 25 minutes or later (last at %(minute)s min)", minute=last),
        ),
        (True, _("Reactions: %(count)s recorded", count=reactions) if reactions else _("Reactions: none recorded")),
        (linked, _("A phone is linked") if linked else _("No phone is linked")),
    ]


def _minute_words(minute: int) -> str:
    return f"{minute} min"


def _before(watch: Watch) -> str:
    return MISSED if watch.before is None else str(watch.before)


def _box(cell: Cell) -> Box:
    match cell.state:
        case CellState.SCORED if cell.reading is not None:
            return Box(
                cell.column,
                cell.state.value,
                _short(cell.reading),
                _reading_at(cell.reading),
            )
        case CellState.DUE:
            return Box(cell.column, cell.state.value, "?", _("due"))
        case CellState.MISSED:
            return Box(cell.column, cell.state.value, MISSED, _("missed"))
        case _:
            return Box(cell.column, cell.state.value, "", _("to come"))


def _reading_at(reading: Reading) -> str:
    return _("%(reading)s at %(minute)s min", reading=_reading(reading), minute=reading.minute)


def _short(reading: Reading) -> str:
    return str(reading.pain) if reading.pain is not None else "…"


def _reading(reading: Reading) -> str:
    scores = reading.entry.scores
    parts = [] if reading.pain is None else [_("Pain %(score)s", score=reading.pain)]
    if scores.activities:
        parts.append(_("how hard %(scores)s", scores=", ".join(str(score) for score in scores.activities)))
    if scores.moving is not None:
        parts.append(_("moving %(score)s", score=scores.moving))
    if scores.soreness is not None:
        parts.append(_("soreness %(score)s", score=scores.soreness))
    if reading.entry.state is not None:
        parts.append(str(STATE_WORDS[reading.entry.state]))
    return ", ".join(parts) or _("No score")
