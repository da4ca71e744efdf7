"""What the domain says to a person: English words that can be told in another language too."""

from typing import Any


class Said(str):
    """The English words; ``template`` and ``values`` are what they were made of, for whoever translates them."""

    __slots__ = ("template", "values")

    template: str
    values: dict[str, Any]

    def __new__(cls, template: str, values: dict[str, Any]) -> "Said":
        words = super().__new__(cls, template % values if values else template)
        words.template = template
        words.values = values
        return words


def say(template: str, /, **values: Any) -> Said:
    """Words with named placeholders: ``say("%(given)s are more than %(most)s", given=12, most=10)``.

    Without values a percent sign stands for itself, with values it is written ``%%``. A value may itself be `Said`.
    """
    return Said(template, values)


def as_said(words: str, values: dict[str, Any]) -> Said:
    """The same for words that may be `Said` already."""
    return words if isinstance(words, Said) and not values else Said(words, values)
