"""What cannot be found cannot be translated: text of a template outside gettext, and sentences put together."""

import ast
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from diary.words.catalogues import KEYWORDS

PROJECT = Path(__file__).parent.parent.parent
NAMES = {"English", "PDF"}
# Commands speak English; of a database in trouble the pages speak for themselves.
OF_COMMANDS = {"CannotCopy", "WrongSetting", "DatabaseBusy"}
SAYS = frozenset(KEYWORDS) | {"flash"}

_SILENT = re.compile(r"\{#.*?#\}|\{%-?\s*trans\b.*?endtrans\s*-?%\}|\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_SEEN_OR_HEARD = re.compile(r'\b(?:aria-label|title|alt|placeholder)="([^"]*)"')
_BLOCK_OF_CLASS = re.compile(r"\{% block body_class %\}.*?\{% endblock %\}")


def words_of(template: str) -> str:
    """What a template says by itself."""
    left = _SILENT.sub(" ", _BLOCK_OF_CLASS.sub("", template))
    return " ".join([re.sub(r"<[^>]*>", " ", left), *_SEEN_OR_HEARD.findall(left)])


def templates() -> list[Path]:
    return sorted((PROJECT / "templates").rglob("*.html"))


@pytest.mark.parametrize("file", templates(), ids=lambda file: file.name)
def test_a_template_says_nothing_outside_gettext(file: Path) -> None:
    said = set(re.findall("[A-Za-z]{2,}", unescape(words_of(file.read_text(encoding="utf-8")))))
    assert said - NAMES == set()


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAYS:
            yield node.func.id, node


def put_together(source: str) -> Iterator[str]:
    """The sentences of a module that are not written out where they are said."""
    for name, call in calls(ast.parse(source)):
        place = 1 if name == "InvalidValue" else 0
        said = call.args[place] if len(call.args) > place else None
        if isinstance(said, ast.JoinedStr | ast.BinOp) or (name == "flash" and isinstance(said, ast.Constant)):
            yield f"line {call.lineno}: {ast.unparse(said)}"


def test_what_is_put_together_is_noticed() -> None:
    assert (
        len(list(put_together('NotAllowed(f"Wait {n}"); flash("Saved."); InvalidValue("a", "b" + c); _("Saved.")')))
        == 3
    )


def said_inside_f_strings(source: str) -> Iterator[str]:
    """The sentences that are said between the braces of an f-string, where the catalogues' search does not look."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr):
            yield from (f"line {call.lineno}: {ast.unparse(call)}" for _name, call in calls(node))


def test_no_sentence_is_said_inside_an_f_string() -> None:
    assert len(list(said_inside_f_strings("f\"{_('Saved.')} at {clock(now)}\""))) == 1
    modules = sorted((PROJECT / "diary").rglob("*.py"))
    found = {file.name: faults for file in modules if (faults := list(said_inside_f_strings(file.read_text("utf-8"))))}
    assert found == {}


def test_sentences_are_written_out_where_they_are_said() -> None:
    modules = sorted((PROJECT / "diary").rglob("*.py"))
    found = {file.name: faults for file in modules if (faults := list(put_together(file.read_text(encoding="utf-8"))))}
    assert found == {}


def family(trees: list[ast.Module]) -> set[str]:
    """The names of `DiaryError` and of all errors that come of it."""
    bases = {
        node.name: {base.id for base in node.bases if isinstance(base, ast.Name)}
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    found = {"DiaryError"}
    while more := {name for name, of in bases.items() if of & found} - found:
        found |= more
    return found


def test_the_words_of_every_error_are_found() -> None:
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in sorted((PROJECT / "diary").rglob("*.py"))]
    errors = family(trees)
    said = {
        node.func.id
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in errors
        if any(isinstance(argument, ast.Constant) and isinstance(argument.value, str) for argument in node.args)
    }

    assert {"NotFound", "InvalidValue", "CodeNoLongerWorks"} <= said
    assert said - frozenset(KEYWORDS) - OF_COMMANDS == set()
