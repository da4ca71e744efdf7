"""Every page for everybody: roles, screens, text, colours, languages, keyboard and no scripts, combined in pairs.

`make accessibility` combines all with all, which takes hours.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserType

from diary.words.language import LANGUAGES
from tests.browser.cast import Cast, on_stage
from tests.browser.matrix import OPTIONS, Looking, rows_of
from tests.browser.pairs import all_with_all, in_pairs
from tests.browser.walk import GROUPS, PageToSee, pages_of
from tests.made_up_language import spoken_here


@pytest.fixture(scope="module")
def languages() -> Iterator[tuple[str, ...]]:
    """Every language of the diary, and a longer one that is read from the right."""
    with spoken_here():
        yield tuple(LANGUAGES)


@pytest.fixture(scope="module")
def cast(tmp_path_factory: pytest.TempPathFactory, empty_database: Path, languages: tuple[str, ...]) -> Iterator[Cast]:
    assert languages  # whose words the clinic has had read
    with on_stage(tmp_path_factory.mktemp("cast"), empty_database) as cast:
        yield cast


@pytest.fixture(scope="module")
def browsers(
    browser: Browser, browser_type: BrowserType, browser_type_launch_args: dict[str, object]
) -> Iterator[Mapping[str, Browser]]:
    """A browser with the usual text, and one whose owner has set it to twice that."""
    arguments = [*browser_type_launch_args["args"], "--blink-settings=defaultFontSize=32"]  # type: ignore[misc]  # a list
    large = browser_type.launch(**{**browser_type_launch_args, "args": arguments})  # type: ignore[arg-type]  # a mapping of many kinds
    yield {"100%": browser, "200%": large}
    large.close()


@pytest.mark.parametrize("group", GROUPS)
def test_every_page_can_be_read_and_used_by_everybody(
    cast: Cast,
    browsers: Mapping[str, Browser],
    languages: tuple[str, ...],
    group: str,
    pytestconfig: pytest.Config,
) -> None:
    pages = pages_of(cast, group)
    options = {"page": pages, "person": GROUPS[group], **OPTIONS, "language": languages}
    combine = all_with_all if pytestconfig.getoption("--all-with-all") else in_pairs
    looking = Looking(cast=cast, browsers=browsers)
    for row in rows_of(combine(options, allows=_may_see)):
        looking.look_at(row)
    looking.close()

    assert pages
    assert looking.wrong == []


def _may_see(row: Mapping[str, object]) -> bool:
    page, person = row.get("page"), row.get("person")
    return not isinstance(page, PageToSee) or person is None or person in page.people
