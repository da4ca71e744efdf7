"""What a printed diary says, in the patient's own language: few words, large, and none that forecasts anything."""

from collections.abc import Iterator, Sequence

from diary.domain.diary import Question
from diary.domain.paper import PaperRow, Part
from diary.domain.safety import emergency_number
from diary.exchange.paper import Box, Card, Sheet, SheetRow, SheetTable, size_in
from diary.services.enrolment import ShownCode
from diary.services.paper import PrintedSheet
from diary.store.clinics import Clinic
from diary.web.presenters.phones import in_fours
from diary.words.dates import clock_time, long_day, short_day
from diary.words.language import gettext as _
from diary.words.language import lazy_gettext, ngettext, spoken
from diary.words.paper import name_of_row

_TITLES = {
    Part.BEFORE: lazy_gettext("The days before your injection"),
    Part.HOURS: lazy_gettext("The day of your injection, hour by hour"),
    Part.DAYS: lazy_gettext("Each evening after your injection"),
    Part.WEEKS: lazy_gettext("Then once a week"),
}
_HINTS = {
    Part.BEFORE: lazy_gettext("Fill in one line each evening."),
    Part.HOURS: lazy_gettext("Do the movement that hurts most. Then write down your pain right now."),
    Part.DAYS: lazy_gettext(
        "Soreness is for the place where the needle went in. Stop when it was 0 two days in a row."
    ),
    Part.WEEKS: lazy_gettext("Fill in one line on the evening of that day."),
}
_AT_REST = lazy_gettext("Write down your pain right now.")
_QUESTIONS = {
    Question.REST: lazy_gettext("Pain right now"),
    Question.MOVEMENT: lazy_gettext("Pain right now"),
    Question.AVERAGE: lazy_gettext("Pain on average"),
    Question.MOVING: lazy_gettext("How hard to move"),
    Question.SORENESS: lazy_gettext("Sore place"),
    Question.ANALGESIC: lazy_gettext("Extra pain medicine?"),
}
_ORDER = tuple(_QUESTIONS)


def sheet_of(printed: PrintedSheet, *, address: str, square: str) -> Sheet:
    """The sheet in the language now spoken; ``address`` is where the square leads."""
    patient, clinic = printed.patient, printed.clinic
    pain = patient.pain_named
    return Sheet(
        size=size_in(clinic.country),
        language=spoken().code,
        title=_("Your diary on paper"),
        name=_("%(name)s, born %(year)s", name=patient.name or "", year=patient.born.year)
        if patient.born
        else patient.name or "",
        running=_("Injection diary of %(clinic)s", clinic=clinic.name),
        pain=_("Your pain: %(pain)s", pain=pain) if pain else "",
        how_to=_how_to(),
        ends=tuple(_ends(printed)),
        help_title=_("Do you need help?"),
        help_lines=tuple(help_lines(clinic)),
        square=square,
        square_words=_("A square for the clinic to scan. It leads to %(address)s", address=address),
        square_caption=_("For your clinic: sign in, then scan this to type the diary in."),
        tables=tuple(_tables(printed)),
        yes=_("Yes"),
        no=_("No"),
        page_words=_("Page %(here)s of %(last)s", here="{here}", last="{last}"),
        undrawn_words=_("Letters that could not be printed:"),
        printed_at=printed.printed_at,
        invented=_("Invented people. Nothing on this page is about a real patient.") if clinic.invented else "",
    )


def _how_to() -> tuple[str, ...]:
    return (
        _("Write a number from 0 to 10 in each box."),
        _("There is no right or wrong answer."),
        _("Did you miss a day? Leave it blank. That is fine."),
        _("Write when you filled in the line, even if it was later."),
        _("Someone may write for you. They write what you say."),
        _("Bring this paper to your next visit. No one sees it before."),
    )


def _ends(printed: PrintedSheet) -> Iterator[str]:
    yield _("Pain: 0 is no pain, 10 is the worst pain you can imagine.")
    yield _("Moving: 0 is not hard at all, 10 is could not move about.")
    if any(Question.SORENESS in row.questions for row in printed.rows):
        yield _("Sore place: 0 is not sore at all, 10 is as sore as you can imagine.")


def help_lines(clinic: Clinic) -> Iterator[str]:
    """Whom to call, with the clinic's and the country's numbers."""
    number = emergency_number(clinic.country)
    yield _("Hard to breathe? Face or throat swollen? Numb between the legs? You cannot pee?")
    if number.known:
        yield _("Call %(number)s now.", number=number.digits)
    else:
        yield _("Call your emergency number now. It is often %(number)s.", number=number.digits)
    yield _("Hot and shivery? Back hot, swollen or very sore? Call your clinic today.")
    if clinic.telephone:
        yield _(
            "Your clinic: %(telephone)s", telephone=", ".join(filter(None, [clinic.telephone, clinic.opening_hours]))
        )


# --- tables -----------------------------------------------------------------------------------------------------------


def _tables(printed: PrintedSheet) -> Iterator[SheetTable]:
    for part in Part:
        rows = [row for row in printed.rows if row.part is part]
        if rows:
            yield _table(part, rows, printed)
    weekly = [row for row in printed.rows if Question.ACTIVITIES in row.questions]
    if weekly:
        yield _activities(weekly, printed)


def _table(part: Part, rows: Sequence[PaperRow], printed: PrintedSheet) -> SheetTable:
    asked = [question for question in _ORDER if any(question in row.questions for row in rows)]
    of_hours = part is Part.HOURS
    return SheetTable(
        title=str(_TITLES[part]),
        hint=str(_AT_REST if of_hours and printed.layout.at_rest else _HINTS[part]),
        columns=(
            _("Time") if of_hours else _("Day"),
            *(str(_QUESTIONS[question]) for question in asked),
            _("I do not remember"),
            _("When I wrote this"),
        ),
        rows=tuple(_row(row, asked, printed) for row in rows),
        lines_title=_("Extra pain medicine on this day: which, and at what time?") if of_hours else "",
    )


def _row(row: PaperRow, asked: Sequence[Question], printed: PrintedSheet) -> SheetRow:
    boxes = (_box(question) if question in row.questions else Box.NONE for question in asked)
    return SheetRow(name=_name(row, printed), about=_about(row), boxes=(*boxes, Box.TICK, Box.LINE))


def _box(question: Question) -> Box:
    return Box.YES_NO if question is Question.ANALGESIC else Box.NUMBER


def _name(row: PaperRow, printed: PrintedSheet) -> str:
    """The hour's clock, or a line to write it on; the day, or its number where its date is not known."""
    if row.hour is not None and row.at is None:
        return "____ : ____"
    if row.hour is None and row.day is not None:
        return short_day(row.day)
    return name_of_row(row, printed.zone)


def _about(row: PaperRow) -> str:
    if row.hour is not None:
        return ngettext("%(num)s hour after", "%(num)s hours after", row.hour)
    if row.day is None:
        return "____ / ____"
    if row.number is None or row.number < 0:
        return ""
    return _("Day %(number)s", number=row.number)


def _activities(rows: Sequence[PaperRow], printed: PrintedSheet) -> SheetTable:
    names = printed.layout.activities
    return SheetTable(
        title=_("Once a week: how hard was this?"),
        hint=_("0 is not hard at all, 10 is could not do it."),
        columns=(_("Day"), *names),
        rows=tuple(
            SheetRow(name=_name(row, printed), about=_about(row), boxes=(Box.NUMBER,) * len(names)) for row in rows
        ),
    )


# --- the card ---------------------------------------------------------------------------------------------------------


def card_of(shown: ShownCode, clinic: Clinic, *, code: str, address: str, square: str, initials: str) -> Card:
    """The card for a relative's phone, in the language now spoken."""
    until = shown.expires_at.astimezone(shown.patient.as_patient().zone)
    return Card(
        size=size_in(clinic.country),
        language=spoken().code,
        title=_("Help with the diary on your phone"),
        whose=_("For the diary of %(initials)s at %(clinic)s", initials=initials, clinic=clinic.name),
        steps=(
            _("Scan the square with your phone."),
            _("Or open %(address)s and type the 8 letters.", address=address),
            _("Type the year of birth of the person you help."),
            _("Choose “I am helping this person”."),
        ),
        code=in_fours(code),
        square=square,
        square_words=_("The square leads to %(address)s with the code in it.", address=address),
        lasts=_(
            "The code works until %(time)s on %(day)s, once.",
            time=clock_time(until),
            day=long_day(until.date()),
        ),
        help_lines=(
            _("Is it too late? Ask the clinic for a new code."),
            _("What you fill in is marked as written by a helper."),
        ),
        printed_at=shown.expires_at,
    )
