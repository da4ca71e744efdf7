"""The words of the log pages: questions, what was saved, what to expect on a day."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from diary.domain.diary import Entry, Kind, Question
from diary.services.own_diary import DayOnHome, DayPage, Home, SavedPage
from diary.web.presenters.days import clock, day_called, long_day, on_day, weekday

NO_PAIN, WORST_PAIN = "no pain", "worst pain you can imagine"
NOT_HARD, COULD_NOT = "not hard at all", "could not move about"
NOT_SORE, MOST_SORE = "not sore at all", "as sore as you can imagine"
COULD_NOT_DO = "could not do it"
# No forecast and no comfort: who reads it, when, and what can be done before.
WHO_SEES_IT = (
    "No one looks at your diary right away.",
    "Your clinic will see this at your next visit.",
    "You can call them sooner.",
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
    return DayWords(
        title=f"Your diary for {day_called(page.day, today)}",
        date=long_day(page.day),
        late=_late(page),
        average=f"On average, how bad was your pain {when}?",
        moving=f"How hard was it to move about {when}?",
        soreness="How sore is the place where the needle went in?"
        if page.day == today
        else f"How sore was the place where the needle went in {when}?",
        activity=f"How hard was this {when}?",
        analgesic=f"Did you take extra pain medicine {when}?",
        pain_named=page.pain_named,
    )


def _late(page: DayPage) -> str | None:
    if not page.late:
        return None
    days = (page.today - page.day).days
    return "You are filling this in a day late." if days <= 1 else f"You are filling this in {days} days late."


def which_day(days: tuple[date, ...]) -> str:
    """As in "Is this for Thursday or Friday?": asked between midnight and four in the morning."""
    return f"Is this for {' or '.join(weekday(day) for day in sorted(days))}?"


def days_to_choose(days: tuple[date, ...], today: date) -> str:
    """The error for a day that cannot be scored: "Choose today, yesterday or Tuesday"."""
    *first, last = (day_called(day, today) for day in days)
    return f"Choose {', '.join(first)} or {last}"


def filled_in_words(at: datetime, day: date, today: date, zone: ZoneInfo) -> str:
    """As in "You filled in today at 7.05pm."; the time only where it was saved on that day."""
    saved_on = at.astimezone(zone).date()
    saved = "" if saved_on == day else f" {on_day(saved_on, today)}"
    return f"You filled in {day_called(day, today)}{saved} at {clock(at, zone)}."


# --- saved ------------------------------------------------------------------------------------------------------------


def saved_words(page: SavedPage) -> str:
    """What was saved, read back: "Saved. Pain 4. Moving 3. No extra medicine."."""
    return " ".join(["Saved.", *(_answers(page.entry, page.activities) if page.entry else [])])


def _answers(entry: Entry, activities: tuple[str, ...]) -> list[str]:
    scores = entry.scores
    pain = next((score for score in (scores.average, scores.movement, scores.rest) if score is not None), None)
    told = [("Pain", pain), ("Moving", scores.moving), ("Soreness", scores.soreness)]
    told += zip(activities, scores.activities or (), strict=False)
    words = ["You said that your pain is back."] if entry.pain_is_back else []
    words += [f"{name} {score}." for name, score in told if score is not None]
    if entry.analgesic is not None:
        words.append("Extra medicine: yes." if entry.analgesic else "No extra medicine.")
    if entry.unknown:
        words.append("You do not remember the rest." if words else "You do not remember this day.")
    return words


def phase_words(page: SavedPage) -> tuple[str, ...]:
    """What to expect on this day, in the words of ``screens.md`` S5; nothing before the injection."""
    if page.entry is not None and page.entry.pain_is_back:
        return WHO_SEES_IT
    if page.number is None:
        return ()
    day = page.number
    if day == 0:
        return ("The numbing medicine wears off today. Pain can come back. That is normal.",)
    if day <= 3:
        return (
            f"Day {day}. Many people feel sore for 2 or 3 days.",
            "This does not tell us yet if the injection has worked.",
        )
    if day <= 14:
        return (f"Day {day}. The steroid can take some days to work.",)
    return (f"Day {day}. Pain goes up and down.", "One high or low score does not mean much by itself.")


def next_words(page: SavedPage) -> str | None:
    """When the next answer is asked for: "Next: today at 3pm.", "Next: tomorrow."."""
    if page.next_hourly_at is not None and page.entry is not None and page.entry.kind is Kind.MOMENT:
        return f"Next: today at {clock(page.next_hourly_at, page.zone)}."
    if page.next_day is None:
        return None
    called = day_called(page.next_day, page.today)
    return f"Next: {called}." if called == "tomorrow" else f"Next: {long_day(page.next_day)}."


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
        return HomeLine(day=day.day, called=called, words=f"{name}: filled in", action=None, first=first)
    if first and not home.asked_today:
        words = f"{name}: nothing is due. You can fill in any day."
    else:
        words = f"{name}: not filled in yet" if first else f"{name}: not filled in"
    action = f"Fill in {called}" if first else "Fill in"
    return HomeLine(day=day.day, called=called, words=words, action=action, first=first)


def number_words(home: Home) -> str | None:
    """As in "Day 12 after your injection"."""
    if home.number is None:
        return None
    return "Your injection was today" if home.number == 0 else f"Day {home.number} after your injection"


def hour_words(home: Home, now: datetime) -> str | None:
    """On day 0: when the next hourly score is due."""
    if home.next_hourly_at is None:
        return None
    return (
        "Pain right now: due"
        if home.next_hourly_at <= now
        else (f"Pain right now: next at {clock(home.next_hourly_at, home.zone)}")
    )


def missed_words(home: Home) -> str | None:
    """For two days and more without an answer; never blame."""
    count = home.missed_in_a_row
    return f"You missed {count} days. That is fine. Start again today." if count > 1 else None


def planned_words(home: Home) -> str | None:
    """As in "You will have an injection: Thursday 3 September at 9.20am"."""
    if home.planned_injection is None:
        return None
    day = home.planned_injection.astimezone(home.zone).date()
    return f"You will have an injection: {long_day(day)} at {clock(home.planned_injection, home.zone)}"


def visit_words(home: Home) -> str | None:
    """As in "Next visit: Thursday 3 September at 9.20am, Dr Chen"."""
    if home.next_visit is None:
        return None
    day = home.next_visit.astimezone(home.zone).date()
    doctor = f", {home.next_visit_with}" if home.next_visit_with else ""
    return f"Next visit: {long_day(day)} at {clock(home.next_visit, home.zone)}{doctor}"


def may_add_medicine(page: SavedPage) -> bool:
    """Whether the saved page offers to write down extra medicine: after a score of the day of the injection."""
    return page.number == 0 and page.day == page.today


def medicine_title(page: SavedPage) -> str:
    """The heading of the page for extra medicine."""
    return f"Which extra pain medicine did you take {on_day(page.day, page.today)}?"


def asks(questions: tuple[Question, ...]) -> str:
    """The questions that a page asked, as the page sends them back with the answers."""
    return " ".join(question.value for question in questions)
