"""What is asked and when: of all patients of a clinic, and of one."""

from datetime import time, timedelta

from wtforms import IntegerField, RadioField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from diary.domain.schedule import Rhythm, Schedule
from diary.web.forms.base import Form
from diary.words.language import lazy_gettext

AS_THE_CLINIC = "clinic"
RHYTHMS = {
    Rhythm.WEEKLY: lazy_gettext("Weekly, and daily for 7 days when a score rises"),
    Rhythm.DAILY: lazy_gettext("Daily throughout"),
}


class ScheduleForm(Form):
    """A clinic's schedule."""

    days_before = IntegerField(
        lazy_gettext("Days asked before a planned injection, 0 to 14"),
        validators=[InputRequired(lazy_gettext("Write a whole number of days."))],
    )
    hours_apart = IntegerField(
        lazy_gettext("Hours between two scores on the day of the injection, 1 to 4"),
        validators=[InputRequired(lazy_gettext("Write a whole number of hours."))],
    )
    bedtime = TimeField(
        lazy_gettext("Bedtime"), validators=[InputRequired(lazy_gettext("Enter a time, such as 22:00."))]
    )
    later = RadioField(
        lazy_gettext("After day 14"),
        choices=[SelectChoice(rhythm.value, words) for rhythm, words in RHYTHMS.items()],
        validators=[InputRequired(lazy_gettext("Choose how often."))],
    )

    @classmethod
    def of(cls, schedule: Schedule) -> "ScheduleForm":
        """The form as it was sent, else with the schedule that holds."""
        return cls(
            data={
                "days_before": schedule.days_before,
                "hours_apart": schedule.hourly // timedelta(hours=1),
                "bedtime": schedule.bedtime,
                "later": schedule.later.value,
            }
        )

    def to_command(self) -> Schedule:
        """The schedule; `InvalidValue` names what no clinic can ask."""
        bedtime: time = self.bedtime.data
        return Schedule(
            later=Rhythm(self.later.data),
            days_before=self.days_before.data,
            bedtime=bedtime,
            hourly=timedelta(hours=max(0, min(self.hours_apart.data, 1000))),
        )


class RhythmForm(Form):
    """How often one patient is asked."""

    later = RadioField(
        lazy_gettext("After day 14, this patient is asked"),
        choices=[
            SelectChoice(AS_THE_CLINIC, lazy_gettext("As everybody in the clinic")),
            *(SelectChoice(rhythm.value, words) for rhythm, words in RHYTHMS.items()),
        ],
        validators=[InputRequired(lazy_gettext("Choose how often."))],
    )

    @classmethod
    def of(cls, rhythm: Rhythm | None) -> "RhythmForm":
        """The form as it was sent, else with what holds."""
        return cls(data={"later": rhythm.value if rhythm else AS_THE_CLINIC})

    def to_command(self) -> Rhythm | None:
        """The patient's own rhythm, None where it is the clinic's."""
        return None if self.later.data == AS_THE_CLINIC else Rhythm(self.later.data)
