"""What makes the diary an app on a phone: the service worker, and how it looks on the home screen."""

import hashlib
from typing import Any

from flask import Blueprint, Flask, Response, jsonify, url_for

from diary.store.clinics import Clinic
from diary.web.guard import public
from diary.web.presenters import offline as words
from diary.web.reading import Reading
from diary.web.static_files import app_version
from diary.words.language import spoken

SCOPE = "/me/"  # the worker serves the patient's pages; pages of staff go past it
# What the worker is made of, in the order in which the parts are read; each is a script of its own.
PAGE_PARTS = ("offline/store.js", "offline/records.js", "offline/keep.js", "offline/send.js")
WORKER_PARTS = (*PAGE_PARTS, "offline/worker.js", "push-events.js")
ICONS = (
    ("icons/192.png", "192x192", "any"),
    ("icons/512.png", "512x512", "any"),
    ("icons/maskable.png", "512x512", "maskable"),
)
THEME = "#003078"

blueprint = Blueprint("offline", __name__)


def init_app(app: Flask) -> None:
    """Register the addresses, and let pages say what a phone's scripts need."""
    app.register_blueprint(blueprint)
    app.context_processor(_for_templates)


def part(name: str) -> str:
    """The address of one of the scripts for phones."""
    return url_for("static", filename=f"js/{name}")


def version_for(clinic: Clinic | None, reading: Reading) -> str:
    """Changes with every word that a kept page may hold."""
    of_clinic = (clinic.name, clinic.telephone, clinic.opening_hours, clinic.country, clinic.invented) if clinic else ()
    return hashlib.sha256(repr((app_version(), spoken().code, reading.as_cookie(), of_clinic)).encode()).hexdigest()[
        :16
    ]


@blueprint.get("/sw.js")
@public
def service_worker() -> Response:
    """The worker changes whenever one of its parts does, so a browser that looks again takes the new one."""
    parts = ", ".join(f'"{part(name)}"' for name in WORKER_PARTS)
    answer = Response(f"importScripts({parts});\n", mimetype="text/javascript")
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["Service-Worker-Allowed"] = "/"
    return answer


@blueprint.get("/manifest.webmanifest")
@public
def manifest() -> Response:
    answer = jsonify(
        id=SCOPE,
        name=words.app_name(),
        short_name=words.short_app_name(),
        start_url=SCOPE,
        scope="/",  # a phone that is not linked yet is sent to /join
        display="standalone",
        background_color="#ffffff",
        theme_color=THEME,
        icons=[
            {"src": url_for("static", filename=file), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for file, sizes, purpose in ICONS
        ],
    )
    answer.mimetype = "application/manifest+json"
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _for_templates() -> dict[str, Any]:
    return {
        "kept_version": version_for,
        "leaving_words": words.leaving_words,
        "offline_part": part,
        "offline_parts": (*PAGE_PARTS, "offline/phone.js"),
        "worker_scope": SCOPE,
        "offline_words": words.on_every_page,
    }
