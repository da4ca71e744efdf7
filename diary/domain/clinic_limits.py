"""The numbers above which a clinic wants to be called: its own, or none. This diary has none of its own."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from diary.domain.diary import Entry, Glucose, GlucoseUnit
from diary.domain.errors import InvalidValue

# 1 mmol/L of glucose is 18.016 mg/dL: its molar mass is 180.16 g/mol.
MG_DL_IN_A_MMOL_L = Fraction("18.016")


class Above(StrEnum):
    """What was above the clinic's number."""

    BLOOD_PRESSURE = "blood-pressure"
    GLUCOSE = "glucose"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicLimits:
    """Each may be missing, and then nothing is ever above it. Blood pressure in mm[Hg]."""

    systolic: int | None = None
    diastolic: int | None = None
    glucose: Glucose | None = None

    def __post_init__(self) -> None:
        for name, value, most in (("systolic", self.systolic, 300), ("diastolic", self.diastolic, 200)):
            if value is not None and not 40 <= value <= most:
                raise InvalidValue(name, "Write a whole number from 40 to %(most)s, or leave it empty.", most=most)


NO_LIMITS = ClinicLimits()


def is_measured(entry: Entry) -> bool:
    """Whether it holds a blood pressure or a blood sugar, which a clinic may have a number for."""
    return entry.blood_pressure is not None or entry.glucose is not None


def above_limits(entry: Entry, limits: ClinicLimits) -> tuple[Above, ...]:
    """What an entry says that is above the clinic's numbers; what equals a number is not above it."""
    found = []
    pressure = entry.blood_pressure
    if pressure is not None and (
        _is_above(pressure.systolic, limits.systolic) or _is_above(pressure.diastolic, limits.diastolic)
    ):
        found.append(Above.BLOOD_PRESSURE)
    if entry.glucose is not None and limits.glucose is not None and _mg_dl(entry.glucose) > _mg_dl(limits.glucose):
        found.append(Above.GLUCOSE)
    return tuple(found)


def _is_above(value: int, limit: int | None) -> bool:
    return limit is not None and value > limit


def _mg_dl(glucose: Glucose) -> Fraction:
    """As it was written, so that 14.2 is 14.2 and no binary neighbour of it."""
    value = Fraction(str(glucose.value))
    return value if glucose.unit is GlucoseUnit.MG_DL else value * MG_DL_IN_A_MMOL_L
