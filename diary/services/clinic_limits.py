"""The numbers above which a clinic wants to be called: set by its admin, none unless it has set them."""

from datetime import datetime
from uuid import UUID

from diary.domain.access import Actor, check_can_administer
from diary.domain.clinic_limits import NO_LIMITS, Above, ClinicLimits, above_limits, is_measured
from diary.domain.diary import Entry
from diary.store.clinic_limits import add_limits, find_limits
from diary.store.clinics import hold_clinic
from diary.store.work import looking_up, writing


def limits_of(clinic_id: UUID) -> ClinicLimits:
    """The clinic's numbers as they hold now."""
    with looking_up() as session:
        return find_limits(session, clinic_id)


def set_limits(actor: Actor, clinic_id: UUID, limits: ClinicLimits, *, now: datetime) -> None:
    """Set the clinic's numbers from now on; entries that were saved before are not looked at again."""
    check_can_administer(actor, clinic_id)
    with writing(actor, now=now) as work:
        hold_clinic(work.session, clinic_id)  # two admins at once number their versions one after the other
        if find_limits(work.session, clinic_id) != limits:
            add_limits(work, clinic_id, limits)


def above_limits_of(actor: Actor, entry: Entry) -> tuple[Above, ...]:
    """What an entry says that is above the numbers of the actor's clinic."""
    if not is_measured(entry):
        return ()
    return above_limits(entry, limits_of(actor.clinic_id) if actor.clinic_id else NO_LIMITS)
