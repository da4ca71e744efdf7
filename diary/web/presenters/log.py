"""The words of the log pages: questions, what was saved, what to expect on a day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from diary.domain.diary import Entry, Kind, Question
from diary.services.own_diary import DayOnHome, DayPage, Home, SavedPage
from diary.web.presenters.days import clock, day_called, on_day
from diary.words.dates import clock_time, long_day
from diary.words.language import gettext as _
from diary.words.language import lazy_gettext, ngettext

NO_PAIN, WORST_PAIN = lazy_gettext("no pain"), lazy_gettext("worst pain you can imagine")
NOT_HARD, COULD_NOT = lazy_gettext("not hard at all"), lazy_gettext("could not move about")
NOT_SORE, MOST_SORE = lazy_gettext("not sore at all"), lazy_gettext("as sore as you can imagine")
COULD_NOT_DO = lazy_gettext("could not do it")
# No forecast and no comfort: who reads it, when, and what can be done before.
WHO_SEES_IT = (
    lazy_gettext("No one looks at your diary right away."),
    lazy_gettext("Your clinic will see this at your next visit."),
    lazy_gettext("You can call them sooner."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayWords:
    """A day's page: its headings and its questions."""

    title: str
    date: str
    late: str | None
    average: str
    moving: str
    soreness: str
    activity: str
    analgesic: str
    pain_named: str | None


def day_words(page: DayPage) -> DayWords:
    """The words for today, for yesterday, or for the day before by its name."""
    today = None if page.in_doubt else page.today
    when = on_day(page.day, today)
    asked = _asked_of_today() if page.day == today else _asked_of(when)
    return DayWords(
        title=_("Your diary for %(day)s", day=day_called(page.day, today)),
        date=long_day(page.day),
        late=_late(page),
        average=asked[Question.AVERAGE],
        moving=asked[Question.MOVING],
        soreness=asked[Question.SORENESS],
        activity=asked[Question.ACTIVITIES],
        analgesic=asked[Question.ANALGESIC],
        pain_named=page.pain_named,
    )


def _asked_of_today() -> dict[Question, str]:
    return {
        Question.AVERAGE: _("On average, how bad was your pain today?"),
        Question.MOVING: _("How hard was it to move about today?"),
        Question.SORENESS: _("How sore is the place where the needle went in?"),
        Question.ACTIVITIES: _("How hard was this today?"),
        Question.ANALGESIC: _("Did you take extra pain medicine today?"),
    }


def _asked_of(when: str) -> dict[Question, str]:
    return {
        Question.AVERAGE: _("On average, how bad was your pain %(when)s?", when=when),
        Question.MOVING: _("How hard was it to move about %(when)s?", when=when),
        Question.SORENESS: _("How sore was the place where the needle went in %(when)s?", when=when),
        Question.ACTIVITIES: _("How hard was this %(when)s?", when=when),
        Question.ANALGESIC: _("Did you take extra pain medicine %(when)s?", when=when),
    }


def _late(page: DayPage) -> str | None:
    if not page.late:
        return None
    days = (page.today - page.day).days
    return ngettext("You are filling this in a day late.", "You are filling this in %(num)s days late.", max(days, 1))


def which_day(days: tuple[date, ...]) -> str:
    """As in "Is this for Thursday or Friday?": asked between midnight and four in the morning."""
    first, second = (day_called(day, None) for day in sorted(days))
    return _("Is this for %(first)s or %(second)s?", first=first, second=second)


def days_to_choose(days: tuple[date, ...], today: date) -> str:
    """The error for a day that cannot be scored: "Choose today, yesterday or Tuesday"."""
    *first, last = (day_called(day, today) for day in days)
    return _("Choose %(days)s or %(last)s", days=", ".join(first), last=last)


def filled_in_words(at: datetime, day: date, today: date, zone: ZoneInfo) -> str:
    """As in "You filled in today at 7.05pm."; the time only where it was saved on that day."""
    saved_on = at.astimezone(zone).date()
    called, time = day_called(day, today), clock(at, zone)
    if saved_on == day:
        return _("You filled in %(day)s at %(time)s.", day=called, time=time)
    saved = on_day(saved_on, today)
    return _("You filled in %(day)s %(saved)s at %(time)s.", day=called, saved=saved, time=time)


# --- saved ------------------------------------------------------------------------------------------------------------


def saved_words(page: SavedPage) -> str:
    """What was saved, read back: "Saved. Pain 4. Moving 3. No extra medicine."."""
    return " ".join([_("Saved."), *(_answers(page.entry, page.activities) if page.entry else [])])


def _answers(entry: Entry, activities: tuple[str, ...]) -> list[str]:
    scores = entry.scores
    pain = next((score for score in (scores.average, scores.movement, scores.rest) if score is not None), None)
    words = [_("You said that your pain is back.")] if entry.pain_is_back else []
    if pain is not None:
        words.append(_("Pain %(score)s.", score=pain))
    if scores.moving is not None:
        words.append(_("Moving %(score)s.", score=scores.moving))
    if scores.soreness is not None:
        words.append(_("Soreness %(score)s.", score=scores.soreness))
    words += [
        _("%(activity)s %(score)s.", activity=name, score=score)
        for name, score in zip(activities, scores.activities or (), strict=False)
    ]
    if entry.analgesic is not None:
        words.append(_("Extra medicine: yes.") if entry.analgesic else _("No extra medicine."))
    if entry.unknown:
        words.append(_("You do not remember the rest.") if words else _("You do not remember this day."))
    return words


def phase_words(page: SavedPage) -> tuple[str, ...]:
    """What to expect on this day, in the words of ``screens.md`` S5; nothing before the injection."""
    if page.entry is not None and page.entry.pain_is_back:
        return tuple(map(str, WHO_SEES_IT))
    if page.number is None:
        return ()
    day = page.number
    if day == 0:
        return (_("The numbing medicine wears off today. Pain can come back. That is normal."),)
    if day <= 3:
        return (
            _("Day %(day)s. Many people feel sore for 2 or 3 days.", day=day),
            _("This does not tell us yet if the injection has worked."),
        )
    if day <= 14:
        return (_("Day %(day)s. The steroid can take some days to work.", day=day),)
    return (
        _("Day %(day)s. Pain goes up and down.", day=day),
        _("One high or low score does not mean much by itself."),
    )


def next_words(page: SavedPage) -> str | None:
    """When the next answer is asked for: "Next: today at 3pm.", "Next: tomorrow at 7pm.", "Next: tomorrow."."""
    if page.next_hourly_at is not None and page.entry is not None and page.entry.kind is Kind.MOMENT:
        return _("Next: today at %(time)s.", time=clock(page.next_hourly_at, page.zone))
    if page.next_day is None:
        return None
    is_tomorrow = page.next_day == page.today + timedelta(days=1)
    if page.reminded_at is not None:
        time = clock_time(page.reminded_at)
        if is_tomorrow:
            return _("Next: tomorrow at %(time)s.", time=time)
        return _("Next: %(day)s at %(time)s.", day=long_day(page.next_day), time=time)
    if is_tomorrow:
        return _("Next: tomorrow.")
    return _("Next: %(day)s.", day=long_day(page.next_day))


# --- home -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeLine:
    """One day on the home page; ``action`` are the words of the button that fills it in, where it can be."""

    day: date
    called: str
    words: str
    action: str | None
    first: bool


def home_lines(home: Home) -> tuple[HomeLine, ...]:
    """Today, and of the two days before those that are filled in or missing."""
    today, *earlier = home.days
    shown = [day for day in earlier if day.filled_in or day.missing]
    return (_line(today, home, first=True), *(_line(day, home, first=False) for day in shown))


def _line(day: DayOnHome, home: Home, *, first: bool) -> HomeLine:
    called = day_called(day.day, None if home.in_doubt else home.days[0].day)
    name = called[0].upper() + called[1:]
    if day.filled_in:
        return HomeLine(day=day.day, called=called, words=_("%(day)s: filled in", day=name), action=None, first=first)
    if first and not home.asked_today:
        words = _("%(day)s: nothing is due. You can fill in any day.", day=name)
    else:
        words = _("%(day)s: not filled in yet", day=name) if first else _("%(day)s: not filled in", day=name)
    action = _("Fill in %(day)s", day=called) if first else _("Fill in")
    return HomeLine(day=day.day, called=called, words=words, action=action, first=first)


def number_words(home: Home) -> str | None:
    """As in "Day 12 after your injection"."""
    if home.number is None:
        return None
    if home.number == 0:
        return _("Your injection was today")
    return _("Day %(number)s after your injection", number=home.number)


def hour_words(home: Home, now: datetime) -> str | None:
    """On day 0: when the next hourly score is due."""
    if home.next_hourly_at is None:
        return None
    if home.next_hourly_at <= now:
        return _("Pain right now: due")
    return _("Pain right now: next at %(time)s", time=clock(home.next_hourly_at, home.zone))


def missed_words(home: Home) -> str | None:
    """For two days and more without an answer; never blame."""
    count = home.missed_in_a_row
    if count < 2:
        return None
    return ngettext(
        "You missed %(num)s day. That is fine. Start again today.",
        "You missed %(num)s days. That is fine. Start again today.",
        count,
    )


def planned_words(home: Home) -> str | None:
    """As in "You will have an injection: Thursday 3 September at 9.20am"."""
    if home.planned_injection is None:
        return None
    day = home.planned_injection.astimezone(home.zone).date()
    time = clock(home.planned_injection, home.zone)
    return _("You will have an injection: %(day)s at %(time)s", day=long_day(day), time=time)


def visit_words(home: Home) -> str | None:
    """As in "Next visit: Thursday 3 September at 9.20am, Dr Chen"."""
    if home.next_visit is None:
        return None
    day = home.next_visit.astimezone(home.zone).date()
    time = clock(home.next_visit, home.zone)
    if home.next_visit_with:
        return _(
            "Next visit: %(day)s at %(time)s, %(doctor)s", day=long_day(day), time=time, doctor=home.next_visit_with
        )
    return _("Next visit: %(day)s at %(time)s", day=long_day(day), time=time)


def may_add_medicine(page: SavedPage) -> bool:
    """Whether the saved page offers to write down extra medicine: after a score of the day of the injection."""
    return page.number == 0 and page.day == page.today


def medicine_title(page: SavedPage) -> str:
    """The heading of the page for extra medicine."""
    return _("Which extra pain medicine did you take %(when)s?", when=on_day(page.day, page.today))


def asks(questions: tuple[Question, ...]) -> str:
    """The questions that a page asked, as the page sends them back with the answers."""
    return " ".join(question.value for question in questions)
