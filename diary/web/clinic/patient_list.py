"""The list of the clinic's patients."""

from uuid import UUID

from flask import abort, render_template, request

from diary import clock
from diary.domain.access import Role
from diary.domain.patients import Order
from diary.services.patient_list import list_patients
from diary.web.clinic import blueprint
from diary.web.guard import allow, current_actor
from diary.web.presenters.patient_list import list_row

COLUMNS = (
    (Order.NEXT_VISIT, "Next visit"),
    (Order.NAME, "Name"),
    (Order.BORN, "Born"),
)


@blueprint.get("/patients")
@allow(Role.DOCTOR, Role.NURSE)
def patients() -> str:
    order = _order()
    descending = request.args.get("direction") == "descending"
    search = request.args.get("search", "")[:100]
    found = list_patients(
        current_actor(), search=search, order=order, descending=descending, number=page_asked_for(), now=clock.now()
    )
    return render_template(
        "clinic/patients.html",
        found=found,
        rows=[list_row(line) for line in found.lines],
        columns=COLUMNS,
        order=order,
        descending=descending,
        search=search,
    )


def _order() -> Order:
    try:
        return Order(request.args.get("order", Order.NEXT_VISIT))
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
