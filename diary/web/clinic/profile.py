"""The doctor's page on one patient."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Response, abort, jsonify, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from diary import clock
from diary.charts.as_plotly import profile_figure
from diary.charts.as_svg import legend_svg, narrow_svg, wide_svg
from diary.charts.log_time import log_time_figure
from diary.charts.relief_bar_svg import narrow_relief_svg, wide_relief_svg
from diary.domain.access import Role
from diary.domain.errors import UnreadableRules
from diary.services.profiles import PatientProfile, show_profile
from diary.services.sign_offs import seen_of
from diary.web.assets import built_assets
from diary.web.assets_build import BuiltAssets
from diary.web.clinic import blueprint
from diary.web.clinic.rules import page_without_verdicts
from diary.web.forms.sign_off import SignOffForm
from diary.web.guard import allow, current_actor
from diary.web.headers import CONTENT_SECURITY_POLICY
from diary.web.presenters import profiles as words
from diary.web.presenters.beside import beside_of
from diary.web.presenters.patient_list import help_flag
from diary.web.presenters.patients import name_of
from diary.web.presenters.repeat_plan import repeat_plan
from diary.web.presenters.sign_offs import reading_words, standing_signature
from diary.web.presenters.verdicts import boxes_of
from diary.words.times import in_words, score_in_words


@blueprint.get("/patients/<uuid:patient_id>")
@allow(Role.DOCTOR, Role.NURSE)
def patient(patient_id: UUID) -> ResponseReturnValue:
    now = clock.now()
    try:
        shown = show_profile(current_actor(), patient_id, injection_id=_injection(), now=now)
    except UnreadableRules as error:
        return page_without_verdicts(patient_id, error)
    return doctors_page(shown, sign_off_form(shown, now=now))


def doctors_page(shown: PatientProfile, form: SignOffForm) -> ResponseReturnValue:
    """The page with the form in which a doctor signs, answered with the form's status."""
    profile, assets = shown.profile, built_assets()
    page = render_template(
        "clinic/patient.html",
        shown=shown,
        profile=profile,
        words=words,
        beside=beside_of(shown),
        name_of=name_of,
        in_words=in_words,
        score_in_words=score_in_words,
        wide=Markup(wide_svg(profile)) if profile else None,  # noqa: S704 — our own drawing, its text is escaped
        narrow=Markup(narrow_svg(profile)) if profile else None,  # noqa: S704 — as above
        legend=Markup(legend_svg(profile)) if profile else None,  # noqa: S704 — as above
        wide_relief=Markup(wide_relief_svg(profile.relief)) if profile else None,  # noqa: S704 — as above
        narrow_relief=Markup(narrow_relief_svg(profile.relief)) if profile else None,  # noqa: S704 — as above
        boxes=boxes_of(shown),
        help=help_flag(shown.judged.open_help, today=shown.judged.as_of) if shown.judged.open_help else None,
        form=form,
        plan=repeat_plan(shown.judged),
        signed=standing_signature(shown),
        reading=reading_words(shown.signed),
        may_sign=current_actor().role is Role.DOCTOR,
        plotly=_addresses(assets) if assets and profile else None,
    )
    answer = make_response(page, form.status)
    return _with_chart_policy(answer, assets) if assets and profile else answer


def sign_off_form(shown: PatientProfile, *, now: datetime) -> SignOffForm:
    """The form for the version after the one that stands, which keeps its reading; the plan is chosen each time."""
    sent, signed = request.method == "POST", shown.signed
    before = {} if sent or signed is None else {"version": signed.version, "reading": signed.sign_off.reading}
    return SignOffForm(
        zone=ZoneInfo(shown.judged.clinic.time_zone),
        now=now,
        data={"version": 0, "seen": seen_of(shown.judged), **before},
    )


def _injection() -> UUID | None:
    given = request.args.get("injection")
    try:
        return UUID(given) if given else None
    except ValueError:
        abort(404)


def _addresses(assets: BuiltAssets) -> dict[str, str]:
    """Where a page finds the chart's script and its stylesheet."""
    return {name: url_for("asset", name=assets.files[f"plotly.{name}"]) for name in ("js", "css")}


def _with_chart_policy(answer: Response, assets: BuiltAssets) -> Response:
    """Plotly sets style attributes and adds the style elements whose hashes are allowed; nothing else is opened."""
    hashes = " ".join(f"'{one}'" for one in assets.csp_style_hashes)
    policy = CONTENT_SECURITY_POLICY.replace(
        "style-src 'self';", f"style-src 'self' {hashes}; style-src-attr 'unsafe-inline';"
    )
    answer.headers["Content-Security-Policy"] = policy
    return answer


@blueprint.get("/patients/<uuid:patient_id>/figure.json")
@allow(Role.DOCTOR, Role.NURSE)
def figure(patient_id: UUID) -> ResponseReturnValue:
    shown = show_profile(current_actor(), patient_id, injection_id=_injection(), now=clock.now())
    if shown.profile is None:
        abort(404)
    draw = log_time_figure if request.args.get("view") == "log" else profile_figure
    return jsonify(draw(shown.profile))
