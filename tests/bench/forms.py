"""A page's form as a browser would send it, with an answer to every question."""

from html.parser import HTMLParser
from uuid import uuid4


class _Forms(HTMLParser):
    """The forms of a page: hidden values, and what each group of radio buttons offers."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[dict[str, str], dict[str, list[str]]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(({}, {}))
        elif tag == "input" and self.forms and "name" in given:
            hidden, offered = self.forms[-1]
            if given.get("type") == "hidden":
                hidden[given["name"]] = given.get("value", "")
            elif given.get("type") == "radio":
                offered.setdefault(given["name"], []).append(given.get("value", ""))


def answered(page: str) -> dict[str, str]:
    """The values of the form with the most questions: 4 where that is offered, else what comes first."""
    parser = _Forms()
    parser.feed(page)
    hidden, offered = max(parser.forms, key=lambda form: len(form[1]))
    answers = {name: "4" if "4" in values else values[0] for name, values in offered.items()}
    return {**hidden, **answers, "save": "Save"}


def as_new(typed: dict[str, str]) -> dict[str, str]:
    """The same answers as another entry: its id is made by the page."""
    return {**typed, "entry_id": str(uuid4())}
