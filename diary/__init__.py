"""The injection diary: pain and mobility after a sacroiliac joint injection, from the needle to the follow-up."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from diary.config import Settings

__version__ = "0.1.0"


def create_app(settings: "Settings") -> "Flask":
    """The web application. The framework is imported here, so that commands without a server start fast."""
    from diary.web.app import create_app as create

    return create(settings)
