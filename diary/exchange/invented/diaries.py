"""Play a course out, day by day, into a diary: pure, and the same for the same seed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import count
from random import Random
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from diary.domain.diary import (
    BloodPressure,
    Condition,
    Diary,
    Discharge,
    Entry,
    Event,
    Glucose,
    GlucoseUnit,
    Injection,
    Kind,
    Medicine,
    Patient,
    Preparation,
    Question,
    Reaction,
    Scores,
    Source,
    SteroidElsewhere,
    Target,
)
from diary.exchange.invented.courses import BUPIVACAINE, Course, Shot
from diary.exchange.invented.pain import as_score, block_left, levels_of, ramp

# Every id of an invented record is derived from here, unless whoever asks brings a root of their own.
INVENTED = UUID("1c5b0f2e-6d53-4b8e-9d6a-7a1e5c0d3f10")
ACTIVITIES = ("Getting out of the car", "Stairs", "Turning in bed")
NOTES = ("Slept badly.", "Long drive today.", "Walked for an hour.", "Sat through a wedding.", "Gardening.")
CLINIC_MINUTES = (5, 10, 15, 20, 25, 30)
LIDOCAINE_HOURS = (60, 90, 120, 180, 240)
BUPIVACAINE_HOURS = (60, 120, 180, 240, 300, 360, 420, 480)
BEDTIME = time(22, 30)


def invent_diary(
    course: Course,
    *,
    seed: int,
    injected_on: date,
    injected_at: time | None = None,
    until: datetime | None = None,
    patient: Patient | None = None,
    ids_under: UUID = INVENTED,
) -> Diary:
    """The diary of one invented person on this course: the same for the same arguments.

    ``injected_on`` is the day of the first injection (or the day planned for it), at ``injected_at`` or some time in
    the morning. What would be recorded after ``until`` is left out.
    """
    story = _Story(course, seed, injected_on, injected_at, ids_under)
    last = until or datetime.max.replace(tzinfo=UTC)
    return Diary(
        patient=patient or Patient(time_zone=course.zone, conditions=course.conditions),
        injections=tuple(i for i in story.injections() if i.recorded_at is not None and i.recorded_at <= last),
        entries=tuple(sorted((e for e in story.entries() if e.recorded_at <= last), key=lambda e: e.recorded_at)),
        medicines=tuple(m for m in story.medicines() if m.recorded_at <= last),
        steroids_elsewhere=story.steroids_elsewhere(),
    )


@dataclass(frozen=True, slots=True)
class _Clock:
    """Local times as instants with their fixed offset, the way a phone records them."""

    zone: ZoneInfo

    def at(self, day: date, clock_time: time) -> datetime:
        # By way of UTC: a time that a clock change skips becomes one that exists.
        return self.shown(datetime.combine(day, clock_time, tzinfo=self.zone).astimezone(UTC))

    def shown(self, instant: datetime) -> datetime:
        local = instant.astimezone(self.zone)
        return local.replace(tzinfo=timezone(local.utcoffset() or timedelta()))


class _Story:
    """One person's course with its dice: the levels of each day first, then what was written down of them."""

    def __init__(self, course: Course, seed: int, start: date, at: time | None, ids_under: UUID) -> None:
        self.course = course
        self.start = start
        self.dice = Random(f"{seed}/{course.name}")  # noqa: S311 — invented people, no secret hangs on it
        self.clock = _Clock(ZoneInfo(course.zone))
        self.name_of_ids = f"{seed}/{course.name}"
        self.ids_under = ids_under
        self.numbers = count()
        self.performed = [
            self.clock.at(
                start + timedelta(days=shot.after_days), at or time(self.dice.randint(8, 11), self.dice.randint(0, 59))
            )
            for shot in course.shots
        ]
        self.levels = levels_of(course, self.dice)

    def _new_id(self) -> UUID:
        return uuid5(self.ids_under, f"{self.name_of_ids}/{next(self.numbers)}")

    def _shots(self) -> Iterator[tuple[Shot, datetime]]:
        return zip(self.course.shots, self.performed, strict=True)

    # --- the injections -----------------------------------------------------------------------------------------------

    def injections(self) -> Iterator[Injection]:
        for shot, performed_at in self._shots():
            injection = self._injection(shot, performed_at)
            if not self.course.corrected:
                yield injection
                continue
            yield replace(injection, contrast_ml=5)
            yield replace(
                injection,
                id=self._new_id(),
                revises=injection.id,
                recorded_at=performed_at + timedelta(minutes=50),
            )

    def _injection(self, shot: Shot, performed_at: datetime) -> Injection:
        level = self.levels[shot.after_days]
        left_at = None if self.course.in_clinic_since else performed_at + timedelta(minutes=self.dice.randint(35, 48))
        return Injection(
            id=self._new_id(),
            performed_at=performed_at,
            side=shot.side,
            target=Target.JOINT,
            purpose=shot.purpose,
            cause=self.dice.choice(("arthritis", "sciatica", "cartilage wear", "trauma", "leg length difference")),
            anaesthetic=(shot.anaesthetic,),
            steroid=shot.steroid,
            contrast_ml=0.5,
            guidance="fluoroscopy",
            sedation=shot.sedation,
            baseline=Scores(
                rest=as_score(level - 1),
                movement=as_score(level + 1),
                average=as_score(level),
                worst=as_score(level + 2),
                moving=as_score(level),
                activities=self._activities(level),
            ),
            activities=ACTIVITIES,
            recorded_at=left_at or performed_at + timedelta(minutes=2),
            recorded_by="Noor Example",
            operator="Dr Chen Example",
            pain_named=f"the pain low on the {shot.side}, over the buttock" if shot.side != "both" else None,
            baseline_at=performed_at - timedelta(minutes=self.dice.randint(8, 25)),
            baseline_before_sedation=True if shot.sedation else None,
            preparation=Preparation(
                driver=True,
                rest_planned=True,
                medicines_told=True,
                anticoagulants_asked=True,
                blood_pressure_taken=True,
            ),
            discharge=Discharge(escort=True, leg_strength=shot.reaction is None, walks_safely=True, left_at=left_at)
            if left_at
            else Discharge(),
            reactions=self._reactions(shot, performed_at),
        )

    def _reactions(self, shot: Shot, performed_at: datetime) -> tuple[Reaction, ...]:
        if shot.reaction is None:
            return ()
        return (Reaction(at=performed_at + timedelta(minutes=1), kind=shot.reaction, note="Gone after 40 minutes."),)

    def _activities(self, level: float) -> tuple[int, ...]:
        return tuple(as_score(level + self.dice.uniform(-1, 1.4)) for _ in ACTIVITIES)

    # --- the entries --------------------------------------------------------------------------------------------------

    def entries(self) -> Iterator[Entry]:
        for shot, performed_at in self._shots():
            yield from self._moments(shot, performed_at)
        for day in self.levels:
            if self._is_logged(day):
                yield from self._with_correction(self._daily(day), often=0.06)

    def _moments(self, shot: Shot, performed_at: datetime) -> Iterator[Entry]:
        at_home = BUPIVACAINE_HOURS if shot.anaesthetic is BUPIVACAINE else LIDOCAINE_HOURS
        bedtime = self.clock.at(performed_at.date(), BEDTIME)
        for planned in (*CLINIC_MINUTES, *at_home):
            in_clinic = planned <= CLINIC_MINUTES[-1]
            minute = planned + (self.dice.randint(0, 2) if in_clinic else self.dice.randint(0, 9))
            at = performed_at + timedelta(minutes=minute)
            if at > bedtime or (not in_clinic and self.dice.random() > self.course.adherence):
                continue
            entry = self._moment(shot, at, minute, mobility=planned in (15, 30, at_home[0], at_home[-1]))
            source, recorded_by = (Source.NURSE, "Noor Example") if in_clinic else self._at_home()
            yield from self._with_correction(replace(entry, source=source, recorded_by=recorded_by), often=0.1)

    def _moment(self, shot: Shot, at: datetime, minute: int, *, mobility: bool) -> Entry:
        level = self.levels[shot.after_days]
        left = block_left(shot, minute)
        waited = timedelta(minutes=90) if self.dice.random() < self.course.late else timedelta()
        pressure = BloodPressure(systolic=self.dice.randint(118, 146), diastolic=self.dice.randint(68, 90))
        recorded_at = self.clock.shown(at + waited + timedelta(seconds=self.dice.randint(5, 50)))
        return Entry(
            id=self._new_id(),
            kind=Kind.MOMENT,
            at=at,
            recorded_at=recorded_at,
            received_at=recorded_at + timedelta(seconds=1),
            scores=Scores(
                rest=as_score((level - 1) * left + self.dice.uniform(-0.4, 0.4)),
                movement=as_score((level + 1) * left + self.dice.uniform(-0.4, 0.4)),
                moving=as_score(level * left + self.dice.uniform(-0.6, 0.6)) if mobility else None,
            ),
            blood_pressure=pressure if CLINIC_MINUTES[-1] <= minute < LIDOCAINE_HOURS[0] else None,
        )

    def _at_home(self) -> tuple[Source, str | None]:
        return (Source.HELPER, self.course.helper) if self.course.helper else (Source.PATIENT, None)

    def _is_logged(self, day: int) -> bool:
        silent = self.course.silent
        if silent and silent[0] <= day <= silent[1]:
            return False
        return self.dice.random() < (self.course.adherence if day <= 14 else self.course.later)

    def _daily(self, day: int) -> Entry:
        level = self.levels[day]
        on = self.start + timedelta(days=day)
        recorded_at = self._evening_of(on, day)
        average = as_score(level)
        source, recorded_by = self._at_home()
        forgotten = self.course.late > 0.3 and self.dice.random() < 0.05
        return Entry(
            id=self._new_id(),
            kind=Kind.DAILY,
            day=on,
            recorded_at=recorded_at,
            received_at=recorded_at + timedelta(seconds=self.dice.choice((1, 1, 1, 1, 7200))),
            scores=Scores(
                average=None if forgotten else average,
                worst=None if forgotten else as_score(level + self.dice.uniform(0.6, 2.2)),
                soreness=self._soreness(day),
                moving=as_score(level * 0.95 + self.dice.uniform(-0.8, 0.8)),
                activities=self._activities(level) if day > 0 and day % 7 == 0 else None,
            ),
            analgesic=self.dice.random() < (0.5 if average >= 6 else 0.2 if average >= 4 else 0.04),
            side_effects=("flushing",) if day in (1, 2) and self.dice.random() < 0.1 else (),
            glucose=self._glucose(day),
            note=self.dice.choice(NOTES) if self.dice.random() < 0.04 else None,
            events=(Event.PHYSIOTHERAPY,) if self.dice.random() < 0.03 else (),
            unknown=(Question.AVERAGE, Question.WORST) if forgotten else (),
            source=source,
            recorded_by=recorded_by,
        )

    def _evening_of(self, on: date, day: int) -> datetime:
        clock = self.clock
        if self.course.away and self.course.away[0] <= day <= self.course.away[1]:
            clock = _Clock(ZoneInfo(self.course.away[2]))
        if self.dice.random() < self.course.late:
            return clock.at(on + timedelta(days=1), time(self.dice.randint(13, 20), self.dice.randint(0, 59)))
        return clock.at(on, time(self.dice.randint(18, 21), self.dice.randint(0, 59), self.dice.randint(0, 59)))

    def _soreness(self, day: int) -> int | None:
        """Asked from the day of an injection on, until two zeros in a row; it fades within a week."""
        for shot in self.course.shots:
            since = day - shot.after_days
            if 0 <= since <= 6:
                return as_score(5 + shot.flare - since * (5 + shot.flare) / 5)
        return None

    def _glucose(self, day: int) -> Glucose | None:
        if Condition.DIABETES not in self.course.conditions or not 0 <= day <= 7:
            return None
        rise = 90 * ramp(day, -1, 1) * (1 - ramp(day, 2, 6))
        return Glucose(value=round(125 + rise + self.dice.uniform(-12, 12)), unit=GlucoseUnit.MG_DL)

    def _with_correction(self, entry: Entry, *, often: float) -> Iterator[Entry]:
        yield entry
        if not self.course.corrected or self.dice.random() > often * 2:
            return
        correction = replace(
            entry,
            id=self._new_id(),
            revises=entry.id,
            recorded_at=entry.recorded_at + timedelta(minutes=2),
            received_at=entry.recorded_at + timedelta(minutes=2, seconds=1),
        )
        if self.dice.random() < 0.15:
            yield replace(correction, withdrawn=True)
        elif entry.kind is Kind.DAILY:
            yield replace(correction, scores=replace(entry.scores, average=as_score((entry.scores.average or 0) + 1)))
        else:
            yield replace(correction, scores=replace(entry.scores, movement=as_score((entry.scores.movement or 0) - 1)))

    # --- the rest -----------------------------------------------------------------------------------------------------

    def medicines(self) -> Iterator[Medicine]:
        for _shot, performed_at in self._shots():
            for minute in self.course.rescue_minutes:
                taken_at = self.clock.shown(performed_at + timedelta(minutes=minute))
                yield Medicine(
                    id=self._new_id(),
                    taken_at=taken_at,
                    recorded_at=max(taken_at, performed_at) + timedelta(minutes=3),
                    name="ibuprofen",
                    dose="400 mg",
                    rescue=True,
                    source=Source.NURSE if minute < 0 else Source.PATIENT,
                )

    def steroids_elsewhere(self) -> tuple[SteroidElsewhere, ...]:
        if not self.course.corrected:
            return ()
        given_on = self.start - timedelta(days=104)
        return (SteroidElsewhere(on=given_on, agent="methylprednisolone", mg=40, where="right shoulder"),)
