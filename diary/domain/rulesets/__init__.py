"""Rule sets: every number of the judgement, with its source and version, as data.

A set is a TOML file; the four beside this module ship with the diary. Each number has a range that it must lie in,
because a mistake in a rule set can be dangerous: what is wrong is refused with its key and its line.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated

from diary.domain.agents import plain_name
from diary.domain.diary import Anaesthetic
from diary.domain.errors import InvalidValue
from diary.domain.form import read
from diary.domain.limits import AtMost, Longest, Within, check_limits
from diary.domain.rulesets.lines import line_of
from diary.domain.rulesets.parts import Agent, BlockRules, Late, RepeatRules, SteroidRules, Window

SHIPPED = Path(__file__).parent

# Words for a salt that may stand after an agent's name without changing which agent it is.
SALTS = frozenset(
    {"hydrochloride", "hcl", "hydrochlorid", "chlorhydrate", "clorhidrato", "cloridrato", "monohydrate", "mesylate"}
    | {"mesilate", "carbonate", "sulfate", "sulphate", "base"}
)

# Those that ship have 2,000. The parser takes seconds for 60,000 dots in a row, and one second for these.
MOST_CHARACTERS = 20_000

Words = Annotated[str, Longest(1000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """One clinic's rules: what is asked of a block, of a steroid and of a repeat, and where that stands."""

    name: Annotated[str, Longest(60)]
    version: Annotated[int, Within(least=1, most=100_000)]
    title: Words
    source: Words
    source_date: date
    unchecked: Words
    late: Late
    block: BlockRules
    steroid: SteroidRules
    repeat: RepeatRules
    agents: Annotated[tuple[Agent, ...], AtMost(20)]

    def __post_init__(self) -> None:
        check_limits(self)
        for key in ("name", "title", "source", "unchecked"):
            if not getattr(self, key).strip():
                raise InvalidValue(key, "is empty")
        _check_agents(self.agents)

    def window(self, anaesthetics: tuple[Anaesthetic, ...]) -> Window | None:
        """The window of a mixture: the smallest onset and the largest of the rest over its known agents, or None."""
        known = [agent for given in anaesthetics if (agent := self.agent(given.agent))]
        if not known:
            return None
        return Window(
            onset=min(agent.onset for agent in known),
            hold=max(agent.hold for agent in known),
            usual_end=max(agent.usual_end for agent in known),
            tail_end=max(agent.tail_end for agent in known),
        )

    def agent(self, written: str) -> Agent | None:
        """The agent behind a written name: case and a word for the salt after the name do not matter."""
        name = _plain_name(written)
        return next((agent for agent in self.agents if name in map(_plain_name, (agent.name, *agent.also))), None)


def shipped_names() -> tuple[str, ...]:
    """The names of the sets that ship with the diary."""
    return tuple(sorted(path.stem for path in SHIPPED.glob("*.toml")))


@cache
def shipped(name: str) -> RuleSet:
    """A set that ships with the diary, by name (`InvalidValue` where there is none)."""
    if name not in shipped_names():
        raise InvalidValue(
            "rules", "%(given)s is not one of %(words)s", given=repr(name), words=", ".join(shipped_names())
        )
    return parse((SHIPPED / f"{name}.toml").read_text(encoding="utf-8"))


def parse(text: str) -> RuleSet:
    """A rule set from TOML; `InvalidValue` names the key that is wrong, and its line where it stands in the text."""
    if len(text) > MOST_CHARACTERS:
        raise InvalidValue("", "has %(given)s characters, more than %(most)s", given=len(text), most=MOST_CHARACTERS)
    try:
        plain = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidValue("", "is not TOML: %(fault)s", fault=error) from None
    except ValueError:  # Python reads no whole number of more than 4,300 digits
        raise InvalidValue("", "holds a number that is too long to be read") from None
    except RecursionError:
        raise InvalidValue("", "is nested too deeply to be a rule set") from None
    if isinstance(plain.get("source_date"), date):  # TOML has dates of its own, the form has them as text
        plain["source_date"] = plain["source_date"].isoformat()
    try:
        return read(RuleSet, plain)
    except InvalidValue as error:
        line = line_of(error.place, text)
        if line is None:
            raise InvalidValue(error.place, error.reason) from None
        raise InvalidValue(error.place, "%(reason)s (line %(line)s)", reason=error.reason, line=line) from None


def _check_agents(agents: tuple[Agent, ...]) -> None:
    """Refuse a set without agents, and a name that stands for two of them, or twice for one."""
    if not agents:
        raise InvalidValue("agents", "is empty")
    seen = set()
    for index, agent in enumerate(agents):
        names = {"name": agent.name, **{f"also[{place}]": also for place, also in enumerate(agent.also)}}
        for place, written in names.items():
            name = _plain_name(written)
            if not name:
                raise InvalidValue(f"agents[{index}].{place}", "is empty")
            if name in seen:
                raise InvalidValue(
                    f"agents[{index}].{place}", "%(name)s names two agents, or one twice", name=repr(written)
                )
            seen.add(name)


def _plain_name(written: str) -> tuple[str, ...]:
    return plain_name(written, salts=SALTS)
