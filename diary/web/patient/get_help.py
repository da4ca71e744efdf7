"""Get help now: one question a page, then what to do.

The pages are open to everybody and ask nobody for a PIN: a phone that is no longer linked, or somebody who only knows
the address, gets the careful numbers. They hold nothing about the patient but the clinic's numbers, so that a phone can
keep them all. Only an own phone's result is kept, and its address does not say what was answered: addresses stay in a
browser's history and in the logs of a proxy. A result that is nobody's, or could not be kept, is in its address.
"""

import logging
from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from diary import clock
from diary.domain.access import Actor, Role
from diary.domain.safety import QUESTIONS, HelpQuestion, HelpResult, next_question, result_of
from diary.services.clinics import clinic_of
from diary.services.help_uses import minutes_since_injection, note_help_used, own_result
from diary.web.guard import current_actor, public
from diary.web.patient import blueprint
from diary.web.presenters import get_help as words

log = logging.getLogger(__name__)


@blueprint.app_template_filter()
def dialled(number: str) -> str:
    """A clinic's number as a phone dials it, for the link of every page that says to call."""
    return words.telephone_of(number).dialled


@blueprint.get("/help")
@public
def help_now() -> str:
    """The first question at once: two taps from any page to the first advice."""
    return _question_page(QUESTIONS[0])


@blueprint.get("/help/<int:number>")
@public
def help_question(number: int) -> str:
    return _question_page(_question(number))


@blueprint.post("/help/<int:number>")
@public
def answer_help(number: int) -> ResponseReturnValue:
    """Go on after a no, or to the result; what is neither yes nor no is asked again."""
    question, answer = _question(number), request.form.get("answer")
    if answer == "yes":
        return _finish(question)
    if answer != "no":
        return redirect(_address(question))
    following = next_question(question)
    return redirect(_address(following)) if following else _finish(None)


@blueprint.get("/help/result/<result>")
@public
def help_result(result: str) -> str:
    try:
        reached = HelpResult(result)
    except ValueError:
        abort(404)
    return _result_page(reached)


@blueprint.get("/help/used/<uuid:use_id>")
@public
def help_use(use_id: UUID) -> str:
    """The result that this phone came to; for any other browser it is not there."""
    actor = _own_phone()
    if actor is None:
        abort(404)
    return _result_page(own_result(actor, use_id, now=clock.now()))


def _result_page(reached: HelpResult) -> str:
    numbers = _numbers()
    return render_template(
        "patient/help/result.html",
        result=words.result_page(reached, numbers.emergency),
        numbers=numbers,
        expected=words.EXPECTED,
        own_phone=_own_phone() is not None,
    )


@blueprint.get("/help/expected")
@public
def help_expected() -> str:
    """What is expected after an injection, and for how long."""
    return render_template(
        "patient/help/expected.html", numbers=_numbers(), expected=words.EXPECTED, own_phone=_own_phone() is not None
    )


def _question_page(question: HelpQuestion) -> str:
    place = QUESTIONS.index(question)
    return render_template(
        "patient/help/question.html",
        asked=words.ASKED[question],
        number=place + 1,
        back=_address(QUESTIONS[place - 1]) if place else None,
        numbers=_numbers(),
        own_phone=_own_phone() is not None,
    )


def _question(number: int) -> HelpQuestion:
    return QUESTIONS[number - 1] if 1 <= number <= len(QUESTIONS) else abort(404)


def _address(question: HelpQuestion) -> str:
    if question is QUESTIONS[0]:
        return url_for("patient.help_now")
    return url_for("patient.help_question", number=QUESTIONS.index(question) + 1)


def _finish(yes: HelpQuestion | None) -> ResponseReturnValue:
    """Keep the result and show it. Whatever goes wrong with keeping, the advice is shown."""
    actor, now = _own_phone(), clock.now()
    minutes = None
    if actor is not None and yes is HelpQuestion.LEGS:
        try:
            minutes = minutes_since_injection(actor, now=now)
        except Exception:  # the careful reading is shown whatever it was
            log.exception("The time of the injection could not be read for the help page")
    result = result_of(yes, minutes_since_injection=minutes)
    if actor is not None:
        try:
            return redirect(url_for("patient.help_use", use_id=note_help_used(actor, result, now=now)))
        except Exception:  # the result is shown whatever it was
            log.exception("A use of the help page could not be kept")
    return redirect(url_for("patient.help_result", result=result.value))


def _own_phone() -> Actor | None:
    """The patient whose phone asks; None for a stranger and for staff who look at the pages."""
    actor: Actor | None = current_actor()
    return actor if actor and actor.role in {Role.DEVICE, Role.PATIENT} else None


def _numbers() -> words.Numbers:
    actor: Actor | None = current_actor()
    return words.numbers_of(clinic_of(actor) if actor else None)
