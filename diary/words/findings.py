"""What was found of one injection, in words with the entries behind each number: the same on page, paper and in text.

Every verdict stands with its numbers, its n of N, its reasons and its cautions (``screens.md``, section 3.5). Relief is
told as a range only. The words are those of the clinic's own rule: never diagnosed, covered or approved.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Self, TypeVar
from uuid import UUID

from diary.domain.block import BlockVerdict
from diary.domain.repeat import Overall
from diary.domain.steroid import SteroidVerdict
from diary.domain.steroid_figures import Badge
from diary.words.language import gettext as _
from diary.words.verdicts import BADGES

MOST_EVIDENCE = 40

R = TypeVar("R")


class BoxKind(StrEnum):
    BLOCK = "block"
    STEROID = "steroid"
    REPEAT = "repeat"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One entry behind a number: when it was, and what it says. Without an id it is the injection's own record."""

    entry_id: UUID | None
    when: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """One number with its label and the entries behind it, the first and last of them where ``more`` are left out."""

    label: str
    words: str
    evidence: tuple[Evidence, ...] = ()
    more: int = 0

    @classmethod
    def of(cls, label: str, words: str, records: Sequence[R], told: Callable[[R], Evidence]) -> Self:
        """A number with the records behind it as evidence."""
        evidence, more = shortened(records, told)
        return cls(label=label, words=words, evidence=evidence, more=more)


@dataclass(frozen=True, slots=True, kw_only=True)
class DataBadge:
    """How complete the scores are: always with n of N (``counted``), or that there is ``nothing`` to count.

    ``badge`` is None where the rules grade nothing: a block has its least of readings and no scale of them.
    """

    badge: Badge | None
    n: int
    of: int
    counted: str
    nothing: str

    @property
    def words(self) -> str:
        """GOOD, LIMITED, TOO LITTLE, or nothing."""
        return BADGES[self.badge].upper() if self.badge else ""

    @property
    def share(self) -> str:
        """18 of 20 expected days and weeks."""
        return self.counted if self.of else self.nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One verdict and what it stands on. ``lead`` and ``sentences`` end without a full stop.

    ``reasons`` say why it cannot be told; ``borderline`` is the tag's words, or None; ``not_judged`` what to know of
    numbers that no verdict stands on. Steps that belong to the verdict
    but are no verdict of their own (each next injection of a side) are its ``parts``.
    """

    kind: BoxKind
    title: str
    verdict: BlockVerdict | SteroidVerdict | Overall
    words: str
    lead: str
    reasons: tuple[str, ...]
    sentences: tuple[str, ...]
    numbers: tuple[Number, ...]
    data: DataBadge | None
    cautions: tuple[str, ...]
    borderline: str | None = None
    not_judged: str | None = None

    @property
    def told(self) -> str:
        """The verdict with its reasons and numbers as running text: "Cannot tell. Only 2 of 6 entries give ..."."""
        shares = [self.data.share] if self.data else []
        share = [one for one in shares if not any(one in reason for reason in self.reasons)]
        return " ".join(f"{sentence}." for sentence in (self.lead, *self.reasons, *self.sentences, *share))


@dataclass(frozen=True, slots=True, kw_only=True)
class LandmarkRow:
    """The median around one landmark day; the rest is None or empty where its days hold no score."""

    day: int
    window: str
    median: str | None
    n: int
    relief: str | None
    immpact: str | None
    evidence: tuple[Evidence, ...] = ()
    more: int = 0

    @property
    def change(self) -> str:
        """71.4% less, substantial; nothing to compare with where there is no start score."""
        return _("cannot be told") if self.relief is None else ", ".join(filter(None, (self.relief, self.immpact)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Landmarks:
    """One series at the landmarks, against its own baseline; ``change`` heads what has changed since."""

    title: str
    baseline: str
    change: str
    rows: tuple[LandmarkRow, ...]

    @property
    def scored(self) -> tuple[LandmarkRow, ...]:
        """The rows whose days hold a score."""
        return tuple(row for row in self.rows if row.n)


@dataclass(frozen=True, slots=True, kw_only=True)
class MovingFindings:
    """How hard it was to move about: at the landmarks, and whether that is a functional response, and why."""

    landmarks: Landmarks
    functional_response: str
    why: str
    data: DataBadge


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """Everything found of one injection. ``repeats`` has a box for each side of it and each kind of next injection.

    ``landmarks`` and ``moving`` are None where no steroid was written down. ``rule_set`` names the set, its version,
    its source and the date of that; ``unchecked`` says what of it could not be checked, ``one_block`` what to remember
    beside any block.
    """

    injection_id: UUID
    block: Box
    steroid: Box
    repeats: tuple[Box, ...]
    landmarks: Landmarks | None
    moving: MovingFindings | None
    rule_set: str
    unchecked: str
    one_block: str | None


def shortened(records: Sequence[R], told: Callable[[R], Evidence]) -> tuple[tuple[Evidence, ...], int]:
    """Each record as evidence, or the first and last of many, and how many were left out between them."""
    if len(records) <= MOST_EVIDENCE:
        return tuple(told(record) for record in records), 0
    half = MOST_EVIDENCE // 2
    return tuple(told(record) for record in (*records[:half], *records[-half:])), len(records) - 2 * half


def as_sentence(words: str) -> str:
    """The same with a capital, and the rest as it is."""
    return words[:1].upper() + words[1:]
