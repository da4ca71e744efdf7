"""How pages look to whoever reads them: larger text, high contrast. Kept in the browser, before and after signing in.

What was chosen is in a cookie of this browser alone: it says nothing about anybody, and a phone that is no longer
linked goes on being readable.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import Any

from flask import Blueprint, Flask, current_app, flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from diary.domain.access import Role
from diary.web.forms.base import Form
from diary.web.guard import public
from diary.words.language import gettext as _
from diary.words.language import lazy_gettext

KEPT_FOR = timedelta(days=365)
COOKIE = "diary_reading"

blueprint = Blueprint("reading", __name__)


class TextSize(StrEnum):
    """The size of all text; the other two are at least a quarter and at least a half larger than a browser's usual."""

    NORMAL = "normal"
    BIGGER = "bigger"
    BIGGEST = "biggest"


class Contrast(StrEnum):
    NORMAL = "normal"
    HIGH = "high"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What this browser's reader has chosen."""

    text: TextSize = TextSize.NORMAL
    contrast: Contrast = Contrast.NORMAL

    def as_cookie(self) -> str:
        """The choice in a few letters, as `reading_in` reads it."""
        return f"{self.text}.{self.contrast}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One button of the page: what it sends, what it says, and whether pages look like that now."""

    value: str
    words: str
    chosen: bool


TEXT_SIZES = {
    TextSize.NORMAL: lazy_gettext("Usual text"),
    TextSize.BIGGER: lazy_gettext("Bigger text"),
    TextSize.BIGGEST: lazy_gettext("Biggest text"),
}
CONTRASTS = {Contrast.NORMAL: lazy_gettext("Usual contrast"), Contrast.HIGH: lazy_gettext("High contrast")}


def init_app(app: Flask) -> None:
    app.register_blueprint(blueprint)
    app.context_processor(lambda: {"reading": reading_in(request.cookies.get(COOKIE))})


def reading_in(cookie: str | None) -> Reading:
    """What a cookie says; the usual look for one that is missing or that we did not write."""
    text, _dot, contrast = (cookie or "").partition(".")
    try:
        return Reading(text=TextSize(text), contrast=Contrast(contrast))
    except ValueError:
        return Reading()


@blueprint.get("/reading")
@public
def look() -> ResponseReturnValue:
    now = reading_in(request.cookies.get(COOKIE))
    return render_template(
        "reading/choose.html",
        frame=_frame(),
        form=Form(),
        sizes=[Choice(value=size, words=words, chosen=size is now.text) for size, words in TEXT_SIZES.items()],
        contrasts=[Choice(value=one, words=words, chosen=one is now.contrast) for one, words in CONTRASTS.items()],
        back=_back(),
    )


@blueprint.post("/reading")
@public
def choose() -> ResponseReturnValue:
    """Keep the one thing that was chosen, and show the page as it looks now."""
    chosen = _with_choice(reading_in(request.cookies.get(COOKIE)), request.form)
    flash(_("Done. Pages look like this on this device from now on."))
    answer = make_response(redirect(url_for("reading.look", next=_back())))
    answer.set_cookie(
        COOKIE,
        chosen.as_cookie(),
        max_age=KEPT_FOR,
        path="/",
        secure=current_app.extensions["settings"].secure,
        httponly=True,
        samesite="Lax",
    )
    return answer


def _with_choice(reading: Reading, sent: Any) -> Reading:
    """The reading with the button that was pressed; what no button sends changes nothing."""
    if sent.get("text") in set(TextSize):
        return replace(reading, text=TextSize(sent["text"]))
    if sent.get("contrast") in set(Contrast):
        return replace(reading, contrast=Contrast(sent["contrast"]))
    return reading


def _frame() -> str:
    """A patient stays among the patient's pages, staff among theirs."""
    actor = g.get("actor")
    if actor is None or actor.role in {Role.DEVICE, Role.PATIENT}:
        return "phone.html"
    return "share/frame.html" if actor.role is Role.GUEST else "staff.html"


def _back() -> str:
    """The page that somebody came from, if it is one of ours; else their first one."""
    wanted = request.values.get("next", "")
    ours = wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted and wanted.isprintable()
    return wanted if ours else "/"
