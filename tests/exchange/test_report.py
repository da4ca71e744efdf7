"""The report as PDF: what any reader of it finds, in which letters, and what a hostile text can do to it."""

from typing import Any

import pytest

from diary.domain.errors import NotJustNow
from diary.exchange import typesetting
from diary.exchange.report import Part, Table, on_paper, values_of, write_pdf
from diary.exchange.typesetting import in_code_points, typeset, undrawn_letters
from tests.reports import PRINTED_AT, a_report, claims_ua, pages_of, read_pdf, structure_of, text_of

# Of each script a name that people bear; the fonts for these come with the diary.
DRAWN_EVERYWHERE = {
    "latin": "Nguyễn Thị Ánh Łukasz Şahin Ó Súilleabháin Þórður",
    "greek": "Ελένη Παπαδοπούλου",
    "cyrillic": "Жанна Щукіна Љиљана",
    "arabic": "فاطمة الزهراء",
    "persian": "می‌نا پژوهش",
    "hebrew": "שרה לוי",
    "devanagari": "अनुष्का शर्मा",
    "thai": "สมชาย ใจดี",
}
# For these the machine has a font or not: .ci/run installs one, the README names it.
DRAWN_WITH_A_FONT = {"chinese": "王小明", "japanese": "さくら 鈴木", "korean": "김민수"}
NO_FONT_HAS_IT = "\U000f0000"


def letters(words: str) -> set[str]:
    return {letter for letter in words if letter.isalpha()}


def test_a_report_is_tagged_and_says_its_title_and_language() -> None:
    made = write_pdf(a_report())
    root: Any = read_pdf(made).trailer["/Root"]
    assert claims_ua(made)
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert read_pdf(made).metadata.title == a_report().title  # type: ignore[union-attr]  # it has metadata
    kinds = {element.get("/S") for element in structure_of(made)}
    assert {"/H1", "/H2", "/Table", "/TR", "/Figure"} <= kinds


def test_the_picture_is_told_to_who_cannot_see_it() -> None:
    told = [element["/Alt"] for element in structure_of(write_pdf(a_report())) if "/Alt" in element]
    assert a_report().picture_words in told


def test_every_font_is_inside() -> None:
    for page in read_pdf(write_pdf(a_report())).pages:
        fonts: Any = page["/Resources"]["/Font"]  # type: ignore[index]  # pypdf types it as any object
        for font in fonts.values():
            descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)


def test_each_page_says_whose_it_is_and_which_of_how_many() -> None:
    entries = tuple((f"{day:02d}-Mar-2026", "average 4") for day in range(1, 32)) * 4
    further = (Table(title="All entries", columns=("About", "Scores"), rows=entries, widths=(1, 3)),)
    pages = pages_of(write_pdf(a_report(further=further)))
    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        assert "Ana Cruz · born 09-Apr-1960 · RIGHT · injected 02-Mar-2026" in page
        assert "Printed 06-Aug-2026 10:30 (America/New_York) by Dr Chen" in page
        assert f"Page {number} of {len(pages)}" in page


def test_what_does_not_fit_on_the_page_goes_on_overleaf_and_the_page_says_so() -> None:
    reason = " ".join(f"reason{number}" for number in range(1500))
    pages = pages_of(write_pdf(a_report(parts=(Part(title="Plan", lines=(reason,)),))))
    assert "continued on page 2" in pages[0]
    assert "continued" not in pages[-1]
    assert " ".join(pages).count("reason") == 1500


def test_there_is_a_report_without_a_picture() -> None:
    assert "Ana Cruz" in text_of(write_pdf(a_report(picture=None, boxes=(), tables=())))


# --- letters ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("script", DRAWN_EVERYWHERE)
def test_a_name_in_any_of_these_scripts_prints(script: str) -> None:
    name = DRAWN_EVERYWHERE[script]
    made = write_pdf(a_report(name=name, running=(name, "born 09-Apr-1960")))
    assert claims_ua(made)
    assert letters(name) <= letters(text_of(made))


@pytest.mark.parametrize("script", DRAWN_WITH_A_FONT)
def test_a_name_prints_or_the_page_says_which_letters_are_not_drawn(script: str) -> None:
    name = DRAWN_WITH_A_FONT[script]
    made = write_pdf(a_report(name=name))
    if claims_ua(made):
        assert letters(name) <= letters(text_of(made))
    else:
        assert all(f"U+{ord(letter):04X}" in text_of(made) for letter in letters(name))


def test_a_letter_that_no_font_has_is_named_and_the_page_says_what_to_install() -> None:
    made = write_pdf(a_report(name=f"Ana {NO_FONT_HAS_IT} Cruz"))
    text = text_of(made)
    assert not claims_ua(made)
    assert "Letters that could not be drawn: U+F0000" in text
    assert "fonts-noto-core" in text
    assert read_pdf(made).trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index]  # pypdf types it as any object


def test_letters_are_named_by_number_and_name() -> None:
    assert in_code_points("王") == ["U+738B CJK UNIFIED IDEOGRAPH-738B"]
    told = 'error: PDF/UA-1 error: the text `"\\u{e000}"` could not be displayed with font `"Noto Sans"`'
    assert undrawn_letters(told + told) == ["\ue000"]


# --- what people write ------------------------------------------------------------------------------------------------

HOSTILE = (
    '#panic("x")',
    "#let x = 1; $ x^2 $ *bold* _it_ `raw` @ref <label> = heading",
    "</script><script>alert(1)</script>",
    '"; read("/etc/passwd") \\ \\u{41} //comment',
    "{{ 7*7 }} <svg onload=x>",
)


@pytest.mark.parametrize("words", HOSTILE)
def test_what_looks_like_markup_is_printed_as_it_was_written(words: str) -> None:
    made = write_pdf(a_report(name=words, parts=(Part(title=words, lines=(words,)),)))
    assert claims_ua(made)
    assert text_of(made).replace(" ", "").count(words.replace(" ", "")) == 3


def test_words_that_begin_like_a_drawing_are_cleaned_as_others_are() -> None:
    report = a_report(name="<svg\u202e>\x00" + "W" * 50, picture="<svg> \n </svg>")
    values = values_of(report)
    assert values["name"] == on_paper(report.name)
    assert values["picture"] == report.picture


def test_what_turns_or_breaks_lines_is_left_out() -> None:
    assert on_paper("Ana\u202eCruz\n\n \t\x00born\ufeff") == "AnaCruz born"
    assert on_paper("می‌نا") == "می‌نا"  # the joiner that Persian needs stays


def test_a_word_without_end_stays_on_the_paper() -> None:
    assert max(map(len, on_paper("W" * 200).split("\u200b"))) == 40
    assert text_of(write_pdf(a_report(name="W" * 200))).count("W") == 200


def test_a_name_from_right_to_left_leaves_its_neighbours_where_they_are() -> None:
    made = write_pdf(a_report(name="שרה לוי", running=("שרה לוי", "12", "34")))
    assert "· 12 · 34" in text_of(made)


# --- the worker -------------------------------------------------------------------------------------------------------


def test_what_takes_too_long_is_ended_and_told() -> None:
    with pytest.raises(NotJustNow, match="too long"):
        typeset("report.typ", {}, made_at=PRINTED_AT, seconds=0.001)


def test_what_cannot_be_made_is_told_and_the_log_holds_none_of_its_words(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(NotJustNow, match="could not be made"):
        typeset("report.typ", {"no": "report about Ana"}, made_at=PRINTED_AT)
    assert caplog.messages == ["A report could not be made: its process ended with 1"]


def test_a_third_at_once_is_asked_to_try_again() -> None:
    with (
        typesetting.making_or_waiting,
        typesetting.making_or_waiting,
        pytest.raises(NotJustNow, match="Try again in a few seconds"),
    ):
        typeset("report.typ", {}, made_at=PRINTED_AT)


def test_the_same_report_is_the_same_file() -> None:
    assert write_pdf(a_report()) == write_pdf(a_report())
