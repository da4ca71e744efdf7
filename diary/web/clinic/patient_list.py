"""The list of the clinic's patients: those who come today, all of them, those with a flag."""

from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from flask import abort, render_template, request

from diary import clock
from diary.domain.access import Role
from diary.domain.patients import Order, Show
from diary.services.patient_list import Choice, list_patients
from diary.web.clinic import blueprint
from diary.web.guard import allow, current_actor
from diary.web.presenters.patient_list import EMPTY, TABS, list_row, waiting_words
from diary.words.language import lazy_gettext
from diary.words.times import in_words

COLUMNS = (
    (Order.NEXT_VISIT, lazy_gettext("Next visit")),
    (Order.NAME, lazy_gettext("Name")),
    (Order.BORN, lazy_gettext("Born")),
)
One = TypeVar("One", bound=StrEnum)


@blueprint.get("/patients")
@allow(Role.DOCTOR, Role.NURSE)
def patients() -> str:
    choice = _choice()
    found = list_patients(current_actor(), choice, now=clock.now())
    return render_template(
        "clinic/patients.html",
        found=found,
        rows=[list_row(line, today=found.today, show=choice.show) for line in found.lines],
        today=in_words(found.today),
        not_reached=found.not_reached,
        waiting=waiting_words(found.out_of_date),
        columns=COLUMNS,
        tabs=TABS,
        choice=choice,
        empty=EMPTY[choice.show],
    )


def _choice() -> Choice:
    show = _asked_for("show", Show.ALL)
    return Choice(
        show=show,
        search=request.args.get("search", "")[:100],
        order=_asked_for("order", Order.NEXT_VISIT if show is Show.TODAY else Order.FLAGS),
        descending=request.args.get("direction") == "descending",
        number=page_asked_for(),
    )


def _asked_for(name: str, default: One) -> One:
    try:
        return type(default)(request.args.get(name, default))
    except ValueError:
        abort(404)


def page_asked_for() -> int:
    number = request.args.get("page", 1, type=int)
    return number if 1 <= number <= 100_000 else abort(404)


def id_asked_for(name: str) -> UUID | None:
    """The id in the address under this name; one that is no id finds nothing."""
    given = request.args.get(name)
    try:
        return UUID(given) if given else None
    except ValueError:
        abort(404)
