"""An import in words: what would be added, what is there, what is refused and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from diary.domain.diary import Entry, Records
from diary.services.exchange import ImportPlan

DETAIL_WORDS = {
    "name": "name",
    "born": "birth date",
    "time_zone": "time zone",
    "language": "language",
    "number": "chart number",
    "conditions": "conditions",
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
    differing = [DETAIL_WORDS[name] for name in plan.details_that_differ]
    return ImportWords(
        added=tuple(_added(plan.added)),
        already_there=_counted(plan.already_there, "record is", "records are") + " here already and equal.",
        refused=tuple(str(error) for error in plan.refused),
        warning=(
            f"The file tells another {_listed(differing)} than this patient's record. Is it the right patient? "
            "The record stays as it is."
            if differing
            else None
        ),
    )


def done_words(plan: ImportPlan) -> str:
    """After it was taken."""
    return _counted(plan.adds, "record was", "records were") + " added."


def _added(added: Records) -> list[str]:
    days = sorted({_day_of(entry) for entry in added.entries})
    ends = dict.fromkeys(f"{day:%d-%b-%Y}" for day in (days[:1] + days[-1:]))
    span = f", {' to '.join(ends)}" if ends else ""
    lines = [
        (added.injections, "injection", "injections", ""),
        (added.entries, "entry", "entries", span),
        (added.medicines, "medicine", "medicines", ""),
        (added.steroids_elsewhere, "steroid given elsewhere", "steroids given elsewhere", ""),
    ]
    return [_counted(len(records), one, many) + more for records, one, many, more in lines if records]


def _day_of(entry: Entry) -> date:
    return entry.day or entry.instant.date()


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
