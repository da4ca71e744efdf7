"""How a patient wants to be reminded."""

from datetime import time
from typing import Any

from wtforms import HiddenField, RadioField, StringField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from diary.domain.errors import InvalidValue
from diary.domain.reminding import Channel
from diary.services.reminder_choices import USUAL_HOUR, Chosen
from diary.web.forms.base import Form
from diary.web.presenters.reminders import CHANNELS, HOURS
from diary.words.dates import clock_time
from diary.words.language import gettext as _
from diary.words.language import lazy_gettext

OTHER = "other"


class ReminderForm(Form):
    """One way and one hour; the address only for e-mail, the time zone only for a journey."""

    channel = RadioField(
        lazy_gettext("How shall we remind you?"),
        validators=[InputRequired(lazy_gettext("Choose how we shall remind you."))],
    )
    hour = RadioField(
        lazy_gettext("When is a good time each day?"),
        validators=[Optional()],
    )
    other = TimeField(lazy_gettext("Your own time"), validators=[Optional()])
    email = StringField(
        lazy_gettext("Your e-mail address"), render_kw={"type": "email", "autocomplete": "email", "maxlength": 254}
    )
    time_zone = StringField(
        lazy_gettext("Time zone"), render_kw={"list": "zones", "autocomplete": "off", "maxlength": 60}
    )

    @classmethod
    def offering(cls, channels: tuple[Channel, ...], chosen: Chosen | None = None) -> "ReminderForm":
        """The form with these ways, as it was sent, else with what was chosen; nothing is chosen for anybody."""
        form = cls(data=_fields_of(chosen) if chosen else {})
        form.channel.choices = [SelectChoice(channel.value, str(CHANNELS[channel])) for channel in channels]
        hours = [SelectChoice(at.isoformat("minutes"), clock_time(at)) for at in HOURS]
        form.hour.choices = [*hours, SelectChoice(OTHER, _("Other"))]
        return form

    def to_command(self) -> Chosen:
        """What was chosen; `InvalidValue` names what is missing, and what is wrong with an address or a zone."""
        channel = Channel(self.channel.data)
        at = USUAL_HOUR if channel is Channel.NONE else self._hour()
        return Chosen.of(channel=channel, at=at, email=self.email.data, time_zone=self.time_zone.data)

    def _hour(self) -> time:
        if not self.hour.data:
            raise InvalidValue("hour", "Choose a time.")
        if self.hour.data != OTHER:
            return time.fromisoformat(self.hour.data)
        if self.other.data is None:
            raise InvalidValue("other", "Enter your own time, such as 8:30.")
        at: time = self.other.data
        return at


class PushForm(Form):
    """What the browser was given by its push service; the page's script fills it in."""

    endpoint = HiddenField()
    p256dh = HiddenField()
    auth = HiddenField()


def _fields_of(chosen: Chosen) -> dict[str, Any]:
    usual = chosen.at in HOURS
    return {
        "channel": chosen.channel.value,
        "hour": chosen.at.isoformat("minutes") if usual else OTHER,
        "other": None if usual else chosen.at,
        "email": chosen.email,
        "time_zone": chosen.time_zone,
    }
