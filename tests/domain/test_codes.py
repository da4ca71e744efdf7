"""Codes, tokens and PINs."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from diary.domain.codes import ALPHABET, code_of, hash_of_token, new_token, pin_fault, seal_of_code, typed_code

DIGITS = "Enter 6 digits."
GUESSED = "This PIN is easy to guess. Choose other digits."
BORN = "Do not use your birth date. Choose other digits."
ENROLMENT = UUID("7d3c1f0e-3c59-4a0c-9b1b-0d0f6f3f2a10")


def test_a_code_is_eight_letters_that_are_not_taken_for_another() -> None:
    codes = [code_of(uuid4(), key="secret") for _ in range(300)]
    assert {len(code) for code in codes} == {8}
    assert set("".join(codes)) == set(ALPHABET)
    assert not set("ILOQV01") & set(ALPHABET)
    assert len(set(codes)) == 300


def test_a_code_follows_from_the_id_and_the_servers_secret() -> None:
    assert code_of(ENROLMENT, key="secret") == code_of(ENROLMENT, key="secret")
    assert code_of(ENROLMENT, key="secret") != code_of(ENROLMENT, key="another secret")


def test_what_is_stored_of_a_code_depends_on_the_secret_and_does_not_show_it() -> None:
    code = code_of(ENROLMENT, key="secret")
    assert code not in seal_of_code(code, key="secret")
    assert seal_of_code(code, key="secret") != seal_of_code(code, key="another secret")


@pytest.mark.parametrize("typed", ["ABCDEFGH", "abcd efgh", " ABCD-EFGH ", "abcd_efgh", "a.b.c.d.e.f.g.h"])
def test_a_code_is_read_in_any_case_with_spaces_and_dashes(typed: str) -> None:
    assert typed_code(typed) == "ABCDEFGH"


@pytest.mark.parametrize("typed", ["", "ABCDEFG", "ABCDEFGHJ", "ABCDEFG1", "ABCDEFGI", "ß" * 8, "\0" * 8])
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert typed_code(typed) is None


def test_a_token_has_256_bits_and_only_its_hash_is_kept() -> None:
    token = new_token()
    assert len(token) == 43
    assert token not in hash_of_token(token)
    assert new_token() != token


@pytest.mark.parametrize(
    ("pin", "words"),
    [
        ("12345", DIGITS),
        ("1234567", DIGITS),
        ("12345a", DIGITS),
        ("१२३४५६", DIGITS),
        ("777777", GUESSED),
        ("123456", GUESSED),
        ("890123", GUESSED),
        ("654321", GUESSED),
        ("321098", GUESSED),
        ("090460", BORN),
        ("040960", BORN),
        ("600409", BORN),
        ("600904", BORN),
        ("041960", BORN),
        ("196004", BORN),
    ],
)
def test_a_pin_that_is_easily_guessed_is_refused(pin: str, words: str) -> None:
    assert pin_fault(pin, born=date(1960, 4, 9)) == words


def test_another_pin_is_taken() -> None:
    assert pin_fault("280517", born=date(1960, 4, 9)) is None
    assert pin_fault("090460", born=None) is None
