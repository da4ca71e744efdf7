"""The ledger of steroids: every dose of the record, here and elsewhere, and what the last 12 months hold.

Doses of different agents are never added up or converted into each other. No limit is stated: none is agreed on.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from diary.domain.agents import plain_name
from diary.domain.calendar import months_later
from diary.domain.diary import Injection, Side, SteroidElsewhere, Target
from diary.domain.timeline import day_zero

# Words for a salt or ester that do not change which steroid it is. Hexacetonide is not among them: it acts for months
# longer than acetonide and is dosed otherwise.
SALTS = frozenset(
    {"acetate", "acetonide", "phosphate", "sodium", "disodium", "succinate", "hemisuccinate", "dipropionate"}
    | {"acetat", "acetonid", "phosphat", "natrium", "dinatrium", "natriumphosphat", "dipropionat"}
    | {"acetato", "acetonido", "acétonide", "acétate", "fosfato", "sodico", "sódico"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """One dose; ``mg`` is None where it was not written down.

    Of an injection of this record it has the injection and its side, of one given elsewhere perhaps ``where``.
    """

    on: date
    agent: str
    mg: float | None
    injection_id: UUID | None = None
    side: Side | None = None
    target: Target | None = None
    where: str | None = None

    @property
    def elsewhere(self) -> bool:
        """Whether it was no injection of this record."""
        return self.injection_id is None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentSum:
    """The doses of one agent, named as it was written last; ``mg`` is the sum of those that say how many."""

    agent: str
    mg: Fraction
    doses: int
    without_mg: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Every dose until a date, the newest first; ``since`` is the first of the 12 months that end on it.

    ``later`` counts the doses of a later date, which are left out.
    """

    as_of: date
    since: date
    last_12_months: tuple[Dose, ...]
    before: tuple[Dose, ...]
    sums: tuple[AgentSum, ...]
    later: int

    @property
    def doses(self) -> tuple[Dose, ...]:
        return self.last_12_months + self.before


def steroid_ledger(injections: Iterable[Injection], elsewhere: Iterable[SteroidElsewhere], *, as_of: date) -> Ledger:
    """The ledger on a date, from the injections that stand and the steroids given elsewhere.

    The 12 months hold the dates after the same calendar date a year before, up to and including the date itself.
    """
    doses = [*_of_injections(injections), *map(_given_elsewhere, elsewhere)]
    told = sorted((dose for dose in doses if dose.on <= as_of), key=lambda dose: dose.on, reverse=True)
    year_before = months_later(as_of, -12)
    recent = tuple(dose for dose in told if dose.on > year_before)
    return Ledger(
        as_of=as_of,
        since=date.fromordinal(year_before.toordinal() + 1),
        last_12_months=recent,
        before=tuple(told[len(recent) :]),
        sums=_sums(recent),
        later=len(doses) - len(told),
    )


def _of_injections(injections: Iterable[Injection]) -> Iterable[Dose]:
    for injection in injections:
        if injection.steroid is not None:
            yield Dose(
                on=day_zero(injection),
                agent=injection.steroid.agent,
                mg=injection.steroid.mg,
                injection_id=injection.id,
                side=injection.side,
                target=injection.target,
            )


def _given_elsewhere(steroid: SteroidElsewhere) -> Dose:
    return Dose(on=steroid.on, agent=steroid.agent, mg=steroid.mg, where=steroid.where)


def _sums(doses: Iterable[Dose]) -> tuple[AgentSum, ...]:
    """By agent, in the order in which each was given last."""
    by_agent: dict[tuple[str, ...], list[Dose]] = defaultdict(list)
    for dose in doses:
        # A name without any letter is itself: two such names are not one agent.
        by_agent[plain_name(dose.agent, salts=SALTS) or (dose.agent,)].append(dose)
    return tuple(_sum(of_one) for of_one in by_agent.values())


def _sum(doses: list[Dose]) -> AgentSum:
    # As they are written: 0.1 and 0.2 mg are 0.3 mg.
    known = [Fraction(str(dose.mg)) for dose in doses if dose.mg is not None]
    return AgentSum(
        agent=doses[0].agent, mg=sum(known, Fraction(0)), doses=len(doses), without_mg=len(doses) - len(known)
    )
