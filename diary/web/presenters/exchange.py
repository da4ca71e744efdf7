"""An import in words: what would be added, what is there, what is refused and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from diary.domain.diary import Entry, Records
from diary.services.exchange import ImportPlan
from diary.words.language import gettext as _
from diary.words.language import lazy_gettext, ngettext, told
from diary.words.times import in_words, listed

DETAIL_WORDS = {
    "name": lazy_gettext("name"),
    "born": lazy_gettext("birth date"),
    "time_zone": lazy_gettext("time zone"),
    "language": lazy_gettext("language"),
    "number": lazy_gettext("chart number"),
    "conditions": lazy_gettext("conditions"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportWords:
    """The plan of an import, line by line."""

    added: tuple[str, ...]
    already_there: str
    refused: tuple[str, ...]
    warning: str | None


def import_words(plan: ImportPlan) -> ImportWords:
    """What the page says of a plan."""
    differing = [str(DETAIL_WORDS[name]) for name in plan.details_that_differ]
    return ImportWords(
        added=tuple(_added(plan.added)),
        already_there=ngettext(
            "%(num)s record is here already and equal.",
            "%(num)s records are here already and equal.",
            plan.already_there,
        ),
        refused=tuple(told(error) for error in plan.refused),
        warning=(
            _(
                "The file tells another %(details)s than this patient's record. Is it the right patient? "
                "The record stays as it is.",
                details=listed(differing),
            )
            if differing
            else None
        ),
    )


def done_words(plan: ImportPlan) -> str:
    """After it was taken."""
    return ngettext("%(num)s record was added.", "%(num)s records were added.", plan.adds)


def _added(added: Records) -> list[str]:
    days = sorted({_day_of(entry) for entry in added.entries})
    lines = [
        (added.injections, ngettext("%(num)s injection", "%(num)s injections", len(added.injections))),
        (added.entries, _entries(len(added.entries), days)),
        (added.medicines, ngettext("%(num)s medicine", "%(num)s medicines", len(added.medicines))),
        (
            added.steroids_elsewhere,
            ngettext(
                "%(num)s steroid given elsewhere",
                "%(num)s steroids given elsewhere",
                len(added.steroids_elsewhere),
            ),
        ),
    ]
    return [words for records, words in lines if records]


def _entries(count: int, days: Sequence[date]) -> str:
    counted = ngettext("%(num)s entry", "%(num)s entries", count)
    if not days:
        return counted
    if days[0] == days[-1]:
        return f"{counted}, {in_words(days[0])}"
    first, last = in_words(days[0]), in_words(days[-1])
    return _("%(entries)s, %(first)s to %(last)s", entries=counted, first=first, last=last)


def _day_of(entry: Entry) -> date:
    return entry.day or entry.instant.date()
