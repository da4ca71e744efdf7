"""Which language: chosen by a patient; and who has read the words of one, said by an admin."""

from collections.abc import Sequence

from wtforms import HiddenField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from diary.services.languages import LONGEST_READER
from diary.web.forms.base import Form
from diary.words.language import Language, lazy_gettext


class LanguageForm(Form):
    """One language of those that are offered; each calls itself by its own name."""

    language = RadioField(
        lazy_gettext("Which language do you want to read?"),
        validators=[InputRequired(lazy_gettext("Choose one of these languages."))],
        validate_choice=False,
    )

    def offer(self, languages: Sequence[Language]) -> None:
        """Offer these."""
        self.language.choices = [SelectChoice(language.code, language.name) for language in languages]


class ReviewForm(Form):
    """That the words were read; ``version`` names them."""

    version = HiddenField()
    reader = StringField(
        lazy_gettext("Who read them? Name, and why they know the language."),
        validators=[InputRequired(lazy_gettext("Write the name of whoever read the words."))],
        render_kw={"maxlength": LONGEST_READER, "autocomplete": "off"},
    )
