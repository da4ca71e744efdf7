"""The doctor's page in a real browser: Plotly in the place of the drawing, nothing refused, nothing sent away."""

import shutil
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import ConsoleMessage, Page, expect
from werkzeug.serving import make_server

from diary import create_app
from diary.config import PROJECT, Settings
from diary.domain.access import Role
from diary.domain.diary import Anaesthetic, Entry, Event, Scores, Source, Steroid
from diary.store.base import db
from diary.store.clinics import find_clinic
from diary.store.diaries import add_entries, add_injections
from diary.store.patients import PatientRow
from diary.store.work import writing
from diary.web.sessions import cookie_name
from tests.factories import NOON, OPERATOR, a_clinic, a_day, a_moment, a_patient, an_injection
from tests.signing_in import a_user, sign_in

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
TOO_SMALL = """elements => elements.filter(x => x.offsetParent && !x.closest('p'))
    .map(x => x.getBoundingClientRect()).filter(box => box.width < 44 || box.height < 44).length"""


@pytest.fixture
def backend() -> str:
    """The browser does not know which database it is."""
    return "sqlite"


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The application with the assets that were built for the project."""
    built = PROJECT / "instance" / "assets"
    assert built.is_dir(), "The chart's script is not built. Run: make assets"
    shutil.copytree(built, settings.instance / "assets")
    app = create_app(settings)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """The application served on a port of its own."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def joan(app: Flask) -> PatientRow:  # noqa: ARG001 — gives the database
    """Two injections of one side; relief, a gap of two weeks, a late and a helper's entry, and the return."""
    patient = a_patient(a_clinic(), "Joan Adams", born=date(1954, 3, 12))
    injections = [
        an_injection(
            f"{day}T10:42:00-05:00",
            baseline=Scores(movement=7, average=7, moving=7),
            anaesthetic=(Anaesthetic(agent="bupivacaine", percent=0.5, ml=2),),
            steroid=Steroid(agent="triamcinolone", mg=40),
            operator="Dr Chen",
        )
        for day in ("2025-12-01", "2026-03-02")
    ]
    clock_times = (
        (47, 6),
        (52, 4),
        (57, 3),
        (62, 2),
        (67, 1),
        (72, 1),
        (102, 1),
        (162, 1),
        (222, 2),
        (282, 2),
        (402, 4),
    )
    moments = [
        a_moment(f"{day}T{10 + minute // 60}:{minute % 60:02d}:00-05:00", scores=Scores(movement=min(10, score + more)))
        for day, more in (("2025-12-01", 1), ("2026-03-02", 0))
        for minute, score in clock_times
    ]
    with writing(OPERATOR, now=NOON) as work:
        add_injections(work, patient.owner, injections)
        add_entries(work, patient.owner, [*moments, *_days(date(2026, 3, 2)), *_days(date(2025, 12, 1))[14:40]])
    return patient


def _days(zero: date) -> list[Entry]:
    scores = [(number, 7) for number in range(-14, 0)]
    scores += list(zip(range(1, 15), (7, 7, 6, 5, 4, 3, 2, 2, 2, 2, 3, 2, 2, 2), strict=True))
    scores += [(number, 2 + number % 2) for number in range(15, 60)]
    scores += [(number, min(7, (number - 60) // 7)) for number in range(75, 150)]
    days = []
    for number, score in scores:
        day = (zero + timedelta(days=number)).isoformat()
        late = (zero + timedelta(days=number + 2)).isoformat()
        days.append(
            a_day(
                day,
                recorded_at=f"{late}T18:00:00-05:00" if number == 6 else None,
                scores=Scores(average=score, moving=max(score - 1, 0)),
                analgesic=score > 5,
                source=Source.HELPER if number == 9 else Source.PATIENT,
                events=(Event.FALL,) if number == 110 else (),
            )
        )
    return days


@pytest.fixture
def doctor(app: Flask, page: Page, joan: PatientRow, address: str) -> Page:
    """Dr Chen's browser."""
    clinic = find_clinic(db.session(), joan.clinic_id)
    assert clinic is not None
    client: FlaskClient = app.test_client()
    sign_in(client, a_user(clinic, Role.DOCTOR))
    cookie = client.get_cookie(cookie_name(app.extensions["settings"]))
    assert cookie is not None
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])
    return page


@pytest.fixture
def refusals(page: Page) -> list[str]:
    """What the browser says that the policy refused, and what failed."""
    said: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or message.type == "error":
            said.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def test_plotly_takes_the_place_of_the_drawing(
    doctor: Page, joan: PatientRow, address: str, refusals: list[str], tmp_path: Path
) -> None:
    outside: list[str] = []
    doctor.on("request", lambda request: outside.append(request.url) if not request.url.startswith(address) else None)
    doctor.set_viewport_size({"width": 1280, "height": 1000})
    doctor.goto(f"{address}/clinic/patients/{joan.id}")
    plot = doctor.locator(".plot")
    expect(plot).to_be_visible()
    expect(doctor.locator(".drawn")).to_be_hidden()
    dashed = "[...document.querySelectorAll('.plot path')].filter(e => e.style.strokeDasharray.includes('px')).length"
    assert doctor.evaluate(dashed) >= 4
    for label in ("Start: 7", "(3 or lower)", "(1 or lower)", "no entries 15 days"):
        expect(plot.get_by_text(label).first).to_be_visible()
    assert doctor.locator(".modebar, .modebar-container *").count() == 0
    assert "plotly.com" not in plot.inner_html()
    doctor.screenshot(path=tmp_path / "profile.png", full_page=True)

    expect(doctor.get_by_role("button", name="Zoom in")).to_be_hidden()
    doctor.get_by_role("button", name="Explore").click()
    before = doctor.evaluate("document.querySelector('.plot-inner').layout.xaxis4.range")
    doctor.get_by_role("button", name="Zoom in").click()
    doctor.wait_for_function("r => document.querySelector('.plot-inner').layout.xaxis4.range[0] > r[0]", arg=before)
    doctor.get_by_role("button", name="Stretch early times").click()
    expect(plot.get_by_text("Time is stretched: early times are larger")).to_be_visible()
    doctor.screenshot(path=tmp_path / "log.png", full_page=True)
    doctor.get_by_role("button", name="Stretch early times").click()
    expect(plot.get_by_text("Time is stretched: early times are larger")).to_have_count(0)
    assert refusals == []
    assert outside == []


def test_a_phone_gets_the_panels_one_under_the_other_without_plotly(
    doctor: Page, joan: PatientRow, address: str, refusals: list[str], tmp_path: Path
) -> None:
    asked: list[str] = []
    doctor.on("request", lambda request: asked.append(request.url))
    for width in (320, 375):
        doctor.set_viewport_size({"width": width, "height": 667})
        doctor.goto(f"{address}/clinic/patients/{joan.id}")
        expect(doctor.locator("svg.narrow")).to_be_visible()
        expect(doctor.locator("svg.wide")).to_be_hidden()
        assert doctor.evaluate("document.documentElement.scrollWidth") <= width
    doctor.screenshot(path=tmp_path / "phone.png", full_page=True)
    doctor.goto(f"{address}/clinic/patients")
    assert doctor.evaluate("document.documentElement.scrollWidth") <= 375
    doctor.screenshot(path=tmp_path / "list.png", full_page=True)
    assert not [url for url in asked if "plotly-" in url and url.endswith(".js")]
    assert refusals == []


def test_without_plotly_the_drawing_stays(doctor: Page, joan: PatientRow, address: str) -> None:
    doctor.route("**/plotly-*.js", lambda route: route.abort())
    doctor.set_viewport_size({"width": 1280, "height": 1000})
    with doctor.expect_console_message(lambda message: "The drawing stays" in message.text):
        doctor.goto(f"{address}/clinic/patients/{joan.id}")
    expect(doctor.locator("svg.wide")).to_be_visible()
    expect(doctor.locator(".plot")).to_be_hidden()


def test_every_number_of_the_verdicts_opens_on_a_phone_too(
    doctor: Page, joan: PatientRow, address: str, refusals: list[str], tmp_path: Path
) -> None:
    doctor.emulate_media(reduced_motion="reduce")
    for width in (320, 375, 1280):
        doctor.set_viewport_size({"width": width, "height": 800})
        doctor.goto(f"{address}/clinic/patients/{joan.id}")
        first = doctor.locator("#figures summary").first
        first.focus()
        doctor.keyboard.press("Enter")
        expect(doctor.locator("#figures details[open]")).to_have_count(1)
        doctor.evaluate("document.querySelectorAll('#figures details').forEach(one => { one.open = true })")
        assert doctor.evaluate("document.documentElement.scrollWidth") <= width
        if width < 768:
            assert doctor.eval_on_selector_all(":is(.boxes, #figures) :is(a, summary)", TOO_SMALL) == 0
        doctor.screenshot(path=tmp_path / f"findings-{width}.png", full_page=True)
    found = Axe().run(doctor, ":is(.boxes, .reading, .rule-set, #figures)", options=WCAG).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    doctor.locator("#figures").get_by_role("link", name="25 min").first.click()
    expect(doctor.locator("#asked")).to_contain_text("the entry you opened")
    expect(doctor.locator("#asked")).to_be_in_viewport()
    assert refusals == []
