"""A whole clinic of invented people, one for every kind of course and then round again."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from diary.domain.diary import Diary, Patient
from diary.exchange.invented.courses import COURSES, Course
from diary.exchange.invented.diaries import INVENTED, invent_diary

FIRST_NAMES = (
    "Ana", "Ben", "Clara", "David", "Elena", "Frank", "Grace", "Hugo", "Irene", "James", "Karin", "Louis", "Maria",
    "Nils", "Olga", "Peter", "Quinn", "Rosa", "Samuel", "Tilda", "Uwe", "Vera", "Walter", "Xenia", "Yusuf", "Zoe",
)  # fmt: skip
# Nobody is called this: whoever sees the name sees that the person is invented.
SURNAMES = ("Example", "Sample", "Madeup", "Pretend", "Fictive", "Specimen", "Placeholder", "Imaginary")


@dataclass(frozen=True, slots=True, kw_only=True)
class InventedPatient:
    """One person of the demo: the diary, and what the clinic keeps beside it.

    ``planned_at`` is when an injection that lies ahead is planned.
    """

    course: str
    diary: Diary
    telephone: str
    planned_at: datetime | None
    next_visit_at: datetime | None


def invent_clinic(
    *, patients: int, seed: int, now: datetime, ids_under: UUID = INVENTED
) -> tuple[InventedPatient, ...]:
    """So many invented people with their diaries as they would stand at ``now``: the same for the same arguments."""
    people: list[InventedPatient] = []
    by_course: dict[str, Patient] = {}
    for number in range(patients):
        lap, place = divmod(number, len(COURSES))
        course = COURSES[place] if lap == 0 else _varied(COURSES[place], Random(f"{seed}/{number}"))  # noqa: S311 — invented people
        person = invent_person(course, number=number, seed=seed)
        if course.same_person_as:
            person = replace(by_course[course.same_person_as], number=person.number)
        by_course[course.name] = person
        injected = _start(course, now)
        diary = invent_diary(
            course,
            seed=seed + 7919 * lap,
            injected_on=injected.date(),
            injected_at=injected.time() if course.in_clinic_since else None,
            until=now,
            patient=person,
            ids_under=ids_under,
        )
        people.append(
            InventedPatient(
                course=course.name,
                diary=diary,
                telephone=f"+1 202 555 01{number % 100:02d}",
                planned_at=None if course.shots else injected,
                next_visit_at=_next_visit(number, now, course.zone),
            )
        )
    return tuple(people)


def invent_person(course: Course, *, number: int, seed: int) -> Patient:
    """A name that cannot be mistaken for a real person's, a birth date and a chart number."""
    dice = Random(f"{seed}/person/{number}")  # noqa: S311 — invented people, no secret hangs on it
    return Patient(
        name=_name(number),
        born=date(1938, 1, 1) + timedelta(days=dice.randrange(48 * 365)),
        time_zone=course.zone,
        language="en",
        number=f"DEMO-{number + 1:04d}",
        conditions=course.conditions,
    )


def _name(number: int) -> str:
    lap, first = divmod(number, len(FIRST_NAMES))
    surname = SURNAMES[(number + lap) % len(SURNAMES)]
    namesakes = lap // len(SURNAMES)
    return f"{FIRST_NAMES[first]} {surname}" + (f" {namesakes + 1}" if namesakes else "")


def _varied(course: Course, dice: Random) -> Course:
    """The same kind of course in another person."""
    shots = tuple(
        replace(
            shot,
            steroid_relief=min(0.95, shot.steroid_relief * dice.uniform(0.9, 1.1)),
            lasts_days=round(shot.lasts_days * dice.uniform(0.85, 1.2)),
            onset_day=shot.onset_day + dice.choice((-1, 0, 1)),
        )
        for shot in course.shots
    )
    adherence = min(0.97, course.adherence * dice.uniform(0.85, 1.08))
    return replace(course, shots=shots, pain=course.pain + dice.uniform(-0.8, 0.9), adherence=adherence)


def _start(course: Course, now: datetime) -> datetime:
    """When the first injection was, in the course's zone."""
    local = now.astimezone(ZoneInfo(course.zone))
    if course.in_clinic_since:
        return (now - timedelta(minutes=course.in_clinic_since)).astimezone(ZoneInfo(course.zone))
    day = local - timedelta(days=course.days_ago)
    if course.at_clock_change:
        day = _before_clock_change(day)
    return day if day.weekday() < 5 else day - timedelta(days=day.weekday() - 4)


def _before_clock_change(day: datetime) -> datetime:
    """The Friday or so before the last clock change up to this day; the day itself in a zone without any."""
    zone = day.tzinfo
    noon = datetime.combine(day.date(), time(12), tzinfo=zone)
    for back in range(366):
        later = noon - timedelta(days=back)
        if later.utcoffset() != (later - timedelta(days=1)).utcoffset():
            return later - timedelta(days=2)
    return day


def _next_visit(number: int, now: datetime, zone: str) -> datetime | None:
    """Every third person comes today or on one of the next days, at a quarter of an hour."""
    if number % 3:
        return None
    day = now.astimezone(ZoneInfo(zone)).date() + timedelta(days=number // 3 % 5)
    clock_time = time(9 + number // 3 % 7, 15 * (number % 4))
    return datetime.combine(day, clock_time, tzinfo=ZoneInfo(zone)).astimezone(UTC)
