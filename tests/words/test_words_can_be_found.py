"""What cannot be found cannot be translated: text of a template outside gettext, and sentences put together."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from diary.words.catalogues import KEYWORDS

PROJECT = Path(__file__).parent.parent.parent
TRANSLATED = ("base.html", "phone.html", "patient/", "join/", "share/", "errors/", "languages/", "components/log.html")
# What patients and those who look by their code are told; the pages of staff join as their words are translated.
SPOKEN = (
    *("diary/web/patient/", "diary/web/join/", "diary/web/share/", "diary/web/sync/", "diary/domain/limits.py"),
    *(f"diary/services/{name}.py" for name in ("devices", "enrolment", "entries", "outbox", "shares", "languages")),
    *("diary/services/erasure.py", "diary/domain/form.py", "diary/domain/diary.py", "diary/domain/pain.py"),
)
SAYS = frozenset(KEYWORDS) | {"flash"}

_SILENT = re.compile(r"\{#.*?#\}|\{%-?\s*trans\b.*?endtrans\s*-?%\}|\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_SEEN_OR_HEARD = re.compile(r'\b(?:aria-label|title|alt|placeholder)="([^"]*)"')
_BLOCK_OF_CLASS = re.compile(r"\{% block body_class %\}.*?\{% endblock %\}")


def words_of(template: str) -> str:
    """What a template says by itself."""
    left = _SILENT.sub(" ", _BLOCK_OF_CLASS.sub("", template))
    return " ".join([re.sub(r"<[^>]*>", " ", left), *_SEEN_OR_HEARD.findall(left)])


def templates() -> list[Path]:
    folder = PROJECT / "templates"
    found = sorted(folder.rglob("*.html"))
    return [file for file in found if file.relative_to(folder).as_posix().startswith(TRANSLATED)]


@pytest.mark.parametrize("file", templates(), ids=lambda file: file.name)
def test_a_template_says_nothing_outside_gettext(file: Path) -> None:
    assert re.findall("[A-Za-z]{2,}", words_of(file.read_text(encoding="utf-8")).replace("English", "")) == []


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
    spoken = [file for file in modules if file.relative_to(PROJECT).as_posix().startswith(SPOKEN)]
    found = {file.name: faults for file in spoken if (faults := list(put_together(file.read_text(encoding="utf-8"))))}
    assert found == {}
