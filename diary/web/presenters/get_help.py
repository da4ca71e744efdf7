"""Get help now in words: the questions, what each result says to do, and what is expected after an injection.

Short words for somebody who is afraid: one thought in a sentence, at most fifteen words.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from diary.domain.safety import (
    QUESTIONS,
    EmergencyNumber,
    HelpQuestion,
    HelpResult,
    Level,
    emergency_number,
    out_of_hours_number,
)
from diary.store.clinics import Clinic
from diary.words.language import gettext as _
from diary.words.language import lazy_gettext

ASKED: Mapping[HelpQuestion, str] = {
    HelpQuestion.BREATHING: lazy_gettext("Is it hard to breathe, or is your face or throat swollen?"),
    HelpQuestion.CONTROL: lazy_gettext("Have you lost control of your pee or poo, or can you not pee?"),
    HelpQuestion.NUMB_SKIN: lazy_gettext("Is the skin numb between your legs or around your bottom?"),
    HelpQuestion.LEGS: lazy_gettext("Are your legs weak or numb, and is it getting worse?"),
    HelpQuestion.SHIVERY: lazy_gettext("Do you feel hot and shivery?"),
    HelpQuestion.SITE: lazy_gettext("Is your back hot, swollen or very sore where the needle went in?"),
}
_LEGS = lazy_gettext("your legs are weak or numb, and it is getting worse")
SAID: Mapping[HelpResult, str] = {
    HelpResult.BREATHING: lazy_gettext("it is hard to breathe, or your face or throat is swollen"),
    HelpResult.CONTROL: lazy_gettext("you have lost control of your pee or poo, or you cannot pee"),
    HelpResult.NUMB_SKIN: lazy_gettext("the skin is numb between your legs or around your bottom"),
    HelpResult.LEGS: _LEGS,
    HelpResult.LEGS_AT_FIRST: _LEGS,
    HelpResult.SHIVERY: lazy_gettext("you feel hot and shivery"),
    HelpResult.SITE: lazy_gettext("your back is hot, swollen or very sore where the needle went in"),
    HelpResult.NONE: lazy_gettext("No to all %(count)s questions", count=len(QUESTIONS)),
}
# Shape and word stand beside the colour of each level.
SHAPES: Mapping[Level, str] = {Level.EMERGENCY: "▲", Level.URGENT: "●", Level.NOT_URGENT: "■"}
# Source: screens.md S9, from leaflets: numb legs are gone after four to six hours.
LEGS_AT_FIRST = (
    lazy_gettext("Sit or lie down. Do not walk alone. Do not drive."),
    lazy_gettext("In the first 6 hours this can be the numbing medicine."),
    lazy_gettext("If it is not better after 6 hours, or you cannot pee, get help now."),
)
# Source: evidence.md 2.4 and 7 (soreness 1 to 3 days, flare up to 5, flushing 1 to 3; glucose checked for 4 to 5 days).
EXPECTED = (
    lazy_gettext("You can be sore where the needle went in for 1 to 3 days."),
    lazy_gettext("Your pain can be higher for 3 to 5 days."),
    lazy_gettext("Your face can be hot and red for 1 to 3 days."),
    lazy_gettext("You can sleep badly for the first few nights."),
    lazy_gettext("With diabetes, your blood sugar can go up for some days. Check it more often for 5 days."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telephone:
    """A number as people read it, and as a phone dials it."""

    words: str
    dialled: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """Whom to call. Where no clinic is known all of it but the emergency number is None."""

    emergency: EmergencyNumber
    clinic: Telephone | None
    opening_hours: str | None
    out_of_hours: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultPage:
    """One result: its level as shape and heading, what was said, and what to do before calling."""

    level: Level
    shape: str
    heading: str
    said: str
    first: tuple[str, ...]


def numbers_of(clinic: Clinic | None) -> Numbers:
    """The clinic's numbers and those of its country; for a stranger the careful ones."""
    country = clinic.country if clinic else None
    return Numbers(
        emergency=emergency_number(country),
        clinic=telephone_of(clinic.telephone) if clinic and clinic.telephone else None,
        opening_hours=clinic.opening_hours if clinic else None,
        out_of_hours=out_of_hours_number(country),
    )


def telephone_of(number: str) -> Telephone:
    """A number for a link: no spaces, no "(0)" after a country's code, no extension, of two numbers the first."""
    main = re.split(r"x|\s/\s", number, maxsplit=1)[0]
    if main.startswith("+"):
        main = main.replace("(0)", "")
    plus = "+" if main.startswith("+") else ""
    return Telephone(words=number, dialled=plus + "".join(str(int(digit)) for digit in main if digit.isdecimal()))


def result_page(result: HelpResult, emergency: EmergencyNumber) -> ResultPage:
    """A result in words."""
    return ResultPage(
        level=result.level,
        shape=SHAPES[result.level],
        heading=_heading(result.level, emergency),
        said=SAID[result],
        first=LEGS_AT_FIRST if result is HelpResult.LEGS_AT_FIRST else (),
    )


def _heading(level: Level, emergency: EmergencyNumber) -> str:
    match level:
        case Level.EMERGENCY if emergency.known:
            return _("Emergency: call %(number)s now", number=emergency.digits)
        case Level.EMERGENCY:
            return _("Emergency: call for help now")
        case Level.URGENT:
            return _("Urgent: call your clinic today")
        case Level.NOT_URGENT:
            return _("Not urgent: tell your clinic at your next visit")
