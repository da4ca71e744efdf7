"""The numbers above which a clinic wants to be called."""

from wtforms import IntegerField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from diary.domain.clinic_limits import ClinicLimits
from diary.domain.diary import Glucose, GlucoseUnit
from diary.domain.errors import InvalidValue
from diary.web.forms.base import Form
from diary.web.forms.clinic import QuantityField
from diary.words.language import lazy_gettext


class LimitsForm(Form):
    """Each may be left empty, and then nobody is ever told to call for it."""

    systolic = IntegerField(lazy_gettext("Blood pressure, the higher number (mmHg)"), validators=[Optional()])
    diastolic = IntegerField(lazy_gettext("Blood pressure, the lower number (mmHg)"), validators=[Optional()])
    glucose = QuantityField(lazy_gettext("Blood sugar"), above=0, most=2000)
    unit = RadioField(
        lazy_gettext("Unit of the blood sugar"),
        choices=[SelectChoice(unit.value, unit.value) for unit in GlucoseUnit],
        validators=[Optional()],
    )

    @classmethod
    def of(cls, limits: ClinicLimits) -> "LimitsForm":
        """The form as it was sent, else with the numbers that hold."""
        glucose = limits.glucose
        return cls(
            data={
                "systolic": limits.systolic,
                "diastolic": limits.diastolic,
                "glucose": glucose.value if glucose else None,
                "unit": glucose.unit.value if glucose else None,
            }
        )

    def to_command(self) -> ClinicLimits:
        """The numbers; `InvalidValue` names the field that is wrong."""
        glucose = None
        if self.glucose.data is not None:
            if not self.unit.data:
                raise InvalidValue("unit", "Choose the unit of the blood sugar.")
            glucose = Glucose(value=self.glucose.data, unit=GlucoseUnit(self.unit.data))
        return ClinicLimits(systolic=self.systolic.data, diastolic=self.diastolic.data, glucose=glucose)
