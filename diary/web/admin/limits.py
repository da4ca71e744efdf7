"""The numbers above which the clinic wants to be called."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diary import clock
from diary.domain.access import Role
from diary.domain.errors import InvalidValue
from diary.services.clinic_limits import limits_of, set_limits
from diary.web.admin import blueprint
from diary.web.admin.clinic import own_clinic
from diary.web.forms.clinic_limits import LimitsForm
from diary.web.guard import allow, current_actor
from diary.words.language import gettext as _


@blueprint.route("/limits", methods=["GET", "POST"])
@allow(Role.ADMIN)
def limits() -> ResponseReturnValue:
    form = LimitsForm.of(limits_of(own_clinic()))
    if form.validate_on_submit():
        try:
            set_limits(current_actor(), own_clinic(), form.to_command(), now=clock.now())
        except InvalidValue as error:
            form.blame(error)
        else:
            flash(_("Saved."))
            return redirect(url_for("admin.limits"))
    return render_template("admin/limits.html", form=form)
