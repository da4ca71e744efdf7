"""What a clinic's own rule set is called and why it was made, checked where it is typed."""

import re

from diary.domain.errors import InvalidValue
from diary.domain.rulesets import shipped, shipped_names

LONGEST_NAME = 60
LONGEST_REASON = 1000
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def check_own_name(name: str) -> str:
    """The name, trimmed; `InvalidValue` where it is no short name, or that of a set which ships."""
    given = name.strip()
    if len(given) > LONGEST_NAME or not _NAME.fullmatch(given):
        raise InvalidValue(
            "name",
            "Use small letters, digits and single hyphens, at most %(most)s, such as riverside-75.",
            most=LONGEST_NAME,
        )
    if given in shipped_names():
        raise InvalidValue(
            "name", "%(name)s ships with the diary and never changes. Choose a name of your own.", name=given
        )
    return given


def check_own_title(title: str) -> None:
    """`InvalidValue` for the title of a set that ships: a changed copy must not read like the policy it came from."""
    if " ".join(title.split()).casefold() in {shipped(name).title.casefold() for name in shipped_names()}:
        raise InvalidValue(
            "title", "This is the title of a set that ships. Say in yours that it was changed, and by whom."
        )


def check_reason(why: str) -> str:
    """Why a set is made or changed, trimmed (`InvalidValue` where nothing is said)."""
    given = why.strip()
    if not given:
        raise InvalidValue("why", "Say why the set is made or changed. It is kept with this version.")
    if len(given) > LONGEST_REASON or "\0" in given:
        raise InvalidValue("why", "Use at most %(most)s characters.", most=LONGEST_REASON)
    return given
