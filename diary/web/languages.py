"""In which language a request is answered: the patient's own, else the one chosen in this browser, else its wish.

Chosen anew for every request and put back after it: threads serve many people one after the other.
"""

from datetime import timedelta
from typing import Any, cast
from uuid import UUID

import flask_babel
from flask import Blueprint, Flask, Response, current_app, g, has_request_context, redirect, request
from flask.json.provider import DefaultJSONProvider
from flask.typing import ResponseReturnValue
from flask_security.babel import FsDomain
from werkzeug.wrappers import Response as BaseResponse

from diary.domain.access import ONES_OWN, STAFF
from diary.services.languages import is_read, offered_by
from diary.web.devices import identify, this_phone
from diary.web.guard import public
from diary.words import language as words
from diary.words.language import LANGUAGES, LazyWords, language_of, speak, spoken

COOKIE = "diary_language"
FOR_PATIENTS = frozenset({"join", "patient"})
KEPT_FOR = timedelta(days=365)

blueprint = Blueprint("languages", __name__)


def init_app(app: Flask) -> None:
    """After `guard` and `security`: who asks is known, and Flask-Security's words can be told by ours first."""
    flask_babel.Babel(app, configure_jinja=False, locale_selector=lambda: spoken().formats)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    install: Any = app.jinja_env
    install.install_gettext_callables(
        gettext=words.translated,
        ngettext=words.plural,
        pgettext=lambda context, message: words.translated(message, context=context),
        npgettext=lambda context, one, many, num: words.plural(one, many, num, context=context),
        newstyle=True,
    )
    app.jinja_env.filters["told"] = words.told
    app.json_provider_class = _Json
    app.json = _Json(app)
    app.jinja_env.policies["json.dumps_function"] = app.json.dumps
    app.extensions["security"].i18n_domain = cast(Any, _SecurityWords)(app)
    app.jinja_env.globals["_fsdomain"] = app.extensions["security"].i18n_domain.gettext
    # Before `before_request`: what is refused there is told in the browser's language too.
    app.url_value_preprocessor(_begin)
    app.before_request(_follow_patient)
    app.after_request(_tell_which)
    app.teardown_request(_forget)
    app.context_processor(_for_templates)
    app.register_blueprint(blueprint)


def _for_templates() -> dict[str, Any]:
    """The language spoken, and those that somebody may choose who is no patient of a clinic yet."""
    every = tuple(LANGUAGES.values())
    joining = has_request_context() and request.blueprint == "join"
    return {"spoken": spoken(), "languages": tuple(filter(is_read, every)) if joining else every}


@blueprint.post("/language")
@public
def choose() -> ResponseReturnValue:
    """Keep the language chosen for this browser, and go back to the page that asked."""
    answer = redirect(_own_page(request.form.get("next", "/")), 303)
    chosen = request.form.get("language", "")
    if chosen in LANGUAGES:
        keep_language(answer, chosen)
    return answer


def keep_language(answer: BaseResponse, code: str) -> None:
    """Remember the language for pages on which nobody is known yet, and for staff."""
    answer.set_cookie(
        COOKIE,
        code,
        max_age=KEPT_FOR,
        secure=current_app.extensions["settings"].secure,
        httponly=True,
        samesite="Lax",
    )


def _own_page(address: str) -> str:
    """An address of ours, never another site's."""
    ours = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if ours else "/"


def _begin(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    before = speak(_of_browser())
    g.setdefault("spoken_before", before.code)


def _of_browser() -> str:
    """The choice kept in the cookie, else the best of what the browser asks for."""
    chosen = request.cookies.get(COOKIE)
    if chosen in LANGUAGES:
        return chosen
    for wanted, _ in request.accept_languages:
        known = language_of(wanted)
        if wanted.replace("_", "-").split("-")[0].lower() == known.code.split("-")[0].lower():
            return known.code
    return words.ENGLISH.code


def _follow_patient() -> None:
    """On a patient's phone their own language is spoken, whoever chose another one in this browser before."""
    if request.endpoint is None:  # no such page, which is told in the patient's language too
        identify()
    phone, actor = this_phone(), g.get("actor")
    if phone and phone.language and (actor is None or actor.role in ONES_OWN):
        speak(phone.language)
    elif request.blueprint in FOR_PATIENTS and not (actor and actor.role in STAFF) and not is_read(spoken()):
        speak(words.ENGLISH.code)  # until somebody has read what it says to whoever needs help
    flask_babel.refresh()


def speak_as_offered_by(clinic_id: UUID) -> None:
    """Before the phone is bound: English, where the clinic does not offer its patients the language spoken."""
    if spoken() not in offered_by(clinic_id):
        speak(words.ENGLISH.code)
        flask_babel.refresh()


def _tell_which(answer: Response) -> Response:
    if answer.mimetype == "text/html" or request.path.startswith("/api/"):
        answer.headers.setdefault("Content-Language", spoken().code)
        answer.vary.update(("Accept-Language", "Cookie"))
    return answer


def _forget(_error: BaseException | None) -> None:
    if "spoken_before" in g:
        speak(g.pop("spoken_before"))


class _SecurityWords(FsDomain):
    """Flask-Security's words: ours where we have said them, else its own translation."""

    def gettext(self, string: str, **variables: Any) -> str:
        message = words.translated(string)
        if message != string:
            return message % variables if variables else message
        return str(cast(Any, super()).gettext(string, **variables))


class _Json(DefaultJSONProvider):
    """JSON that tells words which wait to be told."""

    @staticmethod
    def default(value: Any) -> Any:
        """A lazy sentence as its text; anything else as Flask does."""
        return str(value) if isinstance(value, LazyWords) else DefaultJSONProvider.default(value)
