"""Words for sides and spots, as a patient says them."""

from diary.domain.diary import Condition, Side
from diary.domain.pain import NamedPain, Spot
from diary.words.language import lazy_gettext

SIDES = {Side.LEFT: lazy_gettext("Left"), Side.RIGHT: lazy_gettext("Right"), Side.BOTH: lazy_gettext("Both sides")}

SPOTS = {
    Spot.LEFT_LOW_BACK: lazy_gettext("Left low back"),
    Spot.MIDDLE_LOW_BACK: lazy_gettext("Middle low back"),
    Spot.RIGHT_LOW_BACK: lazy_gettext("Right low back"),
    Spot.LEFT_JOINT: lazy_gettext("Left, by the dimple"),
    Spot.TAILBONE: lazy_gettext("Tailbone"),
    Spot.RIGHT_JOINT: lazy_gettext("Right, by the dimple"),
    Spot.LEFT_BUTTOCK: lazy_gettext("Left buttock"),
    Spot.RIGHT_BUTTOCK: lazy_gettext("Right buttock"),
    Spot.LEFT_THIGH: lazy_gettext("Back of left thigh"),
    Spot.RIGHT_THIGH: lazy_gettext("Back of right thigh"),
}

CONDITIONS = {
    Condition.DIABETES: lazy_gettext("Diabetes"),
    Condition.ANTICOAGULANT: lazy_gettext("Takes an anticoagulant"),
    Condition.HIGH_BLOOD_PRESSURE: lazy_gettext("High blood pressure"),
    Condition.KIDNEY_DISEASE: lazy_gettext("Kidney disease"),
    Condition.ULCER: lazy_gettext("Ulcer"),
    Condition.PREGNANCY: lazy_gettext("Pregnancy"),
}


def words_for_pain(pain: NamedPain) -> str:
    """One line: the patient's words first, then side and spot; empty where nobody has said."""
    parts = [
        f"“{pain.words}”" if pain.words else "",
        str(SIDES[pain.side]) if pain.side else "",
        str(SPOTS[pain.spot]) if pain.spot else "",
    ]
    return " · ".join(part for part in parts if part)
