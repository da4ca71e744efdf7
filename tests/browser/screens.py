"""Pictures of every page, to be looked at: ``python -m tests.browser.screens FOLDER`` (``make screens``).

A patient's pages are taken 375 px wide in every language, staff's 1280 px wide in English.
"""

import re
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp

from playwright.sync_api import Browser, sync_playwright

from diary import create_app
from diary.config import PROJECT, Settings
from diary.store.base import db
from diary.web.languages import COOKIE
from diary.words.language import LANGUAGES
from tests.browser.cast import Cast, on_stage
from tests.browser.walk import GROUPS, PageToSee, pages_of
from tests.plugins.browser import NO_BROWSER, find_browser, launch_arguments

OF_PATIENTS = ("phone", "joining", "guest", "stranger")


def main() -> int:
    """Take the pictures; 2 where the folder is missing or inside the project."""
    folder = Path(sys.argv[1]).absolute() if len(sys.argv) == 2 else None
    if folder is None or folder.is_relative_to(PROJECT):
        print("Say a folder outside the project: make screens ARGS=/tmp/screens", file=sys.stderr)
        return 2
    with sync_playwright() as playwright:
        path = find_browser(playwright)
        if path is None:
            print(NO_BROWSER, file=sys.stderr)
            return 1
        browser = playwright.chromium.launch(executable_path=path, args=launch_arguments())
        with on_stage(Path(mkdtemp()), _empty_database()) as cast:
            taken = sum(_take(browser, cast, group, folder) for group in GROUPS)
        browser.close()
    print(f"{taken} pictures in {folder}")
    return 0


def _empty_database() -> Path:
    folder = Path(mkdtemp())
    settings = Settings(
        database_url=f"sqlite:///{folder / 'diary.sqlite3'}",
        instance=folder,
        secret_key="only for pictures, and long enough to sign with",
        base_url="http://127.0.0.1:8000",
        testing=True,
    )
    with create_app(replace(settings)).app_context():
        db.create_all()
        db.engine.dispose()
    return folder / "diary.sqlite3"


def _take(browser: Browser, cast: Cast, group: str, folder: Path) -> int:
    """All pictures of a group, one folder for each language; how many."""
    pages = pages_of(cast, group)
    for language in LANGUAGES if group in OF_PATIENTS else ("en",):
        place = folder / group.replace(" ", "-") / language
        place.mkdir(parents=True, exist_ok=True)
        cast.speak(language)
        for page in pages:
            _picture(browser, cast, page, language, place, width=375 if group in OF_PATIENTS else 1280)
    return len(list(folder.glob(f"{group.replace(' ', '-')}/*/*.png")))


def _picture(browser: Browser, cast: Cast, page: PageToSee, language: str, place: Path, *, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 667}, locale=language)
    context.add_cookies(cast.cookies_of(max(page.people), also={COOKIE: language}))
    window = context.new_page()
    window.goto(f"{cast.live.url}{page.address}")
    if page.form is None:
        window.screenshot(path=place / f"{_file_name(page)}.png", full_page=True)
    context.close()


def _file_name(page: PageToSee) -> str:
    query = re.sub(r"[0-9a-f-]{30,}|[^a-z0-9]+", "-", page.address.partition("?")[2].lower())
    return f"{page.endpoint}{query}"


if __name__ == "__main__":
    sys.exit(main())
