"""The words of the help pages in another language: what somebody who speaks it has to have read before patients get it.

They stand in a file of their own among the catalogues, so that what was reviewed can be told from what is said today.
"""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from diary.words.catalogue import forms_of, key_of
from diary.words.language import Language

FILE = "help.po"


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpWords:
    """Each English sentence with what is said in its place; ``version`` is another one as soon as one of them is."""

    version: str
    sentences: tuple[tuple[str, str], ...]


@cache
def help_words(language: Language) -> HelpWords:
    """The words of the help pages in this language."""
    from babel.messages.pofile import read_po

    with (language.folder / "LC_MESSAGES" / FILE).open("rb") as po:
        messages = [message for message in read_po(po) if message.id]
    sentences = tuple((key_of(message)[1], " / ".join(forms_of(message))) for message in messages)
    said = "\n".join(f"{english}\t{other}" for english, other in sentences)
    return HelpWords(version=sha256(said.encode()).hexdigest()[:16], sentences=sentences)
