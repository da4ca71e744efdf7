"""Which pain the diary is about: named by the patient, on a side, at a spot of the back, and what it makes hard."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from diary.domain.diary import Side
from diary.domain.errors import InvalidValue
from diary.domain.limits import AtMost, Longest, check_limits

MOST_ACTIVITIES = 5


class Spot(StrEnum):
    """Where on the back, seen from behind: row by row, from the left."""

    LEFT_LOW_BACK = "left-low-back"
    MIDDLE_LOW_BACK = "middle-low-back"
    RIGHT_LOW_BACK = "right-low-back"
    LEFT_JOINT = "left-joint"  # at the dimple, over the sacroiliac joint
    TAILBONE = "tailbone"
    RIGHT_JOINT = "right-joint"
    LEFT_BUTTOCK = "left-buttock"
    RIGHT_BUTTOCK = "right-buttock"
    LEFT_THIGH = "left-thigh"
    RIGHT_THIGH = "right-thigh"


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPain:
    """``words`` are the patient's own, "the pain low on the right, over the buttock"; None is what nobody has said."""

    words: Annotated[str | None, Longest(200)] = None
    side: Side | None = None
    spot: Spot | None = None

    def __post_init__(self) -> None:
        check_limits(self)
        if self.spot and self.side and not _agree(self.spot, self.side):
            raise InvalidValue("spot", "The spot is on the other side. Choose the side and the spot again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class HardThings:
    """The movement that hurts most, and up to five activities which the pain makes hard, in the patient's words."""

    movement: Annotated[str | None, Longest(100)] = None
    activities: Annotated[tuple[Annotated[str, Longest(100)], ...], AtMost(MOST_ACTIVITIES)] = ()

    def __post_init__(self) -> None:
        check_limits(self)
        if len({activity.casefold() for activity in self.activities}) < len(self.activities):
            raise InvalidValue("activities", "You named one activity twice. Name each once.")


def one_line(text: str | None) -> str | None:
    """What was typed, without needless spaces; None where it is empty."""
    return " ".join((text or "").split()) or None


def lines(texts: Sequence[str | None]) -> tuple[str, ...]:
    """Those of the texts that say something."""
    return tuple(line for text in texts if (line := one_line(text)))


def _agree(spot: Spot, side: Side) -> bool:
    return side is Side.BOTH or not spot.value.startswith(("left-", "right-")) or spot.value.startswith(side.value)
