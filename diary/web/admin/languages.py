"""The languages of the diary: which patients may choose, and the words that somebody has to have read before."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diary import clock
from diary.domain.access import Role
from diary.domain.errors import Conflict, InvalidValue
from diary.services.languages import languages_of, review_words
from diary.web.admin import blueprint
from diary.web.admin.clinic import own_clinic
from diary.web.forms.languages import ReviewForm
from diary.web.guard import allow, current_actor
from diary.web.presenters.languages import present_language
from diary.words.language import gettext as _
from diary.words.language import told


@blueprint.get("/languages")
@allow(Role.ADMIN)
def languages() -> ResponseReturnValue:
    return _page()


@blueprint.post("/languages/<code>/reviewed")
@allow(Role.ADMIN)
def review_language(code: str) -> ResponseReturnValue:
    form = ReviewForm()
    if not form.validate():
        return _page(form, of=code), 422
    try:
        review_words(
            current_actor(),
            own_clinic(),
            code=code,
            version=str(form.version.data),
            reader=str(form.reader.data),
            now=clock.now(),
        )
    except InvalidValue as error:
        form.blame(error)
        return _page(form, of=code), 422
    except Conflict as error:
        flash(told(error))
    else:
        flash(_("Saved. Patients can choose this language now."))
    return redirect(url_for("admin.languages"))


def _page(form: ReviewForm | None = None, *, of: str | None = None) -> str:
    shown = [present_language(one) for one in languages_of(own_clinic())]
    return render_template(
        "languages/overview.html", languages=shown, forms={one.code: _form_of(one.code, form, of) for one in shown}
    )


def _form_of(code: str, form: ReviewForm | None, of: str | None) -> ReviewForm:
    return form if form is not None and code == of else ReviewForm(formdata=None)
