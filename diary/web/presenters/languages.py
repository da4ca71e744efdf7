"""The languages of a clinic in words."""

import re
from dataclasses import dataclass

from diary.services.languages import ClinicLanguage
from diary.words.language import gettext as _
from diary.words.times import in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLanguage:
    """One language: its own name, how it stands, and the words to read where they wait to be read."""

    code: str
    name: str
    state: str
    offered: bool
    version: str | None
    sentences: tuple[tuple[str, str], ...]


def present_language(one: ClinicLanguage) -> ShownLanguage:
    return ShownLanguage(
        code=one.language.code,
        name=one.language.name,
        state=_state(one),
        offered=one.offered,
        version=one.words.version if one.words else None,
        sentences=tuple((as_read(english), as_read(other)) for english, other in one.words.sentences)
        if one.words
        else (),
    )


def as_read(sentence: str) -> str:
    """A sentence of a catalogue for whoever reads it over: without tags, "…" where a number or a name will stand."""
    return re.sub(r"%\(\w+\)s", "…", re.sub(r"<[^>]*>", "", sentence)).replace("%%", "%")


def _state(one: ClinicLanguage) -> str:
    if one.words is None:
        return _("Written by us in this language. Patients can choose it.")
    if one.review is None:
        return _("Not reviewed by a native speaker. Patients cannot choose it yet.")
    read = {"reader": one.review.reader, "day": in_words(one.review.at.date())}
    if one.review.current:
        return _("Read by %(reader)s, %(day)s. Patients can choose it.", **read)
    return _("Read by %(reader)s, %(day)s. The words have changed since. Patients cannot choose it anew.", **read)
