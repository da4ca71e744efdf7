"""The end of relief in the words of a patient: calm, without a forecast, and told once."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from diary.domain.access import Role
from diary.domain.findings import Return
from diary.words.dates import day_and_month, day_month_and_year
from diary.words.language import gettext as _


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What the home page says of it. ``words`` is None on a phone whose scores are closed: it is only told to open."""

    injection_id: UUID
    words: str | None


def news_of(returned: Return | None, role: Role, *, today: date) -> News | None:
    """As in "Your scores are higher again than in the weeks before, since 3 May."."""
    if returned is None:
        return None
    words = None
    if role is Role.PATIENT:
        words = _(
            "Your scores are higher again than in the weeks before, since %(day)s.", day=_date(returned.since, today)
        )
    return News(injection_id=returned.injection_id, words=words)


def phase_of_return(news: News, number: int) -> tuple[str, ...]:
    """What the page of what was saved says in place of what is usual on this day."""
    return (
        _("Day %(number)s. %(news)s", number=number, news=news.words),
        _("Your clinic will see this at your next visit."),
        _("You can call them sooner."),
    )


def _date(day: date, today: date) -> str:
    return day_and_month(day) if day.year == today.year else day_month_and_year(day)
