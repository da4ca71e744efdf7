"""A clinic's rule sets: which there are, which is in use, how one is copied and changed into a new version."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4

from diary.domain.access import Actor, check_can_administer, check_can_read_rules
from diary.domain.errors import Conflict, InvalidValue, NotFound, UnreadableRules
from diary.domain.form import write
from diary.domain.rulesets import RuleSet, shipped, shipped_names
from diary.domain.rulesets.changes import Difference, differences
from diary.domain.rulesets.own import check_own_name, check_own_title, check_reason
from diary.store.clinics import Clinic, find_clinic, hold_clinic
from diary.store.rule_sets import (
    RuleSetRow,
    add_rule_set,
    find_own_rule_set,
    list_own_rule_sets,
    newest_own_version,
    put_rule_set_in_use,
)
from diary.store.users import names_of
from diary.store.whole_diaries import find_clinic_with_rules
from diary.store.work import Work, looking_up, writing

FIRST = 1  # the version that every set bears which ships with the diary


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnVersion:
    """How one version of a clinic's own set came about; ``made_by`` is the name of a member of staff."""

    copied_from: tuple[str, int] | None
    why: str
    made_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSetLine:
    """One set in the list. ``own`` is None for one that ships; ``rules`` for one that cannot be read, by ``fault``."""

    name: str
    version: int
    rules: RuleSet | None
    fault: str | None
    own: OwnVersion | None
    is_in_use: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSetList:
    """Every set that the clinic may judge by; ``in_use`` is None where the one in use is not there any more."""

    in_use: RuleSetLine | None
    in_use_name: str
    shipped: tuple[RuleSetLine, ...]
    own: tuple[RuleSetLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What is different from another set."""

    name: str
    version: int
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSetShown:
    """One set with what it was made out of. ``newest`` is the number of the newest version of its name."""

    line: RuleSetLine
    compared: tuple[Comparison, ...]
    newest: int


def list_rule_sets(actor: Actor, clinic_id: UUID) -> RuleSetList:
    """The sets that ship and every version of the clinic's own, the newest first."""
    check_can_administer(actor, clinic_id)
    with looking_up() as session:
        clinic = _found(find_clinic(session, clinic_id))
        names = names_of(session, clinic_id)
        own = tuple(_own_line(row, clinic, names) for row in list_own_rule_sets(session, clinic_id))
    ships = tuple(_shipped_line(name, clinic) for name in shipped_names())
    return RuleSetList(
        in_use=next((line for line in (*ships, *own) if line.is_in_use), None),
        in_use_name=_name_in_use(clinic),
        shipped=ships,
        own=own,
    )


def show_rule_set(actor: Actor, clinic_id: UUID, name: str, version: int) -> RuleSetShown:
    """One set, and what differs from what it was copied from and from its version before (`NotFound`)."""
    check_can_administer(actor, clinic_id)
    return _shown(clinic_id, name, version)


def show_rules_in_use(actor: Actor, clinic_id: UUID) -> RuleSetShown:
    """The set by which the clinic judges; `UnreadableRules` where that is not there any more."""
    check_can_read_rules(actor, clinic_id)
    with looking_up() as session:
        clinic, rules = find_clinic_with_rules(session, clinic_id)
    return _shown(clinic.id, rules.name, rules.version)


def rule_set_to_copy(actor: Actor, clinic_id: UUID, name: str, version: int) -> RuleSet:
    """One set as a whole (`NotFound`, and `UnreadableRules` where it cannot be read)."""
    shown = show_rule_set(actor, clinic_id, name, version)
    if shown.line.rules is None:
        raise UnreadableRules(name, version=version, reason=shown.line.fault or "")
    return shown.line.rules


def make_version(
    actor: Actor,
    clinic_id: UUID,
    rules: RuleSet,
    *,
    copied_from: tuple[str, int],
    newest_seen: int,
    why: str,
    now: datetime,
) -> int:
    """Keep a changed set as the next version of the clinic's own of its name; the number of it. It is not in use yet.

    ``newest_seen`` is the newest version of the copied name that its author knew of, for which 0 stands where a set
    that ships was copied. `InvalidValue` for a name that another set of the clinic bears, and for a set that changes
    nothing; `Conflict` where somebody made a version meanwhile.
    """
    check_can_administer(actor, clinic_id)
    name, why = check_own_name(rules.name), check_reason(why)
    check_own_title(rules.title)
    with writing(actor, now=now) as work:
        _found(hold_clinic(work.session, clinic_id))
        base = _rules_of(work, clinic_id, *copied_from)
        changed = differences(base, rules)
        version = _next_version(work, clinic_id, name, copied_name=copied_from[0], newest_seen=newest_seen)
        if not changed and name == copied_from[0]:
            raise InvalidValue("", "Nothing is changed. Change something, or leave the set as it is.")
        row = RuleSetRow(
            id=uuid4(),
            clinic_id=clinic_id,
            name=name,
            version=version,
            content=write(replace(rules, name=name, version=version)),
            copied_from="/".join(map(str, copied_from)),
            why=why,
            made_at=now,
            made_by=actor.id,
        )
        add_rule_set(work, row, changed=[difference.place for difference in changed])
        return version


def _next_version(work: Work, clinic_id: UUID, name: str, *, copied_name: str, newest_seen: int) -> int:
    newest = newest_own_version(work.session, clinic_id, name)
    if name != copied_name and newest:
        raise InvalidValue(
            "name", "Your clinic has a set %(name)s already. Change that one, or choose another name.", name=name
        )
    if name == copied_name and newest != newest_seen:
        raise Conflict(
            "Version %(version)s of %(name)s was made in between, by somebody else or in another window. Nothing of "
            "yours is lost: look at version %(version)s, then save again if yours shall come after it.",
            version=newest,
            name=name,
        )
    return newest + 1


def use_rule_set(actor: Actor, clinic_id: UUID, name: str, version: int, *, now: datetime) -> None:
    """Judge by this set from now on (`NotFound`, and `UnreadableRules` where it cannot be read)."""
    check_can_administer(actor, clinic_id)
    with writing(actor, now=now) as work:
        clinic = _found(hold_clinic(work.session, clinic_id))
        _rules_of(work, clinic_id, name, version)
        own_version = None if name in shipped_names() else version
        if (clinic.rule_set, clinic.rule_set_version) != (name, own_version):
            put_rule_set_in_use(work, clinic, name, own_version)


def _rules_of(work: Work, clinic_id: UUID, name: str, version: int) -> RuleSet:
    if name in shipped_names() and version == FIRST:
        return shipped(name)
    row = find_own_rule_set(work.session, clinic_id, name, version)
    if row is None:
        raise _no_such_set()
    return row.as_rule_set()


# --- lines and comparisons --------------------------------------------------------------------------------------------


def _shown(clinic_id: UUID, name: str, version: int) -> RuleSetShown:
    with looking_up() as session:
        clinic = _found(find_clinic(session, clinic_id))
        names = names_of(session, clinic_id)
        own = {(row.name, row.version): row for row in list_own_rule_sets(session, clinic_id)}
    if name in shipped_names() and version == FIRST:
        return RuleSetShown(line=_shipped_line(name, clinic), compared=(), newest=0)
    if (name, version) not in own:
        raise _no_such_set()
    line = _own_line(own[name, version], clinic, names)
    return RuleSetShown(
        line=line,
        compared=tuple(_comparisons(line, [_own_line(row, clinic, names) for row in own.values()])),
        newest=max(number for known, number in own if known == name),
    )


def _comparisons(line: RuleSetLine, own: Sequence[RuleSetLine]) -> list[Comparison]:
    """With what it was copied from, and with its version before where that is another one."""
    others = {(other.name, other.version): other.rules for other in own}
    others |= {(name, FIRST): shipped(name) for name in shipped_names()}
    origin = line.own.copied_from if line.own else None
    before = max((key for key in others if key[0] == line.name and key[1] < line.version), default=None)
    compared = []
    for key in dict.fromkeys(key for key in (origin, before) if key is not None):
        rules = others.get(key)
        if rules is not None and line.rules is not None:
            compared.append(Comparison(name=key[0], version=key[1], differences=differences(rules, line.rules)))
    return compared


def _shipped_line(name: str, clinic: Clinic) -> RuleSetLine:
    rules = shipped(name)
    is_in_use = (clinic.rule_set, clinic.rule_set_version) == (name, None)
    return RuleSetLine(name=name, version=rules.version, rules=rules, fault=None, own=None, is_in_use=is_in_use)


def _own_line(row: RuleSetRow, clinic: Clinic, names: dict[str, str]) -> RuleSetLine:
    rules, fault = None, None
    try:
        rules = row.as_rule_set()
    except UnreadableRules as error:
        fault = error.reason
    return RuleSetLine(
        name=row.name,
        version=row.version,
        rules=rules,
        fault=fault,
        own=OwnVersion(
            copied_from=_key(row.copied_from),
            why=row.why,
            made_at=row.made_at,
            made_by=names.get(row.made_by, "somebody else"),
        ),
        is_in_use=(clinic.rule_set, clinic.rule_set_version) == (row.name, row.version),
    )


def _key(written: str) -> tuple[str, int] | None:
    name, _, version = written.rpartition("/")
    return (name, int(version)) if name and version.isdecimal() else None


def _name_in_use(clinic: Clinic) -> str:
    number = clinic.rule_set_version
    return clinic.rule_set if number is None else f"{clinic.rule_set}, version {number}"


def _found(clinic: Clinic | None) -> Clinic:
    if clinic is None:
        raise NotFound("There is no such clinic.")
    return clinic


def _no_such_set() -> NotFound:
    return NotFound("There is no such rule set.")
