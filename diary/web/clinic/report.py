"""The report of one injection: to look at and print, as PDF, and as text to paste."""

from uuid import UUID

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from diary import clock
from diary.charts.as_svg import print_svg
from diary.domain.access import Role
from diary.exchange.report import Report, write_pdf
from diary.services.reports import Further, InjectionReport, ReportFormat, report_injection
from diary.web.clinic import blueprint
from diary.web.files import shown_inline
from diary.web.guard import allow, current_actor
from diary.web.presenters.reports import report_of, text_of


@blueprint.get("/patients/<uuid:patient_id>/report")
@allow(Role.DOCTOR, Role.NURSE)
def report(patient_id: UUID) -> ResponseReturnValue:
    """The print view."""
    asked = _asked_for(patient_id, ReportFormat.PRINT)
    shown = _in_words(asked)
    drawn = Markup(shown.picture) if shown.picture else None  # noqa: S704 — our own drawing, its text is escaped
    injection = asked.shown.injection
    return render_template(
        "clinic/report.html",
        report=shown,
        drawn=drawn,
        patient_id=patient_id,
        injection_id=injection.id if injection else None,
        further=sorted(_further()),
    )


@blueprint.get("/patients/<uuid:patient_id>/report.pdf")
@allow(Role.DOCTOR, Role.NURSE)
def report_pdf(patient_id: UUID) -> Response:
    """The same as PDF."""
    asked = _asked_for(patient_id, ReportFormat.PDF)
    name = f"diary-report-{asked.printed_at:%Y-%m-%d}.pdf"
    return shown_inline(write_pdf(_in_words(asked)), name=name, kind="application/pdf")


@blueprint.get("/patients/<uuid:patient_id>/report.txt")
@allow(Role.DOCTOR, Role.NURSE)
def report_text(patient_id: UUID) -> Response:
    """The judgement of the whole diary as text."""
    asked = _asked_for(patient_id, ReportFormat.TEXT)
    name = f"diary-report-{asked.printed_at:%Y-%m-%d}.txt"
    return shown_inline(text_of(asked).encode(), name=name, kind="text/plain; charset=utf-8")


def _asked_for(patient_id: UUID, as_format: ReportFormat) -> InjectionReport:
    return report_injection(
        current_actor(),
        patient_id,
        injection_id=_injection(),
        as_format=as_format,
        further=_further(),
        now=clock.now(),
    )


def _in_words(asked: InjectionReport) -> Report:
    profile = asked.shown.profile
    return report_of(asked, picture=print_svg(profile) if profile else None)


def _injection() -> UUID | None:
    given = request.args.get("injection")
    try:
        return UUID(given) if given else None
    except ValueError:
        abort(404)


def _further() -> frozenset[Further]:
    return frozenset(one for one in Further if request.args.get(one.value) == "1")
