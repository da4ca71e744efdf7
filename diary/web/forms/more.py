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
from diary.web.forms.log import LanguageField, NoteField, as_id
from diary.words.language import gettext as _
from diary.words.language import lazy_gettext

EVENTS = (
    SelectChoice(Event.FALL.value, lazy_gettext("I fell")),
    SelectChoice(Event.ILLNESS.value, lazy_gettext("I was ill")),
    SelectChoice(Event.PHYSIOTHERAPY.value, lazy_gettext("I had physiotherapy")),
    SelectChoice(Event.OTHER_INJECTION.value, lazy_gettext("I had another injection")),
    SelectChoice(Event.OTHER.value, lazy_gettext("Something else happened")),
)
# Stored under the first word; what patients read is the second.
SIDE_EFFECTS = (
    SelectChoice("flushing", lazy_gettext("My face was hot and red")),
    SelectChoice("sleeplessness", lazy_gettext("I could not sleep")),
    SelectChoice("nausea", lazy_gettext("I felt sick")),
    SelectChoice("headache", lazy_gettext("My head hurt")),
    SelectChoice("dizziness", lazy_gettext("I was dizzy")),
    SelectChoice("rash", lazy_gettext("I had a rash")),
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
    language = LanguageField()
    pain_is_back = BooleanField(lazy_gettext("My pain is back"))
    events = TicksField(lazy_gettext("Did one of these happen?"), choices=list(EVENTS))
    side_effects = TicksField(lazy_gettext("Did you notice one of these?"), choices=list(SIDE_EFFECTS))
    systolic = IntegerField(
        lazy_gettext("Blood pressure, the higher number"),
        validators=[Optional(), NumberRange(40, 300, message=lazy_gettext("Write the higher number, from 40 to 300."))],
    )
    diastolic = IntegerField(
        lazy_gettext("Blood pressure, the lower number"),
        validators=[Optional(), NumberRange(20, 200, message=lazy_gettext("Write the lower number, from 20 to 200."))],
    )
    glucose = MeasuredField(
        lazy_gettext("Blood sugar"),
        validators=[Optional(), NumberRange(0.1, 2000, message=lazy_gettext("Write your blood sugar as a number."))],
    )
    unit = RadioField(lazy_gettext("Which unit does your meter show?"), choices=list(UNITS), validate_choice=False)
    note = NoteField()
    helper = BooleanField(lazy_gettext("I am helping someone"))
    save = SubmitField(lazy_gettext("Save"))

    def validate(self, extra_validators: Any = None) -> bool:
        """What belongs together must be whole, and something must be there."""
        super().validate(extra_validators)
        if (self.systolic.data is None) != (self.diastolic.data is None):
            missing = self.systolic if self.systolic.data is None else self.diastolic
            missing.errors = [*missing.errors, _("Write both numbers of the blood pressure.")]
        if self.glucose.data is not None and self.unit.data not in {unit.value for unit in GlucoseUnit}:
            self.unit.errors = [_("Choose the unit of your blood sugar.")]
        if self._is_empty() and not self.summary():
            self.note.errors = [_("Choose or write something, or go back.")]
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
            language=self.language.answer,
            pain_is_back=bool(self.pain_is_back.data),
        )
