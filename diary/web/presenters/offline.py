"""The words that scripts show on a phone without signal, and what such a phone is told to keep.

Scripts hold no words of their own: they fill in these. ``%(count)s`` and the like stand where they put a number.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from diary.domain.diary import Question
from diary.domain.safety import FIRST_MINUTES, QUESTIONS, HelpQuestion, HelpResult
from diary.services.ahead import Ahead
from diary.services.own_diary import DayPage
from diary.web.forms.log import DayForm, MomentForm
from diary.web.presenters import log

Words = Mapping[str, Any]

LOCALES = {"en": "en-GB"}  # whose dates read as ours: "Thursday 6 August"
MONDAY = date(2026, 3, 2)  # any: its week lends the names of the days


def app_name() -> str:
    return "Injection diary"


def short_app_name() -> str:
    return "Diary"


def on_every_page() -> Words:
    """What any page of a phone may have to say about answers that are not sent yet."""
    return {
        "waiting": {"one": "1 answer is waiting to be sent", "other": "%(count)s answers are waiting to be sent"},
        "old": "Please open this page where you have signal.",
        "to_settle": {"one": "1 answer needs you", "other": "%(count)s answers need you"},
        "look": "Look at it",
        "sent": {"one": "1 answer from this phone is now saved.", "other": "%(count)s answers are now saved."},
        "unlinked": "This phone is not linked to your diary now. Ask your clinic for a new code. "
        "Your answers stay on this phone.",
        "blocked": "This phone cannot save answers offline. Please open the link in your normal browser.",
        "full": "This phone has no room left, so nothing was saved. Make room, then tap Save again.",
    }


def day_shell() -> Words:
    """The questions of any day, told as today's, as yesterday's or by the name of the day (0 is Monday)."""
    named = {str(back): _day(MONDAY + timedelta(days=back), days_ago=2) for back in range(7)}
    form = DayForm(formdata=None, meta={"csrf": False})
    needed = {name: form[name].asks for name in form._fields if hasattr(form[name], "asks")}  # noqa: SLF001
    return {
        "days": {"today": _day(MONDAY, days_ago=0), "yesterday": _day(MONDAY, days_ago=1), **named},
        "needed": {**needed, "analgesic": "Choose Yes or No."},
        "too_old": "Older days are hard to remember, so we leave them blank.",
    }


def moment_shell() -> Words:
    """What is said where an answer is missing right now."""
    form = MomentForm(formdata=None, meta={"csrf": False})
    return {
        "needed": {
            "movement_done": "Choose Yes or No.",
            "pain": form.pain.asks,
            "moving": form.moving.asks,
            "medicine": "Write which medicine you took.",
            "taken_at": "Choose when you took the medicine.",
            "taken_later": "Choose a time that is past.",
        }
    }


def saved_shell() -> Words:
    return {
        "here": "Saved on this phone. We will send it when you are back online.",
        "trouble": "We could not send your answers. They are safe on this phone. We will try again.",
        "sent": "Saved.",
        "heading_here": "Saved on this phone",
        "heading_sent": "Saved",
    }


def home_shell() -> Words:
    return {
        "filled_in": {"today": "Today: filled in", "yesterday": "Yesterday: filled in"},
        "kept": {"today": "Today: saved on this phone", "yesterday": "Yesterday: saved on this phone"},
        "open": {"today": "Today: not filled in yet", "yesterday": "Yesterday: not filled in"},
    }


def outbox_shell() -> Words:
    """What the page of the answers on this phone says of each."""
    return {
        "day": "Your diary for %(day)s",
        "moment": "Your pain on %(day)s",
        "medicine": "Extra pain medicine on %(day)s",
        "made": "You filled this in on %(day)s.",
        "told": {
            "pain": "Pain %(score)s.",
            "moving": "Moving %(score)s.",
            "soreness": "Soreness %(score)s.",
            "medicine": "Extra medicine: yes.",
            "no_medicine": "No extra medicine.",
        },
        "removed": "The answer is removed from this phone.",
    }


def leaving_words() -> Words:
    """Before a phone is signed out."""
    return {
        "unsent": {
            "one": "1 answer is not sent yet. It will be lost if you go on.",
            "other": "%(count)s answers are not sent yet. They will be lost if you go on.",
        },
        "sending": "We could not send it now. Try again where you have signal.",
        "all_sent": "All answers are sent. You can go on.",
    }


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
        "title": words.title,
        "late": words.late,
        "average": words.average,
        "moving": words.moving,
        "soreness": words.soreness,
        "activity": words.activity,
        "analgesic": words.analgesic,
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
