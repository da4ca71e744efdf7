"""Words for sides and spots, as a patient says them."""

from diary.domain.diary import Condition, Side
from diary.domain.pain import NamedPain, Spot

SIDES = {Side.LEFT: "Left", Side.RIGHT: "Right", Side.BOTH: "Both sides"}

SPOTS = {
    Spot.LEFT_LOW_BACK: "Left low back",
    Spot.MIDDLE_LOW_BACK: "Middle low back",
    Spot.RIGHT_LOW_BACK: "Right low back",
    Spot.LEFT_JOINT: "Left, by the dimple",
    Spot.TAILBONE: "Tailbone",
    Spot.RIGHT_JOINT: "Right, by the dimple",
    Spot.LEFT_BUTTOCK: "Left buttock",
    Spot.RIGHT_BUTTOCK: "Right buttock",
    Spot.LEFT_THIGH: "Back of left thigh",
    Spot.RIGHT_THIGH: "Back of right thigh",
}

CONDITIONS = {
    Condition.DIABETES: "Diabetes",
    Condition.ANTICOAGULANT: "Takes an anticoagulant",
    Condition.HIGH_BLOOD_PRESSURE: "High blood pressure",
    Condition.KIDNEY_DISEASE: "Kidney disease",
    Condition.ULCER: "Ulcer",
    Condition.PREGNANCY: "Pregnancy",
}


def words_for_pain(pain: NamedPain) -> str:
    """One line: the patient's words first, then side and spot; empty where nobody has said."""
    parts = [
        f"“{pain.words}”" if pain.words else "",
        SIDES[pain.side] if pain.side else "",
        SPOTS[pain.spot] if pain.spot else "",
    ]
    return " · ".join(part for part in parts if part)
