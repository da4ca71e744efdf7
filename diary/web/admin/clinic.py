"""The clinic's details, and the first steps of a new one."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diary import clock
from diary.domain.access import Role
from diary.domain.errors import InvalidValue
from diary.services import administration, staff
from diary.services.clinics import clinic_of
from diary.web.admin import blueprint
from diary.web.forms.staff import ClinicForm, time_zones
from diary.web.guard import allow, current_actor
from diary.words.language import gettext as _


def own_clinic() -> UUID:
    """The clinic of whoever is asking: every admin has one."""
    clinic_id = current_actor().clinic_id
    if clinic_id is None:
        raise RuntimeError("an admin without a clinic")
    return clinic_id


@blueprint.get("")
@allow(Role.ADMIN)
def overview() -> ResponseReturnValue:
    people = staff.list_people(current_actor(), own_clinic())
    return render_template("admin/overview.html", has_doctor=any(person.role is Role.DOCTOR for person in people))


@blueprint.route("/clinic", methods=["GET", "POST"])
@allow(Role.ADMIN)
def clinic() -> ResponseReturnValue:
    form = ClinicForm(obj=clinic_of(current_actor()))
    if form.validate_on_submit():
        try:
            administration.change_clinic(current_actor(), own_clinic(), form.to_command(), now=clock.now())
        except InvalidValue as error:
            form.take(error)
        else:
            flash(_("Saved."))
            return redirect(url_for("admin.clinic"))
    return render_template("admin/clinic.html", form=form, time_zones=time_zones())
