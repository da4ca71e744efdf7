"""Static files under addresses that name their content, so that browsers and the service worker may keep them."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, request

from diary.config import PROJECT

A_YEAR = 31536000
# What a page is made of: when none of it has changed, neither has an empty page that a phone keeps.
_PARTS = ("diary", "static", "templates")


def init_app(app: Flask) -> None:
    app.url_defaults(_name_the_content)
    app.after_request(_let_browsers_keep)


def version_of(file: Path) -> str:
    """Ten letters that change with the file's content."""
    return _version_at(file, file.stat().st_mtime_ns)


@cache
def app_version() -> str:
    """Sixteen letters that change with anything that pages are made of, told once for each server process."""
    digest = hashlib.sha256()
    for part in _PARTS:
        for file in sorted((PROJECT / part).rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(str(file.relative_to(PROJECT)).encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


@cache
def _version_at(file: Path, changed: int) -> str:  # noqa: ARG001 — a file that is edited is read again
    return hashlib.sha256(file.read_bytes()).hexdigest()[:10]


def _name_the_content(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint != "static" or "v" in values:
        return
    file = Path(current_app.static_folder or "") / values["filename"]
    if file.is_file():
        values["v"] = version_of(file)


def _let_browsers_keep(answer: Response) -> Response:
    if request.endpoint == "static" and answer.status_code == 200 and request.view_args:
        file = Path(current_app.static_folder or "") / request.view_args["filename"]
        if request.args.get("v") == version_of(file):
            answer.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return answer
