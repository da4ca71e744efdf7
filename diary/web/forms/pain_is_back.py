"""That the pain is back, on a day that has its answers already."""

from datetime import date, datetime

from wtforms import SubmitField

from diary.domain.diary import NO_SCORES, Entry, Kind
from diary.web.forms.log import LogForm
from diary.words.language import lazy_gettext


class MarkForm(LogForm):
    """No question: the button says it."""

    save = SubmitField(lazy_gettext("Save"))

    def to_entry(self, day: date, *, recorded_at: datetime) -> Entry:
        """A daily entry without scores: it fills in no day and changes no verdict."""
        return Entry(
            id=self.id_of_entry,
            kind=Kind.DAILY,
            day=day,
            recorded_at=recorded_at,
            scores=NO_SCORES,
            source=self.source,
            language=self.language.answer,
        )
