"""Bind the database to an application, or open it for a command that has none."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from diary.store import audit, engine, trouble
from diary.store import work as transactions
from diary.store.base import db


def init_app(app: Flask, *, url: str, wait: float) -> None:
    """Configure and prepare the engine: durable settings on each connection, the guard of the audit, words for trouble.

    ``wait`` is how many seconds a write waits for others to finish.
    """
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine.engine_options(url, wait=wait)
    app.extensions[transactions.SECONDS_TO_WAIT] = wait
    db.init_app(app)
    with app.app_context():
        engine.prepare(db.engine)
        audit.guard(db.engine)
        trouble.translate(db.engine)


@contextmanager
def opened(*, url: str, wait: float) -> Iterator[None]:
    """The database by itself, open for services: what a command needs, without the pages and their libraries."""
    app = Flask("diary.command")
    init_app(app, url=url, wait=wait)
    with app.app_context():
        yield
        db.session.remove()
        db.engine.dispose()
