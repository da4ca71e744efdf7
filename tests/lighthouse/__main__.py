"""``make lighthouse``: what Lighthouse thinks of the daily log on a phone. Fails where a score is below 95.

The diary is served over a SQLite file; the page is asked for by the cookie of a phone that a real enrolment bound.
docs/benchmarks.md says what was measured.
"""

import json
import logging
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from diary import clock
from diary.domain.diary import Scores
from diary.services.versions import migrate
from diary.store.diaries import add_injections
from diary.store.work import writing
from diary.web.devices import cookie_name
from tests.factories import OPERATOR, a_clinic, a_patient, an_injection
from tests.live_server import LiveServer, serving
from tests.phones import bind_phone
from tests.plugins.browser import NO_BROWSER, install_browser, launch_arguments

LIGHTHOUSE = Path(__file__).parent / "node_modules" / ".bin" / "lighthouse"
NOT_INSTALLED = "Lighthouse is not installed. Run: make lighthouse"
WANTED = 95
CATEGORIES = ("performance", "accessibility", "best-practices")
# On day 7 the page is at its longest: pain, moving, soreness, the patient's own activities, medicine, note.
DAYS_SINCE_INJECTION = 7
SECONDS_TO_MEASURE = 300


class CannotMeasure(Exception):
    """There are no scores; the words say why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogPage:
    """The address of Ana's daily log, and the cookie of her phone."""

    url: str
    cookie: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Lighthouse's scores from 0 to 100 by category, and what a first visit transfers."""

    version: str
    scores: dict[str, int]
    transferred_bytes: int
    requests: int

    @property
    def good(self) -> bool:
        """Whether no score is below what is wanted."""
        return all(score >= WANTED for score in self.scores.values())

    def __str__(self) -> str:
        lines = [f"Lighthouse {self.version}, the daily log on a phone (at least {WANTED} is wanted)"]
        lines += [f"{category:<15} {score:3}" for category, score in self.scores.items()]
        weight = f"{self.transferred_bytes / 1024:.1f} KiB in {self.requests} requests"
        return "\n".join([*lines, f"{'page weight':<15} {weight}"])


def make_log_page(live: LiveServer, *, now: datetime) -> LogPage:
    """Ana, a week after her injection, and her phone."""
    with live.app.app_context():
        ana = a_patient(a_clinic(now=now))
        here = now.astimezone(ZoneInfo(ana.time_zone))
        injected = here - timedelta(days=DAYS_SINCE_INJECTION)
        injection = an_injection(
            injected.isoformat(), activities=("Stairs", "Turning in bed"), baseline=Scores(average=7, movement=8)
        )
        with writing(OPERATOR, now=now) as work:
            add_injections(work, ana.owner, [injection])
        client = live.app.test_client()
        bind_phone(client, ana)
        cookie = client.get_cookie(cookie_name())
        assert cookie is not None
        return LogPage(url=f"{live.url}/me/day/{here.date()}", cookie=f"{cookie.key}={cookie.value}")


def measure(page: LogPage, *, browser: Path, folder: Path) -> Verdict:
    """Run Lighthouse as it stands for phones: a slow 4G line and a processor four times slower, both simulated."""
    headers, report = folder / "headers.json", folder / "report.json"
    headers.write_text(json.dumps({"Cookie": page.cookie}), encoding="utf-8")
    flags = " ".join(["--headless", *launch_arguments()])
    command = [str(LIGHTHOUSE), page.url, "--quiet", "--no-enable-error-reporting", "--form-factor=mobile"]
    command += [f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={flags}", f"--extra-headers={headers}"]
    command += ["--output=json", f"--output-path={report}"]
    environment = {**os.environ, "CHROME_PATH": str(browser)}
    try:
        subprocess.run(command, env=environment, timeout=SECONDS_TO_MEASURE, check=True)
    except FileNotFoundError:
        raise CannotMeasure(NOT_INSTALLED) from None
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise CannotMeasure(f"Lighthouse did not finish: {error}") from error
    return read_report(json.loads(report.read_text(encoding="utf-8")), page)


def read_report(report: dict[str, Any], page: LogPage) -> Verdict:
    """The verdict, unless it is about another page than the log, as the one that asks an unknown phone for its code."""
    if report["finalDisplayedUrl"] != page.url:
        raise CannotMeasure(f"{page.url} led to {report['finalDisplayedUrl']}: there is nothing to measure")
    scores = {category: report["categories"][category]["score"] for category in CATEGORIES}
    if None in scores.values():
        raise CannotMeasure(f"Lighthouse gave no score: {scores} {report.get('runtimeError', '')}")
    return Verdict(
        version=report["lighthouseVersion"],
        scores={category: round(score * 100) for category, score in scores.items()},
        transferred_bytes=report["audits"]["total-byte-weight"]["numericValue"],
        requests=len(report["audits"]["network-requests"]["details"]["items"]),
    )


def main() -> int:
    """Serve, measure, print; 1 where a score is below what is wanted or there is none."""
    browser = install_browser()
    if browser is None:
        print(NO_BROWSER, file=sys.stderr)
        return 1
    logging.getLogger("werkzeug").setLevel(logging.WARNING)  # every request otherwise
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        migrate(f"sqlite:///{folder / 'diary.sqlite3'}")
        with serving(folder) as live:
            try:
                verdict = measure(make_log_page(live, now=clock.now()), browser=browser, folder=folder)
            except CannotMeasure as reason:
                print(reason, file=sys.stderr)
                return 1
    print(verdict)
    return 0 if verdict.good else 1


if __name__ == "__main__":
    sys.exit(main())
