"""What is asked of whoever looks at a diary that is shared."""

from wtforms import StringField
from wtforms.validators import InputRequired

from diary.services.shares import LONGEST_NAME
from diary.web.forms.base import Form
from diary.words.language import lazy_gettext


class SharedCodeForm(Form):
    """The code on the patient's phone, and who looks."""

    code = StringField(
        lazy_gettext("The patient's code"),
        validators=[InputRequired(lazy_gettext("Type the 8 letters of the code."))],
        render_kw={
            "class": "input code",
            "maxlength": 20,
            "autocomplete": "off",
            "autocapitalize": "characters",
            "spellcheck": "false",
        },
    )
    name = StringField(
        lazy_gettext("Your name"),
        validators=[InputRequired(lazy_gettext("Type your name: the patient sees who looked."))],
        render_kw={"maxlength": LONGEST_NAME, "autocomplete": "name"},
    )
