"""Bind the database to an application."""

from flask import Flask

from diary.store import audit, engine
from diary.store.base import db


def init_app(app: Flask, *, url: str) -> None:
    """Configure and prepare the engine: durable settings on each connection, and the guard of the audit."""
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine.engine_options(url)
    db.init_app(app)
    with app.app_context():
        engine.prepare(db.engine)
        audit.guard(db.engine)
