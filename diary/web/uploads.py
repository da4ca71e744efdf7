"""How large a body a view takes: 64 kB unless the view is marked with more, said before anything of it is read."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request

View = TypeVar("View", bound=Callable[..., Any])

DIARY_FILE = 10 * 1024 * 1024

_TAKES = "takes_bytes"


def takes(most_bytes: int) -> Callable[[View], View]:
    """Mark a view as taking bodies of up to this many bytes."""

    def mark(view: View) -> View:
        setattr(view, _TAKES, most_bytes)
        return view

    return mark


def init_app(app: Flask) -> None:
    """Stands before the CSRF check, which reads the body."""
    app.before_request(_allow_more)


def _allow_more() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    most_bytes = getattr(view, _TAKES, None)
    if most_bytes is not None:
        request.max_content_length = most_bytes
