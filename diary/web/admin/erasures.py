"""Patients who ask to have their diary deleted: deleting it, or saying why it has to be kept."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diary import clock
from diary.domain.access import Role
from diary.domain.errors import InvalidValue
from diary.services import erasure as service
from diary.web.admin import blueprint
from diary.web.admin.clinic import own_clinic
from diary.web.admin.people import fresh
from diary.web.forms.staff import ConfirmForm
from diary.web.forms.stop import RefusalForm
from diary.web.guard import allow, current_actor
from diary.web.presenters.patients import born_of, name_of
from diary.words.language import gettext as _
from diary.words.times import in_words


@blueprint.get("/to-delete")
@allow(Role.ADMIN)
def erasures() -> ResponseReturnValue:
    waiting = service.requests_of_clinic(current_actor(), own_clinic(), now=clock.now())
    return render_template("admin/erasures.html", waiting=waiting, name_of=name_of, born_of=born_of, in_words=in_words)


@blueprint.route("/to-delete/<uuid:request_id>", methods=["GET", "POST"])
@allow(Role.ADMIN)
@fresh
def erase(request_id: UUID) -> ResponseReturnValue:
    """Asked once more, then gone."""
    form = ConfirmForm()
    if form.validate_on_submit():
        emptied = service.erase(current_actor(), request_id, now=clock.now())
        flash(
            _("The diary is deleted. Backups still hold it until they are deleted.")
            if emptied
            else _(
                "The diary is deleted. The database's log was in use and may hold traces until it is written over. "
                "Backups still hold it until they are deleted."
            )
        )
        return redirect(url_for("admin.erasures"))
    asked = service.request_to_answer(current_actor(), request_id, now=clock.now())
    return render_template("admin/erase.html", form=form, asked=asked, name_of=name_of, born_of=born_of)


@blueprint.route("/to-delete/<uuid:request_id>/refuse", methods=["GET", "POST"])
@allow(Role.ADMIN)
def refuse_erasure(request_id: UUID) -> ResponseReturnValue:
    form = RefusalForm()
    if form.validate_on_submit():
        try:
            service.refuse(current_actor(), request_id, str(form.reason.data), now=clock.now())
        except InvalidValue as error:
            form.blame(error)
        else:
            flash(_("The patient reads your reason on their phone."))
            return redirect(url_for("admin.erasures"))
    asked = service.request_to_answer(current_actor(), request_id, now=clock.now())
    page = render_template("admin/refuse_erasure.html", form=form, asked=asked, name_of=name_of, born_of=born_of)
    return page, 422 if form.errors else 200
