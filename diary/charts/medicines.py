"""The medicines of a course: each extra one by itself, regular ones joined where they were taken day by day."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta

from diary.charts.axes import place_of_day, place_of_instant, place_of_minute
from diary.charts.course import LAST_DAY_OF_THE_WEEKS, Course, month_number
from diary.charts.picture import Mark, PanelKey, Span
from diary.domain.diary import Medicine
from diary.domain.months import MonthSummary
from diary.words.language import gettext as _
from diary.words.language import ngettext
from diary.words.times import day_in_words, in_words, minute_in_words

JOINED_WITHIN = timedelta(days=2)


def medicine_marks(course: Course, months: Iterable[MonthSummary]) -> Iterator[tuple[PanelKey, Mark]]:
    """Each extra medicine: taken at a time, or said to have been taken that day or in the hour before."""
    for medicine in course.records.medicines:
        if medicine.rescue and (place := place_of_instant(course, medicine.taken_at)) is not None:
            when = f"{in_words(medicine.taken_at.date())} {medicine.taken_at:%H:%M}"
            taken = _("extra medicine, %(when)s", when=when)
            yield place[0], Mark(x=place[1], words=taken)
    for minute, moment in course.moments:
        if moment.analgesic:
            key, x = place_of_minute(minute)
            yield key, Mark(x=x, words=_("extra medicine, said at %(minute)s", minute=minute_in_words(minute)))
    for number, day in course.days:
        if day.analgesic and number <= LAST_DAY_OF_THE_WEEKS:
            key, x = place_of_day(course, number)
            words = _("extra medicine, %(when)s", when=day_in_words(course.day_zero, number))
            yield key, Mark(x=x, words=words)
    for month in months:
        if month.medicine_days:
            words = _("extra medicine on %(n)s of %(of)s days", n=month.medicine_days, of=month.days)
            yield PanelKey.MONTHS, Mark(x=float(month_number(course.injection, month.month)), words=words)


def regular_medicines(course: Course) -> Iterator[tuple[PanelKey, Span]]:
    """Each stretch in which a regular medicine of one name was recorded again within two days, cut into the panels.

    A stretch reaches from its first record to its last: before and after it nothing was said. Names are not told.
    """
    by_name: dict[str, list[Medicine]] = defaultdict(list)
    for medicine in course.records.medicines:
        if not medicine.rescue and place_of_instant(course, medicine.taken_at) is not None:
            by_name[medicine.name.strip().casefold()].append(medicine)
    for of_one_name in by_name.values():
        for stretch in _joined(of_one_name):
            yield from _cut_into_panels(course, stretch)


def _joined(medicines: Iterable[Medicine]) -> list[list[Medicine]]:
    stretches: list[list[Medicine]] = []
    for medicine in sorted(medicines, key=lambda one: one.taken_at):
        if stretches and medicine.taken_at - stretches[-1][-1].taken_at <= JOINED_WITHIN:
            stretches[-1].append(medicine)
        else:
            stretches.append([medicine])
    return stretches


def _cut_into_panels(course: Course, stretch: list[Medicine]) -> Iterator[tuple[PanelKey, Span]]:
    first, last = in_words(stretch[0].taken_at.date()), in_words(stretch[-1].taken_at.date())
    words = ngettext(
        "regular medicine, %(when)s, 1 record",
        "regular medicine, %(when)s, %(num)s records",
        len(stretch),
        when=first if first == last else _("%(first)s to %(last)s", first=first, last=last),
    )
    by_panel: dict[PanelKey, list[float]] = defaultdict(list)
    for medicine in stretch:
        if (place := place_of_instant(course, medicine.taken_at)) is not None:
            by_panel[place[0]].append(place[1])
    for key, places in by_panel.items():
        yield key, Span(first=min(places), last=max(places), words=words)
