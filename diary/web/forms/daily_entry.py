"""The form of a day that staff write down for a patient: a telephone call, or somebody without a phone."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from diary.domain.diary import Entry, Kind, Scores, Source
from diary.domain.local_time import in_zone
from diary.web.forms.base import ScoreField
from diary.web.forms.clinic import ClinicForm, IdField, YesNoField, note_field
from diary.words.dates import long_day
from diary.words.language import lazy_gettext


class DailyEntryForm(ClinicForm):
    """What the patient says about one day; every question can stay open but how bad it was on average."""

    record_id = IdField()
    day = RadioField(
        lazy_gettext("Which day is it about?"),
        coerce=date.fromisoformat,
        validators=[InputRequired(lazy_gettext("Choose the day."))],
    )
    average = ScoreField(
        lazy_gettext("On average, how bad was the pain on that day?"),
        asks=lazy_gettext("Choose a number from 0 to 10 for the pain"),
    )
    moving = ScoreField(
        lazy_gettext("How hard was it to move about on that day?"),
        asks=lazy_gettext("Choose a number from 0 to 10 for how hard it was to move"),
        needed=False,
    )
    soreness = ScoreField(
        lazy_gettext("How sore was the place where the needle went in?"),
        asks=lazy_gettext("Choose a number from 0 to 10 for the soreness"),
        needed=False,
    )
    analgesic = YesNoField(lazy_gettext("Extra pain medicine on that day?"))
    note = note_field(lazy_gettext("Note"), 4000)

    def __init__(self, *, days: Sequence[date], **options: Any) -> None:
        super().__init__(**options)
        self.day.choices = [SelectChoice(day.isoformat(), long_day(day)) for day in days]

    def to_entry(self, *, recorder: str, source: Source) -> Entry:
        """The daily entry, recorded now."""
        return Entry(
            id=self.record_id.id_,
            kind=Kind.DAILY,
            day=self.day.data,
            recorded_at=in_zone(self.now, self.zone),
            scores=Scores(average=self.average.data, moving=self.moving.data, soreness=self.soreness.data),
            analgesic=self.analgesic.data,
            note=self.note.data or None,
            source=source,
            recorded_by=recorder or None,
        )
