"""Makers of profiles for the tests of the pictures."""

import json
from datetime import date
from functools import cache
from pathlib import Path

from diary.charts.picture import Panel, PanelKey, Profile
from diary.charts.profile import ProfileRules, build_profile
from diary.domain.diary import Diary, Injection
from diary.domain.form import read_diary
from diary.domain.in_force import in_force
from diary.domain.timeline import LateAfter, injections_in_force

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("[0-9][0-9].json"))
RULES = ProfileRules(late=LateAfter(first_hour=15, later=60))


def profile_of(diary: Diary, *, as_of: str = "2026-09-01", nth: int = 0, **options: object) -> Profile:
    """The profile of the nth injection in force, under the usual numbers."""
    day = date.fromisoformat(as_of)
    standing = in_force(diary, as_of=day)
    return build_profile(standing, standing.injections[nth], rules=RULES, **options)  # type: ignore[arg-type]  # as named


def panel_of(profile: Profile, key: PanelKey) -> Panel:
    """A panel that must be there."""
    panel = profile.panel(key)
    assert panel is not None
    return panel


@cache
def example(path: Path) -> tuple[Diary, date, tuple[Injection, ...]]:
    """A worked example: its diary, its date, and its injections in force."""
    case = json.loads(path.read_text(encoding="utf-8"))
    diary = read_diary(case["diary"])
    as_of = date.fromisoformat(case["as_of"])
    return diary, as_of, injections_in_force(diary, as_of=as_of)


@cache
def profiles_of_example(path: Path) -> tuple[Profile, ...]:
    """The profile of each injection of a worked example."""
    diary, as_of, injections = example(path)
    standing = in_force(diary, as_of=as_of)
    return tuple(build_profile(standing, injection, rules=RULES) for injection in injections)
