"""What people do with the diary, P1 to P12 of ``screens.md`` in their order, with the taps that each may take."""

import re
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from diary import clock
from diary.domain.access import Actor, Role
from diary.domain.diary import Purpose, Scores, Side
from diary.domain.planning import PlannedInjection
from diary.services.injections import carry_out, plan_injection
from tests.browser.at_home import AtHome as AtHomeWithServer
from tests.browser.at_home import RealServer, wait_until_sent
from tests.browser.holding import PHONE, AtHome, Holder, Keys
from tests.factories import a_clinic, a_diary, a_moment, a_patient, an_injection, keep, staff_of
from tests.live_server import LiveServer
from tests.phones import code_for
from tests.reminding.mail_servers import Letters, taking_letters
from tests.reminding.wishes import EVENING, ana_of, run, wants_letters


@pytest.fixture
def backend() -> str:
    """The browser does not know which database it is."""
    return "sqlite"


def in_the_room_now(live: LiveServer) -> Actor:
    """Noor, with Ana in the room, whose injection was done this moment."""
    with live.app.app_context():
        ana = a_patient(a_clinic())
        noor, now = staff_of(ana.clinic_id, Role.NURSE), clock.now()
        plan = PlannedInjection(id=uuid4(), side=Side.RIGHT, purpose=Purpose.DIAGNOSTIC, baseline=Scores(movement=8))
        plan_injection(noor, ana.id, plan, now=now)
        carry_out(noor, plan.id, after=1, performed_at=now, reason="", now=now)
    return noor


@pytest.fixture
def home(live: LiveServer) -> AtHome:
    return AtHome(live)


def test_p1_from_the_square_in_the_clinic_to_the_first_score_in_five_taps_and_a_year(
    browser: Browser, live: LiveServer
) -> None:
    with live.app.app_context():
        code = code_for(a_patient(a_clinic()))
    ana = Holder(page=browser.new_context(viewport=PHONE).new_page(), url=live.url)
    ana.opens_link(f"/join?code={code}")
    ana.reads("Is this you?")
    ana.types("1960", into="Year of birth")
    ana.taps_on("Yes, this is me")
    ana.reads("No one looks at your diary right away.")
    ana.taps_on("I agree and start")
    ana.chooses(4, of="How bad is your pain right now")
    ana.taps_on("Save")
    ana.stands_before("Saved")
    assert ana.taps - len(ana.typed) == 5
    assert ana.typed == ["Year of birth"]


def test_p1b_without_a_smartphone_the_nurse_types_and_the_patient_taps_nothing(page: Page, live: LiveServer) -> None:
    noor = in_the_room_now(live)
    live.use(noor)
    nurse = Holder(page=page, url=live.url)
    page.goto(f"{live.url}/clinic/monitoring")
    nurse.taps_on("Ana Cruz")
    nurse.taps_on("4")
    nurse.reads("Saved last: Pain 4 at 0 min.")
    assert nurse.taps == 2
    nurse.taps_on("Ana Cruz")
    nurse.taps_on("Phones")
    nurse.taps_on("Enrol phone")
    nurse.reads("Print this as a card for a relative")


def test_p2_setting_up_is_four_questions_and_eight_taps(browser: Browser, home: AtHome) -> None:
    ana = home.holds_phone(browser)
    ana.page.goto(f"{home.live.url}/me/start")
    ana.reads("Question 1 of 4")
    ana.chooses("Right, by the dimple", of="Tap the spot")
    ana.taps_on("Continue")
    ana.reads("Question 2 of 4")
    ana.types("Getting up from a chair", into="Which movement hurts most?")
    ana.taps_on("Continue")
    ana.reads("Question 3 of 4")
    ana.types("Stairs", into="1")
    ana.taps_on("Continue")
    ana.reads("Question 4 of 4")
    ana.chooses("Do not remind me", of="How shall we remind you?")
    ana.taps_on("Continue")
    assert ana.taps == 8
    assert "/me/pin" in ana.page.url


def test_p2_each_question_can_be_skipped(browser: Browser, home: AtHome) -> None:
    ana = home.holds_phone(browser)
    ana.page.goto(f"{home.live.url}/me/start")
    for number in range(1, 5):
        ana.reads(f"Question {number} of 4")
        ana.taps_on("Skip this question")
    assert ana.taps == 4
    assert "/me/pin" in ana.page.url


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_p3_the_day_is_logged_from_a_reminder_in_five_taps(browser: Browser, home: AtHome, scripts: bool) -> None:
    ana = home.holds_phone(browser, scripts=scripts)
    ana.opens_link(f"/me/day/{home.yesterday}")
    ana.answers_the_day(pain=4, moving=3)
    ana.reads("Saved. Pain 4. Moving 3. No extra medicine.")
    assert ana.taps == 5


def test_p4_the_hour_on_the_day_itself_is_logged_in_four_taps(browser: Browser, live: LiveServer) -> None:
    home = AtHome(live, injected=timedelta(hours=3))
    an_hour_ago = (home.now - timedelta(minutes=70)).isoformat()
    home.wrote(
        a_moment(an_hour_ago, scores=Scores(movement=4, moving=3))
    )  # how hard moving was is asked twice that day
    ana = home.holds_phone(browser)
    ana.opens_link("/me/now")
    ana.chooses("Yes", of="did you do something that normally hurts")
    ana.chooses(3, of="How bad is your pain right now")
    ana.taps_on("Save")
    ana.stands_before("Saved")
    assert ana.taps == 4


def test_p5_a_late_day_is_filled_in_from_home_in_five_taps(browser: Browser, home: AtHome) -> None:
    ana = home.holds_phone(browser)
    ana.page.goto(f"{home.live.url}/me/")
    ana.taps_on("Fill in yesterday")
    ana.stands_before("Your diary for yesterday")
    ana.answers_the_day()
    ana.stands_before("Saved")
    assert ana.taps == 5
    assert home.diary.entries[-1].day == home.yesterday


def test_p6_a_mistake_is_put_right_in_three_taps_or_five_for_a_whole_day(browser: Browser, home: AtHome) -> None:
    ana = home.holds_phone(browser)
    ana.page.goto(f"{home.live.url}/me/now")
    ana.chooses(9, of="How bad is your pain right now")
    ana.taps_on("Save")
    ana.taps = 0
    ana.taps_on("Change this")
    ana.chooses(3, of="How bad is your pain right now")
    ana.taps_on("Save")
    ana.reads("Pain 3")
    assert ana.taps == 3

    ana.page.goto(f"{home.live.url}/me/day/{home.yesterday}")
    ana.answers_the_day(pain=9)
    ana.taps = 0
    ana.taps_on("Change this")
    ana.answers_the_day(pain=3)
    ana.reads("Saved. Pain 3.")
    assert ana.taps == 5
    diary = home.diary
    of_yesterday = [entry.scores.average for entry in diary.entries if entry.day == home.yesterday]
    assert of_yesterday == [9, 3]  # the old one stays on file


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    server = RealServer(tmp_path_factory.mktemp("home"))
    server.start()
    yield server
    server.close()


def test_p7_without_signal_it_takes_the_same_taps_and_arrives_later(browser: Browser, server: RealServer) -> None:
    home = AtHomeWithServer(server, injected=None)
    phone = home.phone(browser)
    ana = Holder(page=phone.new_page(), url=server.url)
    phone.set_offline(True)
    ana.opens_link(f"/me/day/{home.today}")
    ana.answers_the_day()
    ana.stands_before("Saved on this phone")
    assert ana.taps == 5
    ana.taps_on("Home")
    ana.reads("1 answer is waiting to be sent")
    before = home.diary
    assert not before.entries
    phone.set_offline(False)
    wait_until_sent(ana.page)
    assert [entry.day for entry in home.diary.entries] == [home.today]
    phone.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_p8_help_is_two_taps_away_and_never_more_than_seven(browser: Browser, home: AtHome, scripts: bool) -> None:
    ana = home.holds_phone(browser, scripts=scripts)
    ana.page.goto(f"{home.live.url}/me/")
    ana.taps_on("Get help now")
    ana.taps_on("Yes")
    ana.reads("Emergency")
    ana.reads("We have not told anyone. Please call.")
    assert ana.taps == 2

    ana.taps = 0
    ana.taps_on("Get help now")
    for _ in range(6):
        ana.taps_on("No")
    ana.reads("Not urgent")
    assert ana.taps == 7


def test_p9_a_reminder_is_one_tap_from_the_log(browser: Browser, live: LiveServer) -> None:
    with live.app.app_context():
        wants_letters(ana_of())
        letters = Letters()
        with taking_letters(letters) as mail_url:
            run(live.app, EVENING, mail_url=mail_url)
    (letter,) = letters.taken
    body = letter.get_body(("plain",))
    assert body is not None
    words = str(body.get_content())
    link = re.search(r"/me/day/[0-9-]+", words)
    assert link
    said = f"{letter['Subject']} {words}".replace("Riverside Pain Clinic", "")
    assert not re.search(r"pain|injection|score|medicine", said, re.IGNORECASE)
    ana = Holder(page=browser.new_context(viewport=PHONE).new_page(), url=live.url)
    ana.opens_link(link[0])
    assert ana.taps == 1


def test_p10_my_scores_are_one_tap_from_home(browser: Browser, home: AtHome) -> None:
    ana = home.holds_phone(browser, pin_given=True)
    ana.page.goto(f"{home.live.url}/me/")
    ana.taps_on("My scores")
    ana.stands_before("My scores")
    ana.reads("Before the injection your score was 7.")
    assert ana.taps == 1


def test_p11_another_doctor_is_shown_a_code_in_two_taps(browser: Browser, home: AtHome) -> None:
    ana = home.holds_phone(browser, pin_given=True)
    ana.page.goto(f"{home.live.url}/me/scores")
    ana.taps_on("Share")
    ana.taps_on("Show code")
    assert re.fullmatch(r"[A-Z]{4} [A-Z]{4}", ana.page.locator(".code-letters").inner_text())
    assert ana.taps == 2


def test_p12_the_diary_is_stopped_in_four_taps(browser: Browser, home: AtHome) -> None:
    ana = home.holds_phone(browser, pin_given=True)
    ana.page.goto(f"{home.live.url}/me/")
    ana.taps_on("Settings")
    ana.taps_on("Stop my diary")
    ana.chooses("Stop now", of="What shall happen to what you wrote")
    ana.taps_on("Go on")
    ana.stands_before("Your diary has stopped")
    assert ana.taps == 4


# --- by keyboard alone: Tab, Space, arrows and Enter -----------------------------------------------------------------


def test_p3_and_p8_by_keyboard_alone(browser: Browser, home: AtHome) -> None:
    keys = Keys(home.holds_phone(browser).page)
    keys.page.goto(f"{home.live.url}/me/day/{home.yesterday}")
    keys.go_to("input[name=average]")
    keys.press("Space", *["ArrowRight"] * 4)
    keys.go_to("input[name=moving]")
    keys.press("Space", *["ArrowRight"] * 3)
    keys.go_to("input[name=analgesic]")
    keys.press("Space")  # No comes first
    keys.go_to("button[name=save]")
    keys.press("Enter")
    expect(keys.page.get_by_role("status").first).to_have_text("Saved. Pain 4. Moving 3. No extra medicine.")

    keys.go_to("a.help")
    keys.press("Enter")
    keys.go_to("button[value=yes]")
    keys.press("Enter")
    expect(keys.page.get_by_role("heading", level=1)).to_contain_text("Emergency")


def test_n4_a_score_in_the_room_by_keyboard_alone(page: Page, live: LiveServer) -> None:
    noor = in_the_room_now(live)
    live.use(noor)
    keys = Keys(page)
    page.goto(f"{live.url}/clinic/monitoring")
    keys.go_to(".room a")
    keys.press("Enter")
    keys.go_to("button.key[value='4']")
    keys.press("Enter")
    expect(page.get_by_text("Saved last: Pain 4 at 0 min.")).to_be_visible()


def test_d1_a_plan_is_signed_by_keyboard_alone(page: Page, live: LiveServer) -> None:
    with live.app.app_context():
        ana = a_patient(a_clinic())
        keep(ana, a_diary(an_injection(baseline=Scores(movement=8))))
    live.use(Actor(role=Role.DOCTOR, id="chen", clinic_id=ana.clinic_id, name="Chen"))
    keys = Keys(page)
    page.goto(f"{live.url}/clinic/patients")
    keys.go_to(".patients th[scope=row] a")
    keys.press("Enter")
    keys.go_to("input[name=reading]")
    keys.press("Space")
    keys.go_to("input[name=next_step]")
    keys.press("Space", "ArrowUp")  # from the first to the last: Discharge
    keys.go_to("form:has(input[name=next_step]) button[type=submit]")
    keys.press("Enter")
    expect(page.get_by_text("version 1, by rule set")).to_be_visible()
