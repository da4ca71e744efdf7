"""A diary on paper: printed for the patient's own times, and typed in when it comes back."""

from uuid import UUID, uuid4

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from diary import clock
from diary.domain.access import STAFF, Role
from diary.domain.errors import Conflict, InvalidValue, NotFound
from diary.services import paper as service
from diary.services.enrolment import shown_code
from diary.services.transcribing import page_to_type, type_in
from diary.web.clinic import blueprint
from diary.web.forms.base import Form
from diary.web.forms.paper import PaperForm
from diary.web.guard import allow, current_actor
from diary.web.paper import card_on_paper, sheet_on_paper
from diary.web.presenters import paper as words
from diary.web.presenters.patients import heading_of, name_of


@blueprint.get("/patients/<uuid:patient_id>/paper")
@allow(Role.DOCTOR, Role.NURSE)
def paper(patient_id: UUID) -> str:
    """Print one, type one in, and which were printed."""
    actor, now = current_actor(), clock.now()
    patient, sheets = service.sheets_printed(actor, patient_id, now=now)
    return render_template(
        "clinic/paper.html",
        form=Form(),
        patient=heading_of(patient, actor),
        sheets=sheets,
        zone=patient.as_patient().zone,
        words=words,
    )


@blueprint.post("/patients/<uuid:patient_id>/paper")
@allow(Role.DOCTOR, Role.NURSE)
def print_paper(patient_id: UUID) -> ResponseReturnValue:
    sheet_id = service.print_sheet(current_actor(), patient_id, now=clock.now())
    return redirect(url_for("clinic.paper_pdf", patient_id=patient_id, sheet_id=sheet_id), 303)


@blueprint.get("/patients/<uuid:patient_id>/paper/<uuid:sheet_id>.pdf")
@allow(Role.DOCTOR, Role.NURSE)
def paper_pdf(patient_id: UUID, sheet_id: UUID) -> Response:
    return sheet_on_paper(current_actor(), sheet_id, patient_id=patient_id, now=clock.now())


@blueprint.get("/paper/<uuid:sheet_id>")
@allow(Role.DOCTOR, Role.NURSE)
def scanned_paper(sheet_id: UUID) -> ResponseReturnValue:
    """Where the square on a sheet leads."""
    patient_id = service.patient_of_sheet(current_actor(), sheet_id, now=clock.now())
    return redirect(url_for("clinic.type_paper", patient_id=patient_id, sheet=sheet_id))


@blueprint.route("/patients/<uuid:patient_id>/paper/type", methods=["GET", "POST"])
@allow(Role.DOCTOR, Role.NURSE)
def type_paper(patient_id: UUID) -> ResponseReturnValue:
    """One page for many rows: nothing is saved before every row is sound and every contradiction decided."""
    actor, now = current_actor(), clock.now()
    page = page_to_type(actor, patient_id, sheet_id=_sheet_asked_for(), now=now)
    form = PaperForm(page=page, zone=page.zone, now=now, data={"typing_id": uuid4()})
    contradictions: tuple[words.Contradiction, ...] = ()
    rows = form.read()
    if rows is not None:
        try:
            done = type_in(
                actor,
                rows,
                patient_id=patient_id,
                typing_id=form.typing_id.id_,
                language=page.language,
                now=now,
            )
        except InvalidValue as error:
            form.blame_row(error)
        except Conflict as error:
            form.refuse(error)
        else:
            if not done.to_decide:
                flash(words.typed_in_words(done, name=name_of(page.patient)))
                return redirect(url_for("clinic.type_paper", patient_id=patient_id, sheet=page.sheet_id), 303)
            contradictions = tuple(words.contradictions(done.to_decide, page, form))
            form.conflict = True
    shown = render_template(
        "clinic/type_paper.html",
        form=form,
        page=page,
        patient=heading_of(page.patient, actor),
        tables=list(words.tables_of(page, form)),
        contradictions=contradictions,
        words=words,
    )
    return shown, 409 if form.conflict else 422 if form.summary() else 200


@blueprint.get("/patients/<uuid:patient_id>/phones/code/<uuid:enrolment_id>/card.pdf")
@allow(*STAFF)
def code_card(patient_id: UUID, enrolment_id: UUID) -> Response:
    """The code on a card, for a relative's phone: as long as it works."""
    actor, now = current_actor(), clock.now()
    shown = shown_code(actor, patient_id, enrolment_id, key=str(current_app.secret_key), now=now)
    return card_on_paper(shown, actor, now=now)


def _sheet_asked_for() -> UUID | None:
    given = request.args.get("sheet")
    try:
        return UUID(given) if given else None
    except ValueError:
        raise NotFound("There is no such sheet.") from None
