"""Choosing a diary file."""

from flask_wtf.file import FileField
from wtforms.validators import ValidationError

from diary.domain.errors import InvalidValue
from diary.web.forms.base import Form
from diary.words.language import gettext as _
from diary.words.language import lazy_gettext, told


class ImportForm(Form):
    """One diary file."""

    file = FileField(lazy_gettext("Diary file"))

    def validate_file(self, field: FileField) -> None:
        """A file has to be chosen."""
        if not field.data or not field.data.filename:
            raise ValidationError(_("Choose a diary file."))

    def content(self) -> bytes:
        """The bytes of the chosen file."""
        content: bytes = self.file.data.read()
        return content

    def refuse(self, error: InvalidValue) -> None:
        """Show what is wrong with the file beside its field."""
        self.file.errors = [*self.file.errors, _("Nothing was imported. %(fault)s.", fault=told(error))]
