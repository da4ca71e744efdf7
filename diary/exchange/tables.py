"""A table of somebody's own as diaries, by a map; what was changed or left out is told by line.

Nothing is guessed: a blank stays missing, a broken date leaves its row out, a score out of range is left out and named.
Ids are made of what a row says, so that converting twice gives equal files, which merge when they are imported.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from diary.domain.diary import NO_SCORES, Diary, Entry, Injection, Kind, Patient, Scores, Source
from diary.exchange.diary_file import write_diary_file, write_diary_line
from diary.exchange.table_cells import LeftOut, day_in, recorded_in, scores_in
from diary.exchange.table_map import DayColumns, Duplicates, MomentColumns, RecordedColumn, TableMap
from diary.exchange.table_rows import Row, read_rows

# The namespace of all ids that come from tables; never to change.
NAMESPACE = UUID("0d5c7d3e-3a52-4f0e-9d5b-6f0e7a4f2f10")


@dataclass(frozen=True, slots=True)
class Remark:
    """What was changed or left out, with the line of the table."""

    line: int
    words: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.words}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """The diaries of a table, in the order in which its people first come up, and what is to be said of it."""

    diaries: tuple[Diary, ...]
    remarks: tuple[Remark, ...]
    several_people: bool

    def as_file(self) -> bytes:
        """One diary file, or one line for each person where the table holds several."""
        if self.several_people:
            return b"".join(map(write_diary_line, self.diaries))
        return b"".join(map(write_diary_file, self.diaries))


def convert(content: bytes, table_map: TableMap) -> Converted:
    """The diaries in a table's bytes. `InvalidValue` where it cannot be read with this map at all."""
    remarks: list[Remark] = []
    alone = _Person("", table_map, remarks)
    people: dict[str, _Person] = {} if table_map.person else {"": alone}
    for row in read_rows(content, table_map):
        who = row[table_map.person.column] if table_map.person else ""
        if who or not table_map.person:
            people.setdefault(who, _Person(who, table_map, remarks)).add(row)
        else:
            remarks.append(Remark(row.line, "names no person; left out"))
    return Converted(
        diaries=tuple(person.diary() for person in people.values()),
        remarks=tuple(remarks),
        several_people=table_map.person is not None,
    )


@dataclass(slots=True)
class _Person:
    """One person's diary while the rows come in."""

    who: str
    table_map: TableMap
    remarks: list[Remark]
    entries: list[Entry] = field(default_factory=list)
    baseline: Scores = NO_SCORES
    times: set[date | datetime] = field(default_factory=set)
    told: Counter[str] = field(default_factory=Counter)

    def diary(self) -> Diary:
        injection = self.table_map.injection
        return Diary(
            patient=self._patient(),
            injections=() if injection is None else (self._injection(injection),),
            entries=tuple(self.entries),
        )

    def _patient(self) -> Patient:
        person, patient = self.table_map.person, self.table_map.patient
        return patient if person is None else replace(patient, name=person.name.replace("{}", self.who)[:200])

    def _injection(self, injection: Injection) -> Injection:
        from_table: dict[str, Any] = {name.value: score for name, score in self.baseline.given().items()}
        return replace(injection, id=self._id("injection"), baseline=replace(injection.baseline, **from_table))

    def add(self, row: Row) -> None:
        """Take what the row holds: a daily entry, moments, the baseline."""
        table_map = self.table_map
        if table_map.day is not None and table_map.recorded is not None and table_map.scores.given():
            try:
                self._add_day(row, table_map.day, table_map.recorded)
            except LeftOut as why:
                self._remark(row, f"{why}; left out")
        if table_map.injection is not None:
            for moment in table_map.moments:
                self._add_moment(row, moment, table_map.injection.performed_at)
        if self.baseline == NO_SCORES:
            read = scores_in(row, table_map.baseline_columns, table_map.rounding)
            self.baseline = read.scores
            self._remark(row, *read.remarks)

    def _add_day(self, row: Row, columns: DayColumns, recorded: RecordedColumn) -> None:
        day = day_in(row, columns)
        read = scores_in(row, self.table_map.scores, self.table_map.rounding)
        if read.scores == NO_SCORES:
            self._remark(row, *read.remarks)
            return
        when = recorded_in(row, recorded, day=day, zone=self.table_map.patient.zone)
        self._note_further(row, day)
        self._remark(row, *read.remarks)
        notes = (*read.notes, *(["time of recording assumed"] if when.assumed else []))
        self.entries.append(
            Entry(
                id=self._id("day", day.isoformat(), row[recorded.column] if recorded.column else ""),
                kind=Kind.DAILY,
                day=day,
                recorded_at=when.instant,
                scores=read.scores,
                note="; ".join(notes) or None,
                source=Source.IMPORT,
            )
        )

    def _add_moment(self, row: Row, moment: MomentColumns, performed_at: datetime) -> None:
        read = scores_in(row, moment, self.table_map.rounding)
        self._remark(row, *read.remarks)
        if read.scores == NO_SCORES:
            return
        at = performed_at + timedelta(minutes=moment.minute)
        try:
            self._note_further(row, at)
        except LeftOut as why:
            self._remark(row, f"{why}; left out")
            return
        self.entries.append(
            Entry(
                id=self._id("minute", str(moment.minute)),
                kind=Kind.MOMENT,
                at=at,
                recorded_at=at,
                scores=read.scores,
                note="; ".join(read.notes) or None,
                source=Source.IMPORT,
            )
        )

    def _note_further(self, row: Row, when: date | datetime) -> None:
        """Tell of a further row for one day or minute; the map's rule says whether it is kept."""
        if when in self.times:
            if self.table_map.duplicates is Duplicates.LEAVE_OUT:
                raise LeftOut(f"a further row for {when.isoformat()}")
            self._remark(row, f"a further row for {when.isoformat()}; kept, the one recorded first counts")
        self.times.add(when)

    def _remark(self, row: Row, *words: str) -> None:
        self.remarks.extend(Remark(row.line, said) for said in words)

    def _id(self, *told: str) -> UUID:
        """An id of what was told, and of how often it was told before."""
        name = "\n".join((self.table_map.name, self.table_map.patient.name or "", self.who, *told))
        self.told[name] += 1
        return uuid5(NAMESPACE, f"{name}\n{self.told[name]}")
