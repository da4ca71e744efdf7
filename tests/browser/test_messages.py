"""A message on a phone: what is shown on the locked screen, and where a tap leads."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.factories import a_clinic, a_patient
from tests.live_server import LiveServer
from tests.phones import bind_phone

MESSAGE = {
    "title": "Riverside Clinic",
    "body": "Your diary is ready. It takes 15 seconds.",
    "address": "/me/day/2026-03-05",
    "stop": "Stop reminders",
    "stopAddress": "/stop/secret",
}
SHOWN = """async () => {
    const registration = await navigator.serviceWorker.ready;
    const shown = await registration.getNotifications();
    return shown.map(one => ({title: one.title, body: one.body, tag: one.tag, data: one.data,
        actions: one.actions.map(action => action.title)}));
}"""


@pytest.fixture
def page_of_phone(browser: Browser, live: LiveServer) -> Iterator[Page]:
    """Ana's phone, which allows messages, on the page that asks for them."""
    with live.app.app_context():
        client = live.app.test_client()
        bind_phone(client, a_patient(a_clinic()))
    context = browser.new_context(base_url=live.url)
    context.grant_permissions(["notifications"], origin=live.url)
    cookies: Any = [
        {"name": cookie.key, "value": cookie.value, "url": live.url} for cookie in (client._cookies or {}).values()
    ]
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto("/me/settings/reminders/phone")
    yield page
    context.close()


def test_a_message_shows_the_words_it_bears_and_the_repeat_takes_its_place(page_of_phone: Page) -> None:
    page = page_of_phone
    devtools = page.context.new_cdp_session(page)
    workers: list[dict[str, Any]] = []
    devtools.on("ServiceWorker.workerRegistrationUpdated", lambda told: workers.extend(told["registrations"]))
    devtools.send("ServiceWorker.enable")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    registration = next(one["registrationId"] for one in workers)
    for _ in range(2):
        devtools.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": page.url.partition("/me")[0], "registrationId": registration, "data": json.dumps(MESSAGE)},
        )
    page.wait_for_function(f"async () => (await ({SHOWN})()).length > 0")
    assert page.evaluate(SHOWN) == [
        {
            "title": "Riverside Clinic",
            "body": "Your diary is ready. It takes 15 seconds.",
            "tag": "reminder",
            "data": {"address": "/me/day/2026-03-05", "stopAddress": "/stop/secret"},
            "actions": ["Stop reminders"],
        }
    ]


def test_a_phone_that_refuses_messages_is_told_what_else_there_is(page_of_phone: Page) -> None:
    page = page_of_phone
    expect(page.get_by_role("button", name="Allow messages")).to_be_visible()
    page.evaluate("Notification.requestPermission = async () => 'denied'")
    page.get_by_role("button", name="Allow messages").click()
    expect(page.get_by_role("status")).to_contain_text("You can also choose e-mail or your calendar.")


def test_without_its_script_the_page_says_so(browser: Browser, page_of_phone: Page) -> None:
    context = browser.new_context(java_script_enabled=False, storage_state=page_of_phone.context.storage_state())
    page = context.new_page()
    page.goto(page_of_phone.url)
    expect(page.get_by_role("button", name="Allow messages")).to_be_hidden()
    expect(page.get_by_text("with JavaScript off")).to_be_visible()
    context.close()
