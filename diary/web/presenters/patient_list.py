"""The list of patients in words."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from diary.charts.sparkline import sparkline_svg
from diary.domain.clinic_limits import Above
from diary.domain.diary import Side
from diary.domain.findings import Findings
from diary.domain.patients import Show
from diary.domain.safety import Level
from diary.domain.steroid_figures import Badge
from diary.services.patient_list import Flag, PatientLine
from diary.store.clinic_limits import AboveLimit
from diary.store.help_uses import OpenHelp
from diary.store.patients import PatientRow
from diary.web.presenters.patients import name_of
from diary.words.language import gettext as _
from diary.words.language import lazy_gettext, lazy_pgettext, ngettext
from diary.words.times import in_words, instant_in_words, listed, score_in_words
from diary.words.verdicts import BLOCK_VERDICTS, STEROID_VERDICTS

NOTHING = "\N{EN DASH}"
BADGES: Mapping[Badge, str | None] = {
    Badge.GOOD: None,
    Badge.LIMITED: lazy_gettext("LIMITED"),
    Badge.TOO_LITTLE: lazy_gettext("TOO LITTLE"),
}
TABS = (
    (Show.TODAY, lazy_gettext("Today")),
    (Show.ALL, lazy_pgettext("of patients", "All")),
    (Show.FLAGS, lazy_gettext("Flags")),
)
SIDES: Mapping[Side, str] = {
    Side.LEFT: lazy_pgettext("of one injection", "left"),
    Side.RIGHT: lazy_pgettext("of one injection", "right"),
    Side.BOTH: lazy_pgettext("of one injection", "both"),
}
EMPTY: Mapping[Show, str] = {
    Show.TODAY: lazy_gettext("No follow-ups today."),
    Show.ALL: lazy_gettext("No patients yet."),
    Show.FLAGS: lazy_gettext("No flags."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagWords:
    """One flag: a shape of its own, its words, and the numbers behind it."""

    kind: str
    shape: str
    words: str
    numbers: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    """One row of the list of patients, in words and one line. ``as_of``: where the findings are not today's."""

    patient: PatientRow
    name: str
    born: str
    visit: tuple[str, ...]
    injection: str
    day: str
    pain: str
    block: str
    steroid: tuple[str, ...]
    entries: str
    badge: str | None
    help: FlagWords | None
    flags: tuple[FlagWords, ...]
    as_of: str | None
    spark: Markup


def list_row(line: PatientLine, *, today: date, show: Show) -> ListRow:
    """One patient: 2 (was 7), 12 of 14 days. ``today`` is the clinic's."""
    found, injection = line.findings, line.injection
    return ListRow(
        patient=line.patient,
        name=name_of(line.patient),
        born=str(line.patient.born.year) if line.patient.born else "",
        visit=_visit(line.patient, today=today, show=show),
        injection=f"{SIDES[injection.side]} #{line.number}" if injection else _("none yet"),
        day="" if line.day is None else _("day %(day)s", day=line.day),
        pain=_pain(line),
        block=BLOCK_VERDICTS[found.block] if found and found.block else NOTHING,
        steroid=_steroid(line, found) if found else (NOTHING,),
        entries=_entries(line),
        badge=BADGES[found.data] if found and found.data and found.slots else None,
        help=help_flag(line.help, today=today) if line.help else None,
        flags=tuple(_flags(line)),
        as_of=in_words(found.as_of) if found and not line.is_current else None,
        spark=Markup(sparkline_svg(line.spark(_label(line)), prefix=f"spark-{line.patient.id}")),  # noqa: S704 — our own, escaped
    )


def waiting_words(count: int) -> str | None:
    """For those whose findings are not up to date: as in "12 patients are still being looked at."."""
    if not count:
        return None
    return ngettext(
        "1 patient is still being looked at and may have a flag that is not shown yet. "
        "Load this page again in a moment.",
        "%(num)s patients are still being looked at and may have a flag that is not shown yet. "
        "Load this page again in a moment.",
        count,
    )


def _pain(line: PatientLine) -> str:
    pain = _("no scores") if line.last_score is None else str(line.last_score)
    return pain if line.start is None else _("%(pain)s (was %(start)s)", pain=pain, start=score_in_words(line.start))


def _label(line: PatientLine) -> str:
    """The row as it is heard: Adams Joan, day 43, pain 2, was 7, 38 of 43 days."""
    pain = _("no scores") if line.last_score is None else str(line.last_score)
    day = _("before any injection") if line.day is None else _("day %(day)s", day=line.day)
    parts = [name_of(line.patient), day, _("pain %(score)s", score=pain)]
    if line.start is not None:
        parts.append(_("was %(start)s", start=score_in_words(line.start)))
    if line.findings and line.findings.slots:
        parts.append(_("%(share)s entries", share=_entries(line)))
    elif line.asked:
        parts.append(_entries(line))
    return ", ".join(parts)


def _visit(patient: PatientRow, *, today: date, show: Show) -> tuple[str, ...]:
    """The time alone among those of today, else the date before it."""
    visit = patient.next_visit
    if visit is None:
        return ()
    day = _("today") if visit.date() == today else in_words(visit.date())
    return (f"{visit:%H:%M}",) if show is Show.TODAY else (day, f"{visit:%H:%M}")


def _entries(line: PatientLine) -> str:
    """n of N: the days and weeks that the judgement expects, or without a steroid the days of the line."""
    found = line.findings
    if found and found.slots:
        return _("%(filled)s of %(expected)s", filled=found.filled, expected=found.slots)
    if not line.asked:
        return ""
    return ngettext("%(filled)s of %(num)s day", "%(filled)s of %(num)s days", line.asked, filled=line.filled_in)


def _steroid(line: PatientLine, found: Findings) -> tuple[str, ...]:
    """The verdict, and the days on which relief ended; of which injection, where that is not the last."""
    if found.steroid is None:
        return (NOTHING,)
    words = [str(STEROID_VERDICTS[found.steroid])]
    if found.end is not None:
        first, last = found.end.first, found.end.last
        days = str(first) if first == last else f"{first}\N{EN DASH}{last}"
        words.append(_("returned day %(days)s", days=days))
    if line.steroid is not None and line.injection is not None and line.steroid.id != line.injection.id:
        day = in_words(line.steroid.performed_at.date())
        words.append(_("of %(day)s, %(side)s", day=day, side=SIDES[line.steroid.side]))
    return tuple(words)


# --- flags ------------------------------------------------------------------------------------------------------------

_MEASURED: Mapping[Above, str] = {
    Above.BLOOD_PRESSURE: lazy_gettext("blood pressure"),
    Above.GLUCOSE: lazy_gettext("blood sugar"),
}
HELP_LEVELS: Mapping[Level, str] = {
    Level.EMERGENCY: lazy_gettext("emergency"),
    Level.URGENT: lazy_gettext("urgent"),
    Level.NOT_URGENT: lazy_gettext("not urgent"),
}


def help_flag(used: OpenHelp, *, today: date) -> FlagWords:
    """As in "help page used: 18:05, urgent; not handled"."""
    at = f"{used.at:%H:%M}" if used.at.date() == today else instant_in_words(used.at)
    numbers = _("%(time)s, %(level)s; not handled", time=at, level=HELP_LEVELS[used.level])
    return FlagWords(kind=f"help {used.level.value}", shape="▲", words=_("help page used"), numbers=numbers)


def _flags(line: PatientLine) -> Iterator[FlagWords]:
    if line.above_limit is not None:
        yield _above_limit(line.above_limit)
    if line.findings is not None:
        yield from (_FLAGS[flag](line.findings) for flag in line.flags)


def _above_limit(above: AboveLimit) -> FlagWords:
    what = listed([str(_MEASURED[one]) for one in above.what])
    return FlagWords(
        kind="above-limit", shape="◇", words=_("above the clinic's number"), numbers=f"{what}, {in_words(above.day)}"
    )


def _returned(found: Findings) -> FlagWords:
    since = _("since %(day)s", day=in_words(found.returned.since)) if found.returned else None
    return FlagWords(kind="returned", shape="●", words=_("returned"), numbers=since)


def _pain_back(found: Findings) -> FlagWords:
    said = _("said %(day)s", day=in_words(found.pain_back_at.date())) if found.pain_back_at else None
    return FlagWords(kind="pain-back", shape="◆", words=_("pain is back"), numbers=said)


def _medicine_up(found: Findings) -> FlagWords:
    last, before = found.medicine.last, found.medicine.before
    numbers = _(
        "%(n)s of %(of)s days, %(before)s of %(before_of)s the week before",
        n=last.n,
        of=last.of,
        before=before.n,
        before_of=before.of,
    )
    return FlagWords(kind="medicine-up", shape="✚", words=_("extra medicine up"), numbers=numbers)


def _quiet(_found: Findings) -> FlagWords:
    return FlagWords(kind="silent", shape="◌", words=_("no entries 7 days"), numbers=None)


_FLAGS: Mapping[Flag, Callable[[Findings], FlagWords]] = {
    Flag.RETURNED: _returned,
    Flag.PAIN_BACK: _pain_back,
    Flag.MEDICINE_UP: _medicine_up,
    Flag.QUIET: _quiet,
}
