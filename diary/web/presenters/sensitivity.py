"""How the verdicts stand under other thresholds and rule sets: one table and one plain line."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from diary.domain.block import BlockVerdict
from diary.domain.sensitivity import Look, Sensitivity
from diary.domain.steroid import SteroidVerdict
from diary.services.profiles import PatientProfile
from diary.words.language import gettext as _
from diary.words.times import listed
from diary.words.verdicts import BLOCK_REASONS, BLOCK_VERDICTS, STEROID_REASONS, STEROID_VERDICTS

NOT_TOLD: frozenset[StrEnum] = frozenset(
    {BlockVerdict.CANNOT_TELL, SteroidVerdict.CANNOT_TELL, SteroidVerdict.TOO_EARLY}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One verdict; ``differs`` says that it is not the one by the clinic's own set.

    ``reasons`` stand by the clinic's set, and where they are others than its own.
    """

    verdict: str
    differs: bool
    reasons: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    rules: str
    asks: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SensitivityTable:
    """``columns`` are the verdicts that can be judged at all; ``without`` says of the others why they are not there."""

    line: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    without: tuple[str, ...]


def sensitivity_of(shown: PatientProfile) -> SensitivityTable | None:
    """The table for the injection that is looked at, or None where there is none."""
    if shown.injection is None:
        return None
    found = shown.judged.whole.sensitivity(shown.injection, shown.judged.rules)
    given = _Given(anaesthetic=bool(shown.injection.anaesthetic), steroid=shown.injection.steroid is not None)
    return SensitivityTable(
        line=_line(found, given),
        columns=tuple(given.columns()),
        rows=tuple(_row(look, found, given) for look in found.looks) if given.anaesthetic or given.steroid else (),
        without=tuple(given.without()),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """What the syringe held: without it there is no verdict that could hang on anything."""

    anaesthetic: bool
    steroid: bool

    def columns(self) -> Iterator[str]:
        if self.anaesthetic:
            yield _("Block")
            yield _("Block, scores after pain medicine counted")
        if self.steroid:
            yield _("Steroid")

    def without(self) -> Iterator[str]:
        if not self.anaesthetic:
            yield _("No anaesthetic is written down: there is no block to judge.")
        if not self.steroid:
            yield _("No steroid is written down: there is no lasting relief to judge.")


# --- the table --------------------------------------------------------------------------------------------------------


def _row(look: Look, found: Sensitivity, given: _Given) -> Row:
    cells: list[Cell] = []
    if given.anaesthetic:
        cells += _of_block(look, found.own)
    if given.steroid:
        cells.append(_of_steroid(look, found.own))
    return Row(rules=_named(look, found), asks=_asks(look), cells=tuple(cells))


def _of_block(look: Look, own: Look) -> tuple[Cell, Cell]:
    block, of_own = look.block, own.block.verdict
    new = look is own or block.reasons != own.block.reasons
    reasons = "; ".join(BLOCK_REASONS[reason] for reason in block.reasons if new)
    return (
        Cell(verdict=BLOCK_VERDICTS[block.verdict], reasons=reasons, differs=block.verdict is not of_own),
        Cell(verdict=BLOCK_VERDICTS[block.with_confounded], differs=block.with_confounded is not of_own),
    )


def _of_steroid(look: Look, own: Look) -> Cell:
    course = look.steroid
    new = look is own or course.reasons != own.steroid.reasons
    reasons = "; ".join(STEROID_REASONS[reason] for reason in course.reasons if new)
    differs = course.verdict is not own.steroid.verdict
    return Cell(verdict=STEROID_VERDICTS[course.verdict], reasons=reasons, differs=differs)


def _named(look: Look, found: Sensitivity) -> str:
    if look is found.own:
        return _("The clinic's set")
    if look.threshold is not None:
        return _("The clinic's set at %(percent)s%%", percent=look.threshold)
    return look.rules.title


def _asks(look: Look) -> str:
    rules = look.rules
    if look.threshold is not None:
        return ""
    return _(
        "%(name)s, version %(version)s: block %(block)s%%, steroid %(steroid)s%%",
        name=rules.name,
        version=rules.version,
        block=rules.block.threshold,
        steroid=rules.steroid.threshold,
    )


# --- the line ---------------------------------------------------------------------------------------------------------


def _line(found: Sensitivity, given: _Given) -> str:
    if found.stable:
        return _stable(found.own, given)
    on = []
    if found.by_threshold:
        on.append(_("the threshold (%(changes)s)", changes=_changes(found.by_threshold, found)))
    if found.by_set:
        on.append(_("the rule set (%(changes)s)", changes=_changes(found.by_set, found)))
    if found.by_analgesics:
        on.append(_("scores after pain medicine (%(changes)s)", changes=_with_confounded(found)))
    return _("Depends on: %(on)s.", on=", ".join(on))


def _stable(own: Look, given: _Given) -> str:
    verdicts: list[tuple[StrEnum, str]] = []
    if given.anaesthetic:
        verdicts.append((own.block.verdict, _block_is(BLOCK_VERDICTS[own.block.verdict])))
    if given.steroid:
        verdicts.append((own.steroid.verdict, _steroid_is(STEROID_VERDICTS[own.steroid.verdict])))
    if not verdicts:
        return _("Nothing was given whose effect could be judged.")
    said = "; ".join(words for _verdict, words in verdicts)
    if all(verdict in NOT_TOLD for verdict, _words in verdicts):
        return _("No answer under any threshold or rule set (%(verdicts)s).", verdicts=said)
    return _("Stable: the same under every threshold and rule set (%(verdicts)s).", verdicts=said)


def _block_is(words: str) -> str:
    return _("block: %(words)s", words=words)


def _steroid_is(words: str) -> str:
    return _("steroid: %(words)s", words=words)


def _changes(looks: Iterable[Look], found: Sensitivity) -> str:
    """Block: meets the rule partly at 75% and 80%; steroid: ongoing at 80%."""
    looks, own = tuple(looks), found.own
    block = [
        (BLOCK_VERDICTS[look.block.verdict], _where(look))
        for look in looks
        if look.block.verdict is not own.block.verdict
    ]
    steroid = [
        (STEROID_VERDICTS[look.steroid.verdict], _where(look))
        for look in looks
        if look.steroid.verdict is not own.steroid.verdict
    ]
    told = [_block_is(_grouped(block))] if block else []
    if steroid:
        told.append(_steroid_is(_grouped(steroid)))
    return "; ".join(told)


def _with_confounded(found: Sensitivity) -> str:
    if found.own.hangs_on_analgesics:
        words = BLOCK_VERDICTS[found.own.block.with_confounded]
    else:
        words = _grouped((BLOCK_VERDICTS[look.block.with_confounded], _where(look)) for look in found.by_analgesics)
    return _("with them counted the block: %(words)s", words=words)


def _where(look: Look) -> str:
    if look.threshold is None:
        return _("under %(rules)s", rules=look.rules.name)
    return _("at %(percent)s%%", percent=look.threshold)


def _grouped(told: Iterable[tuple[str, str]]) -> str:
    """Each verdict once, with all the places where it stands."""
    places: dict[str, list[str]] = defaultdict(list)
    for verdict, where in told:
        places[verdict].append(where)
    return ", ".join(f"{verdict} {listed(where)}" for verdict, where in places.items())
