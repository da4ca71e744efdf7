"""Rule sets: which there are, which is in use, and how one is copied and changed into a new version."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from diary import clock
from diary.domain.access import Role
from diary.domain.errors import Conflict, InvalidValue, UnreadableRules
from diary.domain.rulesets import RuleSet, parse, shipped_names
from diary.domain.rulesets.changes import differences, loosened
from diary.domain.rulesets.written import write_toml
from diary.services import rule_sets as service
from diary.services.clinics import zone_of
from diary.web.admin import blueprint
from diary.web.admin.clinic import own_clinic
from diary.web.files import attachment
from diary.web.forms.rules import RuleFileForm, RuleSetForm, key_of
from diary.web.forms.staff import ConfirmForm
from diary.web.guard import allow, current_actor
from diary.web.presenters import rules as words
from diary.words.language import gettext as _
from diary.words.language import lazy_gettext, told
from diary.words.rule_meanings import PARTS
from diary.words.rules import agent_range_in_words

FROM_FILE = lazy_gettext(
    "The fields below hold what the file says. Nothing is saved yet: look through them, then save."
)


@blueprint.get("/rules")
@allow(Role.ADMIN)
def rules() -> ResponseReturnValue:
    listed = service.list_rule_sets(current_actor(), own_clinic())
    zone = zone_of(current_actor())
    return render_template(
        "admin/rules.html",
        in_use=words.present_line(listed.in_use, zone) if listed.in_use else None,
        in_use_name=listed.in_use_name,
        shipped=[words.present_line(line, zone) for line in listed.shipped],
        own=[words.present_line(line, zone) for line in listed.own],
    )


@blueprint.get("/rules/<rule_set>/<int(max=100000):version>")
@allow(Role.ADMIN)
def rule_set(rule_set: str, version: int) -> ResponseReturnValue:
    shown = service.show_rule_set(current_actor(), own_clinic(), rule_set, version)
    return render_template("admin/rule_set.html", shown=words.present_rule_set(shown, zone_of(current_actor())))


@blueprint.get("/rules/<rule_set>/<int(max=100000):version>/toml")
@allow(Role.ADMIN)
def rule_set_file(rule_set: str, version: int) -> Response:
    """The set as a file that the command `assess --rules` takes."""
    found = service.rule_set_to_copy(current_actor(), own_clinic(), rule_set, version)
    name = f"{found.name}-version-{found.version}.toml"
    return attachment(write_toml(found).encode(), name=name, kind="application/toml; charset=utf-8")


@blueprint.route("/rules/<rule_set>/<int(max=100000):version>/use", methods=["GET", "POST"])
@allow(Role.ADMIN)
def use_rules(rule_set: str, version: int) -> ResponseReturnValue:
    """Say what putting a set in use changes and for whom, and do it."""
    form = ConfirmForm()
    if form.validate_on_submit():
        service.use_rule_set(current_actor(), own_clinic(), rule_set, version, now=clock.now())
        flash(_("From now on every page judges by %(rules)s.", rules=words.called(rule_set, version)))
        return redirect(url_for("admin.rules"))
    found = service.rule_set_to_copy(current_actor(), own_clinic(), rule_set, version)
    in_use = service.list_rule_sets(current_actor(), own_clinic()).in_use
    return render_template(
        "admin/rule_set_use.html",
        form=form,
        rules=found,
        called=words.called(rule_set, version),
        loosened=words.loosened_lines(found),
        changes=words.difference_lines(differences(in_use.rules, found)) if in_use and in_use.rules else None,
        in_use=words.called(in_use.name, in_use.version) if in_use else None,
    )


@blueprint.route("/rules/<rule_set>/<int(max=100000):version>/copy", methods=["GET", "POST"])
@allow(Role.ADMIN)
def copy_rules(rule_set: str, version: int) -> ResponseReturnValue:
    """Copy a set, change it, and so make a new version."""
    base = service.show_rule_set(current_actor(), own_clinic(), rule_set, version)
    if base.line.rules is None:
        raise UnreadableRules(rule_set, version=version, reason=base.line.fault or "")
    if request.method == "GET":
        return _copy_page(_form_with(base.line.rules, base), base)
    form = RuleSetForm()
    if not form.validate():
        return _copy_page(form, base), 422
    return _save(form, base)


def _save(form: RuleSetForm, base: service.RuleSetShown) -> ResponseReturnValue:
    try:
        changed = form.to_rules()
        if not form.is_confirmed(loosened(changed)):
            return _copy_page(form, base, to_confirm=changed), 422
        version = service.make_version(
            current_actor(),
            own_clinic(),
            changed,
            copied_from=(base.line.name, base.line.version),
            newest_seen=form.newest_version_seen(),
            why=form.why.data or "",
            now=clock.now(),
        )
    except InvalidValue as error:
        form.take(error)
        return _copy_page(form, base), 422
    except Conflict as error:
        base = service.show_rule_set(current_actor(), own_clinic(), base.line.name, base.line.version)
        form.newest_seen.data = str(base.newest)
        return _copy_page(form, base, notice=told(error)), 409
    flash(_("Saved. It is not in use yet."))
    return redirect(url_for("admin.rule_set", rule_set=changed.name, version=version))


@blueprint.route("/rules/<rule_set>/<int(max=100000):version>/file", methods=["GET", "POST"])
@allow(Role.ADMIN)
def rules_from_file(rule_set: str, version: int) -> ResponseReturnValue:
    """Fill the form from a TOML file instead: nothing is saved before it was looked through."""
    base = service.show_rule_set(current_actor(), own_clinic(), rule_set, version)
    form = RuleFileForm()
    if form.validate_on_submit():
        try:
            found = parse(form.content())
        except InvalidValue as error:
            form.refuse(error)
        else:
            base = _base_of(found, base)
            return _copy_page(_form_with(found, base), base, notice=FROM_FILE)
    page = render_template("admin/rule_set_file.html", form=form, base=words.called(rule_set, version))
    return page, 422 if form.errors else 200


def _base_of(found: RuleSet, base: service.RuleSetShown) -> service.RuleSetShown:
    """What a set from a file comes after: the newest version of its own name, or else the set that it was opened on."""
    own = service.list_rule_sets(current_actor(), own_clinic()).own
    numbers = [line.version for line in own if line.name == found.name and line.rules is not None]
    if not numbers:
        return base
    return service.show_rule_set(current_actor(), own_clinic(), found.name, max(numbers))


def _form_with(rules: RuleSet, base: service.RuleSetShown) -> RuleSetForm:
    name = "" if rules.name in shipped_names() else rules.name
    return RuleSetForm.filled_with(rules, newest_seen=base.newest, name=name)


def _copy_page(
    form: RuleSetForm,
    base: service.RuleSetShown,
    *,
    to_confirm: RuleSet | None = None,
    notice: str = "",
) -> str:
    return render_template(
        "admin/rule_set_copy.html",
        form=form,
        parts=PARTS,
        base=words.present_line(base.line, zone_of(current_actor())),
        newest=base.newest,
        loosened=words.loosened_lines(to_confirm) if to_confirm else (),
        confirming=key_of(loosened(to_confirm)) if to_confirm else "",
        changes=words.difference_lines(differences(base.line.rules, to_confirm))
        if to_confirm and base.line.rules
        else (),
        notice=notice,
        agent_range=agent_range_in_words("onset"),
    )
