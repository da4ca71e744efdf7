"""Something else that a clinic may want to know of a day: events, side effects, blood pressure, glucose."""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from wtforms import BooleanField, DecimalField, HiddenField, IntegerField, RadioField, SelectMultipleField, SubmitField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from diary.domain.diary import NO_SCORES, BloodPressure, Entry, Event, Glucose, GlucoseUnit, Kind, Source
from diary.web.devices import entered_by
from diary.web.forms.base import Form
from diary.web.forms.log import LANGUAGE, NoteField, as_id

EVENTS = (
    SelectChoice(Event.FALL.value, "I fell"),
    SelectChoice(Event.ILLNESS.value, "I was ill"),
    SelectChoice(Event.PHYSIOTHERAPY.value, "I had physiotherapy"),
    SelectChoice(Event.OTHER_INJECTION.value, "I had another injection"),
    SelectChoice(Event.OTHER.value, "Something else happened"),
)
# Stored under the first word; what patients read is the second.
SIDE_EFFECTS = (
    SelectChoice("flushing", "My face was hot and red"),
    SelectChoice("sleeplessness", "I could not sleep"),
    SelectChoice("nausea", "I felt sick"),
    SelectChoice("headache", "My head hurt"),
    SelectChoice("dizziness", "I was dizzy"),
    SelectChoice("rash", "I had a rash"),
)
UNITS = tuple(SelectChoice(unit.value, unit.value) for unit in GlucoseUnit)


class TicksField(SelectMultipleField):
    """Any number of ticks."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class MeasuredField(DecimalField):
    """A number as a meter shows it; a decimal comma is taken too. What is no number is left for a validator to say."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number."""
        try:
            number = Decimal(valuelist[0].strip().replace(",", ".")) if valuelist else None
        except InvalidOperation:
            number = None
        self.data = number if number is not None and number.is_finite() else None


class MoreForm(Form):
    """All of it may be left empty but not everything."""

    entry_id = HiddenField()
    pain_is_back = BooleanField("My pain is back")
    events = TicksField("Did one of these happen?", choices=list(EVENTS))
    side_effects = TicksField("Did you notice one of these?", choices=list(SIDE_EFFECTS))
    systolic = IntegerField(
        "Blood pressure, the higher number",
        validators=[Optional(), NumberRange(40, 300, message="Write the higher number, from 40 to 300.")],
    )
    diastolic = IntegerField(
        "Blood pressure, the lower number",
        validators=[Optional(), NumberRange(20, 200, message="Write the lower number, from 20 to 200.")],
    )
    glucose = MeasuredField(
        "Blood sugar", validators=[Optional(), NumberRange(0.1, 2000, message="Write your blood sugar as a number.")]
    )
    unit = RadioField("Which unit does your meter show?", choices=list(UNITS), validate_choice=False)
    note = NoteField()
    helper = BooleanField("I am helping someone")
    save = SubmitField("Save")

    def validate(self, extra_validators: Any = None) -> bool:
        """What belongs together must be whole, and something must be there."""
        super().validate(extra_validators)
        if (self.systolic.data is None) != (self.diastolic.data is None):
            missing = self.systolic if self.systolic.data is None else self.diastolic
            missing.errors = [*missing.errors, "Write both numbers of the blood pressure."]
        if self.glucose.data is not None and self.unit.data not in {unit.value for unit in GlucoseUnit}:
            self.unit.errors = ["Choose the unit of your blood sugar."]
        if self._is_empty() and not self.summary():
            self.note.errors = ["Choose or write something, or go back."]
        return not self.summary()

    def _is_empty(self) -> bool:
        given = (self.pain_is_back.data, self.events.data, self.side_effects.data, self.note.data)
        return not any(given) and self.systolic.data is None and self.glucose.data is None

    def to_entry(self, day: date, *, recorded_at: datetime) -> Entry:
        """A daily entry without scores: it fills in no day and changes no verdict."""
        pressure = None
        if self.systolic.data is not None and self.diastolic.data is not None:
            pressure = BloodPressure(systolic=self.systolic.data, diastolic=self.diastolic.data)
        glucose = None
        if self.glucose.data is not None:
            glucose = Glucose(value=float(self.glucose.data), unit=GlucoseUnit(self.unit.data))
        return Entry(
            id=as_id(self.entry_id.data),
            kind=Kind.DAILY,
            day=day,
            recorded_at=recorded_at,
            scores=NO_SCORES,
            events=tuple(Event(event) for event in self.events.data or ()),
            side_effects=tuple(self.side_effects.data or ()),
            blood_pressure=pressure,
            glucose=glucose,
            note=self.note.data or None,
            source=Source.HELPER if self.helper.data else entered_by(),
            language=LANGUAGE,
            pain_is_back=bool(self.pain_is_back.data),
        )
