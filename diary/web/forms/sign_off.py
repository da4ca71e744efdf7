"""The form in which a doctor signs a reading and a plan."""

from wtforms import DateField, HiddenField, StringField

from diary.domain.sign_off import MOST_WEEKS, BlockReading, NextStep, SignOff
from diary.web.forms.clinic import ClinicForm, VersionField, note_field, one_of
from diary.words.language import gettext as _
from diary.words.language import lazy_gettext
from diary.words.plans import NEXT_STEPS, READINGS


class WeeksField(StringField):
    """A whole number of weeks, or None."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number, in words of ours where it is none."""
        self.data = None
        typed = valuelist[0].strip() if valuelist else ""
        if not typed:
            return
        if not (typed.isascii() and typed.isdecimal() and len(typed) <= 3 and 1 <= int(typed) <= MOST_WEEKS):
            raise ValueError(_("Write a whole number of weeks from 1 to %(most)s.", most=MOST_WEEKS))
        self.data = int(typed)

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else ""


class DayField(DateField):
    """A date, or None; whatever else was typed stays and is refused in words of ours."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take a date only."""
        self.data = None
        if not valuelist or not valuelist[0].strip():
            return
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Give a date, such as 6 August 2026.")) from None


class SignOffForm(ClinicForm):
    """The doctor's own reading of the block and what follows; why is asked for only where it goes against a rule."""

    version = VersionField()
    seen = HiddenField()
    reading = one_of(
        lazy_gettext("Your own reading of the block"),
        BlockReading,
        READINGS.waiting,
        asks=lazy_gettext("Choose how you read the block, or that you did not."),
    )
    next_step = one_of(lazy_gettext("Plan"), NextStep, NEXT_STEPS.waiting, asks=lazy_gettext("Choose what you plan."))
    in_weeks = WeeksField(
        lazy_gettext("If you wait: look again in how many weeks?"), render_kw={"inputmode": "numeric"}
    )
    on = DayField(lazy_gettext("Or on which date?"))
    reason = note_field(lazy_gettext("Reason"), 2000)
    against = note_field(lazy_gettext("If this goes against a rule: why"), 2000)

    def show_newest(self, *, version: int, seen: str) -> None:
        """After a conflict the page shows what is there now, so what is sent next is signed after that."""
        self.version.raw_data, self.version.data = None, version
        self.seen.data = seen

    def to_sign_off(self) -> SignOff:
        """What is signed (`InvalidValue` where the plan and its date do not agree)."""
        return SignOff(
            reading=self.reading.data,
            next_step=self.next_step.data,
            on=self.on.data,
            in_weeks=self.in_weeks.data,
            reason=self.reason.data or None,
            against=self.against.data or None,
        )
