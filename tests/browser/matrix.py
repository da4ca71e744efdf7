"""A page as somebody sees it: on which screen, how large, in which colours and language, with and without a script.

What is asserted follows ``screens.md`` section 4. axe runs where the page may run scripts; it hangs where it may not.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page

from diary.web.languages import COOKIE as OF_LANGUAGE
from diary.web.reading import COOKIE, Contrast, Reading, TextSize
from diary.words.language import LANGUAGES, gettext, in_language
from tests.browser.cast import Cast
from tests.browser.walk import PHONE, PageToSee

HEIGHTS = {320: 640, 375: 667, 640: 512, 1280: 800}  # 320 px is 1280 at 400%, 640 is 1280 at 200%
LOOKS = {
    "as it is": Reading(),
    "bigger text": Reading(text=TextSize.BIGGEST),
    "high contrast": Reading(contrast=Contrast.HIGH),
}
# The first of each is what a row takes where nothing is to be won.
OPTIONS: dict[str, tuple[Hashable, ...]] = {
    "width": tuple(HEIGHTS),
    "text": ("100%", "200%"),
    "motion": ("reduced", "free"),
    "colours": ("own", "forced"),
    "scripts": ("on", "off"),
    "by": ("touch", "keyboard"),
    "look": tuple(LOOKS),
}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
CORRECTIONS = {"clinic.correct_injection"}  # where the scores that stand are shown, to be changed
MOST_STOPS = 600  # presses of Tab: a page that never lets go of the keyboard is found out
HERE = Path(__file__).parent
WRONG_ON_PAGE = (HERE / "checks.js").read_text()
WHERE_FOCUS_IS = (HERE / "focus.js").read_text()
EMPTY_AND_SEND = """place => {
    const form = [...document.querySelectorAll('form[method=post]')][place];
    for (const field of form.elements) {
        if (['radio', 'checkbox'].includes(field.type)) field.checked = false;
        else if (field.type !== 'hidden' && field.type !== 'submit') field.value = '';
    }
    HTMLFormElement.prototype.submit.call(form);  // a button may bear an answer, such as the keys of the nurse's pad
}"""
PLACES = "() => [...document.querySelectorAll('nav[aria-label=Main] a, nav.places a')].map(a => a.textContent.trim())"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeing:
    """One row of the matrix."""

    page: PageToSee
    person: str
    width: int
    text: str
    motion: str
    colours: str
    scripts: str
    by: str
    look: str
    language: str

    def __str__(self) -> str:
        how = (
            f"{self.width} px",
            self.text,
            self.colours,
            f"scripts {self.scripts}",
            self.by,
            self.look,
            self.language,
        )
        return f"{self.page} as {self.person} ({', '.join(how)})"

    @property
    def browser(self) -> tuple[str, ...]:
        """What needs a window of its own."""
        return self.text, self.scripts, self.language

    @property
    def loading(self) -> tuple[str, ...]:
        """What the page has to be loaded anew for; all else changes in the open window."""
        return *self.browser, self.person, self.look, str(self.page)


def rows_of(combined: Iterable[Mapping[str, Any]]) -> list[Seeing]:
    """The rows in the order that loads fewest pages."""
    return sorted((Seeing(**row) for row in combined), key=lambda row: (row.loading, row.by != "touch", row.width))


@dataclass
class Looking:
    """Windows onto the pages of one server, kept open from row to row; ``wrong`` gathers what is found."""

    cast: Cast
    browsers: Mapping[str, Browser]  # by the size of text that they start with
    wrong: list[str] = field(default_factory=list)
    _window: Page | None = None
    _browser: tuple[str, ...] = ()
    _seeing: Seeing | None = None
    _refused: list[str] = field(default_factory=list)
    _titles: dict[tuple[str, str, str], str] = field(default_factory=dict)
    _navigation: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def look_at(self, row: Seeing) -> None:
        """Bring the page into the row's state and note what is wrong with it."""
        window = self._window_for(row)
        found: list[str] = []
        if self._seeing is None or self._seeing.loading != row.loading:
            found += self._load(window, row)
        window.set_viewport_size({"width": row.width, "height": HEIGHTS[row.width]})
        window.emulate_media(
            reduced_motion="reduce" if row.motion == "reduced" else "no-preference",
            forced_colors="active" if row.colours == "forced" else "none",
        )
        self._seeing = row
        found += _on_page(window, row)
        if row.scripts == "on":
            found += _by_axe(window, row)
        if row.by == "keyboard":
            found += _by_keyboard(window)
            self._seeing = None
        self.wrong += [f"{row}: {one}" for one in found]

    def close(self) -> None:
        """Close the window that is open."""
        if self._window:
            self._window.context.close()
        self._window = self._seeing = None

    def _window_for(self, row: Seeing) -> Page:
        if self._window and self._browser == row.browser:
            return self._window
        self.close()
        context = self.browsers[row.text].new_context(java_script_enabled=row.scripts == "on", locale=row.language)
        self._window, self._browser = context.new_page(), row.browser
        self._window.on("console", self._note_refusal)
        return self._window

    def _note_refusal(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or message.type == "error":
            self._refused.append(message.text)

    def _load(self, window: Page, row: Seeing) -> Iterator[str]:
        self._refused.clear()
        self.cast.forget_tries()
        window.context.clear_cookies()
        kept = {COOKIE: LOOKS[row.look].as_cookie(), OF_LANGUAGE: row.language}
        window.context.add_cookies(self.cast.cookies_of(row.person, also=kept))
        self.cast.speak(row.language)
        answer = window.goto(self.cast.live.url + row.page.address)
        if answer is None or answer.status not in {200, 409, 422}:
            yield f"answers {answer and answer.status}"
        if row.page.form is not None:
            with window.expect_navigation():
                window.evaluate(EMPTY_AND_SEND, row.page.form)
            yield from _of_errors(window, row)
        else:
            yield from self._beside_other_pages(window, row)
        yield from (f"the browser says: {words}" for words in self._refused if "status of 422" not in words)

    def _beside_other_pages(self, window: Page, row: Seeing) -> Iterator[str]:
        """Its title is its own, and the places to go to stand in the order of every other page."""
        title = window.title()
        same = self._titles.setdefault((row.person, row.language, title), row.page.endpoint)
        if same != row.page.endpoint:
            yield f"has the title {title!r} of {same}"
        places = window.evaluate(PLACES)
        usual = self._navigation.setdefault((row.person, row.language), places) if places else []
        if places != usual:
            yield f"leads to {places}, other pages to {usual}"


def _on_page(window: Page, row: Seeing) -> list[str]:
    first = "/me/help" if row.person in PHONE else None
    asked = {
        "forcedColours": row.colours == "forced",
        "language": row.language,
        "direction": LANGUAGES[row.language].direction,
        "help": first,
        "recorded": row.page.endpoint in CORRECTIONS,
    }
    found: list[str] = window.evaluate(WRONG_ON_PAGE, asked)
    return found


def _by_axe(window: Page, row: Seeing) -> list[str]:
    """What axe finds; with high contrast every word stands out 7 to 1."""
    rules = {"color-contrast-enhanced": {"enabled": row.look == "high contrast" and row.colours == "own"}}
    options = {"runOnly": TAGS, "rules": rules, "resultTypes": ["violations"]}
    found = Axe().run(window, options=options).response["violations"]
    return [f"axe: {one['id']}: {[node['html'][:120] for node in one['nodes'][:3]]}" for one in found]


def _by_keyboard(window: Page) -> list[str]:
    """Every stop of the Tab key, until it comes round: each shows where it is, and none holds the keyboard."""
    found: list[str] = []
    last = -1
    for _ in range(MOST_STOPS):
        window.keyboard.press("Tab")
        stop = window.evaluate(WHERE_FOCUS_IS)
        if stop is None or stop["number"] <= last:
            return found if last >= 0 else ["cannot be reached by keyboard"]
        last = stop["number"]
        found += [f"{stop['words']} {wrong}" for wrong in stop["wrong"]]
    return [*found, "never lets go of the keyboard"]


def _of_errors(window: Page, row: Seeing) -> Iterator[str]:
    with in_language(row.language):
        error = gettext("Error:")
    if not window.title().startswith(f"{error} "):
        yield f"is called {window.title()!r}"
    if window.locator("#error-summary a").count() == 0:
        yield "names nothing that is wrong"
    elif row.scripts == "on" and window.evaluate("document.activeElement.id") != "error-summary":
        yield "does not move to what is wrong"
