"""Diaries for hypothesis: any sound diary, with corrections, withdrawals and offsets from all over the world."""

import types
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from hypothesis import strategies as st

from diary.domain.diary import Diary, Entry, Injection, Kind, Medicine, Patient, SteroidElsewhere
from diary.domain.limits import AtMost, Longest, Within

ZONES = ("America/New_York", "Europe/London", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia", "UTC")
# Whole minutes, as an ISO 8601 offset has them: half-hour and quarter-hour zones too.
offsets = st.sampled_from([-720, -300, -210, 0, 60, 330, 345, 630, 840]).map(
    lambda minutes: timezone(timedelta(minutes=minutes))
)
instants = st.datetimes(datetime(2019, 12, 20), datetime(2020, 3, 5), timezones=offsets)  # noqa: DTZ001 — hypothesis adds the offset
days = st.dates(date(2019, 12, 20), date(2020, 3, 5))
# No NUL, which is refused, and no lone surrogates, which no UTF-8 file can hold.
texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40)


def _of_hint(hint: Any, notes: tuple[object, ...] = ()) -> st.SearchStrategy[Any]:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _of_hint(arguments[0], (*notes, *arguments[1:]))
    if origin in (Union, types.UnionType):
        (only,) = (option for option in arguments if option is not types.NoneType)
        return st.none() | _of_hint(only, notes)
    if origin is tuple:
        most = next((note.items for note in notes if isinstance(note, AtMost)), 3)
        return st.lists(_of_hint(arguments[0]), max_size=most).map(tuple)
    if is_dataclass(hint):
        return _records(hint)
    return _of_plain_type(hint, notes)


def _of_plain_type(hint: Any, notes: tuple[object, ...]) -> st.SearchStrategy[Any]:
    if issubclass(hint, StrEnum):
        return st.sampled_from(hint)
    if hint in (int, float):
        return _quantities(hint, next(note for note in notes if isinstance(note, Within)))
    if hint is str:
        most = next((note.characters for note in notes if isinstance(note, Longest)), 40)
        return texts.map(lambda text: text[:most])
    return {bool: st.booleans(), date: days, datetime: instants, UUID: st.uuids(version=4)}[hint]


def _quantities(number: type, limits: Within) -> st.SearchStrategy[Any]:
    least = limits.least if limits.least is not None else 0
    if number is int:
        return st.integers(int(least), int(limits.most))
    return st.floats(least, limits.most, exclude_min=limits.least is None, allow_nan=False)


def _records(record: Any, **given: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    hints = get_type_hints(record, include_extras=True)
    return st.builds(
        record, **{field.name: given.get(field.name, _of_hint(hints[field.name])) for field in fields(record)}
    )


nothing = st.none()
patients = _records(Patient, time_zone=st.sampled_from(ZONES))
injections = _records(Injection, revises=nothing, withdrawn=st.just(value=False))
medicines = _records(Medicine, revises=nothing, withdrawn=st.just(value=False))


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """An original entry: a moment recorded after it, or a day recorded around it."""
    kind = draw(st.sampled_from(Kind))
    at, day = (draw(instants), None) if kind is Kind.MOMENT else (None, draw(days))
    recorded_at = draw(instants)
    if at is not None:
        recorded_at = at + draw(st.timedeltas(timedelta(0), timedelta(days=3)))
    made: Entry = draw(
        _records(
            Entry,
            kind=st.just(kind),
            at=st.just(at),
            day=st.just(day),
            recorded_at=st.just(recorded_at),
            revises=nothing,
            withdrawn=st.just(value=False),
        )
    )
    return made


@st.composite
def diaries(draw: st.DrawFn) -> Diary:
    """A sound diary; some records are corrected, some corrections corrected again, some withdrawn."""
    return Diary(
        patient=draw(patients),
        injections=draw(_corrected(injections, 2)),
        entries=draw(_corrected(entries(), 4)),
        medicines=draw(_corrected(medicines, 2)),
        steroids_elsewhere=draw(st.lists(_records(SteroidElsewhere), max_size=2).map(tuple)),
    )


@st.composite
def _corrected(draw: st.DrawFn, originals: st.SearchStrategy[Any], most: int) -> tuple[Any, ...]:
    records = draw(st.lists(originals, max_size=most, unique_by=lambda record: record.id))
    for _ in range(draw(st.integers(0, 3)) if records else 0):
        before = draw(st.sampled_from(records))
        records.insert(
            draw(st.integers(0, len(records))),
            replace(
                before,
                id=draw(st.uuids(version=4)),
                revises=before.id,
                withdrawn=draw(st.booleans()),
                recorded_at=(before.recorded_at or draw(instants)) + draw(st.timedeltas(timedelta(0), timedelta(2))),
            ),
        )
    return tuple(records)
