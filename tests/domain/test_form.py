"""The form of the diary file, held against its JSON Schema."""

import json
import re
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from diary.domain.diary import (
    Anaesthetic,
    BloodPressure,
    Diary,
    Entry,
    Glucose,
    Injection,
    Medicine,
    Patient,
    Reaction,
    Scores,
    Steroid,
    SteroidElsewhere,
)
from diary.domain.errors import InvalidValue
from diary.domain.form import read, read_day, read_diary, read_field, read_records, write, write_diary
from diary.domain.limits import AtMost, Longest, Within, limits_of
from tests.factories import an_injection
from tests.strategies import diaries

EXAMPLES = Path(__file__).parent.parent / "examples"
SCHEMA = json.loads((EXAMPLES / "diary-file.schema.json").read_text())
formats = FormatChecker(["date", "uuid"])


@formats.checks("date-time")
def _is_rfc_3339(value: object) -> bool:
    """jsonschema leaves this format to a package of its own; RFC 3339, section 5.6, as the schema means it."""
    if not isinstance(value, str):
        return True
    if not re.fullmatch(
        r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})", value
    ):
        return False
    try:
        datetime.fromisoformat(value.upper())
    except ValueError:
        return False
    return True


VALIDATOR = Draft202012Validator(SCHEMA, format_checker=formats)


def examples() -> list[dict[str, Any]]:
    return [json.loads(path.read_text()) for path in sorted(EXAMPLES.glob("[0-9]*.json"))]


def a_file(**changes: Any) -> dict[str, Any]:
    return {
        "format": "injection-diary/1",
        "patient": {"time_zone": "America/New_York"},
        "injections": [],
        "entries": [
            {
                "id": "b0000000-0000-4000-8000-000000000000",
                "kind": "daily",
                "day": "2026-03-03",
                "recorded_at": "2026-03-03T19:05:00-05:00",
                "scores": {"average": 5},
            }
        ],
        **changes,
    }


def with_entry(**changes: Any) -> dict[str, Any]:
    file = a_file()
    file["entries"][0].update(changes)
    return file


# --- round trips ------------------------------------------------------------------------------------------------------


def test_there_are_all_the_worked_examples() -> None:
    assert len(examples()) == 21


@pytest.mark.parametrize("number", range(21))
def test_every_worked_example_comes_back_as_it_was(number: int) -> None:
    plain = examples()[number]["diary"]
    written = write_diary(read_diary(plain))
    assert _without_nothing(written) == _without_nothing(plain)
    VALIDATOR.validate(written)


def _without_nothing(plain: Any) -> Any:
    """Without what says nothing: null, an empty list or object, and the two flags where they say no."""
    if isinstance(plain, dict):
        kept = {key: _without_nothing(value) for key, value in plain.items()}
        return {
            key: value
            for key, value in kept.items()
            if value not in (None, [], {})
            and not (value is False and key in {"withdrawn", "transcribed", "pain_is_back"})
        }
    return [_without_nothing(item) for item in plain] if isinstance(plain, list) else plain


@given(diaries())
def test_a_diary_that_was_written_reads_as_the_same_diary(diary: Diary) -> None:
    written = write_diary(diary)
    again = read_diary(orjson.loads(orjson.dumps(written)))
    assert again == diary
    # Equal instants may bear different offsets, and day 0 hangs on the offset, so the text is compared too.
    assert write_diary(again) == written
    VALIDATOR.validate(written)


# --- the same as the schema -------------------------------------------------------------------------------------------

_VALUES = st.sampled_from(
    [
        *(None, True, False, 0, 1, -1, 10, 11, 5.0, 5.5, 101, 1001, 2000.5, 10**30, "", "x", "x" * 201),
        *([], [1], [1, 2, 3, 4, 5, 6], {}, {"at": "2026-03-02T10:30:00Z"}, {"agent": "lidocaine"}),
        *("left", "both", "daily", "moment", "joint", "patient", "doctor", "asleep", "diabetes"),
        *(["rest"], ["fall", "fall"], ["diabetes"], {"value": 5.5, "unit": "mmol/L"}),
        *({"systolic": 120, "diastolic": 80}, {"systolic": 39, "diastolic": 80}),
        *("2026-02-28", "2026-02-29", "2024-02-29", "2026-3-2", "2026-03-02T10:30:00-05:00", "2026-03-02T10:30:00"),
        *("2026-03-02T10:30:00.1234567+05:45", "2026-03-02t10:30:00z", "2026-03-02T24:00:00Z", "2026-03-02T10:60:00Z"),
        *("5f0c6a52-0000-4000-8000-00000000000a", "5F0C6A52-0000-4000-8000-00000000000A"),
        *("5f0c6a520000400080000000000000aa", "{5f0c6a52-0000-4000-8000-00000000000a}"),
    ]
)

_SOMETHING = _VALUES.filter(lambda value: value is not None)


@st.composite
def mutations(draw: st.DrawFn) -> dict[str, Any]:
    """A written diary with one place changed, taken away or added to."""
    plain = write_diary(draw(diaries()))
    place: Any = plain
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        down = [key for key in keys if isinstance(place[key], dict | list)]
        if not down or draw(st.integers(0, 3)) == 0:
            break
        place = place[draw(st.sampled_from(down))]
    if not keys or draw(st.integers(0, 5)) == 0:
        if isinstance(place, dict):
            place[draw(st.sampled_from(["mood", "at", "day", "glucose", "words", "", "a\nb"]))] = draw(_SOMETHING)
        else:
            place.append(draw(_VALUES))
    elif draw(st.integers(0, 4)) == 0:
        del place[draw(st.sampled_from(keys))]
    else:
        place[draw(st.sampled_from(keys))] = draw(_VALUES)
    return plain


def _nulls_taken_out(plain: Any) -> Any:
    """Null is accepted wherever a value is optional, so the schema judges the file without them."""
    if isinstance(plain, dict):
        return {key: _nulls_taken_out(value) for key, value in plain.items() if value is not None}
    return [_nulls_taken_out(item) for item in plain] if isinstance(plain, list) else plain


# What binds records to each other, or to the world, and so cannot stand in the schema.
_BEYOND_THE_SCHEMA = re.compile(
    r"stands twice|is not among the|makes a circle|a correction keeps|is before the moment|is not a time zone"
)


@given(mutations())
def test_the_form_takes_what_the_schema_takes(plain: dict[str, Any]) -> None:
    valid = VALIDATOR.is_valid(_nulls_taken_out(deepcopy(plain)))
    refused = _refusal_of(plain)
    assert (refused is None) == valid or (valid and _BEYOND_THE_SCHEMA.search(str(refused))), refused


def _refusal_of(plain: Any) -> InvalidValue | None:
    try:
        read_diary(plain)
    except InvalidValue as error:
        return error
    return None


def _schema_of(*path: str) -> dict[str, Any]:
    """A record's part of the schema, from property to property; of a list its items, of an optional one what it is."""
    schema: dict[str, Any] = SCHEMA
    for name in path:
        field = _given(schema["properties"][name])
        schema = field.get("items", field)
    return schema


def _given(schema: dict[str, Any]) -> dict[str, Any]:
    [given] = [option for option in schema.get("anyOf", [schema]) if option.get("type") != "null"]
    return dict(given)


def _limits_in(schema: dict[str, Any]) -> tuple[Any, ...]:
    found: list[Any] = []
    if "maxLength" in schema:
        found.append(Longest(schema["maxLength"]))
    if "maximum" in schema:
        least, above = schema.get("minimum"), schema.get("exclusiveMinimum")
        found.append(Within(least=least, above=above, most=schema["maximum"]))
    if "maxItems" in schema:
        found.append(AtMost(schema["maxItems"]))
    return tuple(found)


@pytest.mark.parametrize(
    ("record", "path"),
    [
        (Patient, ["patient"]),
        (Injection, ["injections"]),
        (Anaesthetic, ["injections", "anaesthetic"]),
        (Steroid, ["injections", "steroid"]),
        (Reaction, ["injections", "reactions"]),
        (Entry, ["entries"]),
        (Scores, ["entries", "scores"]),
        (BloodPressure, ["entries", "blood_pressure"]),
        (Glucose, ["entries", "glucose"]),
        (Medicine, ["medicines"]),
        (SteroidElsewhere, ["steroids_elsewhere"]),
    ],
)
def test_the_limits_of_a_record_are_those_of_the_schema(record: type, path: list[str]) -> None:
    fields = {name: _given(field) for name, field in _schema_of(*path)["properties"].items()}
    asked = {name: (_limits_in(field), _limits_in(field.get("items", {}))) for name, field in fields.items()}
    held = {name: (limits, of_items) for name, limits, of_items in limits_of(record)}
    assert held == {name: limits for name, limits in asked.items() if limits != ((), ())}


def test_null_where_a_value_must_be_given_is_refused() -> None:
    with pytest.raises(InvalidValue, match=r"^entries\[0\]\.scores: null is not an object with keys$"):
        read_diary(with_entry(scores=None))


def test_null_is_taken_wherever_a_value_is_optional() -> None:
    entry = {"source": None, "side_effects": None, "withdrawn": None, "clock": None, "scores": {"average": None}}
    assert read_diary({**with_entry(**entry), "medicines": None}).entries[0].scores.average is None


# --- what is refused, and the words for it ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ({"format": "injection-diary/2"}, "format: 'injection-diary/2' is not 'injection-diary/1'"),
        ({}, "format: is missing"),
        ({"format": "injection-diary/1"}, "patient: is missing"),
        (a_file(mood=1), "mood: is not a known key"),
        (a_file(**{"a\nb": 1}), r"'a\nb': is not a known key"),
        (a_file(patient={"time_zone": "Mars/Olympus"}), "patient.time_zone: 'Mars/Olympus' is not a time zone such as"),
        (a_file(patient={"time_zone": "../../etc/passwd"}), "patient.time_zone: '../../etc/passwd' is not a time zone"),
        (a_file(injections={}), "injections: an object is not a list"),
        (with_entry(scores={"average": 11}), "entries[0].scores.average: 11 is not between 0 and 10"),
        (with_entry(scores={"average": 4.5}), "entries[0].scores.average: 4.5 is not a whole number"),
        (with_entry(scores={"average": True}), "entries[0].scores.average: true is not a whole number"),
        (with_entry(scores={"average": "5"}), "entries[0].scores.average: '5' is not a whole number"),
        (with_entry(scores={"average": 10**400}), "entries[0].scores.average: a huge number is not between 0 and 10"),
        (with_entry(scores={"activities": [5, 12]}), "entries[0].scores.activities[1]: 12 is not between 0 and 10"),
        (with_entry(scores={"activities": [5] * 6}), "entries[0].scores.activities: 6 are more than 5"),
        (with_entry(day="2026-02-29"), "entries[0].day: '2026-02-29' is not a date such as 2026-03-02"),
        (with_entry(day="٢٠٢٦-٠٣-٠٣"), "entries[0].day: '٢٠٢٦-٠٣-٠٣' is not a date such as 2026-03-02"),
        (with_entry(day=None), "entries[0].day: a daily entry needs the day that it is about"),
        (with_entry(kind="moment"), "entries[0].at: a moment entry needs the instant that it is about"),
        (with_entry(recorded_at="2026-03-03T19:05:00"), "entries[0].recorded_at: '2026-03-03T19:05:00' is not"),
        (with_entry(recorded_at="9999-12-31T23:59:59-12:00"), "entries[0].recorded_at: '9999-12-31T23"),
        (with_entry(id="7"), "entries[0].id: '7' is not a usable UUID"),
        (with_entry(note="a\0b"), "entries[0].note: holds a NUL character, which cannot be stored"),
        (with_entry(note="x" * 4001), "entries[0].note: 4001 characters are more than 4000"),
        (with_entry(blood_pressure={"systolic": 120}), "entries[0].blood_pressure.diastolic: is missing"),
        (with_entry(glucose={"value": 0, "unit": "mg/dL"}), "entries[0].glucose.value: 0 is not above 0"),
        (with_entry(source="robot"), "entries[0].source: 'robot' is not one of patient, helper, nurse, doctor, import"),
        (with_entry(source=["patient"]), "entries[0].source: a list is not one of patient, helper, nurse, doctor, imp"),
        (with_entry(note=5), "entries[0].note: 5 is not a text"),
        (with_entry(note=[1]), "entries[0].note: a list is not a text"),
        (with_entry(analgesic="yes"), "entries[0].analgesic: 'yes' is not true or false"),
        (with_entry(glucose={"value": "5", "unit": "mg/dL"}), "entries[0].glucose.value: '5' is not a number"),
        (with_entry(glucose={"value": True, "unit": "mg/dL"}), "entries[0].glucose.value: true is not a number"),
        (with_entry(scores=[4]), "entries[0].scores: a list is not an object with keys"),
        (with_entry(day=5), "entries[0].day: 5 is not a date such as 2026-03-02"),
        (with_entry(day="1849-12-31"), "entries[0].day: '1849-12-31' is not between 1850 and 2200"),
        (with_entry(day="2201-01-01"), "entries[0].day: '2201-01-01' is not between 1850 and 2200"),
        (with_entry(note={}), "entries[0].note: an object is not a text"),
        (with_entry(kind="x" * 58), f"entries[0].kind: '{'x' * 58}' is not one of moment, daily"),
        (with_entry(kind="x" * 59), f"entries[0].kind: '{'x' * 56}... is not one of moment, daily"),
    ],
)  # fmt: skip
def test_a_bad_value_is_refused_with_its_place(file: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        read_diary(file)
    assert str(refused.value).startswith(words)


@pytest.mark.parametrize("plain", [None, 1, "x", [], [{}], True])
def test_what_is_no_object_is_no_diary(plain: Any) -> None:
    with pytest.raises(InvalidValue, match="is not an object with keys"):
        read_diary(plain)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=8,
)


@given(_JSON, st.sampled_from(["patient", "injections", "entries", "medicines", "steroids_elsewhere", "format"]))
def test_any_json_is_read_or_refused_in_one_line(plain: Any, key: str) -> None:
    refused = _refusal_of({**a_file(), key: plain})
    assert refused is None or len(str(refused).splitlines()) == 1


@pytest.mark.parametrize("day", ["1850-01-01", "2200-12-31"])
def test_the_years_of_a_living_patient_are_taken(day: str) -> None:
    assert read_day(day).isoformat() == day


# --- small print of the form ------------------------------------------------------------------------------------------


def test_zero_no_and_an_empty_note_are_not_the_same_as_nothing() -> None:
    plain = with_entry(scores={"average": 0}, analgesic=False, note="")["entries"][0]
    assert write(read(Entry, plain)) == plain


def test_what_equals_its_default_is_left_out_and_a_choice_is_written_as_a_plain_text() -> None:
    written = write(an_injection(baseline=Scores()))
    assert "baseline" not in written
    assert type(written["side"]) is str


def test_a_part_of_a_diary_may_hold_a_correction_alone() -> None:
    correction = with_entry(revises="b0000000-0000-4000-8000-000000000001")
    with pytest.raises(InvalidValue, match="is not among the entries"):
        read_diary(correction)
    [entry] = read_records(correction).entries
    assert (entry.scores, str(entry.revises)) == (Scores(average=5), "b0000000-0000-4000-8000-000000000001")


def test_one_field_is_read_as_in_its_record() -> None:
    assert read_field(Entry, "scores", {"average": 5}) == Scores(average=5)
    with pytest.raises(InvalidValue, match=r"^average: 11 is not between 0 and 10$"):
        read_field(Entry, "scores", {"average": 11})


def test_a_whole_number_may_be_written_with_a_point() -> None:
    assert read_diary(with_entry(scores={"average": 5.0})).entries[0].scores.average == 5


def test_an_instant_keeps_the_offset_that_it_bears() -> None:
    diary = read_diary(with_entry(recorded_at="2026-03-03T23:30:00+05:45"))
    assert write_diary(diary)["entries"][0]["recorded_at"] == "2026-03-03T23:30:00+05:45"


@pytest.mark.parametrize("written", ["2026-03-04T00:05:00Z", "2026-03-04t00:05:00z", "2026-03-03T19:05:00-05:00"])
def test_an_instant_may_be_written_in_small_letters_and_in_utc(written: str) -> None:
    [entry] = read_diary(with_entry(recorded_at=written)).entries
    assert entry.recorded_at == datetime(2026, 3, 4, 0, 5, tzinfo=UTC)


@pytest.mark.parametrize("key", ["injections", "entries", "medicines"])
def test_what_a_reader_looks_for_is_always_written(key: str) -> None:
    file = a_file()
    del file["entries"]
    assert write_diary(read_diary(file))[key] == []
