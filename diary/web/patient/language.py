"""In which language the patient reads the diary: asked first, and to be changed in the settings."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diary import clock
from diary.domain.access import Role
from diary.domain.errors import InvalidValue
from diary.services.languages import choose_language, offered_by
from diary.web.devices import this_phone
from diary.web.forms.languages import LanguageForm
from diary.web.guard import allow, current_actor
from diary.web.patient import blueprint
from diary.words.language import gettext as _
from diary.words.language import in_language, language_of

OWN_PHONE = (Role.DEVICE, Role.PATIENT)


@blueprint.route("/settings/language", methods=["GET", "POST"])
@allow(*OWN_PHONE)
def choose_own_language() -> ResponseReturnValue:
    form = _form()
    if form.validate_on_submit() and _chosen(form):
        with in_language(str(form.language.data)):
            flash(_("Saved."))
        return redirect(url_for("patient.settings"))
    page = render_template("patient/language.html", form=form)
    return (page, 422) if form.errors else page


@blueprint.route("/questions/language", methods=["GET", "POST"])
@allow(*OWN_PHONE)
def ask_language() -> ResponseReturnValue:
    """The first question after the first score, where there is more than one language to choose from."""
    form = _form()
    if len(form.language.choices) < 2 or (form.validate_on_submit() and _chosen(form)):
        return redirect(url_for("patient.ask_pain"))
    page = render_template("patient/ask_language.html", form=form)
    return (page, 422) if form.errors else page


def _form() -> LanguageForm:
    phone = this_phone()
    form = LanguageForm(language=language_of(phone.language if phone else None).code)
    form.offer(offered_by(_clinic_id()))
    return form


def _chosen(form: LanguageForm) -> bool:
    try:
        choose_language(current_actor(), str(form.language.data), now=clock.now())
    except InvalidValue as error:
        form.blame(error)
        return False
    return True


def _clinic_id() -> UUID:
    clinic_id = current_actor().clinic_id
    if clinic_id is None:
        raise AssertionError("a phone belongs to a clinic")
    return clinic_id
