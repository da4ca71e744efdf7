"""What the clinic asks and when, and whether its reminders arrive."""

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diary import clock
from diary.domain.access import Role
from diary.domain.errors import InvalidValue
from diary.services import mail
from diary.services.asking import schedule_of_clinic, set_schedule
from diary.services.reminder_failures import reminders_of_clinic
from diary.web.admin import blueprint
from diary.web.admin.clinic import own_clinic
from diary.web.forms.schedule import ScheduleForm
from diary.web.guard import allow, current_actor
from diary.web.presenters import reminders as words
from diary.words.language import gettext as _


@blueprint.route("/schedule", methods=["GET", "POST"])
@allow(Role.ADMIN)
def schedule() -> ResponseReturnValue:
    in_force = schedule_of_clinic(own_clinic())
    form = ScheduleForm.of(in_force)
    if form.validate_on_submit():
        try:
            set_schedule(current_actor(), own_clinic(), form.to_command(), now=clock.now())
        except InvalidValue as error:
            form.blame(error)
        else:
            flash(_("Saved."))
            return redirect(url_for("admin.schedule"))
    page = render_template("admin/schedule.html", form=form, asked=words.schedule_words(in_force))
    return (page, 422) if form.errors else page


@blueprint.get("/reminders")
@allow(Role.ADMIN)
def reminders() -> ResponseReturnValue:
    found = reminders_of_clinic(current_actor(), own_clinic(), now=clock.now())
    return render_template(
        "admin/reminders.html",
        mail=words.mail_words(sends=mail.sends(current_app.extensions["settings"].mail_url)),
        chosen=words.chosen_words(found),
        rows=words.outcome_rows(found),
    )
