"""Each page of a patient as a whole: at most grade 5 in English, and easy in Spanish."""

import re
from html import unescape

import pytest
from flask import Flask

from diary.words.dates import MONTHS, WEEKDAYS
from tests.web.every_page import a_whole_patient, kept_pages, open_every_page
from tests.words.reading_age import count_english, count_spanish

pytestmark = pytest.mark.parametrize("backend", ["sqlite"])

HARDEST_GRADE = 5.0
LEAST_EASE = 70.0
FEWEST_WORDS = 25  # a page of a heading and a button is judged by its sentences
_DAYS = re.compile(rf"\b(?:{'|'.join((*WEEKDAYS, *MONTHS))})\b")
_LATIN = re.compile(r"[A-Za-zÁÉÍÓÚÜÑáéíóúüñ]")


def text_of(page: str) -> str:
    """What the page says, each part of it as a sentence.

    Names and notes of people stand in other letters; names of days and months, which nobody chose, count as "day".
    """
    main = page.split("<main", 1)[1].split("</main>", maxsplit=1)[0]
    shown = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", main, flags=re.DOTALL)
    together = re.sub(r"</?(?:strong|bdi|b|i|em|a|span)\b[^>]*>", " ", shown)
    parts = [unescape(" ".join(part.split())) for part in re.split(r"<[^>]*>|[·]", together)]
    said = [part if part.endswith((".", "?", "!", ":")) else f"{part}." for part in parts if _LATIN.search(part)]
    return _DAYS.sub("day", " ".join(said))


def test_no_page_is_over_grade_five(app: Flask) -> None:
    pages = kept_pages(app)
    open_every_page(app, a_whole_patient("en"))
    counted = {address: count_english(text_of(page)) for address, page in pages.items()}

    assert len(counted) > 45
    hard = {address: of.grade for address, of in counted.items() if of.words >= FEWEST_WORDS}
    assert {address: round(grade, 1) for address, grade in hard.items() if grade > HARDEST_GRADE} == {}


def test_no_page_is_hard_in_spanish(app: Flask) -> None:
    pages = kept_pages(app)
    open_every_page(app, a_whole_patient("es"))
    counted = {address: count_spanish(text_of(page)) for address, page in pages.items()}

    easy = {address: of.ease for address, of in counted.items() if of.words >= FEWEST_WORDS}
    assert {address: round(ease) for address, ease in easy.items() if ease < LEAST_EASE} == {}
