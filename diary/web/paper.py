"""The printed diary and the card for a phone as answers to the browser, in the patient's language."""

from datetime import datetime
from uuid import UUID

from flask import Response, current_app, url_for

from diary.domain.access import Actor
from diary.domain.errors import Conflict
from diary.domain.patients import initials
from diary.exchange.paper import write_card, write_sheet
from diary.services.clinics import clinic_of
from diary.services.enrolment import ShownCode
from diary.services.paper import printed_sheet
from diary.web.files import shown_inline
from diary.web.presenters.printed_sheet import card_of, sheet_of
from diary.web.qr import qr_code
from diary.words.language import in_language

PDF = "application/pdf"


def sheet_on_paper(actor: Actor, sheet_id: UUID, *, patient_id: UUID, now: datetime) -> Response:
    """The sheet; its square holds an address with the sheet's random id, and nothing about anybody."""
    printed = printed_sheet(actor, sheet_id, patient_id=patient_id, now=now)
    address = f"{_base_url()}{url_for('clinic.scanned_paper', sheet_id=sheet_id)}"
    with in_language(printed.language):
        sheet = sheet_of(printed, address=address, square=str(qr_code(address)))
    return shown_inline(write_sheet(sheet), name=f"diary-on-paper-{now:%Y-%m-%d}.pdf", kind=PDF)


def card_on_paper(shown: ShownCode, actor: Actor, *, now: datetime) -> Response:
    """The card with the code, while it works (`Conflict` afterwards)."""
    clinic = clinic_of(actor)
    if shown.code is None or clinic is None:
        raise Conflict("This code no longer works. Show a new code, then print its card.")
    address = f"{_base_url()}{url_for('join.ask')}"
    with in_language(shown.patient.language):
        card = card_of(
            shown,
            clinic,
            code=shown.code,
            address=address,
            square=str(qr_code(f"{address}?code={shown.code}")),
            initials=initials(shown.patient.name),
        )
    return shown_inline(write_card(card), name=f"diary-card-{now:%Y-%m-%d}.pdf", kind=PDF)


def _base_url() -> str:
    return str(current_app.extensions["settings"].base_url)
