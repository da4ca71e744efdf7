"""What was typed in from paper, held against what the diary says already: nothing is written over.

A row whose answers are all there adds nothing, however often a sheet is sent. A row that differs is asked about: what
was recorded first goes on counting, unless it came from paper itself and was typed wrong.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from diary.domain.diary import Entry, PhoneClock, Question, Scores, Source
from diary.domain.timeline import Answer, Chain, minute_of_the_clock

# A score, the scores of the activities, whether a medicine was taken; None is "I do not remember".
Said = Answer | bool | None


class Instead(StrEnum):
    """What to do with a row that says something else than the diary."""

    LEAVE_OUT = "leave-out"
    KEEP_BOTH = "keep-both"
    CORRECT = "correct"


class Standing(StrEnum):
    """How a typed row stands to the diary."""

    NEW = "new"
    THERE = "there"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One question that the diary answers in another way."""

    question: Question
    there: Said
    typed: Said
    entry: Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """``corrects`` is the entry that was typed in from the paper too, where the whole difference lies in it."""

    standing: Standing
    differences: tuple[Difference, ...] = ()
    corrects: Entry | None = None


def from_paper(
    entry: Entry, *, recorded_at: datetime, source: Source, typed_by: str, written_at: datetime | None
) -> Entry:
    """The entry as it is recorded: who typed it in and when; the time that the paper says is kept beside it."""
    return replace(
        entry,
        recorded_at=recorded_at,
        source=source,
        recorded_by=typed_by or None,
        transcribed=True,
        clock=PhoneClock(recorded_at=written_at) if written_at else None,
    )


def answers_of(entry: Entry) -> dict[Question, Said]:
    """Every question that an entry answers."""
    said: dict[Question, Said] = {Question(name.value): score for name, score in entry.scores.given().items()}
    if entry.analgesic is not None:
        said[Question.ANALGESIC] = entry.analgesic
    return {**dict.fromkeys(entry.unknown, None), **said}


def of_same_time(typed: Entry, chains: Sequence[Chain[Entry]]) -> tuple[Chain[Entry], ...]:
    """Of the chains that stand, those about the same day or minute, the first recorded first."""
    same = [chain for chain in chains if _time_of(chain.end) == _time_of(typed)]
    return tuple(sorted(same, key=lambda chain: (chain.original.recorded_at, chain.position)))


def compare(typed: Entry, there: Sequence[Chain[Entry]]) -> Comparison:
    """How a typed row stands to the chains of its day or minute, as `of_same_time` gives them."""
    said = answers_of(typed)
    if any(_covers(answers_of(chain.end), said) for chain in there if is_from_paper(chain)):
        return Comparison(standing=Standing.THERE)
    counting = _counting(there)
    differences = tuple(
        Difference(question=question, there=counting[question][0], typed=answer, entry=counting[question][1].end)
        for question, answer in said.items()
        if question in counting and _contradict(counting[question][0], answer)
    )
    if differences:
        chains_ = {counting[one.question][1].end.id: counting[one.question][1] for one in differences}
        only = next(iter(chains_.values())) if len(chains_) == 1 else None
        corrects = only.end if only is not None and is_from_paper(only) else None
        return Comparison(standing=Standing.DIFFERS, differences=differences, corrects=corrects)
    is_new = any(
        question not in counting or counting[question][0] is None is not answer for question, answer in said.items()
    )
    return Comparison(standing=Standing.NEW if is_new else Standing.THERE)


def is_from_paper(chain: Chain[Entry]) -> bool:
    """Whether an entry was typed in from paper, whatever was corrected since."""
    return chain.original.transcribed


def correction_of(wrong: Entry, typed: Entry) -> Entry:
    """The typed row as a correction of what was typed wrong: what it does not answer stays as it was."""
    scores = replace(wrong.scores, **_by_name(typed.scores))
    analgesic = wrong.analgesic if typed.analgesic is None else typed.analgesic
    corrected = replace(typed, at=wrong.at, day=wrong.day, revises=wrong.id, scores=scores, analgesic=analgesic)
    answered = answers_of(replace(corrected, unknown=()))
    unknown = tuple(one for one in Question if one in {*wrong.unknown, *typed.unknown} and one not in answered)
    return replace(corrected, unknown=unknown, note=wrong.note)


def _counting(there: Sequence[Chain[Entry]]) -> Mapping[Question, tuple[Said, Chain[Entry]]]:
    """What counts for each question: the first answer, and "I do not remember" only where there is none."""
    counting: dict[Question, tuple[Said, Chain[Entry]]] = {}
    for chain in there:
        for question, answer in answers_of(chain.end).items():
            if question not in counting or (counting[question][0] is None and answer is not None):
                counting[question] = (answer, chain)
    return counting


def _contradict(there: Said, typed: Said) -> bool:
    return there is not None and typed is not None and there != typed


def _covers(there: Mapping[Question, Said], typed: Mapping[Question, Said]) -> bool:
    return all(question in there and there[question] == answer for question, answer in typed.items())


def _time_of(entry: Entry) -> object:
    return entry.day if entry.at is None else minute_of_the_clock(entry.at)


def _by_name(scores: Scores) -> dict[str, Any]:
    return {name.value: score for name, score in scores.given().items()}


def id_of_row(typing_id: UUID, entry: Entry) -> str:
    """What makes the id of a typed row, with the id of the page: the same page sent twice makes the same entry."""
    answers = sorted((question.value, str(said)) for question, said in answers_of(entry).items())
    return f"{typing_id}/{entry.day or entry.at}/{answers}"
