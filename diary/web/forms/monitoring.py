"""The forms of the half hour in the room: a score, a reaction, leaving."""

from typing import Any

from wtforms import IntegerField, StringField
from wtforms.validators import NumberRange, Optional

from diary.domain.diary import Discharge, Injection, Instrument, Reaction, ReactionKind, Scores, State
from diary.domain.local_time import in_zone
from diary.web.forms.base import ScoreField
from diary.web.forms.clinic import ClinicForm, IdField, WhenField, YesNoField, note_field, one_of
from diary.web.forms.injection import pressure_is_whole
from diary.web.forms.injection_fields import PLACES
from diary.web.presenters.injection import REACTION_WORDS
from diary.words.language import gettext as _
from diary.words.language import lazy_gettext


class ScoreForm(ClinicForm):
    """Pain at this moment and, when it is due, how hard each painful activity is; or why there is no score."""

    entry_id = IdField()
    pain = ScoreField(
        lazy_gettext("Pain"), asks=lazy_gettext("Choose a number from 0 to 10 for the pain"), needed=False
    )
    difficulty_1 = ScoreField("", asks=lazy_gettext("Choose a number for activity 1"), needed=False)
    difficulty_2 = ScoreField("", asks=lazy_gettext("Choose a number for activity 2"), needed=False)
    difficulty_3 = ScoreField("", asks=lazy_gettext("Choose a number for activity 3"), needed=False)
    difficulty_4 = ScoreField("", asks=lazy_gettext("Choose a number for activity 4"), needed=False)
    difficulty_5 = ScoreField("", asks=lazy_gettext("Choose a number for activity 5"), needed=False)
    moving = ScoreField(
        lazy_gettext("How hard is it to move right now?"),
        asks=lazy_gettext("Choose a number for how hard it is to move"),
        needed=False,
    )
    rest = ScoreField(
        lazy_gettext("How bad is your pain right now, at rest?"),
        asks=lazy_gettext("Choose a number from 0 to 10 for the pain at rest"),
        needed=False,
    )
    soreness = ScoreField(
        lazy_gettext("How sore is the place where the needle went in?"),
        asks=lazy_gettext("Choose a number from 0 to 10 for the soreness"),
        needed=False,
    )
    state = StringField()

    def ask_about(self, injection: Injection, instrument: Instrument) -> None:
        """Put the patient's own words into the questions, and leave out what this injection has no name for."""
        self.pain.label.text = _pain_question(injection, instrument)
        for place in PLACES:
            name = f"difficulty_{place}"
            if place > len(injection.activities):
                del self[name]
            else:
                self[name].label.text = _("How hard is “%(activity)s”?", activity=injection.activities[place - 1])
        if injection.activities:
            del self["moving"]
        if instrument is Instrument.REST:
            del self["rest"]

    @property
    def difficulty(self) -> list[ScoreField]:
        """The questions about how hard it is, in their order."""
        return [field for name, field in self._fields.items() if name.startswith("difficulty_") or name == "moving"]

    def to_scores(self, instrument: Instrument) -> Scores:
        """The scores that were given; a list of activities stays as long as it was filled in."""
        activities = tuple(
            self[name].data for name in self._fields if name.startswith("difficulty_") and self[name].data is not None
        )
        return Scores(
            rest=self.pain.data if instrument is Instrument.REST else self.rest.data,
            movement=self.pain.data if instrument is Instrument.MOVEMENT else None,
            moving=self.moving.data if "moving" in self else None,
            soreness=self.soreness.data,
            activities=activities or None,
        )

    def to_state(self) -> State | None:
        """Why there is no score, if that was tapped."""
        return State(self.state.data) if self.state.data in set(State) else None


def _pain_question(injection: Injection, instrument: Instrument) -> str:
    if instrument is Instrument.REST:
        return _("How bad is your pain right now, at rest?")
    if injection.activities:
        return _("How bad is your pain right now, doing “%(activity)s”?", activity=injection.activities[0])
    return _("How bad is your pain right now, doing the movement that hurts most?")


class UndoForm(ClinicForm):
    """Taking back the score that was saved last."""

    entry_id = IdField()


class ReactionForm(ClinicForm):
    """What happened, and when."""

    kind = one_of(
        lazy_gettext("What is it?"), ReactionKind, REACTION_WORDS.__getitem__, asks=lazy_gettext("Choose what it is.")
    )
    at = WhenField(lazy_gettext("When did it start?"))
    note = note_field(lazy_gettext("Note"), 1000)

    def to_reaction(self) -> Reaction:
        """The reaction, at this moment where no other time was given."""
        return Reaction(
            kind=self.kind.data, at=self.at.instant or in_zone(self.now, self.zone), note=self.note.data or None
        )


class LeavingForm(ClinicForm):
    """How and when somebody leaves the clinic."""

    version = IdField()
    escort = YesNoField(lazy_gettext("Does somebody take the patient home?"))
    leg_strength = YesNoField(lazy_gettext("Is the strength of both legs good?"))
    walks_safely = YesNoField(lazy_gettext("Does the patient walk safely?"))
    systolic = IntegerField(
        lazy_gettext("Systolic (mmHg)"), validators=[Optional(), NumberRange(40, 300, lazy_gettext("Write 40 to 300."))]
    )
    diastolic = IntegerField(
        lazy_gettext("Diastolic (mmHg)"),
        validators=[Optional(), NumberRange(20, 200, lazy_gettext("Write 20 to 200."))],
    )
    left_at = WhenField(lazy_gettext("When do they leave?"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Also that the blood pressure is whole."""
        sound = bool(super().validate(extra_validators))
        return pressure_is_whole(self) and sound

    def to_discharge(self) -> Discharge:
        """Leaving, at this moment where no other time was given."""
        return Discharge(
            escort=self.escort.data,
            leg_strength=self.leg_strength.data,
            walks_safely=self.walks_safely.data,
            left_at=self.left_at.instant or in_zone(self.now, self.zone),
        )
