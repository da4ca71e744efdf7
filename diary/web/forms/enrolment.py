"""What is asked on a phone: the code, the year of birth, the PIN, which pain, what is hard."""

from typing import Any

from wtforms import FieldList, HiddenField, PasswordField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, Regexp, ValidationError

from diary.domain.diary import Side
from diary.domain.pain import MOST_ACTIVITIES, HardThings, NamedPain, Spot, lines, one_line
from diary.web.forms.base import Form
from diary.web.presenters.pain import SIDES, SPOTS
from diary.words.language import gettext as _
from diary.words.language import lazy_gettext

DIGITS = {"inputmode": "numeric", "autocomplete": "off"}


class YearForm(Form):
    """Is this you? The year of birth is typed, never shown."""

    code = HiddenField()
    year = StringField(lazy_gettext("Year of birth"), render_kw={**DIGITS, "maxlength": 4, "autocomplete": "bday-year"})

    def validate_year(self, field: StringField) -> None:
        """Ask for four digits; whether they are right is the service's to say, and counted."""
        if not _is_year(field.data):
            raise ValidationError(_("Enter the four digits of the year of birth."))

    def to_year(self) -> int:
        """The year."""
        return int(str(self.year.data).strip())


class PinForm(Form):
    """The PIN that opens the scores."""

    pin = PasswordField(
        lazy_gettext("PIN"),
        validators=[InputRequired(lazy_gettext("Enter your PIN."))],
        render_kw={**DIGITS, "maxlength": 6},
    )
    next = HiddenField()


class NewPinForm(Form):
    """A new PIN, typed twice."""

    pin = PasswordField(
        lazy_gettext("New PIN, 6 digits"),
        validators=[
            InputRequired(lazy_gettext("Enter 6 digits.")),
            Regexp(r"^[0-9]{6}$", message=lazy_gettext("Enter 6 digits.")),
        ],
        render_kw={**DIGITS, "autocomplete": "new-password", "maxlength": 6},
    )
    again = PasswordField(
        lazy_gettext("The same PIN again"), render_kw={**DIGITS, "autocomplete": "new-password", "maxlength": 6}
    )

    def validate_again(self, field: PasswordField) -> None:
        """A PIN with a slip of the finger would lock its owner out."""
        if field.data != self.pin.data:
            raise ValidationError(_("The two PINs are not the same. Enter the same PIN twice."))

    def to_year(self) -> int | None:
        """The year of birth, where the page asks for it."""
        return None


class LaterPinForm(NewPinForm):
    """A first PIN chosen later, when anybody may hold the phone."""

    year = StringField(lazy_gettext("Year of birth"), render_kw={**DIGITS, "maxlength": 4, "autocomplete": "bday-year"})

    def to_year(self) -> int | None:
        """The year, None for what is no year."""
        return int(str(self.year.data).strip()) if _is_year(self.year.data) else None


class PainForm(Form):
    """Which pain the diary is about; each question may stay empty."""

    words = StringField(
        lazy_gettext("Where is the pain, in your own words?"),
        validators=[Length(max=200, message=lazy_gettext("Use at most 200 characters."))],
        render_kw={"maxlength": 200},
    )
    side = RadioField(
        lazy_gettext("Which side?"),
        choices=[SelectChoice(side.value, words) for side, words in SIDES.items()],
        validators=[Optional()],
    )
    spot = RadioField(
        lazy_gettext("Tap the spot that hurts most"),
        choices=[SelectChoice(spot.value, words) for spot, words in SPOTS.items()],
        validators=[Optional()],
    )

    def to_command(self) -> NamedPain:
        """What was said; `InvalidValue` where the side and the spot contradict."""
        return NamedPain(
            words=one_line(self.words.data),
            side=Side(self.side.data) if self.side.data else None,
            spot=Spot(self.spot.data) if self.spot.data else None,
        )


class MovementForm(Form):
    """The movement that hurts most."""

    movement = StringField(
        lazy_gettext("Which movement hurts most?"),
        validators=[Length(max=100, message=lazy_gettext("Use at most 100 characters."))],
        render_kw={"maxlength": 100},
    )


class ActivitiesForm(Form):
    """Up to five things that the pain makes hard."""

    activities = FieldList(
        StringField(
            validators=[Length(max=100, message=lazy_gettext("Use at most 100 characters."))],
            render_kw={"maxlength": 100},
        ),
        min_entries=MOST_ACTIVITIES,
        max_entries=MOST_ACTIVITIES,
    )

    def to_command(self, movement: str | None) -> HardThings:
        """The activities beside the movement named before; `InvalidValue` for one that is named twice."""
        return HardThings(movement=movement, activities=lines([field.data for field in self.activities]))


def fields_of_pain(pain: NamedPain) -> dict[str, Any]:
    """What a form shows of what was said before."""
    return {"words": pain.words, "side": pain.side, "spot": pain.spot}


def _is_year(text: str | None) -> bool:
    year = (text or "").strip()
    return len(year) == 4 and year.isascii() and year.isdigit()
