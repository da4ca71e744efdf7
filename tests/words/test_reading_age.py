"""A child of eleven reads what patients are told: no sentence is over grade 6, in Spanish none is hard."""

import re

import pytest

from diary.words.catalogues import PROJECT, Sentence, sentences_in
from diary.words.language import SPANISH
from tests.words.reading_age import count_english, count_spanish, plain

PATIENTS = (
    *("templates/patient/", "templates/join/", "templates/errors/", "templates/reminders/", "templates/reading/"),
    *("templates/phone.html", "templates/base.html", "templates/components/log.html", "templates/components/pain.html"),
    *("templates/components/forms.html", "diary/web/patient/", "diary/web/join/", "diary/charts/patient_chart.py"),
    *(f"diary/web/presenters/{name}.py" for name in ("days", "get_help", "log", "looks", "outbox", "own_scores")),
    *(f"diary/web/presenters/{name}.py" for name in ("phones", "returns", "scores")),
    *(f"diary/web/forms/{name}.py" for name in ("enrolment", "extra_medicine", "languages", "log", "more", "stop")),
    *("diary/services/devices.py", "diary/services/pace.py", "diary/domain/codes.py", "diary/domain/pain.py"),
    "diary/words/reminders.py",
)
SENTENCES = {
    key: sentence
    for key, sentence in sentences_in(PROJECT).items()
    if any(p.startswith(PATIENTS) for p in sentence.places)
}
# Fewer words are a label: a formula made for texts of a hundred words says nothing about three.
FEWEST_WORDS, FEWEST_WORDS_IN_SPANISH = 6, 10
HARDEST_GRADE = 6.0
LEAST_EASE = 55.0
# Words of four syllables and more that labels need: each is the name that everybody uses.
NAMES = {"emergency", "ibuprofen", "acetaminophen", "paracetamol", "physiotherapy", "diabetes"}


def english(sentence: Sentence) -> str:
    return plain(sentence.many or sentence.one)


def test_no_sentence_is_over_grade_six() -> None:
    counted = {english(sentence): count_english(english(sentence)) for sentence in SENTENCES.values()}

    assert len(counted) > 450
    hard = {words: round(of.grade, 1) for words, of in counted.items() if of.words >= FEWEST_WORDS}
    assert {words: grade for words, grade in hard.items() if grade > HARDEST_GRADE} == {}


def test_labels_have_no_long_words() -> None:
    labels = [english(one) for one in SENTENCES.values() if count_english(english(one)).words < FEWEST_WORDS]
    words = {word.lower() for label in labels for word in re.findall(r"[^\W\d_]+", label)}

    assert {word for word in words if count_english(word).syllables > 3} - NAMES == set()


def test_no_spanish_sentence_is_hard() -> None:
    catalogue = SPANISH.words().sentences
    told = {plain(forms[-1]) for key in SENTENCES if (forms := catalogue.get(key))}
    counted = {words: count_spanish(words) for words in told}

    long = {words: of.ease for words, of in counted.items() if of.words >= FEWEST_WORDS_IN_SPANISH}
    assert {words: round(ease) for words, ease in long.items() if ease < LEAST_EASE} == {}


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("pain", 1), ("number", 2), ("injection", 3), ("today", 2), ("filled", 1), ("rested", 2), ("places", 2),
        ("clinic's", 2), ("little", 2), ("sore", 1), ("emergency", 4), ("imagine", 3), ("swollen", 2), ("higher", 2),
    ],
)  # fmt: skip
def test_syllables_of_english_words(word: str, syllables: int) -> None:
    assert count_english(word).syllables == syllables


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("dolor", 2), ("día", 2), ("guardar", 2), ("medicina", 4), ("siente", 2), ("aún", 2), ("quien", 1),
        ("número", 3), ("espalda", 3), ("hoy", 1), ("cuidado", 3), ("fisioterapia", 5), ("leer", 2),
    ],
)  # fmt: skip
def test_syllables_of_spanish_words(word: str, syllables: int) -> None:
    assert count_spanish(word).syllables == syllables


def test_the_scores_of_known_texts() -> None:
    """Worked by hand: 6 words, 2 sentences, 8 syllables; and 5 words, 1 sentence, 10 syllables."""
    assert count_english("Your pain is back. Call today.").grade == pytest.approx(0.39 * 3 + 11.8 * 7 / 6 - 15.59)
    assert count_spanish("Su dolor ha vuelto hoy.").ease == pytest.approx(206.84 - 60 * 7 / 5 - 1.02 * 5)
