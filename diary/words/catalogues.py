"""``python -m diary.words.catalogues``: bring the catalogues up to date with the words in code and templates.

A catalogue is kept in a form that merges: one file for each part of the diary, sorted by the English sentence, each
sentence on one line, without places, dates or authors. ``--check`` changes nothing and fails, with a list, where a
sentence is missing, not translated, left over or has other placeholders, or where a file is not in that form.
"""

import argparse
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from diary.words.catalogue import Key, forms_of, key_of
from diary.words.language import ENGLISH, LANGUAGES, Language

PROJECT = Path(__file__).parent.parent.parent
# The first part that one of a sentence's places begins with holds it, so that a sentence stands in one file alone.
PARTS: dict[str, tuple[str, ...]] = {
    # What somebody reads who needs help: `diary.words.help_words` gives it to be reviewed.
    "help": (
        "templates/patient/help/",
        "templates/patient/cautions.html",
        "diary/web/presenters/get_help.py",
    ),
    "patient": (
        "templates/patient/",
        "templates/join/",
        "templates/share/",
        "templates/errors/",
        "templates/components/log.html",
        "templates/components/forms.html",
        "templates/components/pain.html",
        "templates/base.html",
        "templates/phone.html",
        "diary/web/patient/",
        "diary/web/join/",
        "diary/web/share/",
        "diary/web/errors.py",
        "diary/web/sync/",
        "diary/charts/patient_chart.py",
        "diary/web/presenters/printed_sheet.py",
    ),
    "offline": ("templates/offline/", "diary/web/offline.py", "diary/web/presenters/offline.py"),
    "findings": ("diary/words/", "diary/charts/", "diary/exchange/"),
    "staff": (
        "templates/clinic/",
        "templates/admin/",
        "templates/account/",
        "templates/rules/",
        "templates/languages/",
        "templates/staff",
    ),
    "refusals": ("diary/domain/", "diary/services/", "diary/store/", "diary/cli/", "diary/config.py"),
    "forms": ("",),
}
SOURCES = (("diary", "*.py", "python"), ("templates", "*.*", "jinja2"))
OPTIONS = {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"}
# Errors and what the domain says are sentences too; `InvalidValue` names the place first.
_ERRORS = (
    "DiaryError", "NotAllowed", "NotFound", "NotJustNow", "Conflict", "TooManyTries", "CodeDoesNotMatch",
    "YearDoesNotMatch", "CodeNoLongerWorks", "PinLocked", "NotJson",
)  # fmt: skip
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "lazy_gettext": None,
    "say": None,
    "ngettext": (1, 2),
    "say_many": (1, 2),
    "pgettext": ((1, "c"), 2),
    "lazy_pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "InvalidValue": (2,),
    **dict.fromkeys(_ERRORS),
}
_CONFLICT = re.compile(r"^<<<<<<< .*\n(?P<ours>[^\0]*?)^=======\n(?P<theirs>[^\0]*?)^>>>>>>> .*\n", re.MULTILINE)
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|%%")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """An English sentence found in the code: its singular, its plural if it has one, its context, its part.

    ``places`` are the files that say it.
    """

    one: str
    many: str | None = None
    context: str | None = None
    part: str
    places: frozenset[str]

    @property
    def key(self) -> Key:
        """As a catalogue finds it."""
        return self.context, self.one


def main(arguments: list[str]) -> int:
    """Write the catalogues of every language but English, or only look."""
    parser = argparse.ArgumentParser(prog="python -m diary.words.catalogues", description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing, and fail where something is wrong")
    checks = parser.parse_args(arguments).check
    sentences = sentences_in(PROJECT)
    wrong = False
    for language in LANGUAGES.values():
        if language is ENGLISH:
            continue
        if not checks:
            write(language, sentences)
        for fault in faults(language, sentences):
            wrong = True
            sys.stdout.write(f"{language.code}: {fault}\n")
    return 1 if wrong and checks else 0


def sentences_in(project: Path) -> dict[Key, Sentence]:
    """Every sentence of the code and the templates."""
    found: dict[Key, Sentence] = {}
    for folder, pattern, method in SOURCES:
        for file in sorted((project / folder).rglob(pattern)):
            if not file.is_file():
                continue
            for sentence in _sentences_of(file, method, place=file.relative_to(project).as_posix()):
                other = found.get(sentence.key)
                found[sentence.key] = _together(other, sentence) if other else sentence
    return found


def _sentences_of(file: Path, method: str, *, place: str) -> Iterator[Sentence]:
    part = next(part for part, begins in PARTS.items() if place.startswith(begins))
    for _, words, _, context in extract_from_file(method, file, keywords=KEYWORDS, options=OPTIONS):
        one, many = (words, None) if isinstance(words, str) else (words[0], words[1])
        if one:
            yield Sentence(one=one, many=many, context=context, part=part, places=frozenset({place}))


def _together(one: Sentence, other: Sentence) -> Sentence:
    parts = list(PARTS)
    first = min(one.part, other.part, key=parts.index)
    places = one.places | other.places
    return Sentence(one=one.one, many=one.many or other.many, context=one.context, part=first, places=places)


# --- the files --------------------------------------------------------------------------------------------------------


def write(language: Language, sentences: Mapping[Key, Sentence]) -> None:
    """Write a language's files: what is translated stays so wherever it moved, what is new waits empty."""
    before = _messages(language)
    folder = language.folder / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    for part in PARTS:
        _file(language, part).write_bytes(_written(language, part, sentences, before))


def _file(language: Language, part: str) -> Path:
    return language.folder / "LC_MESSAGES" / f"{part}.po"


def _messages(language: Language) -> dict[Key, Message]:
    """What the files hold now; of a sentence that two of them hold, the translated one."""
    held: dict[Key, Message] = {}
    for file in sorted((language.folder / "LC_MESSAGES").glob("*.po")):
        for side in _sides(file.read_text("utf-8")):
            for message in read_po(BytesIO(side.encode()), locale=language.formats):
                if message.id and (key_of(message) not in held or not forms_of(held[key_of(message)])):
                    held[key_of(message)] = message
    return held


def _sides(text: str) -> Iterator[str]:
    """A file as it is; in the middle of a merge as it was on each side.

    Git's marks may stand between a sentence and its translation, so that only a side as a whole can be read.
    """
    if "\n>>>>>>> " in text:
        yield _CONFLICT.sub(r"\g<ours>", text)
        yield _CONFLICT.sub(r"\g<theirs>", text)
    else:
        yield text


def _written(language: Language, part: str, sentences: Mapping[Key, Sentence], before: Mapping[Key, Message]) -> bytes:
    catalog = Catalog(locale=language.formats)
    for sentence in sentences.values():
        if sentence.part == part:
            catalog.add(
                (sentence.one, sentence.many) if sentence.many else sentence.one,
                _kept(before.get(sentence.key), plural=sentence.many is not None, forms=catalog.num_plurals),
                context=sentence.context,
            )
    written = BytesIO()
    write_po(written, catalog, width=0, no_location=True, sort_output=True, omit_header=True)
    plurals = catalog.plural_forms.rstrip(";")
    head = (
        f'msgid ""\nmsgstr ""\n"Language: {language.code}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Plural-Forms: {plurals};\\n"\n\n'
    )
    return head.encode() + written.getvalue()


def _kept(message: Message | None, *, plural: bool, forms: int) -> str | tuple[str, ...]:
    said = () if message is None else forms_of(message)
    if not plural:
        return said[0] if said else ""
    return said if len(said) == forms else ("",) * forms


# --- what is wrong ----------------------------------------------------------------------------------------------------


def faults(language: Language, sentences: Mapping[Key, Sentence]) -> Iterator[str]:
    """What is wrong with a language's catalogues, one line each."""
    held = _messages(language)
    for key, sentence in sentences.items():
        if key not in held:
            yield f"missing: {sentence.one!r}"
        elif held[key].fuzzy:
            yield f"fuzzy: {sentence.one!r}"
        elif not (forms := forms_of(held[key])):
            yield f"not translated: {sentence.one!r}"
        elif not _same_placeholders(sentence, forms):
            yield f"other placeholders: {sentence.one!r} as {forms}"
    for key in held.keys() - sentences.keys():
        yield f"left over: {key[1]!r}"
    for part in PARTS:
        file = _file(language, part)
        if not file.exists() or file.read_bytes() != _written(language, part, sentences, held):
            yield f"{file.name} is not as `make words` writes it"


def _same_placeholders(sentence: Sentence, forms: tuple[str, ...]) -> bool:
    """The same in each form; where English tells one from many, a form may have those of either."""
    right = [_placeholders(words) for words in (sentence.one, sentence.many) if words]
    return all(_placeholders(form) in right for form in forms) and _placeholders(forms[-1]) == right[-1]


def _placeholders(words: str) -> tuple[str, ...]:
    return tuple(sorted(found[0] for found in PLACEHOLDER.finditer(words)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
