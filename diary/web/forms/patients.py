"""What staff type about a patient: who it is, when they come back, which pain, which conditions."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import DateField, SelectMultipleField, StringField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from diary.domain.diary import Condition
from diary.domain.local_time import instant_of
from diary.domain.patients import NextVisit
from diary.store.patients import PatientRow
from diary.web.forms.base import Form
from diary.web.presenters.pain import CONDITIONS
from diary.words.language import lazy_gettext


class PatientForm(Form):
    """Who somebody is."""

    name = StringField(
        lazy_gettext("Full name"),
        validators=[
            InputRequired(lazy_gettext("Enter the name.")),
            Length(max=200, message=lazy_gettext("Use at most 200 characters.")),
        ],
        render_kw={"autocomplete": "off"},
    )
    born = DateField(
        lazy_gettext("Birth date"),
        validators=[InputRequired(lazy_gettext("Enter the birth date as day, month and year."))],
    )
    number = StringField(
        lazy_gettext("Chart number"), validators=[Length(max=60, message=lazy_gettext("Use at most 60 characters."))]
    )
    telephone = StringField(
        lazy_gettext("Telephone"),
        validators=[Length(max=30, message=lazy_gettext("Use at most 30 characters."))],
        render_kw={"type": "tel", "autocomplete": "off"},
    )
    time_zone = StringField(
        lazy_gettext("Time zone"),
        validators=[InputRequired(lazy_gettext("Enter a time zone, such as America/Chicago."))],
        render_kw={"list": "zones", "autocomplete": "off"},
    )

    def to_command(self) -> dict[str, Any]:
        """The words of `add_patient` and `change_patient`."""
        return {name: self[name].data for name in ("name", "born", "number", "telephone", "time_zone")}


class VisitForm(Form):
    """When the patient comes back."""

    day = DateField(lazy_gettext("Day"), validators=[InputRequired(lazy_gettext("Choose the day of the visit."))])
    time = TimeField(lazy_gettext("Time"), validators=[InputRequired(lazy_gettext("Choose the time of the visit."))])
    doctor = StringField(
        lazy_gettext("With"), validators=[Length(max=200, message=lazy_gettext("Use at most 200 characters."))]
    )

    def to_command(self, zone: ZoneInfo, *, now: datetime) -> NextVisit:
        """The visit on the clinic's clock; `InvalidValue` for an hour that the clocks skip."""
        at = instant_of(datetime.combine(self.day.data, self.time.data), zone, now=now)
        return NextVisit(at=at, doctor=self.doctor.data)


class ConditionsForm(Form):
    """What matters to an injection; none is ticked unless somebody ticked it."""

    conditions = SelectMultipleField(
        lazy_gettext("Conditions"),
        choices=[SelectChoice(condition.value, words) for condition, words in CONDITIONS.items()],
        validators=[Optional()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def to_command(self) -> list[Condition]:
        """Those that are ticked."""
        return [Condition(name) for name in self.conditions.data or ()]


def fields_of_patient(patient: PatientRow) -> dict[str, Any]:
    """What the form shows of the record."""
    return {name: getattr(patient, name) for name in ("name", "born", "number", "telephone", "time_zone")}


def fields_of_visit(patient: PatientRow) -> dict[str, Any]:
    """What the form shows of the visit that is planned."""
    visit = patient.next_visit
    return {
        "day": visit.date() if visit else None,
        "time": visit.time() if visit else None,
        "doctor": patient.next_visit_with,
    }
