"""The tool that keeps the catalogues: what it finds, what it keeps, and what it refuses."""

from dataclasses import replace
from pathlib import Path

import pytest

from diary.words.catalogue import Key, read_catalogue
from diary.words.catalogues import Sentence, faults, sentences_in, write
from diary.words.language import SPANISH, Language

PYTHON = """
from diary.words.language import gettext as _, ngettext
_("Save")
ngettext("1 day", "%(num)s days", 3)
raise InvalidValue("pain", "Choose a number from 0 to %(most)s.", most=10)
"""
TEMPLATE = """{{ _("Save") }}{% trans day=day %}
  You filled in {{ day }}, 50%.
{% endtrans %}"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of one module and one template."""
    (tmp_path / "diary" / "web").mkdir(parents=True)
    (tmp_path / "templates" / "patient").mkdir(parents=True)
    (tmp_path / "diary" / "web" / "words.py").write_text(PYTHON, encoding="utf-8")
    (tmp_path / "templates" / "patient" / "day.html").write_text(TEMPLATE, encoding="utf-8")
    return tmp_path


@pytest.fixture
def spanish(project: Path) -> Language:
    """Spanish whose files are in that project."""
    return replace(SPANISH, folder=project / "es")


def translate(language: Language, part: str, *pairs: tuple[str, str]) -> None:
    file = language.folder / "LC_MESSAGES" / f"{part}.po"
    words = file.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in words
        words = words.replace(old, new)
    file.write_text(words, encoding="utf-8")


def test_it_finds_the_sentences_of_code_templates_and_errors(project: Path) -> None:
    found = sentences_in(project)

    assert {(one, sentence.many, sentence.part) for (_, one), sentence in found.items()} == {
        ("Save", None, "patient"),
        ("1 day", "%(num)s days", "forms"),
        ("Choose a number from 0 to %(most)s.", None, "forms"),
        ("You filled in %(day)s, 50%%.", None, "patient"),
    }


def test_each_new_sentence_waits_until_it_is_translated(project: Path, spanish: Language) -> None:
    write(spanish, sentences_in(project))

    assert sum(fault.startswith("not translated") for fault in faults(spanish, sentences_in(project))) == 4

    translate(spanish, "patient", ('"Save"\nmsgstr ""', '"Save"\nmsgstr "Guardar"'))
    translate(spanish, "patient", ('50%%."\nmsgstr ""', '50%%."\nmsgstr "Rellenó %(day)s, 50%%."'))
    translate(spanish, "forms", ('[0] ""', '[0] "1 día"'), ('[1] ""', '[1] "%(num)s días"'))
    translate(spanish, "forms", ('(most)s."\nmsgstr ""', '(most)s."\nmsgstr "Elija de 0 a %(most)s."'))
    assert list(faults(spanish, sentences_in(project))) == []


def test_it_tells_other_placeholders_what_is_left_over_and_what_is_doubtful(project: Path, spanish: Language) -> None:
    write(spanish, sentences_in(project))
    translate(spanish, "patient", ('50%%."\nmsgstr ""', '50%%."\nmsgstr "Rellenó %(dia)s."'))
    translate(spanish, "patient", ('msgid "Save"\nmsgstr ""', '#, fuzzy\nmsgid "Save"\nmsgstr "Salvar"'))
    translate(spanish, "forms", ('msgid "Choose', 'msgid "Gone"\nmsgstr "Ido"\n\n#, python-format\nmsgid "Choose'))

    told = "\n".join(faults(spanish, sentences_in(project)))

    assert "other placeholders: 'You filled in %(day)s, 50%%.'" in told
    assert "left over: 'Gone'" in told
    assert "fuzzy: 'Save'" in told


def test_a_translation_stays_when_its_sentence_moves_to_another_part(project: Path, spanish: Language) -> None:
    write(spanish, sentences_in(project))
    translate(spanish, "patient", ('"Save"\nmsgstr ""', '"Save"\nmsgstr "Guardar"'))
    (project / "templates" / "patient" / "day.html").unlink()

    write(spanish, sentences_in(project))

    assert 'msgstr "Guardar"' in (spanish.folder / "LC_MESSAGES" / "forms.po").read_text(encoding="utf-8")
    assert "Save" not in (spanish.folder / "LC_MESSAGES" / "patient.po").read_text(encoding="utf-8")


def test_written_twice_the_files_are_the_same(project: Path, spanish: Language) -> None:
    write(spanish, sentences_in(project))
    before = {file.name: file.read_bytes() for file in (spanish.folder / "LC_MESSAGES").iterdir()}

    write(spanish, sentences_in(project))

    assert {file.name: file.read_bytes() for file in (spanish.folder / "LC_MESSAGES").iterdir()} == before


def test_a_conflict_is_read_as_both_of_its_sides_whole(tmp_path: Path) -> None:
    """Git may begin a conflict between a sentence and its translation, and leave it empty on one side."""
    folder = tmp_path / "LC_MESSAGES"
    folder.mkdir()
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    (folder / "patient.po").write_text(
        f'{head}msgid "Home"\n<<<<<<< HEAD\nmsgstr ""\n\nmsgid "Never"\nmsgstr "Nunca"\n=======\nmsgstr "Inicio"\n'
        '>>>>>>> theirs\n\nmsgid "Save"\nmsgstr "Guardar"\n',
        "utf-8",
    )
    language = replace(SPANISH, folder=tmp_path)
    sentences: dict[Key, Sentence] = {
        (None, one): Sentence(one=one, many=None, context=None, part="patient", places=frozenset())
        for one in ("Home", "Never", "Save")
    }

    write(language, sentences)

    assert list(faults(language, sentences)) == []
    read = read_catalogue(tmp_path, direction="ltr").sentences
    assert read == {(None, "Home"): ("Inicio",), (None, "Never"): ("Nunca",), (None, "Save"): ("Guardar",)}
