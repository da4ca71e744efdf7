"""What the domain says to a person: English words that can be told in another language too."""

from typing import Any


class Said(str):
    """The English words; ``template``, ``many`` and ``values`` are what they were made of, for whoever translates them.

    ``many`` is the template for other numbers than one, where the words count something: ``values["num"]``.
    """

    __slots__ = ("many", "template", "values")

    template: str
    many: str | None
    values: dict[str, Any]

    def __new__(cls, template: str, values: dict[str, Any], *, many: str | None = None) -> "Said":
        english = template if many is None or values["num"] == 1 else many
        words = super().__new__(cls, english % values if values else english)
        words.template, words.many, words.values = template, many, values
        return words


def say(template: str, /, **values: Any) -> Said:
    """Words with named placeholders: ``say("%(given)s are more than %(most)s", given=12, most=10)``.

    Without values a percent sign stands for itself, with values it is written ``%%``. A value may itself be `Said`.
    """
    return Said(template, values)


def say_many(one: str, many: str, num: int, /, **values: Any) -> Said:
    """Words that count: ``say_many("1 try is left.", "%(num)s tries are left.", 3)``."""
    return Said(one, {"num": num, **values}, many=many)


def as_said(words: str, values: dict[str, Any]) -> Said:
    """The same for words that may be `Said` already."""
    return words if isinstance(words, Said) and not values else Said(words, values)
