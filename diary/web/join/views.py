"""Is this you, do you agree, and the phone is bound."""

from uuid import UUID

from flask import current_app, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from diary import clock
from diary.services import enrolment as service
from diary.services.home_screen import link_home_screen_app
from diary.web.devices import give_token, kind_of_phone, this_phone
from diary.web.forms.base import Form
from diary.web.forms.enrolment import YearForm
from diary.web.guard import public
from diary.web.join import blueprint
from diary.web.languages import speak_as_offered_by
from diary.words.language import LANGUAGES, lazy_gettext, spoken
from diary.words.language import gettext as _

FIRST_SCORE = "/me/now"
_JOINING = "joining"  # in the browser's session: the enrolment whose year was given, and who gave it
NO_MATCH = lazy_gettext("That code does not match. Check the letters on your card.")


@blueprint.get("")
@public
def ask() -> ResponseReturnValue:
    """The code typed by hand, or "is this you" for the code in the link. Looking at it uses nothing up."""
    code = request.args.get("code", "")
    if not code:
        return render_template("join/code.html", code="", fault=None)
    try:
        with service.trying_code(address=_address(), now=clock.now()):
            return _is_this_you(YearForm(formdata=None, code=code))
    except service.CodeDoesNotMatch:
        return render_template("join/code.html", code=code, fault=NO_MATCH), 422
    except service.CodeNoLongerWorks:
        return _over()


@blueprint.post("")
@public
def answer() -> ResponseReturnValue:
    form = YearForm()
    who = request.form.get("who")
    if who == "other":
        return render_template("join/not_me.html")
    try:
        with service.trying_code(address=_address(), now=clock.now()):
            if not form.validate():
                return _is_this_you(form)
            id_ = service.confirm_year(str(form.code.data), form.to_year(), key=_key(), now=clock.now())
    except service.CodeDoesNotMatch:
        return render_template("join/code.html", code=form.code.data, fault=NO_MATCH), 422
    except service.CodeNoLongerWorks:
        return _over()
    except service.YearDoesNotMatch:
        form.year.errors = [_("That year does not match. Check the year of birth.")]
        return _ask_again(form)
    if linked := _link_home_screen_app(id_):
        return linked
    session[_JOINING] = {"enrolment": str(id_), "helper": who == "helper"}
    return redirect(url_for("join.before_you_start"))


@blueprint.get("/agree")
@public
def before_you_start() -> ResponseReturnValue:
    joining = session.get(_JOINING)
    if joining is None:
        return redirect(url_for("join.ask"))
    try:
        invitation = service.confirmed_invitation(UUID(joining["enrolment"]), now=clock.now())
    except service.CodeNoLongerWorks:
        return _over()
    speak_as_offered_by(invitation.clinic_id)
    return render_template(
        "join/agree.html", form=Form(), invitation=invitation, helper=joining["helper"], version=service.CONSENT_VERSION
    )


@blueprint.post("/agree")
@public
def agree() -> ResponseReturnValue:
    """Bind the phone and lead to the first score, or end the code of whoever does not want to take part."""
    joining = session.pop(_JOINING, None)
    if joining is None:
        return redirect(url_for("join.ask"))
    id_ = UUID(joining["enrolment"])
    phone = this_phone()
    try:
        if request.form.get("agree") != "yes":
            service.decline(id_, now=clock.now())
            return render_template("join/declined.html")
        token = service.agree(
            id_,
            helper=joining["helper"],
            kind=kind_of_phone(),
            language=_agreed_in(),
            now=clock.now(),
            replaces=phone.id if phone else None,
        )
    except service.CodeNoLongerWorks:
        return _over()
    answer = make_response(redirect(FIRST_SCORE))
    give_token(answer, token)
    return answer


def _link_home_screen_app(id_: UUID) -> ResponseReturnValue | None:
    """The patient's own code: they agreed before, so the app is theirs at once. None for a code of the clinic's."""
    phone = this_phone()
    try:
        token = link_home_screen_app(id_, kind=kind_of_phone(), now=clock.now(), replaces=phone.id if phone else None)
    except service.CodeNoLongerWorks:
        return _over()
    if token is None:
        return None
    answer = make_response(redirect(url_for("patient.home")))
    give_token(answer, token)
    return answer


def _is_this_you(form: YearForm) -> ResponseReturnValue:
    invitation = service.open_invitation(str(form.code.data), key=_key(), now=clock.now())
    speak_as_offered_by(invitation.clinic_id)
    page = render_template("join/who.html", form=form, invitation=invitation)
    return (page, 422) if form.errors else page


def _ask_again(form: YearForm) -> ResponseReturnValue:
    """The question with what was wrong, unless that was the last try."""
    try:
        return _is_this_you(form)
    except service.CodeNoLongerWorks:
        return _over()


def _agreed_in() -> str:
    """The language of the page that was agreed to."""
    shown = request.form.get("language", "")
    return shown if shown in LANGUAGES else spoken().code


def _over() -> ResponseReturnValue:
    return render_template("join/over.html"), 410


def _address() -> str:
    return request.remote_addr or ""


def _key() -> str:
    return str(current_app.secret_key)
