"""The time-in-relief bar: the days after an injection by how much less the pain was, and those without a score."""

from collections.abc import Iterator, Mapping

from diary.charts.course import Course, last_day_counted, score_of
from diary.charts.picture import DaysAtLevel, ReliefBar, Start
from diary.domain.diary import Instrument
from diary.domain.time_in_relief import ReliefLevel, TimeInRelief, time_in_relief
from diary.words.language import gettext as _
from diary.words.language import lazy_gettext, ngettext
from diary.words.times import day_in_words, score_in_words
from diary.words.vocabulary import Vocabulary

_WORDS: Mapping[ReliefLevel, str] = Vocabulary(
    {
        ReliefLevel.GOOD: lazy_gettext("75%% less or better"),
        ReliefLevel.HALF: lazy_gettext("50 to 74%% less"),
        ReliefLevel.SOME: lazy_gettext("30 to 49%% less"),
        ReliefLevel.LITTLE: lazy_gettext("under 30%% less"),
        ReliefLevel.WORSE: lazy_gettext("worse than start"),
    }
)
NO_ENTRY = lazy_gettext("no entry")


def relief_bar(course: Course, start: Start | None, *, lowest_start: int, daily_until: int | None) -> ReliefBar:
    """The bar over day 1 to the last day of the course, against the start of its days; else why there is none."""
    if start is None:
        return _none(_("There is no start score for the days, so they cannot be counted by relief."))
    if start.score < lowest_start:
        return _none(
            _(
                "The start of the days is %(score)s: too low for percentages, so the days are not counted by relief.",
                score=score_in_words(start.score),
            )
        )
    last_day = last_day_counted(course)
    if last_day < 1:
        return _none(_("No day after the injection is over yet, so none is counted by relief."))
    found = time_in_relief(_scores(course), baseline=start.score, last_day=last_day, daily_until=daily_until)
    shares = [DaysAtLevel(level=level, words=_WORDS[level], days=days) for level, days in found.days.items()]
    return ReliefBar(
        shares=(*shares, DaysAtLevel(level=None, words=str(NO_ENTRY), days=found.no_entry)),
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
    levels = ", ".join(
        ngettext("1 day %(level)s", "%(num)s days %(level)s", days, level=_WORDS[level])
        for level, days in found.days.items()
        if days
    )
    yield ngettext(
        "Average pain from day 1 to %(day)s, against the start of %(start)s: %(levels)s; 1 day of %(of)s without an "
        "entry.",
        "Average pain from day 1 to %(day)s, against the start of %(start)s: %(levels)s; %(num)s days of %(of)s "
        "without an entry.",
        found.no_entry,
        day=day_in_words(course.day_zero, found.last_day),
        start=score_in_words(start.score),
        levels=levels or _("no day scored"),
        of=found.last_day,
    )
    if found.not_asked:
        yield _(
            "On %(days)s of the days without an entry none was asked for: one score a week is wanted.",
            days=found.not_asked,
        )
    written = sum(1 for number, _ in course.days if 1 <= number <= found.last_day) - found.scored
    if written:
        yield ngettext(
            "On 1 day of them something was written, but no average pain.",
            "On %(num)s days of them something was written, but no average pain.",
            written,
        )
