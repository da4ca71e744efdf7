"""The diary without signal: the network really cut, the server really killed, in a browser as phones have it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.at_home import AtHome, RealServer, answer_day, keep_days, wait_until_sent, waiting


@pytest.fixture
def just_injected(server: RealServer) -> Iterator[AtHome]:
    """Ben, 90 minutes after his injection."""
    ben = AtHome(server, injected=timedelta(minutes=90))
    yield ben
    for phone in ben.phones:
        phone.close()


def told(page: Page) -> str:
    """What the page says about answers on this phone."""
    return page.locator("[data-outbox]").inner_text()


def batches_sent_by(phone: BrowserContext) -> list[str]:
    """Grows with every batch that this phone sends from now on."""
    batches: list[str] = []
    phone.on("request", lambda sent: batches.append(sent.method) if sent.url.endswith("/api/v1/entries") else None)
    return batches


@contextmanager
def offline(phone: BrowserContext) -> Iterator[None]:
    """The phone where it has no signal."""
    phone.set_offline(True)
    yield
    phone.set_offline(False)


# --- without signal ---------------------------------------------------------------------------------------------------


def test_a_day_takes_as_many_taps_without_signal_and_is_sent_when_it_is_back(browser: Browser, ana: AtHome) -> None:
    phone = ana.phone(browser)
    page = phone.new_page()
    with offline(phone):
        page.goto("/me/day")
        expect(page.get_by_role("heading", level=1)).to_have_text("Your diary for today")
        answer_day(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("Saved on this phone")
        expect(page.locator("[data-saved]")).to_have_text(
            "Saved on this phone. We will send it when you are back online."
        )
        page.get_by_role("link", name="Home").first.click()
        expect(page.locator("[data-outbox]")).to_have_text("1 answer is waiting to be sent")
        expect(page.get_by_text("Today: saved on this phone")).to_be_visible()
        assert not ana.diary.entries
    expect(page.get_by_text("Today: filled in")).to_be_visible()
    entry = ana.only_entry()
    assert (entry.scores.average, entry.scores.moving, entry.analgesic) == (4, 3, False)
    assert (entry.day, entry.language, entry.recorded_at.utcoffset()) == (ana.today, "en", ana.now.utcoffset())
    wait_until_sent(page)


def test_the_page_that_was_open_when_the_signal_went_keeps_its_answers(browser: Browser, ana: AtHome) -> None:
    phone = ana.phone(browser)
    page = phone.new_page()
    page.goto("/me/day")
    with offline(phone):
        answer_day(page, pain=6)
        expect(page.locator("[data-saved]")).to_contain_text("Saved on this phone")
        assert waiting(page) == 1
    expect(page.get_by_role("heading", level=1)).to_have_text("Saved")
    expect(page.locator("[data-saved]")).to_have_text("Saved.")
    assert [entry.scores.average for entry in ana.diary.entries] == [6]


def test_what_is_missing_is_asked_for_without_signal_too_and_nothing_is_chosen_again(
    browser: Browser, ana: AtHome
) -> None:
    phone = ana.phone(browser)
    page = phone.new_page()
    page.goto("/me/day")
    page.locator("input[name=average][value='6']").click()
    with offline(phone):
        page.get_by_role("button", name="Save").click()
        expect(page.locator("[data-errors]")).to_be_focused()
        assert page.locator("[data-errors] a").all_inner_texts()[0] == (
            "Choose a number from 0 to 10 for how hard it was to move"
        )
        expect(page.locator("input[name=average][value='6']")).to_be_checked()
        answer_day(page, pain=6)
        expect(page.get_by_role("heading", level=1)).to_have_text("Saved on this phone")
    expect(page.get_by_role("heading", level=1)).to_have_text("Saved")
    assert [entry.scores.average for entry in ana.diary.entries] == [6]


def test_an_answer_on_this_phone_is_changed_before_it_is_sent(browser: Browser, ana: AtHome) -> None:
    phone = ana.phone(browser)
    page = phone.new_page()
    with offline(phone):
        page.goto("/me/day")
        answer_day(page, pain=4)
        page.get_by_role("link", name="Change this").click()
        answer_day(page, pain=5)
        expect(page.get_by_role("heading", level=1)).to_have_text("Saved on this phone")
        page.goto("/me/day")
        expect(page.get_by_text("It is saved on this phone. You can change it.")).to_be_visible()
        page.get_by_role("link", name="Change it").click()
        answer_day(page, pain=6)
        expect(page.get_by_role("heading", level=1)).to_have_text("Saved on this phone")
        assert waiting(page) == 1
    expect(page.get_by_role("heading", level=1)).to_have_text("Saved")
    assert [entry.scores.average for entry in ana.diary.entries] == [6]


def test_the_hours_of_day_0_are_scored_without_signal_with_a_medicine(browser: Browser, just_injected: AtHome) -> None:
    ana = just_injected
    phone = ana.phone(browser)
    page = phone.new_page()
    with offline(phone):
        page.goto("/me/now")
        page.get_by_role("group", name="In the last hour").get_by_role("radio", name="Yes").click()
        page.get_by_role("group", name="How bad is your pain right now").get_by_role("radio", name="2").click()
        page.get_by_role("group", name="How hard is it to move").get_by_role("radio", name="1", exact=True).click()
        page.get_by_text("I took extra pain medicine").click()
        expect(page.get_by_role("heading", name="Before you take ibuprofen or its kind")).to_be_visible()
        page.get_by_label("Which medicine?").fill("Paracetamol")
        page.get_by_label("When did you take it?").fill(f"{ana.now - timedelta(minutes=20):%H:%M}")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Saved on this phone")
        page.goto("/me/")
        expect(page.locator("[data-outbox]")).to_have_text("1 answer is waiting to be sent")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("You have no signal")
    diary = ana.diary
    (entry,), (medicine,) = diary.entries, diary.medicines
    assert (entry.scores.movement, entry.scores.moving, entry.movement_done) == (2, 1, True)
    assert (medicine.name, medicine.rescue) == ("Paracetamol", True)


# --- the server -------------------------------------------------------------------------------------------------------


def test_a_server_that_is_killed_and_comes_back_gets_each_answer_once(browser: Browser, ana: AtHome) -> None:
    phone = ana.phone(browser)
    page = phone.new_page()
    page.goto("/me/day")
    ana.server.kill()
    answer_day(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Saved on this phone")
    page.goto("/me/")
    expect(page.locator("[data-outbox]")).to_have_text("1 answer is waiting to be sent")
    ana.server.start()
    page.goto("/me/")
    expect(page.get_by_text("Today: filled in")).to_be_visible()
    assert len(ana.diary.entries) == 1


def test_a_server_that_is_killed_in_the_middle_of_sending_gets_each_answer_once(browser: Browser, ana: AtHome) -> None:
    phone = ana.phone(browser)
    page = phone.new_page()
    page.goto("/me/")
    days = [ana.today - timedelta(days=back) for back in range(40, 0, -1)]
    with offline(phone):
        keep_days(page, days, ana.zone)

    def answer_into_nothing(route: Route) -> None:
        """The server takes the batch and dies; its answer never arrives."""
        route.fetch()
        ana.server.kill()
        route.abort()

    page.route("**/api/v1/entries", answer_into_nothing)
    page.evaluate("diary.sendNow()")
    assert waiting(page) == len(days)
    page.unroute("**/api/v1/entries")
    ana.server.start()
    page.goto("/me/")
    expect(page.locator("[data-outbox]")).not_to_contain_text("waiting")
    wait_until_sent(page)
    assert [entry.day for entry in ana.diary.entries] == days


def test_a_database_that_cannot_be_written_is_tried_again_and_said_to_be_so(browser: Browser, ana: AtHome) -> None:
    phone = ana.phone(browser)
    page = phone.new_page()
    page.goto("/me/day")
    with closing(sqlite3.connect(ana.server.settings.instance / "diary.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        answer_day(page)
        expect(page.locator("[data-saved]")).to_have_text(
            "We could not send your answers. They are safe on this phone. We will try again."
        )
        other.execute("ROLLBACK")
    page.goto("/me/")
    expect(page.get_by_text("Today: filled in")).to_be_visible()
    assert len(ana.diary.entries) == 1


def test_an_answer_that_was_saved_but_whose_page_never_came_is_one_entry(browser: Browser, ana: AtHome) -> None:
    phone = ana.phone(browser)
    page = phone.new_page()
    page.goto("/me/day")

    def lose_the_answer(route: Route) -> None:
        if route.request.method == "POST":
            route.fetch(max_redirects=0)
            route.abort()
        else:
            route.continue_()

    phone.route("**/me/day/*", lose_the_answer)
    answer_day(page)
    expect(page.locator("[data-saved]")).to_be_visible()
    phone.unroute("**/me/day/*")
    page.goto("/me/")
    expect(page.get_by_text("Today: filled in")).to_be_visible()
    wait_until_sent(page)
    assert len(ana.diary.entries) == 1


# --- the outbox -------------------------------------------------------------------------------------------------------


def test_a_queue_of_60_days_is_sent_in_order_and_in_batches(browser: Browser, ana: AtHome) -> None:
    phone = ana.phone(browser)
    page = phone.new_page()
    page.goto("/me/")
    batches = batches_sent_by(phone)
    days = [ana.today - timedelta(days=back) for back in range(60, 0, -1)]
    with offline(phone):
        keep_days(page, [day for day in days for _ in range(4)], ana.zone)
        page.goto("/me/")
        expect(page.locator("[data-outbox]")).to_contain_text("240 answers are waiting to be sent")
        expect(page.locator("[data-outbox]")).to_contain_text("Please open this page where you have signal.")
    wait_until_sent(page)
    assert len(batches) == 2
    assert [entry.day for entry in ana.diary.entries] == [day for day in days for _ in range(4)]
    assert all(entry.recorded_at < ana.now - timedelta(hours=12) for entry in ana.diary.entries)


def test_two_tabs_that_send_at_once_send_each_answer_once(browser: Browser, ana: AtHome) -> None:
    phone = ana.phone(browser)
    one, two = phone.new_page(), phone.new_page()
    one.goto("/me/")
    two.goto("/me/settings")
    batches = batches_sent_by(phone)
    days = [ana.today - timedelta(days=back) for back in range(5, 0, -1)]
    with offline(phone):
        keep_days(one, days, ana.zone)
        expect(two.locator("[data-outbox]")).to_contain_text("5 answers are waiting to be sent")
    wait_until_sent(two)
    assert len(batches) == 1
    assert [entry.day for entry in ana.diary.entries] == days


def test_one_day_answered_on_two_phones_arrives_from_both_and_says_so(browser: Browser, ana: AtHome) -> None:
    hers, his = ana.phone(browser), ana.phone(browser)
    one, two = hers.new_page(), his.new_page()
    for phone, page, pain in ((hers, one, 3), (his, two, 7)):
        phone.set_offline(True)
        page.goto("/me/day")
        answer_day(page, pain=pain)
        expect(page.get_by_role("heading", level=1)).to_have_text("Saved on this phone")
    hers.set_offline(False)
    wait_until_sent(one)
    his.set_offline(False)
    wait_until_sent(two)
    two.goto("/me/")
    expect(two.locator("[data-outbox]")).to_contain_text("You filled in this day on another phone too. Both are kept.")
    assert sorted(entry.scores.average or 0 for entry in ana.diary.entries) == [3, 7]


def test_a_reload_in_the_middle_of_sending_sends_each_answer_once(browser: Browser, ana: AtHome) -> None:
    phone = ana.phone(browser)
    page = phone.new_page()
    page.goto("/me/")
    days = [ana.today - timedelta(days=back) for back in range(20, 0, -1)]
    reloads = 0

    def reload_before_the_answer_comes(route: Route) -> None:
        nonlocal reloads
        reloads += 1
        if reloads == 1:
            answer = route.fetch()
            page.evaluate("setTimeout(() => location.reload())")
            assert answer.status == 200
            return
        route.continue_()

    phone.route("**/api/v1/entries", reload_before_the_answer_comes)
    with offline(phone):
        keep_days(page, days, ana.zone)
    page.wait_for_event("load")
    wait_until_sent(page)
    assert reloads >= 2
    assert [entry.day for entry in ana.diary.entries] == days


def test_one_bad_answer_holds_up_no_other_and_is_shown_and_removed(browser: Browser, ana: AtHome) -> None:
    phone = ana.phone(browser)
    page = phone.new_page()
    page.goto("/me/settings")
    with offline(phone):
        keep_days(page, [ana.today - timedelta(days=2)], ana.zone)
        keep_days(page, [ana.today - timedelta(days=1)], ana.zone, pain=11)  # no button of ours gives it
        keep_days(page, [ana.today - timedelta(days=3)], ana.zone)
    expect(page.locator("[data-outbox]")).to_contain_text("1 answer needs you.")
    assert [entry.day for entry in ana.diary.entries] == [ana.today - timedelta(days=2), ana.today - timedelta(days=3)]
    page.get_by_role("link", name="Look at it").click()
    expect(page.get_by_text("This answer could not be saved.")).to_be_visible()
    expect(page.get_by_text("Your pain over the day")).to_be_visible()
    expect(page.get_by_role("link", name="Answer again")).to_have_attribute(
        "href", f"/me/day/{ana.today - timedelta(days=1)}"
    )
    page.get_by_role("button", name="Remove it from this phone").click()
    expect(page.get_by_text("All your answers are sent.")).to_be_visible()
    assert waiting(page) == 0


def test_other_answers_under_one_id_ask_which_shall_stand_and_the_choice_is_kept(browser: Browser, ana: AtHome) -> None:
    phone = ana.phone(browser)
    page = phone.new_page()
    page.goto("/me/settings")
    with offline(phone):
        keep_days(page, [ana.today - timedelta(days=1)], ana.zone, pain=3)
        (answer,) = page.evaluate("diary.store.answers()")
    wait_until_sent(page)
    answer["record"]["scores"]["average"] = 8
    del answer["number"]
    page.evaluate("(answer) => diary.store.keep([answer]).then(diary.sendNow)", answer)
    page.get_by_role("link", name="Look at it").click()
    expect(page.get_by_text("Which answers shall stand?")).to_be_visible()
    expect(page.get_by_text("Pain 8. Moving 3. No extra medicine.")).to_be_visible()
    page.get_by_role("button", name="The ones from this phone").click()
    expect(page.get_by_text("All your answers are sent.")).to_be_visible()
    first, second = ana.diary.entries
    assert (first.scores.average, second.scores.average, second.revises) == (3, 8, first.id)


def test_a_phone_whose_clock_is_wrong_is_told_and_its_times_are_put_right(browser: Browser, ana: AtHome) -> None:
    phone = ana.phone(browser)
    # As on an iPhone. The page's clock can be set here and the worker's cannot, so the page is to send.
    phone.add_init_script("delete ServiceWorkerRegistration.prototype.sync")
    page = phone.new_page()
    page.clock.install(time=ana.now + timedelta(hours=2))
    with offline(phone):
        page.goto("/me/now")
        page.get_by_role("group", name="How bad is your pain right now").get_by_role("radio", name="2").click()
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Saved on this phone")
    expect(page.get_by_role("heading", level=1)).to_have_text("Saved")
    expect(page.locator("[data-outbox]")).to_contain_text("The clock of this phone is 2 hours fast.")
    (entry,) = ana.diary.entries
    assert entry.clock is not None
    assert abs(entry.recorded_at - ana.now) < timedelta(minutes=2)
