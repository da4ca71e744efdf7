"""The time-in-relief bar: the days after an injection by how much less the pain was, and those without a score."""

from collections.abc import Iterator

from diary.charts.course import Course, last_day_counted, score_of
from diary.charts.picture import DaysAtLevel, ReliefBar, Start
from diary.domain.diary import Instrument
from diary.domain.time_in_relief import ReliefLevel, TimeInRelief, time_in_relief
from diary.words.times import counted, day_in_words, score_in_words

_WORDS = {
    ReliefLevel.GOOD: "75% less or better",
    ReliefLevel.HALF: "50 to 74% less",
    ReliefLevel.SOME: "30 to 49% less",
    ReliefLevel.LITTLE: "under 30% less",
    ReliefLevel.WORSE: "worse than start",
}
NO_ENTRY = "no entry"


def relief_bar(course: Course, start: Start | None, *, lowest_start: int, daily_until: int | None) -> ReliefBar:
    """The bar over day 1 to the last day of the course, against the start of its days; else why there is none."""
    if start is None:
        return _none("There is no start score for the days, so they cannot be counted by relief.")
    if start.score < lowest_start:
        return _none(
            f"The start of the days is {score_in_words(start.score)}: too low for percentages, "
            "so the days are not counted by relief."
        )
    last_day = last_day_counted(course)
    if last_day < 1:
        return _none("No day after the injection is over yet, so none is counted by relief.")
    found = time_in_relief(_scores(course), baseline=start.score, last_day=last_day, daily_until=daily_until)
    shares = [DaysAtLevel(level=level, words=_WORDS[level], days=days) for level, days in found.days.items()]
    return ReliefBar(
        shares=(*shares, DaysAtLevel(level=None, words=NO_ENTRY, days=found.no_entry)),
        words=" ".join(_sentences(course, found, start)),
    )


def _none(words: str) -> ReliefBar:
    return ReliefBar(shares=(), words=words)


def _scores(course: Course) -> dict[int, int]:
    return {
        number: int(score)
        for number, day in course.days
        if (score := score_of(course.injection, Instrument.AVERAGE, day.scores.get(Instrument.AVERAGE))) is not None
    }


def _sentences(course: Course, found: TimeInRelief, start: Start) -> Iterator[str]:
    """The whole bar in words, so that nobody needs to see it."""
    levels = ", ".join(f"{counted(days, 'day', 'days')} {_WORDS[level]}" for level, days in found.days.items() if days)
    yield (
        f"Average pain from day 1 to {day_in_words(course.day_zero, found.last_day)}, against the start of "
        f"{score_in_words(start.score)}: {levels or 'no day scored'}; "
        f"{counted(found.no_entry, 'day', 'days')} of {found.last_day} without an entry."
    )
    if found.not_asked:
        yield f"On {found.not_asked} of the days without an entry none was asked for: one score a week is wanted."
    written = sum(1 for number, _ in course.days if 1 <= number <= found.last_day) - found.scored
    if written:
        yield f"On {counted(written, 'day', 'days')} of them something was written, but no average pain."
