"""Build the web application: each part's ``init_app``, in order."""

from typing import Any

from flask import Flask, current_app, g
from flask_wtf import CSRFProtect

from diary.config import PROJECT, Settings
from diary.services.clinics import clinic_of
from diary.store import database
from diary.web import (
    account,
    admin,
    assets,
    clinic,
    devices,
    errors,
    guard,
    headers,
    health,
    join,
    languages,
    offline,
    patient,
    reading,
    reminders,
    security,
    sessions,
    share,
    static_files,
    sync,
    uploads,
)
from diary.web.presenters.places import places_for

LARGEST_BODY = 64 * 1024  # a route that takes files sets its own
MOST_FORM_PARTS = 300


def create_app(settings: Settings) -> Flask:
    """The application for these settings, its blueprints registered and its database bound."""
    app = Flask(
        "diary",
        root_path=str(PROJECT),
        template_folder="templates",
        static_folder="static",
        instance_path=str(settings.instance),
    )
    app.config.update(
        SECRET_KEY=settings.secret_key,
        TESTING=settings.testing,
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        MAX_FORM_PARTS=MOST_FORM_PARTS,
        WTF_CSRF_TIME_LIMIT=None,  # the token lives as long as its session
        WTF_CSRF_SSL_STRICT=False,  # it asks for the Referer, which our own Referrer-Policy keeps back
    )
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.extensions["settings"] = settings
    database.init_app(app, url=settings.database_url, wait=settings.database_wait)
    headers.init_app(app)
    sessions.init_app(app)
    uploads.init_app(app)
    # Who needs help is never stopped by a session that has ended; `headers` refuses what other sites send.
    csrf = CSRFProtect(app)
    csrf.exempt("diary.web.patient.get_help.answer_help")
    guard.init_app(app)
    security.init_app(app)
    devices.init_app(app)
    share.init_app(app)
    languages.init_app(app)
    reading.init_app(app)
    errors.init_app(app)
    assets.init_app(app)
    static_files.init_app(app)
    offline.init_app(app)
    app.context_processor(_everywhere)
    _register_blueprints(app)
    reminders.init_app(app, csrf)
    return app


def _everywhere() -> dict[str, Any]:
    """What every template may use: whoever looks, their clinic, and where they can go from anywhere."""
    actor = g.get("actor")
    lacks_https = current_app.extensions["settings"].lacks_https
    if actor is None:
        return {"actor": None, "clinic": None, "places": (), "lacks_https": lacks_https}
    return {"lacks_https": lacks_https, "actor": actor, "clinic": clinic_of(actor), "places": places_for(actor.role)}


def _register_blueprints(app: Flask) -> None:
    """One blueprint for each kind of person and what they do."""
    app.register_blueprint(account.blueprint)
    app.register_blueprint(admin.blueprint)
    app.register_blueprint(health.blueprint)
    app.register_blueprint(clinic.blueprint)
    app.register_blueprint(join.blueprint)
    app.register_blueprint(patient.blueprint)
    app.register_blueprint(share.blueprint)
    sync.init_app(app)
