"""The pages that a phone keeps for days without signal, and the record of settings that fills them.

The pages are fetched without cookies: they cannot hold anything about a patient. Language and clinic stand in their
address.
"""

import hashlib
import hmac
from typing import Any
from uuid import UUID

from flask import Response, abort, current_app, jsonify, render_template, request, url_for
from flask_wtf.csrf import generate_csrf

from diary import clock
from diary.domain.access import Actor, Role
from diary.domain.diary import Question
from diary.domain.safety import QUESTIONS, HelpResult
from diary.services.ahead import ahead_of
from diary.services.clinics import clinic_by_id, clinic_of
from diary.store.clinics import Clinic
from diary.web.forms.log import MOST_ACTIVITIES, OF_DAY_0, DayForm, MomentForm
from diary.web.guard import allow, current_actor, public
from diary.web.offline import PAGE_PARTS, part, version_for
from diary.web.patient import blueprint
from diary.web.patient.day import put_questions
from diary.web.presenters import get_help as help_words
from diary.web.presenters import log
from diary.web.presenters import offline as words
from diary.web.reading import COOKIE as LOOK
from diary.web.reading import Reading, reading_in
from diary.words.language import speak, spoken

PLAIN_PAGES = ("home", "saved", "outbox", "no-signal", "full")
EVERY_QUESTION = (
    Question.AVERAGE, Question.MOVING, Question.SORENESS, Question.ACTIVITIES, Question.ANALGESIC,
)  # fmt: skip
STYLES = ("css/diary.css", "css/reading.css", "css/help.css", "css/offline.css", "icon.svg")
SCRIPTS = (*PAGE_PARTS, *(f"offline/{name}.js" for name in ("phone", "shell", "day", "now", "pages")))
RESULTS = tuple(result.value for result in HelpResult)


@blueprint.get("/kept/settings")
@allow(Role.DEVICE, Role.PATIENT)
def kept_settings() -> Response:
    """What a phone needs from time to time: the record, which pages to keep, and the token to send with."""
    actor, now = current_actor(), clock.now()
    clinic = clinic_of(actor)
    return jsonify(
        csrf_token=generate_csrf(),
        now=now.isoformat(),
        version=version_for(clinic, _reading_of_browser()),
        pages=_addresses(clinic),
        files=_files(),
        record=words.record_of(ahead_of(actor, now=now), owner=_owner(actor), language=spoken().code),
    )


@blueprint.get("/kept/<name>")
@public
def kept_page(name: str) -> str:
    """An empty page: home, the two logs, what was saved here, what waits, and that there is no signal."""
    _speak()
    if name == "day":
        return _day()
    if name == "now":
        return _moment()
    if name not in PLAIN_PAGES:
        abort(404)
    said = {"home": words.home_shell, "saved": words.saved_shell, "outbox": words.outbox_shell}.get(name, dict)()
    return _shell(f"offline/{name.replace('-', '_')}.html", said=said)


@blueprint.get("/kept/help/<name>")
@public
def kept_help(name: str) -> str:
    """A question by its number, or what to expect."""
    _speak()
    clinic = _clinic_of_address()
    numbers = help_words.numbers_of(clinic)
    if name == "expected":
        return _help("patient/help/expected.html", numbers=numbers, expected=help_words.EXPECTED)
    if not name.isdecimal() or not 1 <= int(name) <= len(QUESTIONS):
        abort(404)
    number = int(name)
    return _help(
        "patient/help/question.html",
        asked=help_words.ASKED[QUESTIONS[number - 1]],
        number=number,
        back=_help_address(number - 1) if number > 1 else None,
        numbers=numbers,
    )


@blueprint.get("/kept/help/result/<result>")
@public
def kept_help_result(result: str) -> str:
    _speak()
    if result not in RESULTS:
        abort(404)
    numbers = help_words.numbers_of(_clinic_of_address())
    return _help(
        "patient/help/result.html",
        result=help_words.result_page(HelpResult(result), numbers.emergency),
        numbers=numbers,
        expected=help_words.EXPECTED,
    )


def _owner(actor: Actor) -> str:
    """Whose answers are whose on a phone that is linked to another patient later; it tells nobody who that is."""
    key = str(current_app.secret_key).encode()
    return hmac.new(key, f"outbox of {actor.patient_id}".encode(), hashlib.sha256).hexdigest()[:32]


def _addresses(clinic: Clinic | None) -> list[str]:
    where: dict[str, Any] = {
        "language": spoken().code,
        "clinic": clinic.id if clinic else None,
        "look": _reading_of_browser().as_cookie(),
    }
    plain = [url_for("patient.kept_page", name=name, **where) for name in (*PLAIN_PAGES, "day", "now")]
    questions = [str(number + 1) for number in range(len(QUESTIONS))]
    help_pages = [url_for("patient.kept_help", name=name, **where) for name in (*questions, "expected")]
    return plain + help_pages + [url_for("patient.kept_help_result", result=result, **where) for result in RESULTS]


def _files() -> list[str]:
    return [*(url_for("static", filename=name) for name in STYLES), *(part(name) for name in SCRIPTS)]


def _day() -> str:
    said = words.day_shell()
    form = DayForm(formdata=None, meta={"csrf": False})
    form.ask(EVERY_QUESTION, activities=MOST_ACTIVITIES)
    today = words.today_words()
    put_questions(form, today, ("-",) * MOST_ACTIVITIES)
    return _shell(
        "offline/day.html",
        said=said,
        form=form,
        words=today,
        log=log,
        has_activities=True,
        sides_together=False,
        can_forget=True,
        changing=False,
    )


def _moment() -> str:
    form = MomentForm(formdata=None, meta={"csrf": False})
    form.ask((Question.MOVEMENT, Question.MOVING), of_day_0=OF_DAY_0)
    return _shell(
        "offline/now.html",
        said=words.moment_shell(),
        form=form,
        log=log,
        with_movement=True,
        pain_named=None,
        sides_together=False,
        changing=False,
        cautions=True,
    )


def _shell(template: str, *, said: words.Words, **values: Any) -> str:
    return render_template(
        template, said=said, kept=True, reading=_reading_of_address(), clinic=_clinic_of_address(), actor=None, **values
    )


def _help(template: str, **values: Any) -> str:
    """A page of help as it is for a stranger, who is told nothing about this phone's clinic seeing it later."""
    return render_template(
        template,
        clinic=_clinic_of_address(),
        reading=_reading_of_address(),
        actor=None,
        own_phone=False,
        kept=True,
        **values,
    )


def _help_address(number: int) -> str:
    return url_for("patient.help_now") if number == 1 else url_for("patient.help_question", number=number)


def _speak() -> None:
    if language := request.args.get("language"):
        speak(language)


def _reading_of_browser() -> Reading:
    return reading_in(request.cookies.get(LOOK))


def _reading_of_address() -> Reading:
    return reading_in(request.args.get("look"))


def _clinic_of_address() -> Clinic | None:
    try:
        return clinic_by_id(UUID(request.args.get("clinic", "")))
    except ValueError:
        return None
