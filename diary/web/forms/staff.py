"""Forms about the clinic and its staff. What is wrong with a value is said by the domain, beside its field."""

from zoneinfo import available_timezones

from wtforms import EmailField, Field, PasswordField, RadioField, SelectChoice, StringField
from wtforms.validators import InputRequired

from diary.domain.access import Role
from diary.domain.clinics import RULE_SETS, ClinicDetails
from diary.domain.errors import DiaryError, InvalidValue
from diary.web.forms.base import Form
from diary.web.presenters.accounts import ROLE_NAMES, RULE_SET_NAMES
from diary.words.language import lazy_gettext, told

_NEW_PASSWORD = {"autocomplete": "new-password"}


def _role_field() -> RadioField:
    return RadioField(
        lazy_gettext("Role"),
        choices=[
            SelectChoice(value=role.value, label=ROLE_NAMES[role]) for role in (Role.DOCTOR, Role.NURSE, Role.ADMIN)
        ],
        validators=[InputRequired(lazy_gettext("Choose a role."))],
    )


class CheckedForm(Form):
    """A form whose values the domain checks: `take` puts its words beside the field that they are about."""

    def take(self, error: DiaryError) -> None:
        """Show the error beside its field, or beside the first one where it is about no single field."""
        fields: list[Field] = [field for field in self if field.name != "csrf_token"]
        about = self._fields.get(error.place, fields[0]) if isinstance(error, InvalidValue) else fields[0]
        about.errors = [*about.errors, told(error.reason) if isinstance(error, InvalidValue) else told(error)]


class ClinicForm(CheckedForm):
    """What an admin can set about the clinic."""

    name = StringField(
        lazy_gettext("Name of the clinic"), validators=[InputRequired(lazy_gettext("Enter the clinic's name."))]
    )
    country = StringField(
        lazy_gettext("Country"),
        validators=[InputRequired(lazy_gettext("Enter the two letters of the country, such as US."))],
    )
    time_zone = StringField(
        lazy_gettext("Time zone"),
        validators=[InputRequired(lazy_gettext("Choose a time zone, such as America/Chicago."))],
        render_kw={"list": "time-zones", "autocomplete": "off"},
    )
    telephone = StringField(lazy_gettext("Telephone"))
    opening_hours = StringField(lazy_gettext("Opening hours"))

    def to_command(self) -> ClinicDetails:
        """The details; `InvalidValue` names the field that is wrong."""
        return ClinicDetails.of(
            name=self.name.data or "",
            country=self.country.data or "",
            time_zone=self.time_zone.data or "",
            telephone=self.telephone.data,
            opening_hours=self.opening_hours.data,
        )


class SetUpForm(ClinicForm):
    """The clinic, the rule set that it starts with, and its first admin, on one page."""

    rule_set = RadioField(
        lazy_gettext("Rule set"),
        choices=[SelectChoice(value=name, label=RULE_SET_NAMES[name]) for name in RULE_SETS],
        validators=[InputRequired(lazy_gettext("Choose a rule set."))],
    )
    person_name = StringField(
        lazy_gettext("Your name"),
        validators=[InputRequired(lazy_gettext("Enter your name."))],
        render_kw={"autocomplete": "name"},
    )
    email = EmailField(
        lazy_gettext("Your e-mail address"),
        validators=[InputRequired(lazy_gettext("Enter an e-mail address, such as name@example.org."))],
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        lazy_gettext("A password"),
        validators=[InputRequired(lazy_gettext("Choose a password."))],
        render_kw=_NEW_PASSWORD,
    )


class InviteForm(CheckedForm):
    """Who shall come, and as what."""

    email = EmailField(
        lazy_gettext("E-mail address"),
        validators=[InputRequired(lazy_gettext("Enter an e-mail address, such as name@example.org."))],
        render_kw={"autocomplete": "off"},
    )
    role = _role_field()


class RoleForm(CheckedForm):
    """Another role for a colleague."""

    role = _role_field()


class RedeemForm(CheckedForm):
    """What somebody who is invited brings: a name and a password."""

    name = StringField(
        lazy_gettext("Your name"),
        validators=[InputRequired(lazy_gettext("Enter your name."))],
        render_kw={"autocomplete": "name"},
    )
    password = PasswordField(
        lazy_gettext("A password"),
        validators=[InputRequired(lazy_gettext("Choose a password."))],
        render_kw=_NEW_PASSWORD,
    )


class ConfirmForm(Form):
    """Nothing but a yes."""


def time_zones() -> list[str]:
    """The names that a time zone field offers while one types."""
    return sorted(
        name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "posix/", "right/"))
    )
