"""Keys that people and phones hold: the code on a patient's card, the token in a phone, the digits of a PIN."""

import hmac
import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import date
from hashlib import sha256
from uuid import UUID

from diary.domain.said import say

# Letters that are not taken for another, read aloud or by hand: no I, L, O, Q, V. 21^8 is 2^35.
ALPHABET = "ABCDEFGHJKMNPRSTUWXYZ"
CODE_LENGTH = 8
PIN_LENGTH = 6


def code_of(enrolment_id: UUID, *, key: str) -> str:
    """The enrolment's eight letters.

    They follow from its random id and the server's secret, so that the clinic can show them again while nothing in the
    database tells them.
    """
    number = int.from_bytes(_seal(f"code of {enrolment_id}", key))
    letters = []
    for _ in range(CODE_LENGTH):
        number, letter = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[letter])
    return "".join(letters)


def seal_of_code(code: str, *, key: str) -> str:
    """What is stored to find an enrolment by its code: of no use to guess the code without the server's secret."""
    return _seal(f"found by {code}", key).hex()


def typed_code(text: str) -> str | None:
    """The code in what somebody typed, in any case, spaces and dashes left out; None if it cannot be one."""
    code = re.sub(r"[\W_]", "", text).upper()
    return code if len(code) == CODE_LENGTH and set(code) <= set(ALPHABET) else None


def new_token() -> str:
    """A phone's token: 256 random bits."""
    return secrets.token_urlsafe(32)


def hash_of_token(token: str) -> str:
    """What is stored of a token; 256 random bits need no slow hash."""
    return sha256(token.encode()).hexdigest()


def pin_fault(pin: str, *, born: date | None) -> str | None:
    """What is wrong with a new PIN, as an instruction, or None."""
    if not re.fullmatch(rf"[0-9]{{{PIN_LENGTH}}}", pin):
        return say("Enter %(count)s digits.", count=PIN_LENGTH)
    if len(set(pin)) == 1 or pin in "0123456789012345" or pin in "9876543210987654":
        return say("This PIN is easy to guess. Choose other digits.")
    if born and pin in {born.strftime(form) for form in ("%d%m%y", "%m%d%y", "%y%m%d", "%y%d%m", "%m%Y", "%Y%m")}:
        return say("Do not use your birth date. Choose other digits.")
    return None


def sealed_id(id_: UUID, *, purpose: str, key: str) -> str:
    """An id for the address of a link: whoever bears it holds the link, and nobody makes one up (128 bits of seal)."""
    return urlsafe_b64encode(id_.bytes + _seal_of_id(id_, purpose, key)).decode().rstrip("=")


def unsealed_id(text: str, *, purpose: str, key: str) -> UUID | None:
    """The id of such a link, None for what is none of this purpose and of this server."""
    if not re.fullmatch(r"[\w-]{43}", text, re.ASCII):
        return None
    bare = urlsafe_b64decode(f"{text}=")
    id_ = UUID(bytes=bare[:16])
    return id_ if hmac.compare_digest(bare[16:], _seal_of_id(id_, purpose, key)) else None


def _seal_of_id(id_: UUID, purpose: str, key: str) -> bytes:
    return _seal(f"{purpose} {id_}", key)[:16]


def _seal(text: str, key: str) -> bytes:
    return hmac.digest(key.encode(), text.encode(), "sha256")
