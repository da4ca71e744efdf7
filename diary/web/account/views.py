"""One's own account: where one begins, password and second factor, and where one is signed in."""

from uuid import UUID

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from diary import clock
from diary.domain.access import STAFF, Role
from diary.services import staff
from diary.web.account import blueprint
from diary.web.guard import allow, current_actor, public
from diary.web.presenters.accounts import present_session
from diary.web.sessions import stored_session
from diary.words.language import gettext as _

FIRST_PAGE = {
    Role.ADMIN: "/admin",
    Role.DOCTOR: "/clinic/patients?show=today",
    Role.NURSE: "/clinic/patients",
}


@blueprint.get("/account/start")
@allow(*STAFF)
def start() -> ResponseReturnValue:
    """Where a sign-in leads: to the recovery codes until there are some, then to the page of one's role."""
    if current_user.mf_recovery_codes is None:
        return redirect(url_for("security.mf_recovery_codes"))
    return redirect(FIRST_PAGE[current_actor().role])


@blueprint.get("/account")
@allow(*STAFF)
def overview() -> ResponseReturnValue:
    now = clock.now()
    sessions = [
        present_session(session, current=stored_session().row_id, now=now)
        for session in staff.list_sessions(current_actor(), now=now)
    ]
    return render_template("account/overview.html", user=current_user, sessions=sessions)


@blueprint.post("/account/sessions/<uuid:session_id>/end")
@allow(*STAFF)
def end_session(session_id: UUID) -> ResponseReturnValue:
    staff.end_session(current_actor(), session_id, now=clock.now())
    flash(_("That browser is signed out."))
    return redirect(url_for("account.overview"))


@blueprint.post("/account/sessions/end-others")
@allow(*STAFF)
def end_other_sessions() -> ResponseReturnValue:
    staff.end_other_sessions(current_actor(), current=stored_session().row_id, now=clock.now())
    flash(_("You are signed out everywhere else."))
    return redirect(url_for("account.overview"))


@blueprint.get("/")
@public
def front_door() -> ResponseReturnValue:
    """Everybody to their own first page; who is a stranger signs in."""
    actors = [actor for identify in current_app.extensions["identify"] if (actor := identify())]
    role = actors[0].role if actors else None
    if role in {Role.PATIENT, Role.DEVICE}:
        return redirect("/me/")
    return redirect(url_for("account.start") if role else url_for("security.login"))
