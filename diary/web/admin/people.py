"""The people of the clinic: who is there, who is invited, in which role, and whose access ends."""

from uuid import UUID
from zoneinfo import ZoneInfo

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_security import auth_required

from diary import clock
from diary.domain.access import Role
from diary.domain.errors import Conflict, InvalidValue
from diary.services import invitations, mail, staff
from diary.services.clinics import clinic_of
from diary.services.invitations import NewLink
from diary.web.admin import blueprint
from diary.web.admin.clinic import own_clinic
from diary.web.forms.staff import ConfirmForm, InviteForm, RoleForm
from diary.web.guard import allow, current_actor
from diary.web.presenters.accounts import ROLE_NAMES, present_invitation
from diary.web.security import FRESH
from diary.words.language import gettext as _

# Who changes rights has given their password within the last quarter of an hour.
fresh = auth_required("session", within=FRESH.total_seconds() / 60, grace=0)


@blueprint.get("/people")
@allow(Role.ADMIN)
def people() -> ResponseReturnValue:
    return _people_page(InviteForm())


@blueprint.post("/people/invite")
@allow(Role.ADMIN)
@fresh
def invite() -> ResponseReturnValue:
    form = InviteForm()
    if not form.validate():
        return _people_page(form)
    try:
        link = invitations.invite(
            current_actor(),
            email=form.email.data or "",
            role=Role(form.role.data),
            base_url=_base_url(),
            now=clock.now(),
        )
    except (InvalidValue, Conflict) as error:
        form.take(error)
        return _people_page(form)
    return _hand_over(link)


@blueprint.post("/people/invitations/<uuid:invitation_id>/again")
@allow(Role.ADMIN)
@fresh
def send_again(invitation_id: UUID) -> ResponseReturnValue:
    return _hand_over(invitations.send_again(current_actor(), invitation_id, base_url=_base_url(), now=clock.now()))


@blueprint.post("/people/invitations/<uuid:invitation_id>/cancel")
@allow(Role.ADMIN)
def cancel_invitation(invitation_id: UUID) -> ResponseReturnValue:
    email = invitations.cancel(current_actor(), invitation_id, now=clock.now())
    flash(_("The invitation of %(email)s is cancelled.", email=email))
    return redirect(url_for("admin.people"))


@blueprint.route("/people/<int:user_id>", methods=["GET", "POST"])
@allow(Role.ADMIN)
@fresh
def person(user_id: int) -> ResponseReturnValue:
    found = staff.find_person(current_actor(), user_id)
    form = RoleForm(data={"role": found.role.value})
    if form.validate_on_submit():
        staff.change_role(current_actor(), user_id, Role(form.role.data), now=clock.now())
        flash(
            _(
                "%(name)s is now: %(role)s. They are signed out and sign in again.",
                name=found.name,
                role=ROLE_NAMES[Role(form.role.data)],
            )
        )
        return redirect(url_for("admin.people"))
    return render_template("admin/person.html", form=form, person=found, is_self=str(found.id) == current_actor().id)


@blueprint.post("/people/<int:user_id>/end-sessions")
@allow(Role.ADMIN)
def end_sessions(user_id: int) -> ResponseReturnValue:
    staff.end_sessions_of(current_actor(), user_id, now=clock.now())
    flash(_("They are signed out everywhere."))
    return redirect(url_for("admin.people"))


@blueprint.route("/people/<int:user_id>/remove", methods=["GET", "POST"])
@allow(Role.ADMIN)
@fresh
def remove(user_id: int) -> ResponseReturnValue:
    found = staff.find_person(current_actor(), user_id)
    form = ConfirmForm()
    if form.validate_on_submit():
        staff.remove_person(current_actor(), user_id, now=clock.now())
        flash(_("%(name)s has no access any more. Their records stay.", name=found.name))
        return redirect(url_for("admin.people"))
    return render_template("admin/remove.html", form=form, person=found)


def _people_page(form: InviteForm) -> ResponseReturnValue:
    clinic = clinic_of(current_actor())
    zone = ZoneInfo(clinic.time_zone if clinic else "UTC")
    waiting = invitations.list_invitations(current_actor(), own_clinic(), now=clock.now())
    return render_template(
        "admin/people.html",
        form=form,
        people=staff.list_people(current_actor(), own_clinic()),
        roles=ROLE_NAMES,
        waiting=[present_invitation(invitation, zone) for invitation in waiting],
    )


def _hand_over(link: NewLink) -> ResponseReturnValue:
    """The only page that shows the link; it is sent besides where letters can be sent."""
    clinic = clinic_of(current_actor())
    sent = mail.send(
        current_app.extensions["settings"].mail_url,
        to=link.email,
        subject=_("Your invitation to the injection diary"),
        text=_("%(clinic)s invites you to the injection diary.", clinic=clinic.name if clinic else _("A clinic"))
        + "\n\n"
        + _("Open this page to choose a password. It works once, for 3 days:")
        + f"\n{link.address}\n",
    )
    return render_template("admin/invited.html", link=link, sent=sent)


def _base_url() -> str:
    return str(current_app.extensions["settings"].base_url)
