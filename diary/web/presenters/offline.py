"""The words that scripts show on a phone without signal, and what such a phone is told to keep.

Scripts hold no words of their own: they fill in these. ``%(num)s`` and the like stand where they put a number.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from diary.domain.diary import Question
from diary.domain.safety import FIRST_MINUTES, QUESTIONS, HelpQuestion, HelpResult
from diary.services.ahead import Ahead
from diary.services.own_diary import DayPage
from diary.web.forms.base import ScoreField
from diary.web.forms.log import DayForm, MomentForm
from diary.web.presenters import log
from diary.words.language import gettext as _
from diary.words.language import ngettext

Words = Mapping[str, Any]

NUMBER = "%(num)s"  # stays in the words: a script puts the number there
MONDAY = date(2026, 3, 2)  # any: its week lends the names of the days


def app_name() -> str:
    return _("Injection diary")


def short_app_name() -> str:
    return _("Diary")


def on_every_page() -> Words:
    """What any page of a phone may have to say about answers that are not sent yet."""
    return {
        "waiting": {
            "one": _waiting(1),
            "other": _waiting(2),
        },
        "old": _("Please open this page where you have signal."),
        "to_settle": {
            "one": _to_settle(1),
            "other": _to_settle(2),
        },
        "look": _("Look at it"),
        "unlinked": _("This phone is not linked to your diary now. Ask your clinic for a new code."),
        "blocked": _("This phone cannot save answers offline. Please open the link in your normal browser."),
    }


def _waiting(count: int) -> str:
    return ngettext("1 answer is waiting to be sent", "%(num)s answers are waiting to be sent", count, num=NUMBER)


def _to_settle(count: int) -> str:
    return ngettext("1 answer needs you.", "%(num)s answers need you.", count, num=NUMBER)


def day_shell() -> Words:
    """The questions of any day, told as today's, as yesterday's or by the name of the day (0 is Monday)."""
    named = {str(back): _day(MONDAY + timedelta(days=back), days_ago=2) for back in range(7)}
    form = DayForm(formdata=None, meta={"csrf": False})
    needed = {field.name: str(field.asks) for field in form if isinstance(field, ScoreField)}
    return {
        "days": {"today": _day(MONDAY, days_ago=0), "yesterday": _day(MONDAY, days_ago=1), **named},
        "needed": {**needed, "analgesic": _("Choose Yes or No.")},
        "too_old": _("Older days are hard to remember, so we leave them blank."),
    }


def moment_shell() -> Words:
    """What is said where an answer is missing right now."""
    form = MomentForm(formdata=None, meta={"csrf": False})
    return {
        "needed": {
            "movement_done": _("Choose Yes or No."),
            "pain": str(form.pain.asks),
            "moving": str(form.moving.asks),
            "medicine": _("Write which medicine you took."),
            "taken_at": _("Choose when you took the medicine."),
            "taken_later": _("Choose a time that is past."),
        }
    }


def saved_shell() -> Words:
    """That an answer is on this phone, and that it has arrived: never one in the other's words."""
    return {
        "here": _("Saved on this phone. We will send it when you are back online."),
        "trouble": _("We could not send your answers. They are safe on this phone. We will try again."),
        "sent": _("Saved."),
        "heading_here": _("Saved on this phone"),
        "heading_sent": _("Saved"),
    }


def home_shell() -> Words:
    """How the two last days stand, as far as this phone knows."""
    return {
        "filled_in": {"today": _("Today: filled in"), "yesterday": _("Yesterday: filled in")},
        "kept": {"today": _("Today: saved on this phone"), "yesterday": _("Yesterday: saved on this phone")},
        "open": {"today": _("Today: not filled in yet"), "yesterday": _("Yesterday: not filled in")},
        "not_due": _("Today: nothing is due. You can fill in any day."),
    }


def outbox_shell() -> Words:
    """What the page of the answers on this phone says of each."""
    return {
        "day": _("Your diary for %(day)s", day="%(day)s"),
        "moment": _("Your pain on %(day)s", day="%(day)s"),
        "medicine": _("Extra pain medicine on %(day)s", day="%(day)s"),
        "made": _("You filled this in on %(day)s.", day="%(day)s"),
        "told": {
            "pain": _("Pain %(score)s.", score="%(score)s"),
            "moving": _("Moving %(score)s.", score="%(score)s"),
            "soreness": _("Soreness %(score)s.", score="%(score)s"),
            "medicine": _("Extra medicine: yes."),
            "no_medicine": _("No extra medicine."),
        },
        "removed": _("The answer is removed from this phone."),
    }


def leaving_words() -> Words:
    """Before a phone is signed out."""
    return {
        "unsent": {"one": _unsent(1), "other": _unsent(2)},
        "sending": _("We could not send it now. Try again where you have signal."),
        "all_sent": _("All answers are sent. You can go on."),
    }


def _unsent(count: int) -> str:
    return ngettext(
        "1 answer is not sent yet. It will be lost if you go on.",
        "%(num)s answers are not sent yet. They will be lost if you go on.",
        count,
        num=NUMBER,
    )


def today_words() -> log.DayWords:
    """The words of a page of today, for a page that is filled in later."""
    return _words_of(MONDAY, days_ago=0)


def _words_of(day: date, *, days_ago: int) -> log.DayWords:
    return log.day_words(
        DayPage(
            day=day,
            today=day + timedelta(days=days_ago),
            in_doubt=False,
            zone=ZoneInfo("UTC"),
            questions=(),
            activities=(),
            pain_named=None,
            sides_together=False,
            number=None,
            late=days_ago > 0,
            filled_in=None,
        )
    )


def _day(day: date, *, days_ago: int) -> Words:
    words = _words_of(day, days_ago=days_ago)
    return {
        "title": str(words.title),
        "late": str(words.late) if words.late else None,
        "average": str(words.average),
        "moving": str(words.moving),
        "soreness": str(words.soreness),
        "activity": str(words.activity),
        "analgesic": str(words.analgesic),
    }


# --- what a phone keeps -----------------------------------------------------------------------------------------------


def record_of(ahead: Ahead, *, owner: str, language: str) -> Words:
    """The one record of settings. It holds what is asked and when, and no answer."""
    return {
        "owner": owner,
        "language": language,
        "zone": ahead.zone.key,
        "injected_at": ahead.injected_at.isoformat() if ahead.injected_at else None,
        "activities": ahead.activities,
        "sides_together": ahead.sides_together,
        "days": [
            {
                "day": day.day.isoformat(),
                "asks": _names(day.questions),
                "since": day.since.isoformat() if day.since else None,
                "due": day.due,
            }
            for day in ahead.days
        ],
        "moments": [
            {"since": one.since.isoformat(), "asks": _names(one.questions), "hourly": one.hourly}
            for one in ahead.moments
        ],
        "moving_apart_minutes": int(ahead.moving_apart.total_seconds() // 60),
        "filled_in": [day.isoformat() for day in ahead.filled_in],
        "cautions_due": ahead.cautions_are_due,
        "help": {
            "questions": [question.value for question in QUESTIONS],
            "legs": HelpQuestion.LEGS.value,
            "legs_at_first": HelpResult.LEGS_AT_FIRST.value,
            "none": HelpResult.NONE.value,
            "first_minutes": FIRST_MINUTES,
        },
    }


def _names(questions: tuple[Question, ...]) -> list[str]:
    return [question.value for question in questions]
