"""Stopping the diary: whether the clinic keeps it or is asked to delete it."""

from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from diary.services.erasure import LONGEST_REASON
from diary.web.forms.base import Form
from diary.words.language import lazy_gettext

KEEP, ERASE = "keep", "erase"


class StopForm(Form):
    """What shall become of what was written."""

    what = RadioField(
        lazy_gettext("What shall happen to what you wrote?"),
        choices=[
            SelectChoice(KEEP, lazy_gettext("Stop now. My clinic keeps it.")),
            SelectChoice(ERASE, lazy_gettext("Ask my clinic to delete it.")),
        ],
        validators=[InputRequired(lazy_gettext("Choose what shall happen to what you wrote."))],
    )


class RefusalForm(Form):
    """Why a diary is not deleted."""

    reason = TextAreaField(
        lazy_gettext("Why it has to be kept"),
        validators=[InputRequired(lazy_gettext("Say which law or duty makes you keep it. The patient reads this."))],
        render_kw={"maxlength": LONGEST_REASON, "rows": 3},
    )
