"""The injections of one side, their key figures side by side: the ones that the picture lays over each other."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from diary.charts.course import earlier_of_same_side
from diary.charts.profile import EARLIER_SHOWN
from diary.domain.assessment import Assessment
from diary.domain.block import Block
from diary.domain.steroid import Figures, SteroidCourse
from diary.services.profiles import PatientProfile
from diary.words.course import completeness_words, landmark_words, onset_words, peak_words, relief_days_words
from diary.words.injections import drugs_of
from diary.words.language import gettext as _
from diary.words.times import instant_in_words
from diary.words.verdicts import BLOCK_VERDICTS, STEROID_VERDICTS

LANDMARKS_SHOWN = (28, 84)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One injection; ``here`` is the one that is looked at."""

    injection_id: UUID
    on: str
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure of every injection, in the order of the columns."""

    name: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThisSide:
    columns: tuple[Column, ...]
    figures: tuple[Figure, ...]


def this_side_of(shown: PatientProfile) -> ThisSide | None:
    """The injection that is looked at and up to two before it on its side; None where there is none before it."""
    if shown.injection is None:
        return None
    earlier = earlier_of_same_side(shown.injection, shown.judged.standing, most=EARLIER_SHOWN)
    if not earlier:
        return None
    injections = (shown.injection, *earlier)
    told = [dict(_figures(*_found(one.id, shown.judged.assessment))) for one in injections]
    return ThisSide(
        columns=tuple(
            Column(injection_id=one.id, on=instant_in_words(one.performed_at), here=one.id == shown.injection.id)
            for one in injections
        ),
        figures=tuple(
            Figure(name=name, words=words)
            for name in told[0]
            if set(words := tuple(one[name] for one in told)) != {_not_judged()}
        ),
    )


def _found(injection_id: UUID, assessment: Assessment) -> tuple[Block, SteroidCourse]:
    both = zip(assessment.blocks, assessment.steroids, strict=True)
    return next((block, course) for block, course in both if block.injection.id == injection_id)


def _figures(block: Block, course: SteroidCourse) -> Iterator[tuple[str, str]]:
    yield _("Drugs"), drugs_of(block.injection)
    yield _("Block"), BLOCK_VERDICTS[block.verdict]
    yield _("Lowest in the window"), peak_words(block)
    yield _("Steroid"), STEROID_VERDICTS[course.verdict] if course.figures else _("none given")
    yield from zip(_names_of_steroid(), _of_steroid(course.figures), strict=True)


def _not_judged() -> str:
    return _("not judged")


def _names_of_steroid() -> tuple[str, ...]:
    return (
        _("Relief began"),
        _("Relief lasted"),
        *(_("Median around day %(day)s", day=day) for day in LANDMARKS_SHOWN),
        _("Expected days and weeks scored"),
    )


def _of_steroid(figures: Figures | None) -> tuple[str, ...]:
    if figures is None:
        return (_not_judged(),) * len(_names_of_steroid())
    return (
        onset_words(figures.onset),
        relief_days_words(figures.relief_days),
        *(landmark_words(figures.landmarks[day]) for day in LANDMARKS_SHOWN),
        completeness_words(figures),
    )
