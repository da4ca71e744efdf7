"""The forms of an injection: planned, prepared, recorded afterwards, corrected."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import IntegerField
from wtforms.validators import NumberRange, Optional

from diary.domain.diary import (
    Anaesthetic,
    BloodPressure,
    Discharge,
    Injection,
    Preparation,
    Scores,
    Steroid,
)
from diary.domain.local_time import in_zone
from diary.domain.planning import PlannedInjection
from diary.web.forms.clinic import (
    ClinicForm,
    IdField,
    VersionField,
    WhenField,
    YesNoField,
    note_field,
    on_the_clock,
    same_minute,
    words_field,
)
from diary.web.forms.injection_fields import (
    PLACES,
    ROWS,
    WhatIsGiven,
    WhatIsInjected,
    WhatIsPrepared,
    WhatIsScoredBefore,
)
from diary.words.language import gettext as _
from diary.words.language import lazy_gettext

Facts = dict[str, Any]


class _InjectionForm(ClinicForm):
    """What the forms of an injection share: from its facts to the fields and back."""

    def _activities(self) -> tuple[str, ...]:
        named = (self[f"activity_{place}"].data for place in PLACES if f"activity_{place}" in self)
        return tuple(name for name in named if name)

    def _what_facts(self) -> Facts:
        return {
            "side": self["side"].data,
            "target": self["target"].data,
            "purpose": self["purpose"].data,
            "cause": self["cause"].data,
            "pain_named": self["pain_named"].data or None,
        }

    def _given_facts(self) -> Facts:
        anaesthetics = tuple(
            Anaesthetic(agent=agent, percent=self[f"percent_{row}"].data, ml=self[f"ml_{row}"].data)
            for row in ROWS
            if (agent := self[f"anaesthetic_{row}"].data)
        )
        steroid = self["steroid"].data
        return {
            "anaesthetic": anaesthetics,
            "steroid": Steroid(agent=steroid, mg=self["steroid_mg"].data) if steroid else None,
            "contrast_ml": self["contrast_ml"].data,
            "guidance": self["guidance"].data,
            "sedation": self["sedation"].data,
            "operator": self["operator"].data or None,
        }

    def _prepared_facts(self) -> Facts:
        asked = {name: self[name].data for name in Preparation.__dataclass_fields__}
        return {"preparation": Preparation(**asked)}

    def _before_facts(self) -> Facts:
        given = [self[f"difficulty_{place}"].data for place in PLACES if f"difficulty_{place}" in self]
        activities = tuple(score for score in given if score is not None)
        scores = {name: self[name].data for name in ("rest", "movement", "average", "worst", "moving")}
        return {
            "baseline": Scores(**scores, activities=activities or None),
            "baseline_before_sedation": self["baseline_before_sedation"].data,
        }

    def _doses_have_agents(self) -> bool:
        """Refuse a dose without the drug that it belongs to."""
        sound = True
        for row in ROWS:
            if not self[f"anaesthetic_{row}"].data and (self[f"percent_{row}"].data or self[f"ml_{row}"].data):
                self._add_error(f"anaesthetic_{row}", _("Choose the anaesthetic that this dose belongs to."))
                sound = False
        if not self["steroid"].data and self["steroid_mg"].data:
            self._add_error("steroid", _("Choose the steroid that this dose belongs to."))
            sound = False
        return sound

    def _every_activity_scored(self, activities: Sequence[str]) -> bool:
        """Scores of activities stand in the order of their names: all of them, or none."""
        scored = [
            place for place in PLACES if f"difficulty_{place}" in self and self[f"difficulty_{place}"].data is not None
        ]
        if not scored or scored == list(range(1, len(activities) + 1)):
            return True
        missing = next((place for place in range(1, len(activities) + 1) if place not in scored), scored[-1])
        words = _("Score each of the named activities, or none of them.")
        self._add_error(f"difficulty_{missing}", words)
        return False

    def _activities_have_no_hole(self) -> bool:
        """Names are filled in from the first on, since the scores go by their place."""
        named = [bool(self[f"activity_{place}"].data) for place in PLACES]
        if named == sorted(named, reverse=True):
            return True
        self._add_error(f"activity_{named.index(False) + 1}", _("Name this activity, or move the later ones up."))
        return False

    def _add_error(self, name: str, words: str) -> None:
        self[name].errors = [*self[name].errors, words]

    def name_activities(self, activities: Sequence[str]) -> None:
        """Ask for the activities by their names, and only for those that have one."""
        for place in PLACES:
            name = f"difficulty_{place}"
            if place <= len(activities):
                self[name].label.text = _("How hard is “%(activity)s”?", activity=activities[place - 1])
                self[name].asks = _("Choose a number from 0 to 10 for “%(activity)s”", activity=activities[place - 1])
            else:
                del self[name]
        if activities:
            self["movement"].label.text = _("Pain right now, doing “%(activity)s”", activity=activities[0])


class PlanForm(_InjectionForm, WhatIsInjected):
    """An injection that is to come."""

    planned_at = WhenField(lazy_gettext("When is it planned?"))
    version = VersionField()
    record_id = IdField()

    def validate(self, extra_validators: Any = None) -> bool:
        """Also that activities are named without a hole."""
        sound = bool(super().validate(extra_validators))
        return self._activities_have_no_hole() and sound

    def to_plan(self, planned: PlannedInjection | None = None) -> PlannedInjection:
        """A new plan, or the given one with these facts."""
        facts = {**self._what_facts(), "activities": self._activities(), "planned_at": self.planned_at.instant}
        if planned is None:
            return PlannedInjection(id=self.record_id.id_, **facts)
        scored = planned.baseline.activities
        if scored is not None and len(scored) != len(facts["activities"]):
            facts["baseline"] = replace(planned.baseline, activities=None)
        return replace(planned, **facts)


class PreparationForm(_InjectionForm, WhatIsPrepared, WhatIsGiven, WhatIsScoredBefore):
    """All that is known just before the injection."""

    systolic = IntegerField(
        lazy_gettext("Systolic (mmHg)"), validators=[Optional(), NumberRange(40, 300, lazy_gettext("Write 40 to 300."))]
    )
    diastolic = IntegerField(
        lazy_gettext("Diastolic (mmHg)"),
        validators=[Optional(), NumberRange(20, 200, lazy_gettext("Write 20 to 200."))],
    )
    rescue_taken = YesNoField(lazy_gettext("Extra pain medicine in the last 6 hours?"))
    baseline_by = words_field(lazy_gettext("Who took them?"), 120)
    version = VersionField()

    def validate(self, extra_validators: Any = None) -> bool:
        """Also that doses have their drugs, pressures come in pairs and activities are scored together."""
        sound = bool(super().validate(extra_validators))
        scored = [name for name in self._fields if name.startswith("difficulty_")]
        return all(
            (
                sound,
                self._doses_have_agents(),
                self._every_activity_scored(scored),
                pressure_is_whole(self),
                self._scores_are_not_to_come(),
            )
        )

    def _scores_are_not_to_come(self) -> bool:
        instant = self.baseline_at.instant
        if instant is None or instant <= self.now:
            return True
        self._add_error("baseline_at", _("This time is still to come."))
        return False

    def to_plan(self, planned: PlannedInjection, *, recorder: str) -> PlannedInjection:
        """The plan with these facts; before scores that bear no time were taken now, by whoever saves them."""
        facts = {**self._prepared_facts(), **self._given_facts(), **self._before_facts()}
        new_scores = facts["baseline"] != planned.baseline
        at = same_minute(self.baseline_at.instant, planned.baseline_at)
        by = self.baseline_by.data or None
        if facts["baseline"].given() and new_scores:
            at = at or in_zone(self.now, self.zone)
            by = by or recorder or None
        return replace(
            planned,
            **facts,
            baseline_at=at,
            baseline_by=by,
            blood_pressure=blood_pressure_of(self),
            rescue_taken=self.rescue_taken.data,
        )


def pressure_is_whole(form: ClinicForm) -> bool:
    """Refuse one number of a blood pressure without the other."""
    systolic, diastolic = form["systolic"], form["diastolic"]
    if (systolic.data is None) == (diastolic.data is None):
        return True
    missing = systolic if systolic.data is None else diastolic
    if not missing.errors:
        missing.errors = [_("Write both numbers of the blood pressure.")]
    return False


def blood_pressure_of(form: ClinicForm) -> BloodPressure | None:
    """The pair that was typed, if any."""
    if form["systolic"].data is None:
        return None
    return BloodPressure(systolic=form["systolic"].data, diastolic=form["diastolic"].data)


class DoneForm(ClinicForm):
    """The start of the clock: now, or a little earlier with a reason."""

    version = VersionField()
    performed_at = WhenField(lazy_gettext("When was it done?"))
    reason = words_field(lazy_gettext("Why is it recorded later?"), 500)

    def performed(self) -> datetime:
        """The time that was given, or now."""
        return self.performed_at.instant or in_zone(self.now, self.zone)


class RecordForm(_InjectionForm, WhatIsInjected, WhatIsGiven, WhatIsPrepared, WhatIsScoredBefore):
    """An injection that was done elsewhere or earlier, all in one."""

    record_id = IdField()
    performed_at = WhenField(
        lazy_gettext("When was it done?"), asks=lazy_gettext("Give the date and time of the injection.")
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Also what the parts check between their fields."""
        sound = bool(super().validate(extra_validators))
        return all(
            (
                sound,
                self._activities_have_no_hole(),
                self._doses_have_agents(),
                self._every_activity_scored(self._activities()),
                self._scored_before_it_was_done(),
            )
        )

    def _scored_before_it_was_done(self) -> bool:
        scored_at, done_at = self.baseline_at.instant, self.performed_at.instant
        if scored_at is None or done_at is None or scored_at <= done_at:
            return True
        self._add_error("baseline_at", _("The before scores are later than the injection. Check the time of both."))
        return False

    def to_injection(self, *, recorder: str) -> Injection:
        """The injection, recorded now."""
        return Injection(
            id=self.record_id.id_,
            **self._facts(),
            performed_at=_given(self.performed_at.instant),
            activities=self._activities(),
            baseline_at=self.baseline_at.instant,
            recorded_at=in_zone(self.now, self.zone),
            recorded_by=recorder or None,
        )

    def _facts(self) -> Facts:
        return {**self._what_facts(), **self._given_facts(), **self._prepared_facts(), **self._before_facts()}


class CorrectionForm(RecordForm):
    """Every field of an injection that stands, with the reason for changing it."""

    escort = YesNoField(lazy_gettext("Left with an escort"))
    leg_strength = YesNoField(lazy_gettext("Leg strength tested and good"))
    walks_safely = YesNoField(lazy_gettext("Walks safely"))
    left_at = WhenField(lazy_gettext("When did they leave?"))
    version = IdField()
    reason = note_field(lazy_gettext("Why is it corrected?"), 500, asks=lazy_gettext("Say why, in a few words."))

    def to_correction(self, before: Injection, *, recorder: str) -> Injection:
        """The version that corrects ``before``.

        Times whose minute was left alone keep their own seconds and offset, and what an import brought that this form
        has no field for is kept.
        """
        corrected = self.to_injection(recorder=recorder)
        baseline = replace(corrected.baseline, soreness=before.baseline.soreness)
        if not corrected.activities:
            baseline = replace(baseline, activities=before.baseline.activities)
        return replace(
            corrected,
            revises=self.version.id_,
            baseline=baseline,
            anaesthetic=corrected.anaesthetic + before.anaesthetic[len(ROWS) :],
            performed_at=_given(same_minute(self.performed_at.instant, before.performed_at)),
            baseline_at=same_minute(self.baseline_at.instant, before.baseline_at),
            reactions=before.reactions,
            discharge=Discharge(
                escort=self.escort.data,
                leg_strength=self.leg_strength.data,
                walks_safely=self.walks_safely.data,
                left_at=same_minute(self.left_at.instant, before.discharge.left_at),
            ),
        )


class CancelForm(ClinicForm):
    """Cancelling a plan."""

    version = VersionField()


class WithdrawForm(ClinicForm):
    """Taking an injection out of every count."""

    version = IdField()
    reason = note_field(lazy_gettext("Why is it withdrawn?"), 500, asks=lazy_gettext("Say why, in a few words."))


def _given(instant: datetime | None) -> datetime:
    if instant is None:
        raise ValueError("the form was not validated")
    return instant


# --- from what is recorded to the fields ------------------------------------------------------------------------------


def named_fields(pain_named: str | None, movement: str | None, activities: Sequence[str]) -> Facts:
    """What a `PlanForm` shows of the words that the patient gave before: the movement that hurts most comes first."""
    ordered = dict.fromkeys([*([movement] if movement else []), *activities])
    named = {f"activity_{place}": name for place, name in zip(PLACES, ordered, strict=False)}
    return {"pain_named": pain_named, **named}


def plan_fields(planned: PlannedInjection, zone: ZoneInfo) -> Facts:
    """What a `PlanForm` shows of a plan."""
    return {**_what_fields(planned), "planned_at": on_the_clock(planned.planned_at, zone)}


def preparation_fields(planned: PlannedInjection, zone: ZoneInfo) -> Facts:
    """What a `PreparationForm` shows of a plan."""
    pressure = planned.blood_pressure
    return {
        **_common_fields(planned, zone),
        "systolic": pressure.systolic if pressure else None,
        "diastolic": pressure.diastolic if pressure else None,
        "rescue_taken": planned.rescue_taken,
        "baseline_by": planned.baseline_by,
    }


def correction_fields(injection: Injection, zone: ZoneInfo) -> Facts:
    """What a `CorrectionForm` shows of the version in force."""
    discharge = injection.discharge
    return {
        **_what_fields(injection),
        **_common_fields(injection, zone),
        "performed_at": on_the_clock(injection.performed_at, zone),
        "escort": discharge.escort,
        "leg_strength": discharge.leg_strength,
        "walks_safely": discharge.walks_safely,
        "left_at": on_the_clock(discharge.left_at, zone),
        "version": injection.id,
    }


def _what_fields(record: PlannedInjection | Injection) -> Facts:
    named = {f"activity_{place}": name for place, name in enumerate(record.activities, start=1)}
    return {name: getattr(record, name) for name in ("side", "target", "purpose", "cause", "pain_named")} | named


def _common_fields(record: PlannedInjection | Injection, zone: ZoneInfo) -> Facts:
    shown: Facts = {name: getattr(record.preparation, name) for name in Preparation.__dataclass_fields__}
    for row, anaesthetic in enumerate(record.anaesthetic[: len(ROWS)], start=1):
        shown |= {
            f"anaesthetic_{row}": anaesthetic.agent,
            f"percent_{row}": anaesthetic.percent,
            f"ml_{row}": anaesthetic.ml,
        }
    for place, score in enumerate(record.baseline.activities or (), start=1):
        shown[f"difficulty_{place}"] = score
    return shown | {
        "steroid": record.steroid.agent if record.steroid else None,
        "steroid_mg": record.steroid.mg if record.steroid else None,
        "contrast_ml": record.contrast_ml,
        "guidance": record.guidance,
        "sedation": record.sedation,
        "operator": record.operator,
        **{name: getattr(record.baseline, name) for name in ("rest", "movement", "average", "worst", "moving")},
        "baseline_at": on_the_clock(record.baseline_at, zone),
        "baseline_before_sedation": record.baseline_before_sedation,
    }
