"""How staff come in: the set-up of a new server, and invitations. Looking at a link never uses it up."""

from flask import render_template
from flask.typing import ResponseReturnValue

from diary import clock
from diary.domain.errors import Conflict, InvalidValue
from diary.services import invitations, setting_up
from diary.web.account import blueprint
from diary.web.forms.staff import RedeemForm, SetUpForm, time_zones
from diary.web.guard import public
from diary.web.presenters.accounts import ROLE_NAMES
from diary.web.security import go_on_to_second_factor


@blueprint.route("/account/set-up/<token>", methods=["GET", "POST"])
@public
def set_up(token: str) -> ResponseReturnValue:
    now = clock.now()
    setting_up.check_setup_link(token, now=now)
    form = SetUpForm()
    if form.validate_on_submit():
        try:
            admin = setting_up.set_up(
                token,
                form.to_command(),
                rule_set=form.rule_set.data,
                name=form.person_name.data or "",
                email=form.email.data or "",
                password=form.password.data or "",
                now=now,
            )
            return go_on_to_second_factor(admin)
        except (InvalidValue, Conflict) as error:
            form.take(error)
    return render_template("account/set_up.html", form=form, time_zones=time_zones())


@blueprint.route("/account/invitation/<token>", methods=["GET", "POST"])
@public
def invitation(token: str) -> ResponseReturnValue:
    now = clock.now()
    invited = invitations.look_at(token, now=now)
    form = RedeemForm()
    if form.validate_on_submit():
        try:
            user = invitations.redeem(token, name=form.name.data or "", password=form.password.data or "", now=now)
            return go_on_to_second_factor(user)
        except (InvalidValue, Conflict) as error:
            form.take(error)
    return render_template("account/invitation.html", form=form, invited=invited, role=ROLE_NAMES[invited.role])
