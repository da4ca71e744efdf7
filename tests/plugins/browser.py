"""Browser tests drive the Chromium or Chrome that this machine has.

`python -m tests.plugins.browser` makes sure that there is one: it looks on PATH, then asks apt
where it may, then Playwright. `make test` calls it.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

NO_BROWSER = (
    "Browser tests need Chromium or Chrome, and none is on PATH. Install one "
    "(Debian: apt-get install chromium), then run: make test"
)

# Background services look up hosts which a test machine may not reach, many at a time.
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_browser(playwright: Playwright) -> Path | None:
    """Return the browser that tests drive, or None if this machine has none."""
    on_path = (shutil.which(name) for name in NAMES)
    found = next((Path(path) for path in on_path if path), Path(playwright.chromium.executable_path))
    return found if found.is_file() else None


def launch_arguments() -> list[str]:
    """Return the arguments that the browser is started with."""
    # Chromium refuses to run as root inside its own sandbox.
    return [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else list(QUIET)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let `make accessibility` ask for every combination of what a page is looked at with."""
    parser.addoption("--all-with-all", action="store_true", help="look at every page in every combination: hours")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], playwright: Playwright) -> dict[str, Any]:
    """Return how pytest-playwright starts the browser; fails the test where there is none."""
    browser = find_browser(playwright)
    if browser is None:
        pytest.fail(NO_BROWSER)
    return {
        **browser_type_launch_args,
        "executable_path": str(browser),
        "args": launch_arguments(),
    }


def install_browser() -> Path | None:
    """Return the browser of this machine, installed if it had none; None if that failed too."""
    with sync_playwright() as playwright:
        if find_browser(playwright) is None and os.geteuid() == 0 and shutil.which("apt-get"):
            _install_by_apt()
        if find_browser(playwright) is None:
            _run(sys.executable, "-m", "playwright", "install", "chromium")
        return find_browser(playwright)


def _install_by_apt() -> None:
    print("Installing Chromium for the browser tests", flush=True)
    if _run("apt-get", "update", "-q"):
        # Without a font of its own a bare machine draws every letter as an empty box.
        packages = ("chromium", "fonts-liberation")
        _run("apt-get", "install", "-q", "-y", "--no-install-recommends", *packages)


def _run(*command: str) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, check=False)
    return done.returncode == 0


def main() -> int:
    """Make sure of a browser; 1, with one line, if there is none to be had."""
    if install_browser() is None:
        print(NO_BROWSER, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
