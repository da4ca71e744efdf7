"""Passwords: which are refused, and how they are kept.

The rules are those of NIST SP 800-63B-4: at least 8 characters where a second factor is asked too (staff always have
one), up to 128, any of Unicode, no rule about kinds of characters, and a reason for whatever is refused.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher

from diary.domain.errors import InvalidValue
from diary.domain.said import say

SHORTEST = 8
LONGEST = 128
# The 8,354 of at least 8 characters among the 20,000 most common passwords that Django 5.2 ships (BSD licence;
# collected by Royce Williams from published leaks).
COMMON = Path(__file__).with_name("common-passwords.txt")
# OWASP's and NIST's floor for Argon2id: 19 MiB, two passes, one lane.
MEMORY_KIB = 19_456
PASSES = 2
LANES = 1

_hasher = PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES)


def hash_password(password: str) -> str:
    """The password as it is stored: Argon2id with a salt of its own."""
    return _hasher.hash(normalized(password))


def normalized(password: str) -> str:
    """The same password however the keyboard composed its accents."""
    return unicodedata.normalize("NFKD", password)


def check_password(password: str, *, own_words: Iterable[str] = ()) -> None:
    """`InvalidValue` for one that would be guessed. ``own_words``: the person's name and address, the clinic's name."""
    if fault := password_fault(password, own_words=own_words):
        raise InvalidValue("password", fault)


def password_fault(password: str, *, own_words: Iterable[str] = ()) -> str | None:
    """What is wrong with a new password, as an instruction, or None."""
    if len(password) < SHORTEST:
        return say("Use at least %(least)s characters. A few words in a row are easy to remember.", least=SHORTEST)
    if len(password) > LONGEST:
        return say("Use at most %(most)s characters.", most=LONGEST)
    if "\0" in password:
        return say("Leave out the character that cannot be stored.")
    return _easily_guessed(password.casefold(), own_words)


def _easily_guessed(plain: str, own_words: Iterable[str]) -> str | None:
    if len(set(plain)) < 4:
        return say("Use more than three different characters.")
    if plain in _common():
        return say("This is one of the passwords that are tried first. Choose another.")
    rest = plain
    for word in sorted(_words_of(own_words), key=len, reverse=True):
        rest = rest.replace(word, "")
    if rest != plain and len(re.sub(r"[\W\d_]", "", rest)) < 4:
        return say("This is little more than your name or your clinic's. Choose another.")
    return None


def _words_of(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in re.split(r"\W+", text.casefold()) if len(word) > 2}


@cache
def _common() -> frozenset[str]:
    return frozenset(COMMON.read_text(encoding="utf-8").split("\n"))
