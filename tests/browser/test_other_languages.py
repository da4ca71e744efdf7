"""Other languages on a phone: nothing overflows, and what is read from the right turns the pages around."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from diary.domain.access import Role
from diary.services.languages import review_words
from diary.words.help_words import help_words
from diary.words.language import SPANISH
from tests.browser.test_log_pages import CLIPPED, SIZES, Ana
from tests.factories import staff_of
from tests.live_server import LiveServer
from tests.made_up_language import CODE, spoken_here

RIGHT_OF = "([one, other]) => one.getBoundingClientRect().left > other.getBoundingClientRect().left"
ORDER = """texts => texts.filter(text => /^\\d+\\/\\d+$/.test(text.textContent))
    .map(text => text.getBoundingClientRect().left)"""


@pytest.fixture
def backend() -> str:
    return "sqlite"


@pytest.fixture
def ana(live: LiveServer) -> Iterator[Ana]:
    """Ana, whose diary speaks the made-up language."""
    with spoken_here():
        yield Ana(live)


@pytest.fixture
def context(browser: Browser, live: LiveServer) -> Iterator[BrowserContext]:
    """A browser in which the made-up language was chosen."""
    context = speaking(browser, live, CODE)
    yield context
    context.close()


def speaking(browser: Browser, live: LiveServer, code: str) -> BrowserContext:
    """A browser in which this language was chosen; without scripts, which change no layout and go on after a page."""
    context = browser.new_context(service_workers="block")
    context.route("**/static/js/**", lambda route: route.abort())
    context.add_cookies([{"name": "diary_language", "value": code, "url": live.url}])
    return context


def pages_that_fit(page: Page, ana: Ana, size: tuple[int, int]) -> Iterator[str]:
    """Open every page of Ana's and more at this size; each that neither scrolls sideways nor cuts a word off."""
    width, height = size
    page.set_viewport_size({"width": width, "height": height})
    others = ["/me/settings", "/me/questions/1", "/me/questions/3", "/me/help/result/breathing", "/join", "/me/data"]
    for address in [*ana.pages(), *others]:
        page.goto(f"{ana.live.url}{address}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert page.eval_on_selector_all("label, button, h1, legend", CLIPPED) == [], address
        yield address


@pytest.mark.parametrize("size", [SIZES[0], SIZES[1], SIZES[3]])
def test_every_page_turns_around_and_fits(context: BrowserContext, ana: Ana, size: tuple[int, int]) -> None:
    page = context.new_page()
    for address in pages_that_fit(page, ana, size):
        assert page.evaluate("getComputedStyle(document.body).direction") == "rtl", address
        if size == SIZES[1]:
            assert page.evaluate("document.querySelector('h1').getBoundingClientRect().right") > size[0] / 2, address


@pytest.mark.parametrize("size", SIZES[:2])
def test_every_page_fits_in_spanish(browser: Browser, ana: Ana, size: tuple[int, int]) -> None:
    have_spanish_read(ana)
    context = speaking(browser, ana.live, "es")
    page = context.new_page()
    for address in pages_that_fit(page, ana, size):
        assert page.locator("html").get_attribute("lang") == "es", address
        expect(page.locator("h1")).not_to_have_text("")
    context.close()


def have_spanish_read(ana: Ana) -> None:
    """As Ana's clinic does before its patients may choose it."""
    admin = staff_of(ana.patient.clinic_id, Role.ADMIN)
    with ana.live.app.app_context():
        review_words(
            admin,
            ana.patient.clinic_id,
            code="es",
            version=help_words(SPANISH).version,
            reader="Lucía Vega",
            now=ana.now,
        )


def test_the_buttons_0_to_10_begin_at_the_right(context: BrowserContext, ana: Ana) -> None:
    page = log_page(context, ana)

    zero, one = page.locator("label.score").nth(0).element_handle(), page.locator("label.score").nth(1).element_handle()
    assert page.evaluate(RIGHT_OF, [zero, one])  # 0 stands at the right, where one begins to read


def test_the_chart_stays_left_to_right_and_says_so(context: BrowserContext, ana: Ana) -> None:
    page = context.new_page()
    page.goto(f"{ana.live.url}/me/scores")

    dates = page.locator("figure svg").first.locator("text").evaluate_all(ORDER)
    assert len(dates) == 3
    assert dates == sorted(dates)
    assert page.evaluate("getComputedStyle(document.querySelector('figure svg text')).direction") == "ltr"
    assert page.locator("p.hint:above(figure)").count() > 0


def test_a_telephone_number_is_not_read_backwards(context: BrowserContext, ana: Ana) -> None:
    page = context.new_page()
    page.goto(f"{ana.live.url}/me/help")

    assert "\u2068+1 212 555 0100\u2069" in page.content()


def log_page(context: BrowserContext, ana: Ana) -> Page:
    """Today's page."""
    page = context.new_page()
    page.goto(f"{ana.live.url}/me/day/{ana.today}")
    return page
