"""The language that is spoken just now, and every word of ours in it.

The English sentence is the key of its translation. Placeholders are named, and a percent sign is written ``%%``:
``gettext("You filled in %(day)s.", day=…)``. English needs neither a catalogue nor babel, so that commands start fast.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from diary.domain.errors import DiaryError
from diary.domain.said import Said

if TYPE_CHECKING:
    from diary.words.catalogue import Catalogue

TRANSLATIONS = Path(__file__).parent.parent / "translations"


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language of the diary: how it calls itself, which way it is read, how it writes days and times.

    ``formats`` is the CLDR locale of its names of months and its decimal sign; ``long_day`` to ``clock`` are CLDR
    patterns. ``reviewed``: its words were read by a native speaker before they came to us.
    """

    code: str
    name: str
    direction: str = "ltr"
    reviewed: bool = False
    formats: str
    long_day: str
    long_day_and_year: str
    short_day: str
    day_and_month: str
    day_month_and_year: str
    clock: str
    folder: Path

    def words(self) -> "Catalogue":
        """Its catalogue, read at first use."""
        return _catalogue(self.folder, self.direction)


ENGLISH = Language(
    code="en",
    name="English",
    reviewed=True,
    formats="en_GB",
    long_day="EEEE d MMMM",
    long_day_and_year="EEEE d MMMM y",
    short_day="EEE d MMM",
    day_and_month="d MMMM",
    day_month_and_year="d MMMM y",
    clock="H:mm",
    folder=TRANSLATIONS / "en",
)
SPANISH = Language(
    code="es",
    name="Español",
    formats="es",
    long_day="EEEE d 'de' MMMM",
    long_day_and_year="EEEE d 'de' MMMM 'de' y",
    short_day="EEE d MMM",
    day_and_month="d 'de' MMMM",
    day_month_and_year="d 'de' MMMM 'de' y",
    clock="H:mm",
    folder=TRANSLATIONS / "es",
)
LANGUAGES: dict[str, Language] = {language.code: language for language in (ENGLISH, SPANISH)}

_spoken: ContextVar[str] = ContextVar("spoken", default=ENGLISH.code)


def spoken() -> Language:
    """The language now spoken."""
    return LANGUAGES.get(_spoken.get(), ENGLISH)


def language_of(code: str | None) -> Language:
    """The language of a code such as "es" or "es-MX"; English for one that we do not speak."""
    wanted = (code or "").replace("_", "-")
    return LANGUAGES.get(wanted) or LANGUAGES.get(wanted.split("-", maxsplit=1)[0].lower()) or ENGLISH


def speak(code: str | None) -> Language:
    """Speak this language from here on, in this thread; what was spoken before is returned."""
    before = spoken()
    _spoken.set(language_of(code).code)
    return before


@contextmanager
def in_language(code: str | None) -> Iterator[Language]:
    """Speak this language within: an e-mail, a PDF, a message to a phone."""
    before = speak(code)
    try:
        yield spoken()
    finally:
        _spoken.set(before.code)


# --- words ------------------------------------------------------------------------------------------------------------


def gettext(message: str, /, **values: object) -> str:
    """The sentence in the language spoken, with its values."""
    return translated(message) % _said(values)


def ngettext(one: str, many: str, num: int, /, **values: object) -> str:
    """The sentence for this number, which stands in it as ``%(num)s``."""
    return plural(one, many, num) % {"num": num, **_said(values)}


def pgettext(context: str, message: str, /, **values: object) -> str:
    """The sentence, where English has one word for what other languages tell apart by its context."""
    return translated(message, context=context) % _said(values)


def npgettext(context: str, one: str, many: str, num: int, /, **values: object) -> str:
    """The sentence for this number and this context."""
    return plural(one, many, num, context=context) % {"num": num, **_said(values)}


def lazy_gettext(message: str, /, **values: object) -> str:
    """A sentence that is told anew in the language spoken whenever it is shown: for labels of forms and constants.

    Said to be ``str`` for the sake of everything that takes one; ``str(…)`` makes one.
    """
    return cast(str, LazyWords(gettext, message, values))


def lazy_pgettext(context: str, message: str, /, **values: object) -> str:
    """`lazy_gettext` with a context."""
    return cast(str, LazyWords(lambda said, **given: pgettext(context, said, **given), message, values))


def told(words: object) -> str:
    """The words of an error or of what the domain says (`Said`), in the language spoken; any other text as it is."""
    if isinstance(words, DiaryError):
        return told(words.told_as())
    if not isinstance(words, Said):
        return str(words)
    if words.many is not None:
        return plural(words.template, words.many, words.values["num"]) % _said(words.values)
    message = translated(words.template)
    return message % _said(words.values) if words.values else message


def translated(message: str, *, context: str | None = None) -> str:
    """The sentence of the catalogue with its placeholders still in it; in English the message itself."""
    if _spoken.get() == ENGLISH.code or not message:
        return str(message)
    found = spoken().words().sentences.get((context, message))
    return message if found is None else found[0]


def plural(one: str, many: str, num: int, *, context: str | None = None) -> str:
    """The form for this number with its placeholders still in it."""
    if _spoken.get() != ENGLISH.code:
        words = spoken().words()
        if found := words.sentences.get((context, one)):
            return found[min(words.plural_of(num), len(found) - 1)]
    return one if num == 1 else many


def _said(values: dict[str, Any]) -> dict[str, Any]:
    return {name: told(value) if isinstance(value, (Said, DiaryError)) else value for name, value in values.items()}


@cache
def _catalogue(folder: Path, direction: str) -> "Catalogue":
    from diary.words.catalogue import read_catalogue

    return read_catalogue(folder, direction=direction)


class LazyWords:
    """Words that wait to be told until somebody looks at them; they do what a ``str`` does."""

    __slots__ = ("_message", "_tell", "_values")

    def __init__(self, tell: Any, message: str, values: dict[str, object]) -> None:
        self._tell = tell
        self._message = message
        self._values = values

    def __str__(self) -> str:
        return str(self._tell(self._message, **self._values))

    def __repr__(self) -> str:
        return f"LazyWords({self._message!r})"

    def __format__(self, how: str) -> str:
        return format(str(self), how)

    def __eq__(self, other: object) -> bool:
        return str(self) == str(other) if isinstance(other, (str, LazyWords)) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._message)

    def __lt__(self, other: object) -> bool:
        return str(self) < str(other)

    def __add__(self, other: object) -> str:
        return f"{self}{other}"

    def __radd__(self, other: object) -> str:
        return f"{other}{self}"

    def __mod__(self, values: Any) -> str:
        return str(str(self) % values)

    def __bool__(self) -> bool:
        return bool(self._message)

    def __len__(self) -> int:
        return len(str(self))

    def __contains__(self, part: str) -> bool:
        return part in str(self)

    def __iter__(self) -> Iterator[str]:
        return iter(str(self))

    def __getitem__(self, which: Any) -> str:
        return str(self)[which]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)  # `__html__` above all: these are words, not markup
        return getattr(str(self), name)
