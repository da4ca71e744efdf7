"""How hard words are to read: Flesch-Kincaid for English, Fernández-Huerta for Spanish, by rules of our own.

Syllables are counted by rule, with a list of the words of the diary for which the rule is wrong: nothing is downloaded.
Numbers count as one syllable each, as the makers of both scores did with figures.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape

# Counted by ear. Words of the diary that the rule of vowels gets wrong.
SYLLABLES = {
    "diary": 3, "every": 2, "being": 2, "idea": 3, "area": 3, "naproxen": 3, "ibuprofen": 4, "asthma": 2,
    "people": 2, "somebody": 3, "someone": 2, "something": 2, "anyone": 3, "everything": 3, "medicine": 3,
    "medicines": 3, "diabetes": 4, "science": 2, "quiet": 2, "used": 1, "moved": 1, "typed": 1, "named": 1,
    "sometimes": 2, "minutes": 2, "minute": 2, "movement": 2, "movements": 2, "safely": 2, "homes": 1, "times": 1,
    "scores": 1, "takes": 1, "notes": 1, "likes": 1, "pages": 2, "changes": 2, "messages": 3, "choose": 1,
    "uses": 2, "places": 2, "senses": 2, "causes": 2, "clopidogrel": 4, "real": 1, "really": 2, "trial": 2,
    "chickenpox": 3, "nurses": 2, "sent": 1, "leave": 1, "create": 2, "created": 3, "file": 1, "files": 1,
    "whole": 1, "clothes": 1, "steroid": 2, "pharmacist": 3, "kidney": 2, "stroke": 1, "warfarin": 3, "helper": 2,
    "advertising": 4, "patient": 2, "patients": 2, "special": 2, "emergency": 4, "language": 2, "languages": 3,
    "one": 1, "once": 1, "shall": 1,
}  # fmt: skip

_PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]")
_WORD = re.compile(r"[^\W\d_]+(?:[\u2019'][^\W\d_]+)*|\d+(?:[.,:]\d+)*")
_END = re.compile(r"[.!?:;]+(?=\s|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The words, sentences and syllables of a text."""

    words: int
    sentences: int
    syllables: int

    @property
    def grade(self) -> float:
        """Flesch-Kincaid: the school year that reads it in the United States."""
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59

    @property
    def ease(self) -> float:
        """Fernández-Huerta: 60 to 70 is plain, 70 to 80 easy enough for 11 years of age, 80 and more easier."""
        return 206.84 - 60 * self.syllables / self.words - 1.02 * self.words / self.sentences


def plain(words: str) -> str:
    """A sentence of the catalogue as somebody reads it: without tags, a short word in place of each value."""
    return unescape(re.sub(r"<[^>]*>", "", _PLACEHOLDER.sub("ten", words))).replace("%%", "%")


def count_english(text: str) -> Counted:
    """English words by the rule and `SYLLABLES`."""
    return _counted(text, _english)


def count_spanish(text: str) -> Counted:
    """Spanish words by the rule of its vowels, which needs no exceptions."""
    return _counted(text, _spanish)


def _counted(text: str, syllables_of: Callable[[str], int]) -> Counted:
    words = _WORD.findall(text)
    sentences = [part for part in _END.split(text) if _WORD.search(part)]
    return Counted(
        words=max(len(words), 1),
        sentences=max(len(sentences), 1),
        syllables=sum(1 if word[0].isdigit() else syllables_of(word.lower()) for word in words),
    )


def _english(word: str) -> int:
    word = word.replace("\u2019", "'")
    if word in SYLLABLES:
        return SYLLABLES[word]
    word = word.removesuffix("'s")
    if word in SYLLABLES:
        return SYLLABLES[word]
    stem = re.sub(r"(?<![aeiouytd])ed$|(?<![aeiouylsxzg])es$|(?<![aeiouyl])e$|(?<=[aeiouy]l)e$", "", word)
    return max(len(re.findall("[aeiouy]+", stem)), 1)


def _spanish(word: str) -> int:
    """Strong vowels and stressed weak ones are each a syllable; weak ones beside them are not, nor is a silent u."""
    word = re.sub(r"([qg])u(?=[eiéí])", r"\1", word).replace("y", "i")
    return max(len(re.findall(r"[iuü]*[aeoáéóíú](?:[iuü](?![aeoáéó]))?|[iuü]+", word)), 1)
