"""The code, the name of whoever looks, and the page that they may look at."""

import math
from http import HTTPStatus
from uuid import UUID

from flask import abort, current_app, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from diary import clock
from diary.charts.as_svg import narrow_svg, wide_svg
from diary.domain.access import Actor, Role
from diary.domain.errors import InvalidValue, TooManyTries
from diary.services import shares as service
from diary.services.profiles import show_profile
from diary.web.forms.base import Form
from diary.web.forms.share import SharedCodeForm
from diary.web.guard import allow, current_actor, public
from diary.web.presenters import shared as words
from diary.web.presenters.patients import name_of
from diary.web.sessions import stored_session
from diary.web.share import blueprint
from diary.words.language import told
from diary.words.times import in_words, score_in_words

_GUEST = "guest"  # in the browser's session: who used the code


@blueprint.get("")
@public
def ask() -> ResponseReturnValue:
    """The code and a name. The code of a scanned square stands behind the #, which no browser sends."""
    return render_template("share/code.html", form=SharedCodeForm(formdata=None))


@blueprint.post("")
@public
def answer() -> ResponseReturnValue:
    form = SharedCodeForm()
    if not form.validate():
        return render_template("share/code.html", form=form), 422
    try:
        guest_id = service.open_shared(
            str(form.code.data),
            name=str(form.name.data),
            key=str(current_app.secret_key),
            address=request.remote_addr or "",
            now=clock.now(),
        )
    except InvalidValue as error:
        form.blame(error)
        return render_template("share/code.html", form=form), 422
    except TooManyTries as error:
        form.code.errors = [told(error)]
        wait = {"Retry-After": str(math.ceil(error.wait.total_seconds()))}
        return render_template("share/code.html", form=form), HTTPStatus.TOO_MANY_REQUESTS, wait
    _begin(guest_id)
    return redirect(url_for("share.diary"))


@blueprint.get("/diary")
@allow(Role.GUEST)
def diary() -> ResponseReturnValue:
    """The picture, the scores and the injections of the diary that is shared; each look is in the audit."""
    guest, now = current_actor(), clock.now()
    if guest.patient_id is None:
        abort(404)
    shown = show_profile(guest, guest.patient_id, injection_id=_injection(), now=now)
    profile = shown.profile
    return render_template(
        "share/diary.html",
        form=Form(),
        shown=shown,
        profile=profile,
        words=words,
        name_of=name_of,
        in_words=in_words,
        score_in_words=score_in_words,
        wide=Markup(wide_svg(profile)) if profile else None,  # noqa: S704 — our own drawing, its text is escaped
        narrow=Markup(narrow_svg(profile)) if profile else None,  # noqa: S704 — as above
    )


@blueprint.post("/close")
@allow(Role.GUEST)
def close() -> ResponseReturnValue:
    """This browser sees the diary no more."""
    session.pop(_GUEST, None)
    answer = make_response(redirect(url_for("share.ask")))
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


def guest_of_browser() -> Actor | None:
    """The guest of this browser's session, while the code that they used works."""
    kept = session.get(_GUEST)
    return service.see_guest(UUID(kept), now=clock.now()) if kept else None


def _begin(guest_id: UUID) -> None:
    """Go on as a guest: under a new token, unless it is a member of staff's session, which has its own end."""
    stored = stored_session()
    if stored.user_id is None:
        stored.renew(user_id=None)
    session[_GUEST] = str(guest_id)


def _injection() -> UUID | None:
    given = request.args.get("injection")
    try:
        return UUID(given) if given else None
    except ValueError:
        abort(404)
