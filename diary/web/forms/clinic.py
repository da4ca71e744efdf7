"""Fields of the clinic's forms: instants on the clinic's clock, yes or no, offered words, quantities."""

from collections.abc import Callable, Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from wtforms import DateTimeLocalField, Field, HiddenField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, StopValidation, ValidationError
from wtforms.widgets import HiddenInput

from diary.domain.errors import Conflict, InvalidValue
from diary.domain.local_time import in_zone, instant_of
from diary.web.forms.base import Form
from diary.words.language import gettext as _
from diary.words.language import lazy_gettext, told
from diary.words.offered import offered_words

OTHER = "other"
REOPEN = lazy_gettext("This page is out of date. Open it again.")


class ClinicForm(Form):
    """A form whose times are read on the clinic's clock, and which shows what a service refused beside its field."""

    def __init__(self, *, zone: ZoneInfo, now: datetime, **options: Any) -> None:
        super().__init__(**options)
        self.zone = zone
        self.now = now
        self.conflict = False

    def refuse(self, error: InvalidValue | Conflict) -> None:
        """Show what a service refused at the field that it names, else at the first one."""
        self.conflict = isinstance(error, Conflict)
        place, reason = (error.place, told(error.reason)) if isinstance(error, InvalidValue) else ("", told(error))
        name = place.partition(".")[0].partition("[")[0]
        field = self._fields.get(name) or next(iter(self))
        field.errors = [*field.errors, reason]

    @property
    def status(self) -> int:
        """The status to answer with: 409 for a conflict, 422 for anything else refused, so neither passes for saved."""
        return 409 if self.conflict else 422 if self.errors else 200

    def kept(self, save: Callable[[], object]) -> bool:
        """Whether the form was sent, sound and saved; else what was refused stands at its field, nothing written."""
        if not self.validate_on_submit():
            return False
        try:
            save()
        except (InvalidValue, Conflict) as error:
            self.refuse(error)
            return False
        return True


class WhenField(DateTimeLocalField):
    """A date and time on the clinic's clock; ``instant`` is what it names, once the form is validated."""

    data: datetime | None

    def __init__(self, label: str, *, asks: str | None = None, **options: Any) -> None:
        super().__init__(label, format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], **options)
        self.asks = asks
        self.instant: datetime | None = None

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take a date with its time, in words of ours where it is neither."""
        self.data = None
        if not valuelist or not valuelist[0].strip():
            return
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Give a date and a time, such as 6 August 2026, 10:42.")) from None

    def pre_validate(self, form: ClinicForm) -> None:
        """Turn what was typed into an instant; ask for it where it is needed."""
        if self.process_errors:
            return
        if self.data is None:
            if self.asks:
                raise ValidationError(self.asks)
            return
        try:
            self.instant = instant_of(self.data.replace(second=0, microsecond=0), form.zone, now=form.now)
        except InvalidValue as error:
            raise ValidationError(told(error.reason)) from None


def on_the_clock(instant: datetime | None, zone: ZoneInfo) -> datetime | None:
    """An instant as the clinic's clock shows it, to fill a `WhenField` with."""
    return in_zone(instant, zone).replace(tzinfo=None) if instant else None


def same_minute(typed: datetime | None, before: datetime | None) -> datetime | None:
    """What was recorded before, with its own seconds and offset, where the minute typed is still that one."""
    if typed is not None and before is not None and typed == before.replace(second=0, microsecond=0):
        return before
    return typed


class YesNoField(RadioField):
    """True, False, or None where nobody answered."""

    def __init__(self, label: str, *, asks: str | None = None, **options: Any) -> None:
        super().__init__(
            label,
            choices=[SelectChoice("yes", _("Yes")), SelectChoice("no", _("No"))],
            coerce=_yes_or_no,
            validators=[InputRequired(asks) if asks else Optional()],
            **options,
        )


def _yes_or_no(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if value not in {"yes", "no"}:
        raise ValueError(_("Choose Yes or No."))
    return value == "yes"


def one_of(
    label: str, choices: type[StrEnum], words: Callable[[Any], str], *, asks: str | None = None, **options: Any
) -> RadioField:
    """Radio buttons for the values of an enum; ``asks`` are the error's words where an answer is needed."""
    return RadioField(
        label,
        choices=lambda: [SelectChoice(choice.value, words(choice)) for choice in choices],
        coerce=choices,
        validators=[InputRequired(asks) if asks else Optional()],
        **options,
    )


class OfferedField(Field):
    """The usual words in a list, and any other in a box beside it; the value is the words, or None."""

    def __init__(
        self, label: str, *, offers: Iterable[str], most: int, asks: str | None = None, **options: Any
    ) -> None:
        super().__init__(label, **options)
        self.offers = tuple(offers)
        self.most = most
        self.asks = asks
        self.other = ""
        self.chosen = ""

    @property
    def offered(self) -> list[tuple[str, str]]:
        """Each value with its words."""
        return [(offer, offered_words(offer)) for offer in self.offers]

    @property
    def other_name(self) -> str:
        return f"{self.name}_other"

    def process(self, formdata: Any, *arguments: Any, **options: Any) -> None:
        """Read the list and the box together."""
        super().process(formdata, *arguments, **options)
        if formdata:
            self.chosen = formdata.get(self.name, "")
            self.other = formdata.get(self.other_name, "").strip()
            self.data = (self.other if self.chosen in {OTHER, ""} else self.chosen) or None
        elif self.data is not None:
            offered = next((offer for offer in self.offers if offer.casefold() == self.data.casefold()), None)
            self.chosen, self.other = (offered, "") if offered else (OTHER, self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Nothing here: `process` reads both inputs."""

    def pre_validate(self, form: object) -> None:  # noqa: ARG002 — the signature is WTForms'
        """Refuse what was not offered, and "other" without words."""
        if self.chosen not in {*self.offers, OTHER, ""}:
            raise ValidationError(_("Choose one of the list."))
        if self.chosen == OTHER and not self.other:
            raise ValidationError(_("Write which other one it is."))
        if self.asks and not self.data:
            raise ValidationError(self.asks)
        if self.data and len(self.data) > self.most:
            raise ValidationError(_("Use at most %(most)s characters.", most=self.most))


class QuantityField(StringField):
    """A quantity with its unit in the label, as a float; a decimal comma is taken too."""

    def __init__(self, label: str, *, above: float | None = None, most: float, **options: Any) -> None:
        super().__init__(label, render_kw={"inputmode": "decimal", "autocomplete": "off"}, **options)
        self.above = above
        self.most = most

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number."""
        self.data = None
        if not valuelist or not valuelist[0].strip():
            return
        try:
            number = float(valuelist[0].strip().replace(",", "."))
        except ValueError:
            raise ValueError(_("Write a number, such as 1.5.")) from None
        least = 0 if self.above is None else self.above
        if not (least <= number <= self.most) or (self.above is not None and number == self.above):
            if self.above is None:
                raise ValueError(_("Write a number from 0 up to %(most)s.", most=f"{self.most:g}"))
            raise ValueError(_("Write a number above 0 up to %(most)s.", most=f"{self.most:g}"))
        self.data = number

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{self.data:g}"


def words_field(label: str, most: int, *, asks: str | None = None) -> StringField:
    """A line of text, stripped; empty is the empty text."""
    return StringField(label, filters=[_stripped], validators=_length(most, asks))


def note_field(label: str, most: int, *, asks: str | None = None) -> TextAreaField:
    """Several lines of text."""
    return TextAreaField(label, filters=[_stripped], validators=_length(most, asks), render_kw={"rows": 3})


def _length(most: int, asks: str | None) -> list[Any]:
    needed = [InputRequired(asks)] if asks else []
    return [
        *needed,
        Length(max=most, message=lazy_gettext("Use at most %(most)s characters.", most=most)),
        _without_nul,
    ]


def _without_nul(_form: object, field: Field) -> None:
    if "\0" in (field.data or ""):
        raise ValidationError(_("Leave out the invisible character at the place where it was pasted."))


def _stripped(text: str | None) -> str:
    return (text or "").strip()


class IdField(HiddenField):
    """The id of what the page showed or will make, as a UUID."""

    data: UUID | None

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take a UUID only."""
        try:
            self.data = UUID(valuelist[0])
        except (IndexError, ValueError):
            self.data = None
            raise ValueError(REOPEN) from None

    @property
    def id_(self) -> UUID:
        """The id, once the form is validated."""
        if self.data is None:
            raise ValueError("the form was not validated")
        return self.data


class VersionField(IntegerField):
    """The number of the version that the page showed, so that a change by somebody else is noticed."""

    widget = HiddenInput()
    data: int | None

    @property
    def number(self) -> int:
        """The version, once the form is validated."""
        if self.data is None:
            raise ValueError("the form was not validated")
        return self.data

    def pre_validate(self, form: object) -> None:  # noqa: ARG002 — the signature is WTForms'
        """Refuse a page that lost its version."""
        if self.data is None:
            raise StopValidation(REOPEN)
