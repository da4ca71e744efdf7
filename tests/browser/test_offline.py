"""The diary without signal: the network really cut, the server really killed, in a browser as phones have it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.at_home import AtHome, RealServer, answer_day, wait_until_ready


@pytest.fixture
def backend() -> str:
    """A file that survives its server."""
    return "sqlite"


@pytest.fixture(scope="module")
def one_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    server = RealServer(tmp_path_factory.mktemp("home"))
    yield server
    server.close()


@pytest.fixture
def server(one_server: RealServer) -> RealServer:
    one_server.start()
    return one_server


@pytest.fixture
def ana(server: RealServer) -> AtHome:
    return AtHome(server)


def test_the_day_is_logged_without_signal_in_as_many_taps_and_sent_when_it_is_back(
    browser: Browser, ana: AtHome
) -> None:
    phone = ana.phone(browser)
    page = phone.new_page()
    phone.set_offline(True)
    page.goto("/me/day")
    answer_day(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Saved on this phone")
    expect(page.locator("[data-saved]")).to_have_text("Saved on this phone. We will send it when you are back online.")
    page.get_by_role("link", name="Home").first.click()
    expect(page.locator("[data-outbox]")).to_have_text("1 answer is waiting to be sent")
    assert ana.diary.entries == ()
    phone.set_offline(False)
    expect(page.locator("[data-outbox]")).to_be_hidden()
    (entry,) = ana.diary.entries
    assert (entry.scores.average, entry.scores.moving, entry.analgesic) == (4, 3, False)
    assert entry.day == ana.today
    phone.close()
