"""What stays on a phone: nothing of a patient in a cache, nothing at all after signing out, and no answer stranded."""

import re
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from diary.domain.access import Role
from diary.domain.diary import Entry, Scores
from diary.services.devices import end_phone, phones_of
from diary.store.base import db
from diary.store.patients import find_patient
from tests.browser.at_home import (
    AtHome,
    RealServer,
    answer_day,
    keep_days,
    wait_until_ready,
    wait_until_sent,
    waiting,
)
from tests.factories import a_day, staff_of
from tests.real_server import PROJECT

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
NOTE = "a note that nobody else should ever read"
ALL_THAT_IS_CACHED = """async () => {
    const found = {};
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) found[request.url] = await (await cache.match(request)).text();
    }
    return found;
}"""


def lived(ana: AtHome) -> Entry:
    """A day of hers with a note."""
    yesterday = ana.today - timedelta(days=1)
    recorded = (ana.now - timedelta(hours=15)).isoformat()
    return a_day(yesterday.isoformat(), recorded_at=recorded, scores=Scores(average=7, moving=6), note=NOTE)


def walk(page: Page, *starts: str) -> set[str]:
    """Open every page that links of her pages lead to, as a tap does."""
    to_open, opened = ["/me/", "/me/settings", *starts], set[str]()
    while to_open:
        address = to_open.pop()
        if address in opened or re.search(r"\.(csv|pdf|json|zip)$|/my-data/|diary-file", address):
            continue
        opened.add(address)
        answer = page.goto(address)
        assert answer is not None
        links = page.eval_on_selector_all("a[href^='/me/']", "all => all.map((a) => a.getAttribute('href'))")
        to_open += [link.split("#")[0] for link in links]
    return opened


def test_no_cache_holds_anything_of_a_patient_after_every_page_was_opened(browser: Browser, ana: AtHome) -> None:
    entry = lived(ana)
    ana.record([entry])
    phone = ana.phone(browser)
    page = phone.new_page()
    page.goto("/me/pin")
    page.get_by_label("New PIN, 6 digits").fill("280517")
    page.get_by_label("The same PIN again").fill("280517")
    page.get_by_role("button", name="Save my PIN").click()
    opened = walk(page, f"/me/saved/{entry.id}", f"/me/day/{ana.today}", "/me/scores")
    assert len(opened) > 20
    wait_until_ready(page)

    cached = page.evaluate(ALL_THAT_IS_CACHED)
    pages = {address for address in cached if "/static/" not in address}
    assert all("/me/kept/" in address for address in pages)
    assert all(re.search(r"/static/.*\?v=[0-9a-f]{10}$", address) for address in set(cached) - pages)
    assert len(pages) == 7 + 6 + 1 + 8  # the logs and four more, the questions, what to expect, the results
    everything = "\n".join(cached[address] for address in pages)
    for secret in ("Ana", "Cruz", "1960", "Stairs", NOTE, str(entry.id), ana.patient_id, "csrf"):
        assert secret not in everything, secret
    record = page.evaluate("diary.store.read('settings').then(JSON.stringify)")
    for secret in ("Ana", "Cruz", "1960", NOTE, str(entry.id), ana.patient_id, 'average":7'):
        assert secret not in record, secret
    assert len(record) < 12_000


def test_help_works_without_signal_with_the_clinics_numbers_and_the_rule_for_numb_legs(
    browser: Browser, server: RealServer
) -> None:
    for hours, heading in ((2, "Urgent: call your clinic today"), (7, "Emergency: call 911 now")):
        ana = AtHome(server, injected=timedelta(hours=hours))
        phone = ana.phone(browser)
        page = phone.new_page()
        phone.set_offline(True)
        page.goto("/me/")
        page.get_by_role("link", name="Get help now").click()
        expect(page.get_by_role("link", name="Your clinic: +1 212 555 0100")).to_have_attribute(
            "href", "tel:+12125550100"
        )
        for _ in range(3):
            page.get_by_role("button", name="No").click()
        page.get_by_role("button", name="Yes").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
        expect(page.get_by_role("link", name="Call 911")).to_have_attribute("href", "tel:911")
        expect(page.get_by_text("We have not told anyone. Please call.")).to_be_visible()
        expect(page.get_by_text("Your clinic may see later")).to_have_count(0)
        phone.close()


def test_signing_out_warns_of_answers_that_are_not_sent_and_then_leaves_nothing(browser: Browser, ana: AtHome) -> None:
    phone = ana.phone(browser)
    page = phone.new_page()
    page.goto("/me/settings/remove")
    wait_until_ready(page)
    phone.route("**/api/v1/entries", lambda route: route.abort())
    keep_days(page, [ana.today - timedelta(days=1)], ana.zone)
    page.get_by_role("button", name="Remove this phone").click()
    expect(page.locator("[data-unsent]")).to_have_text("1 answer is not sent yet. It will be lost if you go on.")
    page.get_by_role("button", name="Send now").click()
    expect(page.locator("[data-unsent]")).to_contain_text("We could not send it now.")
    phone.unroute("**/api/v1/entries")
    page.get_by_role("button", name="Send now").click()
    expect(page.locator("[data-unsent]")).to_have_text("All answers are sent. You can go on.")
    assert len(ana.diary.entries) == 1
    page.get_by_role("button", name="Remove this phone").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This phone is removed")
    page.wait_for_timeout(500)
    left = page.evaluate("""async () => [
        (await indexedDB.databases()).length, (await caches.keys()).length,
        (await navigator.serviceWorker.getRegistrations()).length, localStorage.length,
    ]""")
    assert left == [0, 0, 0, 0]
    assert phone.cookies(ana.server.url) == [] or all("phone" not in cookie["name"] for cookie in phone.cookies())


def test_whoever_goes_on_all_the_same_loses_what_was_not_sent_and_leaves_nothing(browser: Browser, ana: AtHome) -> None:
    phone = ana.phone(browser)
    page = phone.new_page()
    page.goto("/me/settings/remove")
    phone.route("**/api/v1/entries", lambda route: route.abort())
    keep_days(page, [ana.today - timedelta(days=1)], ana.zone)
    page.get_by_role("button", name="Remove this phone").click()
    expect(page.locator("[data-unsent]")).to_be_visible()
    page.get_by_role("button", name="Remove this phone").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This phone is removed")
    page.wait_for_timeout(500)
    assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 0
    assert ana.diary.entries == ()


def test_a_phone_that_the_clinic_ended_keeps_its_answers_and_says_what_to_do(browser: Browser, ana: AtHome) -> None:
    phone = ana.phone(browser)
    page = phone.new_page()
    page.goto("/me/")
    with ana.server.app.app_context():
        patient = find_patient(db.session(), ana.id)
        assert patient is not None
        noor = staff_of(patient.clinic_id, Role.NURSE)
        for device in phones_of(noor, patient.id, now=ana.now):
            end_phone(noor, device.id, now=ana.now)
        db.session.remove()
    keep_days(page, [ana.today - timedelta(days=1)], ana.zone)
    page.evaluate("diary.sendNow()")
    expect(page.locator("[data-outbox]")).to_contain_text("This phone is not linked to your diary now.")
    assert waiting(page) == 1
    page.goto("/me/")
    expect(page.get_by_label("Your code")).to_be_visible()
    expect(page.locator("[data-outbox]")).to_contain_text("1 answer is waiting to be sent")
    expect(page.locator("[data-outbox]")).to_contain_text("This phone is not linked to your diary now.")
    ana.link(phone)
    page.goto("/me/")
    wait_until_sent(page)
    assert len(ana.diary.entries) == 1


def test_answers_of_one_patient_never_go_into_the_diary_of_another(
    browser: Browser, ana: AtHome, server: RealServer
) -> None:
    ben = AtHome(server)
    phone = ana.phone(browser)
    page = phone.new_page()
    page.goto("/me/")
    phone.route("**/api/v1/entries", lambda route: route.abort())
    keep_days(page, [ana.today - timedelta(days=1)], ana.zone)
    phone.unroute("**/api/v1/entries")
    ben.link(phone)
    page.goto("/me/")
    wait_until_ready(page)
    expect(page.locator("[data-outbox]")).to_be_hidden()
    page.evaluate("diary.sendNow()")
    assert waiting(page) == 1
    ana.link(phone)
    page.goto("/me/")
    wait_until_sent(page)
    assert ben.diary.entries == ()
    assert len(ana.diary.entries) == 1


def test_a_phone_without_room_says_so_and_keeps_what_was_chosen(browser: Browser, ana: AtHome) -> None:
    phone = ana.phone(browser)
    page = phone.new_page()
    phone.set_offline(True)
    page.goto("/me/day")
    page.evaluate(
        "() => { diary.store.keep = () => Promise.reject(new DOMException('no room', 'QuotaExceededError')) }"
    )
    answer_day(page)
    expect(page.locator("[data-full]")).to_contain_text("This phone has no room left, so nothing was saved.")
    expect(page.locator("input[name=average][value='4']")).to_be_checked()


def test_a_browser_that_keeps_nothing_says_so_before_anything_is_filled_in(browser: Browser, ana: AtHome) -> None:
    phone = ana.phone(browser, app_kept=False)
    phone.add_init_script("""Object.defineProperty(self, "indexedDB", {
        get() { throw new DOMException("blocked", "SecurityError"); },
    });""")
    page = phone.new_page()
    page.goto("/me/day")
    expect(page.locator("[data-outbox]")).to_have_text(
        "This phone cannot save answers offline. Please open the link in your normal browser."
    )
    answer_day(page)
    expect(page.get_by_role("status").first).to_be_attached()
    assert len(ana.diary.entries) == 1


def next_version(folder: Path) -> Path:
    """The application with another worker, and with one store more in the phone's database."""
    for part in ("diary", "static", "templates"):
        shutil.copytree(PROJECT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT / "run.py", folder)
    store = folder / "static/js/offline/store.js"
    first_steps, rest = store.read_text().split("  ];\n", maxsplit=1)
    another = '    (database) => database.createObjectStore("letters", { keyPath: "id" }),\n'
    store.write_text(f"{first_steps}{another}  ];\n{rest}")
    return folder


def test_a_new_version_sends_what_the_old_one_kept(browser: Browser, ana: AtHome, tmp_path: Path) -> None:
    """The page, the worker and the database of the next version, over what this one kept; and back again."""
    two_days_ago, yesterday = ana.today - timedelta(days=2), ana.today - timedelta(days=1)
    phone = ana.phone(browser)
    page = phone.new_page()
    page.goto("/me/")
    before = page.evaluate("caches.keys()")
    ana.server.kill()
    keep_days(page, [two_days_ago], ana.zone)
    ana.server.start(project=next_version(tmp_path))
    page.goto("/me/")
    wait_until_sent(page)
    wait_until_ready(page)
    (database,) = page.evaluate("indexedDB.databases()")
    assert database["version"] == 2
    after = page.evaluate("caches.keys()")
    assert (len(before), len(after)) == (1, 1)
    assert before != after

    ana.server.kill()
    keep_days(page, [yesterday], ana.zone)
    ana.server.start()
    page.goto("/me/")
    wait_until_sent(page)
    assert [entry.day for entry in ana.diary.entries] == [two_days_ago, yesterday]


@pytest.mark.parametrize("width", [320, 375, 1280])
def test_the_pages_without_signal_fit_and_can_be_read_and_touched(browser: Browser, ana: AtHome, width: int) -> None:
    phone = ana.phone(browser)
    page = phone.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.set_viewport_size({"width": width, "height": 667})
    phone.set_offline(True)
    page.goto("/me/")
    keep_days(page, [ana.today - timedelta(days=1)], ana.zone)
    yesterday = ana.today - timedelta(days=1)
    for address in ("/me/", f"/me/day/{ana.today}", f"/me/day/{yesterday}", "/me/day/1999-01-01", "/me/now",
                    "/me/kept/outbox", "/me/scores", "/me/help", "/me/help/result/legs", "/me/kept/full"):  # fmt: skip
        page.goto(address)
        page.wait_for_timeout(200)
        assert page.locator("h1:visible").count() == 1, address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        small = page.eval_on_selector_all(
            "a, button, label:has(input), summary",
            """all => all.filter((x) => x.offsetParent && !x.closest('p, .skip'))
                .map((x) => x.getBoundingClientRect()).filter((box) => box.width < 44 || box.height < 44).length""",
        )
        assert small == 0, address
        assert page.locator("input[type=radio]:checked").count() == 0, address
        found = Axe().run(page, options=WCAG).response["violations"]
        assert found == [], (address, found)
    assert [words for words in complaints if "Security" in words or "Uncaught" in words] == []
