"""What every form shares: nothing is pre-selected, errors say what to do, and what was typed is kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, IntegerField
from wtforms.validators import ValidationError

from diary.domain.errors import InvalidValue
from diary.words.language import LazyWords, told


@dataclass(frozen=True, slots=True)
class FieldError:
    """One line of the error summary: a link to the field and the words that stand beside it too."""

    field_id: str
    words: str


class Form(FlaskForm):
    """A form whose errors can be listed in the summary at the top, in the order of the page."""

    def summary(self) -> list[FieldError]:
        """Every error of every field, first field first."""
        return [error for field in self for error in _errors_of(field)]

    def blame(self, error: InvalidValue) -> None:
        """Show what a service refused beside the field that it names, or beside the first one."""
        name = error.place.split("[")[0].split(".")[0]
        field = self[name] if name in self else next(iter(self))
        field.errors = [*field.errors, told(error.reason)]


def _errors_of(field: Field) -> Iterator[FieldError]:
    for words in field.errors:
        if isinstance(words, (str, LazyWords)):
            yield FieldError(field.id, str(words))


class ScoreField(IntegerField):
    """One of the eleven buttons 0 to 10; ``asks`` are the error's words, "Choose a number from 0 to 10 for your pain".

    Left empty it is an error where ``needed``, else None: an untouched question is never a score.
    """

    def __init__(self, label: str, *, asks: str, needed: bool = True, **options: Any) -> None:
        super().__init__(label, **options)
        self.asks = asks
        self.needed = needed

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take only what a button can send."""
        self.data = None
        if not valuelist or valuelist[0] == "":
            return
        if valuelist[0] not in {str(score) for score in range(11)}:
            raise ValueError(self.asks)
        self.data = int(valuelist[0])

    def pre_validate(self, form: object) -> None:  # noqa: ARG002 — the signature is WTForms'
        """Ask for the answer where it is needed and was not given."""
        if self.needed and self.data is None and not self.process_errors:
            raise ValidationError(self.asks)
