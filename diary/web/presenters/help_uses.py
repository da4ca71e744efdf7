"""The uses of "Get help now" in words for the clinic."""

from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from diary.domain.safety import HelpResult, Level
from diary.store.help_uses import HelpHandledRow, HelpUseRow
from diary.web.presenters.get_help import SAID
from diary.web.presenters.patient_list import HELP_LEVELS
from diary.words.language import gettext as _
from diary.words.times import instant_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class UseInWords:
    """One use; ``handled`` is empty where nobody has seen to it."""

    id: UUID
    at: str
    level: str
    said: str
    handled: str


def use_in_words(use: HelpUseRow, handled: HelpHandledRow | None, *, zone: ZoneInfo) -> UseInWords:
    """When by the patient's clock, with what result, and who saw to it when by the clinic's clock."""
    result = HelpResult(use.result)
    return UseInWords(
        id=use.id,
        at=instant_in_words(use.at),
        level=HELP_LEVELS[Level(use.level)],
        said=_said(result),
        handled=f"{handled.handled_name}, {instant_in_words(handled.handled_at.astimezone(zone))}" if handled else "",
    )


def _said(result: HelpResult) -> str:
    said = str(SAID[result])
    if result is HelpResult.LEGS_AT_FIRST:
        return _("%(answer)s; within 6 hours of the injection", answer=said)
    return said
