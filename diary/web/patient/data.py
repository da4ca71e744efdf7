"""My data: everything to take along, each as a file of its own or all in one."""

from datetime import datetime
from uuid import UUID

from flask import Response, abort, render_template

from diary import clock
from diary.charts.patient_chart import scores_for_print
from diary.domain.access import Actor, Role
from diary.exchange.bundle import write_bundle
from diary.exchange.report import write_pdf
from diary.services.exchange import export_diary, export_entries_table
from diary.services.own_data import about_own_person, scores_to_print
from diary.web.files import attachment
from diary.web.guard import allow, current_actor
from diary.web.patient import blueprint
from diary.web.presenters.own_scores import own_scores_report

JSON, CSV, PDF, ZIP = "application/json", "text/csv; charset=utf-8", "application/pdf", "application/zip"


@blueprint.get("/data")
@allow(Role.PATIENT)
def my_data() -> str:
    return render_template("patient/my_data.html")


@blueprint.get("/data/all.zip")
@allow(Role.PATIENT)
def all_of_it() -> Response:
    """The four files in one."""
    actor, now = current_actor(), clock.now()
    files = {
        "diary.json": export_diary(actor, _own_id(actor), now=now),
        "entries.csv": export_entries_table(actor, _own_id(actor), now=now),
        "scores.pdf": _on_paper(actor, now=now),
        "about-me.json": about_own_person(actor, now=now),
    }
    return attachment(write_bundle(files, made_at=now), name=_named("zip", now), kind=ZIP)


@blueprint.get("/data/diary.json")
@allow(Role.PATIENT)
def my_diary_file() -> Response:
    """The diary file, which another injection diary can read."""
    actor, now = current_actor(), clock.now()
    return attachment(export_diary(actor, _own_id(actor), now=now), name=_named("json", now), kind=JSON)


@blueprint.get("/data/entries.csv")
@allow(Role.PATIENT)
def my_scores_table() -> Response:
    """Every entry as a table for a spreadsheet."""
    actor, now = current_actor(), clock.now()
    return attachment(export_entries_table(actor, _own_id(actor), now=now), name=_named("csv", now), kind=CSV)


@blueprint.get("/data/scores.pdf")
@allow(Role.PATIENT)
def my_scores_on_paper() -> Response:
    """Their own scores as they see them: the chart and the days, without a verdict."""
    actor, now = current_actor(), clock.now()
    return attachment(_on_paper(actor, now=now), name=_named("pdf", now), kind=PDF)


@blueprint.get("/data/about-me.json")
@allow(Role.PATIENT)
def about_me() -> Response:
    """What is kept beside the diary: agreements, phones, codes, and who did what with it."""
    actor, now = current_actor(), clock.now()
    return attachment(about_own_person(actor, now=now), name=f"about-me-{now:%Y-%m-%d}.json", kind=JSON)


def _on_paper(actor: Actor, *, now: datetime) -> bytes:
    asked = scores_to_print(actor, now=now)
    chart = asked.scores.chart
    return write_pdf(own_scores_report(asked, picture=scores_for_print(chart) if chart.has_enough else None))


def _own_id(actor: Actor) -> UUID:
    if actor.patient_id is None:
        abort(404)
    return actor.patient_id


def _named(ending: str, now: datetime) -> str:
    """A name that says nothing of who it is about."""
    return f"diary-{now:%Y-%m-%d}.{ending}"
