"""What is spoken: words, days and numbers in English and Spanish, in this thread and in no other."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from threading import Thread

import pytest

from diary.domain.errors import InvalidValue, NotAllowed, TooManyTries
from diary.domain.said import Said, say
from diary.words import language
from diary.words.dates import clock_time, long_day, long_day_and_year, number, short_day, weekday
from diary.words.language import (
    LANGUAGES,
    Language,
    gettext,
    in_language,
    language_of,
    lazy_gettext,
    ngettext,
    pgettext,
    spoken,
    told,
)

PO = """
msgid ""
msgstr ""
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Wait %(minutes)s minutes."
msgstr "Espere %(minutes)s minutos."

msgid "1 answer"
msgid_plural "%(num)s answers"
msgstr[0] "1 respuesta"
msgstr[1] "%(num)s respuestas"

msgctxt "of a door"
msgid "Open"
msgstr "Abierta"

msgid "Save"
msgstr "Guardar"

#, fuzzy
msgid "Stop"
msgstr "Parar"

msgid "%(given)s are more than %(most)s"
msgstr "%(most)s es el máximo, no %(given)s"
"""


@pytest.fixture
def few_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Language]:
    """A language with few words, written like Spanish."""
    folder = tmp_path / "xx"
    (folder / "LC_MESSAGES").mkdir(parents=True)
    (folder / "LC_MESSAGES" / "patient.po").write_text(PO, encoding="utf-8")
    few = Language(
        code="xx",
        name="Few",
        formats="es",
        long_day="EEEE d MMMM",
        long_day_and_year="EEEE d MMMM y",
        short_day="d MMM",
        day_and_month="d MMMM",
        day_month_and_year="d MMMM y",
        clock="H:mm",
        folder=folder,
    )
    monkeypatch.setitem(LANGUAGES, "xx", few)
    with in_language("xx"):
        yield few


def test_a_sentence_is_told_with_its_values(few_words: Language) -> None:
    assert spoken() is few_words
    assert gettext("Wait %(minutes)s minutes.", minutes=5) == "Espere 5 minutos."
    assert ngettext("1 answer", "%(num)s answers", 1) == "1 respuesta"
    assert ngettext("1 answer", "%(num)s answers", 3) == "3 respuestas"
    assert pgettext("of a door", "Open") == "Abierta"


@pytest.mark.usefixtures("few_words")
def test_what_has_no_translation_or_a_doubtful_one_stays_english() -> None:
    assert gettext("Half of %(all)s, 50%%", all=8) == "Half of 8, 50%"
    assert ngettext("1 day", "%(num)s days", 2) == "2 days"
    assert pgettext("of a day", "Open") == "Open"
    assert gettext("Stop") == "Stop"


@pytest.mark.usefixtures("few_words")
def test_an_error_is_english_inside_and_told_in_the_language_spoken() -> None:
    error = NotAllowed("Wait %(minutes)s minutes.", minutes=5)

    assert str(error) == "Wait 5 minutes."
    assert told(error) == "Espere 5 minutos."
    assert told(NotAllowed("100% of it")) == "100% of it"
    assert told("typed by somebody") == "typed by somebody"


@pytest.mark.usefixtures("few_words")
def test_a_refused_value_tells_its_reason_wherever_it_is_seen_from() -> None:
    error = InvalidValue("items", say("%(given)s are more than %(most)s", given=12, most=10)).within("entries[3]")

    assert str(error) == "entries[3].items: 12 are more than 10"
    assert error.reason == "12 are more than 10"
    assert told(error.reason) == "10 es el máximo, no 12"
    assert told(error) == "entries[3].items: 10 es el máximo, no 12"
    assert isinstance(InvalidValue("", "%(given)s are more than %(most)s", given=1, most=0).reason, Said)


@pytest.mark.usefixtures("few_words")
def test_a_value_may_be_words_itself() -> None:
    assert told(say("(%(why)s)", why=say("Save"))) == "(Guardar)"
    assert str(say("(%(why)s)", why=say("Save"))) == "(Save)"


def test_lazy_words_are_told_when_they_are_looked_at(few_words: Language) -> None:
    label = lazy_gettext("Save")

    assert str(label) == "Guardar"
    assert f"{label}!" == label + "!" == "Guardar!"
    assert label.upper() == "GUARDAR"
    assert {lazy_gettext("Save"): 1}[label] == 1
    with in_language("en"):
        assert label == "Save"
        assert spoken() is not few_words
    assert label == "Guardar"
    assert str(lazy_gettext("Wait %(minutes)s minutes.", minutes=2)) == "Espere 2 minutos."


def test_another_thread_speaks_english() -> None:
    heard = []

    def listen() -> None:
        heard.append(spoken().code)

    with in_language("es"):
        thread = Thread(target=listen)
        thread.start()
        thread.join()
        assert spoken().code == "es"
    assert heard == ["en"]
    assert spoken().code == "en"


@pytest.mark.parametrize(
    ("wanted", "code"), [("es-MX", "es"), ("es_US", "es"), ("EN-gb", "en"), ("eo", "en"), ("", "en"), (None, "en")]
)
def test_a_wish_becomes_a_language_that_we_speak(wanted: str | None, code: str) -> None:
    assert language_of(wanted).code == code


def test_days_and_times_as_patients_read_them() -> None:
    day = date(2026, 8, 6)

    assert [weekday(day), long_day(day), short_day(day)] == ["Thursday", "Thursday 6 August", "Thu 6 Aug"]
    assert long_day_and_year(day) == "Thursday 6 August 2026"
    assert [clock_time(time(19, 5)), clock_time(time(7)), clock_time(time(12))] == ["7.05pm", "7am", "midday"]
    assert [number(3.5), number(3.0)] == ["3.5", "3"]
    with in_language("es"):
        assert [weekday(day), long_day(day), short_day(day)] == ["jueves", "jueves 6 de agosto", "jue 6 ago"]
        assert long_day_and_year(day) == "jueves 6 de agosto de 2026"
        assert [clock_time(time(19, 5)), clock_time(time(0))] == ["19:05", "0:00"]
        assert [number(3.5), number(3.0), number(1234.25, decimals=2)] == ["3,5", "3", "1234,25"]


def test_in_english_babel_is_not_even_imported() -> None:
    said = (
        "import datetime, sys; from diary.words.dates import long_day; from diary.words.language import gettext; "
        "gettext('Save'); long_day(datetime.date(2026, 8, 6)); assert 'babel' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", said], check=True)


def test_too_many_tries_keeps_how_long_to_wait() -> None:
    from datetime import timedelta

    error = TooManyTries("Wait %(minutes)s minutes.", wait=timedelta(minutes=2), minutes=2)

    assert str(error) == "Wait 2 minutes."
    assert error.wait == timedelta(minutes=2)


def test_the_folder_of_translations_is_the_one_in_the_repository() -> None:
    assert (language.TRANSLATIONS / "es" / "LC_MESSAGES" / "patient.po").is_file()
