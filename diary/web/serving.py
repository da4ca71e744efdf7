"""What the server's worker process loads."""

from flask import Flask

from diary import create_app
from diary.config import from_environment


def application() -> Flask:
    """The application for the settings of the environment, which the parent has checked."""
    return create_app(from_environment())
