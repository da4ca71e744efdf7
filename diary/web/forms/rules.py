"""The form in which a rule set is copied and changed; its fields and ranges are those of the rule set itself."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    Field,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms import Form as PlainForm
from wtforms.validators import InputRequired, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from diary.domain.errors import InvalidValue
from diary.domain.form import read, write
from diary.domain.limits import Within
from diary.domain.rulesets import RuleSet, shipped_names
from diary.domain.rulesets.changes import Loosening
from diary.domain.rulesets.own import LONGEST_REASON, check_own_name
from diary.domain.rulesets.parts import FOR_DIAGNOSTIC, FOR_THERAPEUTIC, Agent, Rule
from diary.domain.rulesets.places import AGENT_COLUMNS, Leaf, agent_range, places, value_at
from diary.web.forms.base import FieldError, Form
from diary.words.language import gettext as _
from diary.words.language import lazy_gettext, told
from diary.words.rule_meanings import AGENT_MEANINGS, CHOICES, MEANINGS, RULES, Unit
from diary.words.rules import range_in_words

EMPTY_ROWS = 3


class NumberField(IntegerField):
    """A whole number within the range that the rule set gives it; what was typed stays in the field."""

    def __init__(self, label: str, *, within: Within, unit: Unit, needed: bool, **options: Any) -> None:
        self.range = range_in_words(within, unit)
        super().__init__(label, **{"render_kw": {"inputmode": "numeric", "autocomplete": "off"}, **options})
        self.within = within
        self.needed = needed

    @property
    def asks(self) -> str:
        """What to do about it."""
        return _("%(field)s: enter a whole number, %(range)s.", field=self.label.text, range=self.range)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take whole numbers alone."""
        typed = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not typed:
            return
        if not re.fullmatch(r"-?\d{1,9}", typed, re.ASCII):
            raise ValueError(self.asks)
        self.data = int(typed)

    def pre_validate(self, form: object) -> None:  # noqa: ARG002 — the signature is WTForms'
        """Refuse what is missing or out of its range."""
        if self.data is None and self.needed and not self.process_errors:
            raise ValidationError(self.asks)
        if self.data is not None and self.within.fault(self.data):
            raise ValidationError(self.asks)


class AgentForm(PlainForm):
    """One row of the agents. A row that is empty, or ticked to be removed, is none."""

    name = StringField(
        lazy_gettext("Name"), validators=[InputRequired(lazy_gettext("Enter the agent's name, or tick Remove."))]
    )
    also = StringField(AGENT_MEANINGS["also"].name)
    remove = BooleanField(lazy_gettext("Remove"))

    @property
    def is_given(self) -> bool:
        """Whether the row stands for an agent."""
        typed = (self[column].raw_data for column in ("name", "also", *AGENT_COLUMNS))
        return not self.remove.data and any(values and values[0].strip() for values in typed)

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Whether it can be taken; an empty row always can."""
        return not self.is_given or bool(super().validate(extra_validators))

    def summary(self) -> Iterator[FieldError]:
        """The errors of the row, each with the agent that it is about."""
        for field in self:
            for words in field.errors:
                yield FieldError(field.id, f"{self.name.data}: {words}" if self.name.data else str(words))

    def to_plain(self) -> dict[str, Any]:
        """The agent as plain values."""
        also = [name.strip() for name in (self.also.data or "").split(",") if name.strip()]
        return {
            "name": (self.name.data or "").strip(),
            **{column: self[column].data for column in AGENT_COLUMNS},
            "also": also,
        }

    @classmethod
    def values_of(cls, agent: Agent) -> dict[str, Any]:
        """What the row of an agent shows."""
        return {**write(agent), "also": ", ".join(agent.also)}


class RuleSetForm(Form):
    """A whole rule set, and why it is changed. The fields of the numbers stand under their places (`field_name`)."""

    name = StringField(
        lazy_gettext("Short name of your set"),
        validators=[InputRequired(lazy_gettext("Enter a short name of your own."))],
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )
    why = TextAreaField(
        lazy_gettext("Why it is changed"),
        validators=[InputRequired(lazy_gettext("Say why the set is made or changed. It is kept with this version."))],
        render_kw={"maxlength": LONGEST_REASON},
    )
    title = StringField(MEANINGS["title"].name, validators=[InputRequired(lazy_gettext("Enter a title."))])
    source = TextAreaField(
        MEANINGS["source"].name, validators=[InputRequired(lazy_gettext("Say where the numbers come from."))]
    )
    source_date = DateField(
        MEANINGS["source_date"].name,
        validators=[InputRequired(lazy_gettext("Enter the date of the source, such as 2026-03-02."))],
    )
    unchecked = TextAreaField(
        MEANINGS["unchecked"].name,
        validators=[
            InputRequired(lazy_gettext("Say what could not be checked against the original text, or that all was."))
        ],
    )
    agents = FieldList(FormField(AgentForm))
    newest_seen = HiddenField()
    confirmed = StringField()

    def validate_name(self, field: Field) -> None:
        """A name of the clinic's own."""
        try:
            check_own_name(field.data or "")
        except InvalidValue as error:
            raise ValidationError(told(error.reason)) from None

    @classmethod
    def filled_with(cls, rules: RuleSet, *, newest_seen: int, **others: str) -> "RuleSetForm":
        """The form as it is opened: the set's numbers, and some empty rows for further agents."""
        values = {field_name(place): value_at(rules, place) for place in places()}
        # A changed copy must not read like the policy it came from; the domain refuses the title of a set that ships.
        title = _("%(title)s, changed", title=rules.title) if rules.name in shipped_names() else rules.title
        head = {"title": title, "source": rules.source, "source_date": rules.source_date}
        rows = [AgentForm.values_of(agent) for agent in rules.agents]
        return cls(
            formdata=None,
            data={
                **values,
                **head,
                "unchecked": rules.unchecked,
                "agents": [*rows, *({} for _ in range(EMPTY_ROWS))],
                "newest_seen": newest_seen,
                **others,
            },
        )

    def fields_of(self, part: str) -> list[Field]:
        """The fields of a part of the set, in its order."""
        return [self[field_name(place)] for place in places() if place.startswith(f"{part}.")]

    def to_rules(self) -> RuleSet:
        """The set, its version still to be given (`InvalidValue` with the place that is wrong)."""
        plain: dict[str, Any] = {
            "name": (self.name.data or "").strip(),
            "version": 1,
            "title": self.title.data,
            "source": self.source.data,
            "source_date": self.source_date.data.isoformat() if self.source_date.data else None,
            "unchecked": self.unchecked.data,
            "agents": [row.form.to_plain() for row in self._given_rows()],
        }
        for place in places():
            value = self[field_name(place)].data
            if value not in (None, ""):
                _put(plain, place.split("."), value)
        return read(RuleSet, plain)

    def newest_version_seen(self) -> int:
        """The newest version of the copied name when the form was opened."""
        given = self.newest_seen.data or ""
        return int(given) if re.fullmatch(r"\d{1,6}", given, re.ASCII) else 0

    def is_confirmed(self, found: tuple[Loosening, ...]) -> bool:
        """Whether the tick was set for just these loosened rules: another number asks again."""
        return not found or self.confirmed.data == key_of(found)

    def summary(self) -> list[FieldError]:
        """Every error, in the order of the page; those of the agents' rows too."""
        return [*super().summary(), *(error for row in self.agents for error in row.form.summary())]

    def take(self, error: InvalidValue) -> None:
        """Show what the rule set refuses beside the field that it is about."""
        field = self._field_at(error.place)
        reason = _with_names(told(error.reason), error.place)
        words = reason if reason.endswith(".") else f"{field.label.text}: {reason}."
        field.errors = [*field.errors, words]

    def _field_at(self, place: str) -> Field:
        if row := re.match(r"agents\[(\d+)\](?:\.(\w+))?", place):
            form = self._given_rows()[int(row[1])].form
            return form[row[2] or "name"]
        plain = re.sub(r"\[\d+\].*", "", place)
        names = [name for name in self._fields if name == field_name(plain) or name.startswith(f"{field_name(plain)}-")]
        if plain == "agents" and len(self.agents):
            return self.agents[0].form["name"]
        return self[names[0]] if plain and names else self["name"]

    def _given_rows(self) -> list[Any]:
        return [row for row in self.agents if row.form.is_given]


class RuleFileForm(Form):
    """A rule set as a TOML file, pasted or uploaded."""

    file = FileField(lazy_gettext("A TOML file"))
    text = TextAreaField(lazy_gettext("or its text"))

    def content(self) -> str:
        """The text of the file, or what was pasted; `InvalidValue` where there is neither, or no text."""
        if self.file.data and self.file.data.filename:
            try:
                return str(self.file.data.read().decode())
            except UnicodeDecodeError:
                raise InvalidValue("", "is not text in UTF-8") from None
        if not (self.text.data or "").strip():
            raise InvalidValue("", "Choose a TOML file, or paste its text.")
        return self.text.data or ""

    def refuse(self, error: InvalidValue) -> None:
        """Show what is wrong, with its key and its line."""
        chosen = self.file if self.file.data and self.file.data.filename else self.text
        chosen.errors = [*chosen.errors, told(error)]


def field_name(place: str) -> str:
    """block.threshold as the name of a field."""
    return place.replace(".", "-")


def key_of(found: tuple[Loosening, ...]) -> str:
    """What the tick that confirms loosened rules sends: each place with its value."""
    return "; ".join(f"{one.place}={one.value}" for one in found)


def _field_for(place: str, leaf: Leaf) -> Any:
    """The field of a number or a choice; its choices are named anew for each form, in the language of whoever reads."""
    meaning = MEANINGS[place]
    if leaf.many:
        known = FOR_THERAPEUTIC if place == "repeat.therapeutic" else FOR_DIAGNOSTIC
        return SelectMultipleField(
            meaning.name,
            description=meaning.what,
            choices=lambda: [SelectChoice(value=rule.value, label=RULES[rule]) for rule in Rule if rule in known],
            widget=ListWidget(prefix_label=False),
            option_widget=CheckboxInput(),
        )
    if leaf.kind is bool:
        return BooleanField(meaning.name, description=meaning.what)
    if leaf.within is None:
        return RadioField(
            meaning.name,
            description=meaning.what,
            choices=lambda: [SelectChoice(value=choice.value, label=CHOICES[choice]) for choice in leaf.kind],  # type: ignore[attr-defined]  # a StrEnum
            validate_choice=False,
        )
    return NumberField(
        meaning.name, within=leaf.within, unit=meaning.unit, needed=leaf.needed, description=meaning.what
    )


def _put(plain: dict[str, Any], path: list[str], value: Any) -> None:
    for name in path[:-1]:
        plain = plain.setdefault(name, {})
    plain[path[-1]] = value


def _with_names(reason: str, place: str) -> str:
    """The reason with the names of the fields in place of the keys of the file."""
    for other in places():
        part, _, key = other.rpartition(".")
        if place.startswith(part) and "_" in key:
            reason = re.sub(rf"\b{key}\b", f"“{MEANINGS[other].name}”", reason)
    return reason


for _column in AGENT_COLUMNS:
    _meaning = AGENT_MEANINGS[_column]
    setattr(
        AgentForm,
        _column,
        NumberField(_meaning.name, within=agent_range(_column), unit=_meaning.unit, needed=True),
    )
for _place, _leaf in places().items():
    setattr(RuleSetForm, field_name(_place), _field_for(_place, _leaf))
