"""A browser without JavaScript for the test client: it sends a page's form as a person would, hidden fields and all."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


@dataclass
class PageForm:
    """One form of a page: where it goes, what it sends if nothing is touched, and the names of the fields one sees."""

    action: str
    method: str
    names: set[str] = field(default_factory=set)
    sends: dict[str, str] = field(default_factory=dict)
    shown: set[str] = field(default_factory=set)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self._open: PageForm | None = None
        self._select = ""
        self._textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = PageForm(given.get("action", ""), given.get("method", "get"))
            self.forms.append(self._open)
        elif self._open is not None:
            self._control(self._open, tag, given)

    def _control(self, form: PageForm, tag: str, given: dict[str, str]) -> None:
        name = given.get("name", "")
        if tag == "option" and self._select:
            if "selected" in given or self._select not in form.sends:
                form.sends[self._select] = given.get("value", "")
        elif name:
            form.names.add(name)
            if tag in {"select", "textarea"} or (tag == "input" and given.get("type") != "hidden"):
                form.shown.add(name)
            if tag == "select":
                self._select = name
            elif tag == "textarea":
                self._textarea = name
                form.sends[name] = ""
            elif tag == "input" and (given.get("type") not in {"radio", "checkbox"} or "checked" in given):
                form.sends[name] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._open is not None and self._textarea:
            self._open.sends[self._textarea] += data

    def handle_endtag(self, tag: str) -> None:
        match tag:
            case "form":
                self._open = None
            case "select":
                self._select = ""
            case "textarea":
                if self._open is not None:
                    self._open.sends[self._textarea] = self._open.sends[self._textarea].strip()
                self._textarea = ""
            case _:
                pass


def forms_of(page: TestResponse) -> list[PageForm]:
    """Every form of a page."""
    parser = _Forms()
    parser.feed(page.get_data(as_text=True))
    return [form for form in parser.forms if form.method == "post"]


def send(
    client: FlaskClient, address: str, answers: Mapping[str, str] | None = None, *, to: str | None = None
) -> TestResponse:
    """Open a page, answer its form (the one whose action ends in ``to``), and send it; the answer, not followed."""
    return answer(client, address, client.get(address), answers, to=to)


def answer(
    client: FlaskClient,
    address: str,
    page: TestResponse,
    answers: Mapping[str, str] | None = None,
    *,
    to: str | None = None,
) -> TestResponse:
    """Answer the form of a page that is already open, however long ago it was opened."""
    assert page.status_code in {200, 409, 422}, page.status
    form = next(form for form in forms_of(page) if (form.action.endswith(to) if to else form.action == ""))
    unknown = set(answers or {}) - form.names
    assert not unknown, f"the page does not ask for {unknown}"
    return client.post(form.action or address, data={**form.sends, **(answers or {})})
