"""What stands beside the findings on the doctor's page, from the notices to the ledger of steroids."""

from dataclasses import dataclass

from diary.services.profiles import PatientProfile
from diary.web.presenters.dual_blocks import Compared, dual_blocks_of
from diary.web.presenters.ledger import LedgerTable, ledger_of
from diary.web.presenters.notices import Notices, notices_of
from diary.web.presenters.sensitivity import SensitivityTable, sensitivity_of
from diary.web.presenters.this_side import ThisSide, this_side_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """``sensitivity`` is None without an injection, ``this_side`` where it is the first of its side."""

    notices: Notices
    sensitivity: SensitivityTable | None
    dual_blocks: tuple[Compared, ...]
    this_side: ThisSide | None
    ledger: LedgerTable


def beside_of(shown: PatientProfile) -> Beside:
    """All of it for the injection that is looked at."""
    return Beside(
        notices=notices_of(shown),
        sensitivity=sensitivity_of(shown),
        dual_blocks=dual_blocks_of(shown),
        this_side=this_side_of(shown),
        ledger=ledger_of(shown),
    )
