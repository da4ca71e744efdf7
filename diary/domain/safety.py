"""Get help now: what is asked, how urgent an answer is, and whom to call.

Source of the questions, their order and the phase rule: ``screens.md`` S9; of the levels ``evidence.md`` section 7.
Pure functions of one answer and the minutes since the injection: nothing here knows who asks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class HelpQuestion(StrEnum):
    """What is asked, one on a page, the most serious first; the first yes ends it."""

    BREATHING = "breathing"
    CONTROL = "control"
    NUMB_SKIN = "numb-skin"
    LEGS = "legs"
    SHIVERY = "shivery"
    SITE = "site"


class Level(StrEnum):
    """How soon somebody has to look at it, the soonest first."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    NOT_URGENT = "not-urgent"


class HelpResult(StrEnum):
    """Where the questions can end: at one of them, or with six times no.

    ``LEGS_AT_FIRST``: weak or numb legs in the hours in which the numbing medicine can still be spreading.
    """

    BREATHING = "breathing"
    CONTROL = "control"
    NUMB_SKIN = "numb-skin"
    LEGS = "legs"
    LEGS_AT_FIRST = "legs-at-first"
    SHIVERY = "shivery"
    SITE = "site"
    NONE = "none"

    @property
    def level(self) -> Level:
        return _LEVELS[self]


QUESTIONS = tuple(HelpQuestion)
# Leaflets: numb or weak legs from the numbing medicine are gone after four to six hours.
FIRST_MINUTES = 6 * 60
_LEVELS: Mapping[HelpResult, Level] = {
    HelpResult.BREATHING: Level.EMERGENCY,
    HelpResult.CONTROL: Level.EMERGENCY,
    HelpResult.NUMB_SKIN: Level.EMERGENCY,
    HelpResult.LEGS: Level.EMERGENCY,
    HelpResult.LEGS_AT_FIRST: Level.URGENT,
    HelpResult.SHIVERY: Level.URGENT,
    HelpResult.SITE: Level.URGENT,
    HelpResult.NONE: Level.NOT_URGENT,
}


def next_question(question: HelpQuestion) -> HelpQuestion | None:
    """What is asked after a no; None after the last."""
    following = QUESTIONS.index(question) + 1
    return QUESTIONS[following] if following < len(QUESTIONS) else None


def result_of(yes: HelpQuestion | None, *, minutes_since_injection: int | None) -> HelpResult:
    """Where the questions end: at the first yes, or with None after six times no.

    Weak or numb legs wait for the numbing medicine to wear off in the first six hours alone. Where it is not known when
    the injection was given, or it lies ahead, they are an emergency.
    """
    if yes is None:
        return HelpResult.NONE
    if yes is HelpQuestion.LEGS and minutes_since_injection is not None:
        return HelpResult.LEGS_AT_FIRST if 0 <= minutes_since_injection < FIRST_MINUTES else HelpResult.LEGS
    return HelpResult(yes.value)


# --- whom to call -----------------------------------------------------------------------------------------------------

# Source: the ambulance's number as each country's own health or telecommunications authority names it (FCC, CRTC, NHS,
# Triple Zero, Fire and Emergency New Zealand, helsenorge.no, ch.ch); for the European Union 112 by Directive (EU)
# 2018/1972, article 109. Wherever no line stands 112 is dialled, which every mobile network (GSM) puts through.
EMERGENCY_NUMBERS: Mapping[str, str] = {
    "US": "911",
    "CA": "911",
    "MX": "911",
    "GB": "999",
    "AU": "000",
    "NZ": "111",
    "NO": "113",
    "CH": "144",
    **dict.fromkeys(
        (
            *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS"),
            *("IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"),
        ),
        "112",
    ),
}
ELSEWHERE = "112"
# Source: NHS 111, "when to use it". Elsewhere the clinic's own line of opening hours is the place for such a number.
OUT_OF_HOURS_NUMBERS: Mapping[str, str] = {"GB": "111"}


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyNumber:
    """The number to dial. Where it is not ``known`` for the country, pages say "your emergency number" beside it."""

    digits: str
    known: bool


def emergency_number(country: str | None) -> EmergencyNumber:
    """The number to call in an emergency; ``country`` is its ISO 3166 code."""
    found = EMERGENCY_NUMBERS.get((country or "").upper())
    return EmergencyNumber(digits=found or ELSEWHERE, known=found is not None)


def out_of_hours_number(country: str | None) -> str | None:
    """The number for what is urgent while the clinic is closed, where the country has one."""
    return OUT_OF_HOURS_NUMBERS.get((country or "").upper())
