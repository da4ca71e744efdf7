"""The forms of the log: a day, and right now.

Each carries the id of the entry it will make, so that a page sent twice is one entry, and which questions it asked, so
that its answers can be checked without opening the diary.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid4, uuid5
from zoneinfo import ZoneInfo

from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    StringField,
    SubmitField,
    TextAreaField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional, ValidationError

from diary.domain.diary import Entry, Kind, Medicine, Question, Scores, Source
from diary.domain.local_time import in_zone
from diary.web.devices import entered_by
from diary.web.forms.base import Form, ScoreField
from diary.words.language import LANGUAGES, lazy_gettext, spoken
from diary.words.language import gettext as _

YES, NO = "yes", "no"
MOST_ACTIVITIES = 5
NOTE_LENGTH = 2000


class YesNoField(RadioField):
    """Yes or No, neither chosen; `answer` is None where it was left open."""

    def __init__(self, label: str = "", *, needed: bool = True, no_first: bool = False, **options: Any) -> None:
        answers = [SelectChoice(NO, lazy_gettext("No")), SelectChoice(YES, lazy_gettext("Yes"))]
        choices = answers if no_first else answers[::-1]
        super().__init__(label, choices=choices, validate_choice=False, **options)
        self.needed = needed

    @property
    def answer(self) -> bool | None:
        """True for Yes, False for No."""
        return {YES: True, NO: False}.get(self.data)

    def pre_validate(self, form: object) -> None:  # noqa: ARG002 — the signature is WTForms'
        """Ask for the answer where it is needed."""
        if self.needed and self.answer is None:
            raise ValidationError(_("Choose Yes or No."))


class NoteField(TextAreaField):
    """A few words; at most so many, and none that a database refuses."""

    def __init__(self, label: str = "", **options: Any) -> None:
        words = lazy_gettext("Write at most %(most)s letters.", most=NOTE_LENGTH)
        named = label or lazy_gettext("Note for your clinic (optional)")
        super().__init__(named, validators=[Length(max=NOTE_LENGTH, message=words)], **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Drop the one letter that PostgreSQL cannot hold."""
        self.data = valuelist[0].replace("\0", "").strip() if valuelist else None


class LanguageField(HiddenField):
    """The language that a page asked its questions in: it is kept with the answers, whatever is spoken by then."""

    def __init__(self, **options: Any) -> None:
        super().__init__(default=lambda: spoken().code, **options)

    @property
    def answer(self) -> str:
        """The language's code; where it was lost or changed, that of the page now."""
        return self.data if self.data in LANGUAGES else spoken().code


class LogForm(Form):
    """What the day's page and the page for right now share."""

    entry_id = HiddenField()
    language = LanguageField()
    asked = HiddenField()
    helper = BooleanField(lazy_gettext("I am helping someone"))

    @property
    def id_of_entry(self) -> UUID:
        """The id that the page was made with; a new one where it was lost or changed."""
        return as_id(self.entry_id.data)

    @property
    def questions(self) -> frozenset[Question]:
        """The questions that the page asked."""
        return frozenset(question for question in Question if question.value in (self.asked.data or "").split())

    @property
    def source(self) -> Source:
        """Who filled it in: whoever ticked that they help, else the one whose phone it is."""
        return Source.HELPER if self.helper.data else entered_by()


class DayForm(LogForm):
    """The daily log: one page. Fields whose question was not asked are taken away before it is checked."""

    average = ScoreField("", asks=lazy_gettext("Choose a number from 0 to 10 for your pain"))
    moving = ScoreField("", asks=lazy_gettext("Choose a number from 0 to 10 for how hard it was to move"))
    soreness = ScoreField("", asks=lazy_gettext("Choose a number from 0 to 10 for how sore the place is"))
    activity_0 = ScoreField("", asks=lazy_gettext("Choose a number from 0 to 10 for your first activity"))
    activity_1 = ScoreField("", asks=lazy_gettext("Choose a number from 0 to 10 for your second activity"))
    activity_2 = ScoreField("", asks=lazy_gettext("Choose a number from 0 to 10 for your third activity"))
    activity_3 = ScoreField("", asks=lazy_gettext("Choose a number from 0 to 10 for your fourth activity"))
    activity_4 = ScoreField("", asks=lazy_gettext("Choose a number from 0 to 10 for your fifth activity"))
    analgesic = YesNoField(no_first=True)
    note = NoteField()
    activity_count = HiddenField()
    save = SubmitField(lazy_gettext("Save"))
    forgotten = SubmitField(lazy_gettext("I do not remember"))

    def ask(self, questions: Iterable[Question], *, activities: int) -> None:
        """Keep the fields of these questions, and so many of the patient's own activities."""
        questions = frozenset(questions)
        count = activities if Question.ACTIVITIES in questions else 0
        for number in range(count, MOST_ACTIVITIES):
            del self[f"activity_{number}"]
        for question in (Question.AVERAGE, Question.MOVING, Question.SORENESS, Question.ANALGESIC):
            if question not in questions:
                del self[question.value]

    def ask_as_sent(self) -> None:
        """Keep the fields that the page had when it was sent."""
        count = self.activity_count.data or ""
        self.ask(self.questions, activities=min(int(count), MOST_ACTIVITIES) if count.isdecimal() else 0)

    def validate(self, extra_validators: Any = None) -> bool:
        """With "I do not remember" nothing is needed."""
        if self.forgotten.data:
            for field in self:
                if isinstance(field, ScoreField | YesNoField):
                    field.needed = False
        return bool(super().validate(extra_validators))

    @property
    def activities(self) -> list[ScoreField]:
        """The fields of the patient's own activities, in their order."""
        return [self[name] for name in (f"activity_{number}" for number in range(MOST_ACTIVITIES)) if name in self]

    def to_entry(self, day: date, *, recorded_at: datetime) -> Entry:
        """The entry of this day. Questions left open with "I do not remember" are its ``unknown``."""
        scores = Scores(
            average=self._score(Question.AVERAGE),
            moving=self._score(Question.MOVING),
            soreness=self._score(Question.SORENESS),
            activities=self._activity_scores(),
        )
        analgesic = self.analgesic.answer if "analgesic" in self else None
        return Entry(
            id=self.id_of_entry,
            kind=Kind.DAILY,
            day=day,
            recorded_at=recorded_at,
            scores=scores,
            analgesic=analgesic,
            note=self.note.data or None,
            source=self.source,
            language=self.language.answer,
            unknown=self._unknown(scores, analgesic),
        )

    def _score(self, question: Question) -> int | None:
        score: int | None = self[question.value].data if question.value in self else None
        return score

    def _activity_scores(self) -> tuple[int, ...] | None:
        given = [field.data for field in self.activities if field.data is not None]
        return tuple(given) if given and len(given) == len(self.activities) else None

    def _unknown(self, scores: Scores, analgesic: bool | None) -> tuple[Question, ...]:
        if not self.forgotten.data:
            return ()
        answers = {
            Question.AVERAGE: scores.average,
            Question.MOVING: scores.moving,
            Question.SORENESS: scores.soreness,
            Question.ACTIVITIES: scores.activities,
            Question.ANALGESIC: analgesic,
        }
        return tuple(question for question, answer in answers.items() if question in self.questions and answer is None)


class MomentForm(LogForm):
    """Pain right now; on day 0 with the hour's question, how hard moving is, and extra medicine with its time."""

    movement_done = YesNoField(lazy_gettext("In the last hour, did you do something that normally hurts?"))
    pain = ScoreField(
        lazy_gettext("How bad is your pain right now?"), asks=lazy_gettext("Choose a number from 0 to 10 for your pain")
    )
    at_rest = BooleanField(lazy_gettext("I could not do the movement"))
    moving = ScoreField(
        lazy_gettext("How hard is it to move about right now?"),
        asks=lazy_gettext("Choose a number from 0 to 10 for how hard it is to move"),
    )
    medicine = StringField(
        lazy_gettext("Which medicine?"),
        validators=[Length(max=120, message=lazy_gettext("Write at most 120 letters."))],
    )
    taken_at = TimeField(lazy_gettext("When did you take it?"), validators=[Optional()])
    hourly = HiddenField()
    save = SubmitField(lazy_gettext("Save"))

    def ask(self, questions: Iterable[Question], *, of_day_0: Sequence[str]) -> None:
        """Keep the fields of these questions; of those that belong to day 0 only the named ones."""
        questions = frozenset(questions)
        if Question.MOVING not in questions:
            del self.moving
        if Question.MOVEMENT not in questions:
            del self.at_rest
        for name in ("movement_done", "medicine", "taken_at"):
            if name not in of_day_0:
                del self[name]

    def ask_as_sent(self) -> None:
        """Keep the fields that the page had when it was sent."""
        self.ask(self.questions, of_day_0=OF_DAY_0 if self.hourly.data else ())

    def check_time(self, zone: ZoneInfo, now: datetime) -> bool:
        """Whether a medicine has its time, and one that is past; says so beside the field where not."""
        if "medicine" not in self or not (self.medicine.data or self.taken_at.data):
            return True
        if not self.medicine.data:
            self.medicine.errors = [_("Write which medicine you took.")]
        elif self.taken_at.data is None:
            self.taken_at.errors = [_("Choose when you took the medicine.")]
        elif instant_at(now.astimezone(zone).date(), self.taken_at.data, zone) > now:
            self.taken_at.errors = [_("Choose a time that is past.")]
        return not (self.medicine.errors or self.taken_at.errors)

    def to_entry(self, *, now: datetime) -> Entry:
        """The entry for this instant: on the instrument that was asked, or at rest where the movement was not done."""
        moved = Question.MOVEMENT in self.questions and not ("at_rest" in self and self.at_rest.data)
        return Entry(
            id=self.id_of_entry,
            kind=Kind.MOMENT,
            at=now,
            recorded_at=now,
            scores=Scores(
                movement=self.pain.data if moved else None,
                rest=None if moved else self.pain.data,
                moving=self.moving.data if "moving" in self else None,
            ),
            movement_done=self.movement_done.answer if "movement_done" in self else None,
            source=self.source,
            language=self.language.answer,
        )

    def to_medicines(self, *, now: datetime, zone: ZoneInfo) -> tuple[Medicine, ...]:
        """The extra medicine that was given on the page, or none."""
        if "medicine" not in self or not self.medicine.data or self.taken_at.data is None:
            return ()
        medicine = Medicine(
            id=uuid5(self.id_of_entry, "medicine"),
            taken_at=instant_at(now.astimezone(zone).date(), self.taken_at.data, zone),
            recorded_at=now,
            name=self.medicine.data.replace("\0", "").strip(),
            rescue=True,
            source=self.source,
        )
        return (medicine,)


OF_DAY_0 = ("movement_done", "medicine", "taken_at")


def instant_at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The instant of a time on the patient's clock."""
    return in_zone(datetime.combine(day, clock, tzinfo=zone), zone)


def as_id(sent: str | None) -> UUID:
    """The id that a page was made with; a new one where it was lost or changed."""
    try:
        return UUID(sent or "")
    except ValueError:
        return uuid4()
