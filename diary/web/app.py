"""Build the web application: each part's ``init_app``, in order."""

from flask import Flask

from diary.config import PROJECT, Settings
from diary.store import database


def create_app(settings: Settings) -> Flask:
    """The application for these settings, its blueprints registered and its database bound."""
    app = Flask(
        "diary",
        root_path=str(PROJECT),
        template_folder="templates",
        static_folder="static",
        instance_path=str(settings.instance),
    )
    app.config.update(SECRET_KEY=settings.secret_key, TESTING=settings.testing)
    app.extensions["settings"] = settings
    database.init_app(app, url=settings.database_url)
    return app
