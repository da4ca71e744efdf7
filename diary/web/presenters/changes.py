"""What was changed or withdrawn in a diary, version by version, for paper."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from diary.domain.diary import Entry, Injection, Medicine
from diary.domain.form import write
from diary.exchange.report import Table
from diary.services.reports import Changes
from diary.web.presenters.profiles import medicine_words
from diary.words.entries import about_of, by_of, scores_of
from diary.words.injections import SIDES, drugs_of
from diary.words.times import counted, instant_in_words

Record = Injection | Entry | Medicine

# What every version has of its own, whatever it changes.
ABOUT_THE_VERSION = frozenset({"id", "revises", "recorded_at", "received_at", "recorded_by", "source", "clock"})


def changes_table(changes: Changes) -> Table:
    """One row for each version of each record that was changed, oldest first, with what the change was and why."""
    rows = [
        *(row for chain in changes.injections for row in _versions("Injection", chain.records, changes.reasons)),
        *(row for chain in changes.entries for row in _versions("Entry", chain.records, changes.reasons)),
        *(row for chain in changes.medicines for row in _versions("Medicine", chain.records, changes.reasons)),
    ]
    records = len(changes.injections) + len(changes.entries) + len(changes.medicines)
    return Table(
        title=f"What was changed or withdrawn ({counted(records, 'record', 'records')}), each version as it was",
        columns=("Record", "Version", "Recorded", "By", "What it said", "What changed"),
        rows=tuple(rows),
        widths=(4, 2, 4, 3, 7, 5),
        none="Nothing was changed or withdrawn.",
    )


def _versions(kind: str, versions: Sequence[Record], reasons: Mapping[UUID, str]) -> Iterator[tuple[str, ...]]:
    about = f"{kind} {_about(versions[0])}"
    for number, (before, record) in enumerate(zip((None, *versions), versions, strict=False), start=1):
        changed = "" if before is None else _changed(before, record)
        yield (
            about,
            f"{number} of {len(versions)}",
            instant_in_words(record.recorded_at) if record.recorded_at is not None else "not known",
            _by(record),
            _said(record),
            ". Reason: ".join(filter(None, (changed, reasons.get(record.id)))),
        )


def _about(record: Record) -> str:
    match record:
        case Entry():
            return about_of(record)
        case Injection():
            return instant_in_words(record.performed_at)
        case Medicine():
            return instant_in_words(record.taken_at)


def _by(record: Record) -> str:
    match record:
        case Entry():
            return by_of(record)
        case Injection():
            return record.recorded_by or "not known"
        case Medicine():
            return "not known"


def _said(record: Record) -> str:
    match record:
        case Entry():
            return scores_of(record)
        case Injection():
            given = [f"{name.value} {score}" for name, score in record.baseline.given().items()]
            where = " ".join([SIDES[record.side], record.target or ""]).strip()
            before = f"; before: {', '.join(given)}" if given else ""
            return (
                f"{instant_in_words(record.performed_at)}, {where}, {record.purpose.value}: {drugs_of(record)}{before}"
            )
        case Medicine():
            return medicine_words(record)


def _changed(before: Record, after: Record) -> str:
    """The fields that differ, by name; that a record was withdrawn says it all."""
    if after.withdrawn:
        return "withdrawn"
    old, new = write(before), write(after)
    names = [name for name in {**old, **new} if name not in ABOUT_THE_VERSION and old.get(name) != new.get(name)]
    return ", ".join(name.replace("_", " ") for name in names)
