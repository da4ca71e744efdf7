"""Two diagnostic blocks of one side, side by side."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from diary.domain.block import Block, Pair
from diary.domain.diary import Instrument
from diary.services.profiles import PatientProfile
from diary.words.course import held_words, peak_words
from diary.words.injections import anaesthetics_of
from diary.words.language import gettext as _
from diary.words.pairs import PAIR_RESULTS, pair_meaning
from diary.words.times import instant_in_words
from diary.words.verdicts import BLOCK_REASONS, BLOCK_VERDICTS, FITS


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """One column: which injection, and whether it is the one that is looked at."""

    injection_id: UUID
    on: str
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One figure of both blocks."""

    name: str
    first: str
    second: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    result: str
    meaning: str
    heads: tuple[Head, Head]
    lines: tuple[Line, ...]


def dual_blocks_of(shown: PatientProfile) -> tuple[Compared, ...]:
    """Every pair that the injection that is looked at is part of, by time."""
    if shown.injection is None:
        return ()
    found, here = shown.judged.assessment, shown.injection.id
    blocks = {block.injection.id: block for block in found.blocks}
    return tuple(_compared(pair, blocks, here) for pair in found.pairs if here in (pair.first.id, pair.second.id))


def _compared(pair: Pair, blocks: Mapping[UUID, Block], here: UUID) -> Compared:
    first, second = blocks[pair.first.id], blocks[pair.second.id]
    return Compared(
        result=PAIR_RESULTS[pair.result],
        meaning=pair_meaning(pair.result, first, second),
        heads=(_head(first, here), _head(second, here)),
        lines=tuple(
            Line(name=name, first=one, second=other)
            for (name, one), (_, other) in zip(_figures(first), _figures(second), strict=True)
        ),
    )


def _head(block: Block, here: UUID) -> Head:
    injection = block.injection
    on = instant_in_words(injection.performed_at)
    return Head(injection_id=injection.id, on=on, here=injection.id == here)


def _figures(block: Block) -> Iterator[tuple[str, str]]:
    yield _("Agents"), anaesthetics_of(block.injection)
    yield _("Start"), _baseline(block)
    yield _("Lowest"), peak_words(block)
    yield _("Relief of %(percent)s%% or more lasted", percent=block.threshold), held_words(block.duration)
    yield _("Fit with the agent"), FITS[block.fit]
    yield _("Verdict"), _verdict(block)


def _baseline(block: Block) -> str:
    if block.baseline is None:
        return _("not scored")
    if block.series is Instrument.MOVEMENT:
        return _("%(score)s on movement", score=block.baseline)
    return _("%(score)s at rest", score=block.baseline)


def _verdict(block: Block) -> str:
    reasons = "; ".join(BLOCK_REASONS[reason] for reason in block.reasons)
    return BLOCK_VERDICTS[block.verdict] + (f": {reasons}" if reasons else "")
