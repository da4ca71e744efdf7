"""In CI a test that is skipped, or expected to fail, fails: there every test holds or goes."""

import os
from collections.abc import Generator

import pytest


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a test that was skipped or expected to fail into a failed one, in CI."""
    report = yield
    if _in_ci() and (report.skipped or hasattr(report, "wasxfail")):
        _fail(report)
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Turn a module that was skipped as a whole into a failed one, in CI."""
    report = yield
    if _in_ci() and report.skipped:
        _fail(report)
    return report


def _in_ci() -> bool:
    return os.environ.get("CI", "").lower() in {"1", "true"}


def _fail(report: pytest.TestReport | pytest.CollectReport) -> None:
    why = getattr(report, "wasxfail", "") or report.longreprtext
    report.outcome = "failed"
    report.longrepr = f"Skipped, or expected to fail, which CI does not allow: {why}"
    if hasattr(report, "wasxfail"):
        del report.wasxfail
