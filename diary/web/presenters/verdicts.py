"""The three verdicts on the doctor's page, with every number behind them."""

from diary.services.profiles import PatientProfile
from diary.words.findings import Findings
from diary.words.injection_findings import findings_of


def boxes_of(shown: PatientProfile) -> Findings | None:
    """What was found of the injection that is looked at; None where there is none."""
    if shown.injection is None:
        return None
    return findings_of(shown.injection.id, shown.judged.assessment, shown.judged.standing)
