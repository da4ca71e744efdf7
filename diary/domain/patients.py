"""Who a patient is, checked where it is built, and who looks like somebody that the clinic already has."""

import unicodedata
from dataclasses import asdict, dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from enum import StrEnum

from diary.domain.clinics import check_person_name, check_telephone, check_time_zone
from diary.domain.errors import InvalidValue
from diary.domain.pain import one_line

OLDEST_YEAR = 1900
LONGEST_NUMBER = 60
ALIKE = 0.8  # of 1; "Cruz" and "Crux" are 0.75 alone, "Ana Cruz" and "Ana Crux" 0.88


class Order(StrEnum):
    """By what a list of patients is sorted; `FLAGS`: who returned, whom nobody can judge before the visit, by visit."""

    FLAGS = "flags"
    NEXT_VISIT = "next-visit"
    NAME = "name"
    BORN = "born"


class Show(StrEnum):
    """Which patients a list shows: those with a visit today, all, or those with a flag."""

    TODAY = "today"
    ALL = "all"
    FLAGS = "flags"


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientDetails:
    """Who somebody is, without a word about their health. ``number`` is the clinic's chart number."""

    name: str
    born: date
    time_zone: str
    number: str | None
    telephone: str | None
    language: str

    @classmethod
    def of(
        cls,
        *,
        name: str,
        born: date,
        time_zone: str,
        today: date,
        number: str | None = None,
        telephone: str | None = None,
        language: str = "en",
    ) -> "PatientDetails":
        """Details from what was typed, trimmed; `InvalidValue` names the first that is wrong."""
        return cls(
            name=check_person_name(name),
            born=check_born(born, today=today),
            time_zone=check_time_zone(time_zone),
            number=_number(number),
            telephone=check_telephone(telephone),
            language=language,
        )

    def as_columns(self) -> dict[str, str | date | None]:
        """The details by the names of the record's fields."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class NextVisit:
    """When the patient comes back, in the offset of the clinic, and to whom."""

    at: datetime
    doctor: str | None = None

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise InvalidValue("at", "The visit needs its time zone.")
        if self.doctor and len(self.doctor) > 200:
            raise InvalidValue("doctor", "Use at most 200 characters.")


def check_born(born: date, *, today: date) -> date:
    """A birth date that somebody alive can have."""
    if born > today:
        raise InvalidValue("born", "The birth date is in the future. Check the year.")
    if born.year < OLDEST_YEAR:
        raise InvalidValue("born", "Enter a birth date after %(year)s. Check the year.", year=OLDEST_YEAR - 1)
    return born


def birth_dates_like(born: date) -> tuple[date, ...]:
    """The date itself, and what it becomes when day and month are swapped."""
    try:
        swapped = born.replace(month=born.day, day=born.month)
    except ValueError:
        return (born,)
    return (born,) if swapped == born else (born, swapped)


def names_alike(one: str, other: str) -> bool:
    """Whether two names may be one person's: the same words in any order and spelling, or a letter or two apart."""
    words, others = _words(one), _words(other)
    if set(words) <= set(others) or set(others) <= set(words):
        return bool(words and others)
    return SequenceMatcher(a=" ".join(words), b=" ".join(others)).ratio() >= ALIKE


def initials(name: str | None) -> str:
    """The first letters of the first and the last name, as "A.C."."""
    words = (name or "").split()
    shown = words if len(words) < 2 else [words[0], words[-1]]
    return "".join(f"{word[0].upper()}." for word in shown)


def _words(name: str) -> list[str]:
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    return sorted(plain.casefold().replace("-", " ").replace("'", "").split())


def _number(number: str | None) -> str | None:
    line = one_line(number)
    if line and (len(line) > LONGEST_NUMBER or "\0" in line):
        raise InvalidValue("number", "Use at most %(most)s characters.", most=LONGEST_NUMBER)
    return line
