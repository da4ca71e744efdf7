"""Which passwords are refused, with which words, and how the others are kept."""

import pytest

from diary.services.passwords import hash_password, password_fault


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("short 7", "at least 8"),
        ("x" * 129, "at most 128"),
        ("abababababab", "different characters"),
        ("iloveyou", "tried first"),
        ("Password1", "tried first"),
        ("riverside2026!", "your name"),
        ("nooR.riverside", "your name"),
    ],
)
def test_a_password_that_would_be_guessed_is_refused_with_its_reason(password: str, words: str) -> None:
    fault = password_fault(password, own_words=("Noor Haddad", "Riverside Pain Clinic"))

    assert fault is not None
    assert words in fault


@pytest.mark.parametrize(
    "password", ["correct horse battery", "жёлтый крокодил", "lower case only", "riverside goat cloud"]
)
def test_no_rule_about_kinds_of_characters_stands_in_the_way(password: str) -> None:
    assert password_fault(password, own_words=("Noor Haddad", "Riverside Pain Clinic")) is None


def test_a_password_is_kept_as_argon2id_of_19_mib_with_a_salt_of_its_own() -> None:
    first, second = hash_password("correct horse battery"), hash_password("correct horse battery")

    assert first.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert first != second
