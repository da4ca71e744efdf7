"""Continuous integration runs every test, or fails."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

SKIPPED = "import pytest\ndef test_it():\n    pytest.skip('no browser')\n"
MODULE_SKIPPED = "import pytest\npytest.skip('no browser', allow_module_level=True)\n"
EXPECTED_TO_FAIL = "import pytest\n@pytest.mark.xfail(reason='later')\ndef test_it():\n    assert False\n"
PASSES_UNEXPECTEDLY = "import pytest\n@pytest.mark.xfail\ndef test_it():\n    pass\n"
PASSES = "def test_it():\n    pass\n"


def _exit_status(folder: Path, test: str, *, ci: str) -> tuple[int, str]:
    (folder / "test_it.py").write_text(test)
    (folder / "pytest.ini").write_text("[pytest]\n")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.plugins.no_skips", "-p", "no:playwright"],
        cwd=folder,
        env={**os.environ, "CI": ci, "PYTHONPATH": str(ROOT), "PYTEST_ADDOPTS": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


@pytest.mark.parametrize("test", [SKIPPED, MODULE_SKIPPED, EXPECTED_TO_FAIL, PASSES_UNEXPECTEDLY])
def test_a_test_that_does_not_hold_fails_in_ci(tmp_path: Path, test: str) -> None:
    status, output = _exit_status(tmp_path, test, ci="true")

    assert status != 0
    assert "CI does not allow" in output


def test_a_test_that_holds_passes_in_ci(tmp_path: Path) -> None:
    status, _ = _exit_status(tmp_path, PASSES, ci="true")

    assert status == 0


def test_a_developer_may_skip(tmp_path: Path) -> None:
    status, output = _exit_status(tmp_path, SKIPPED, ci="")

    assert status == 0
    assert "1 skipped" in output
