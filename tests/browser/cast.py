"""The whole cast in one server, for tests that walk every page: each with a browser of their own, and pages to open.

The clinic is that of the demo, with its courses of every kind. Ana has been its patient for 14 days, where it is noon
now, so that today is never in doubt; of each thing that a page can show she has one.
"""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from flask import Flask, url_for
from flask.testing import FlaskClient
from sqlalchemy import delete
from werkzeug.routing import Rule

from diary import clock
from diary.config import PROJECT
from diary.domain.access import Actor, Role
from diary.domain.diary import Event, Purpose, Scores, Side, Source, Steroid, SteroidElsewhere
from diary.domain.planning import PlannedInjection
from diary.domain.reminding import Channel
from diary.domain.safety import HelpResult
from diary.exchange.diary_file import write_diary_file
from diary.services.demo import add_demo
from diary.services.enrolment import show_code
from diary.services.erasure import ask_erasure
from diary.services.exchange import show_import
from diary.services.help_uses import note_help_used
from diary.services.injections import carry_out, plan_injection
from diary.services.invitations import invite, list_invitations
from diary.services.languages import review_words
from diary.services.paper import print_sheet
from diary.services.reminder_choices import Chosen, calendar_address, choose
from diary.services.sending import stop_address
from diary.services.setting_up import new_setup_link
from diary.services.staff import list_sessions
from diary.store.base import db
from diary.store.clinics import Clinic, find_clinic
from diary.store.diaries import (
    add_entries,
    add_injections,
    add_medicines,
    add_steroids_elsewhere,
    load_steroids_elsewhere,
)
from diary.store.patients import PatientRow, change_patient_row
from diary.store.reminder_choices import find_choice
from diary.store.sign_in_attempts import SignInAttempt
from diary.store.work import keeping_house, looking_up, writing
from diary.words.help_words import help_words
from diary.words.language import LANGUAGES
from tests.conftest import Browser
from tests.factories import OPERATOR, a_day, a_diary, a_medicine, a_moment, a_patient, an_injection, staff_of
from tests.live_server import LiveServer, serving
from tests.phones import bind_phone, code_for, look_by_code, open_diary_on, patient_on
from tests.signing_in import a_user, sign_in
from tests.web.pages import give_password, set_up_app, token_in

STAFF_ROLES = (Role.ADMIN, Role.DOCTOR, Role.NURSE)
STRANGER = "a stranger"
JOINING = "somebody joining"
SIGNING_IN = "somebody signing in"
SIGNING_UP = "somebody signing in for the first time"


@dataclass
class Cast:
    """Everybody's browser, and the ids that addresses are filled with."""

    live: LiveServer
    clinic: Clinic
    ana: PatientRow
    browsers: dict[str, FlaskClient] = field(default_factory=dict)
    ids: dict[str, Any] = field(default_factory=dict)
    also: dict[str, list[str]] = field(default_factory=dict)  # addresses of an endpoint beside its bare one
    by_link: dict[str, str] = field(default_factory=dict)

    @property
    def app(self) -> Flask:
        return self.live.app

    def cookies_of(self, person: str, *, also: Mapping[str, str]) -> list[Any]:
        """What this person's browser keeps, and more, as Playwright takes it."""
        kept = self.browsers[person]._cookies or {}
        values = {cookie.key: cookie.value for cookie in kept.values()} | dict(also)
        return [{"name": name, "value": value, "url": self.live.url} for name, value in values.items()]

    def speak(self, language: str) -> None:
        """Let this be Ana's language: her phones follow it, whatever their browser asks for."""
        with self.app.app_context(), writing(OPERATOR, now=clock.now()) as work:
            change_patient_row(
                work, work.session.get_one(PatientRow, self.ana.id), {"language": language}, action="patient.change"
            )

    def forget_tries(self) -> None:
        """Let nobody wait because many wrong things were sent from this machine."""
        with self.app.app_context(), keeping_house() as session:
            session.execute(delete(SignInAttempt))

    def addresses_of(self, rule: Rule) -> list[str]:
        """Every address of a route that the pages are looked at by."""
        if rule.endpoint in self.by_link:
            return [self.by_link[rule.endpoint]]
        missing = rule.arguments - self.ids.keys()
        assert not missing, f"{rule.endpoint}: tell tests.browser.cast an id for {missing}"
        with self.app.test_request_context():
            bare = url_for(rule.endpoint, **{name: self.ids[name] for name in rule.arguments})
        return [bare, *self.also.get(rule.endpoint, [])]


@contextmanager
def on_stage(folder: Path, empty_database: Path) -> Iterator[Cast]:
    """The cast in a server of their own, over a database in this folder."""
    shutil.copy(empty_database, folder / "diary.sqlite3")
    built = PROJECT / "instance" / "assets"
    assert built.is_dir(), "The chart's script is not built. Run: make assets"
    shutil.copytree(built, folder / "assets")
    with serving(folder) as live:
        yield _gather(live)


def _gather(live: LiveServer) -> Cast:
    live.app.test_client_class = Browser
    with live.app.app_context():
        clinic = find_clinic(db.session(), add_demo(OPERATOR, now=clock.now()).clinic_id)
        assert clinic is not None
        zone = _where_it_is_noon()
        ana = a_patient(
            clinic,
            time_zone=zone.key,
            number="A-1047",
            telephone="+1 212 555 0187",
            pain_named="the pain low on the right, over the buttock",
            pain_side="right",
            painful_movement="Stairs",
            activities=["Stairs", "Turning in bed"],
        )
        cast = Cast(live=live, clinic=clinic, ana=ana)
        _live_through_14_days(cast, zone)
        _add_the_room(cast)
        _staff(cast)
        _phones(cast)
        _reminders(cast)
        _guest(cast)
        _strangers(cast)
    return cast


def _where_it_is_noon() -> ZoneInfo:
    return ZoneInfo(f"Etc/GMT{datetime.now(UTC).hour - 12:+d}")


def _live_through_14_days(cast: Cast, zone: ZoneInfo) -> None:
    ana, now = cast.ana, datetime.now(zone)
    injected = now - timedelta(days=14)
    injection = an_injection(
        injected.isoformat(),
        activities=("Stairs", "Turning in bed"),
        baseline=Scores(movement=8, average=7, moving=7, activities=(8, 6)),
        steroid=Steroid(agent="triamcinolone", mg=40),
        operator="Dr Chen Example",
    )
    room = [
        a_moment((injected + timedelta(minutes=minute)).isoformat(), scores=Scores(movement=score))
        for minute, score in ((5, 6), (10, 4), (15, 3), (20, 2), (25, 2), (30, 2), (120, 4))
    ]
    days = [_day(now - timedelta(days=back)) for back in range(20, 1, -1) if back != 9]
    medicine = a_medicine((now - timedelta(days=3)).isoformat())
    steroid = SteroidElsewhere(on=now.date() - timedelta(days=200), agent="dexamethasone")
    with writing(OPERATOR, now=now) as work:
        add_injections(work, ana.owner, [injection])
        add_entries(work, ana.owner, [*room, *days])
        add_medicines(work, ana.owner, [medicine])
        add_steroids_elsewhere(work, ana.owner, [steroid])
        cast.ids["steroid_id"] = next(iter(load_steroids_elsewhere(work, ana.owner)))
    cast.ids |= {"patient_id": ana.id, "injection_id": injection.id, "medicine_id": medicine.id}
    cast.ids |= {"entry_id": days[-1].id, "day": now.date().isoformat(), "number": 2, "result": "control"}
    cast.also |= {
        "patient.daily": [f"/me/day/{now.date() - timedelta(days=1)}", f"/me/day/{days[-1].day}", "/me/day/1999-01-01"],
        "patient.my_scores": ["/me/scores?show=all"],
        "patient.help_result": [f"/me/help/result/{one}" for one in (HelpResult.LEGS_AT_FIRST, HelpResult.NONE)],
        "patient.saved": [f"/me/saved/{room[-1].id}"],
        "clinic.report": [f"/clinic/patients/{ana.id}/report?entries=1&changes=1"],
        "clinic.patients": [f"/clinic/patients?show={one}" for one in ("today", "flags", "all")],
    }


def _day(at: datetime) -> Any:
    """A day of hers: late now and then, once a helper's, once with a fall and a note."""
    number = at.day
    return a_day(
        at.date().isoformat(),
        recorded_at=(at + timedelta(days=2 if number == 6 else 0, hours=1)).isoformat(),
        scores=Scores(average=number % 6 + 1, moving=number % 4 + 2, soreness=0, activities=(4, 2)),
        analgesic=number % 3 == 0,
        source=Source.HELPER if number % 7 == 0 else Source.PATIENT,
        events=(Event.FALL,) if number % 8 == 0 else (),
        note="Slept badly <b>and</b> fell in the kitchen" if number % 8 == 0 else None,
    )


def _add_the_room(cast: Cast) -> None:
    """Ana's next injection is planned, and Ben's was done a quarter of an hour ago."""
    noor = Actor(role=Role.NURSE, id="noor", clinic_id=cast.clinic.id, name="Noor Haddad")
    cast.ids["use_id"] = note_help_used(
        Actor(role=Role.DEVICE, id="device-1", clinic_id=cast.clinic.id, patient_id=cast.ana.id),
        HelpResult.CONTROL,
        now=clock.now(),
    )
    planned = _plan()
    plan_injection(noor, cast.ana.id, planned, now=clock.now())
    ben = a_patient(cast.clinic, "Ben Osei", born=date(1971, 12, 1))
    done, at = _plan(), clock.now() - timedelta(minutes=16)
    plan_injection(noor, ben.id, done, now=at)
    carry_out(noor, done.id, after=1, performed_at=at, reason="", now=at)
    cast.also |= {
        "clinic.prepare_injection": [f"/clinic/planned/{planned.id}"],
        "clinic.start_clock": [f"/clinic/planned/{planned.id}/done"],
        "clinic.monitor": [f"/clinic/injections/{done.id}/monitoring"],
        "clinic.patient": [f"/clinic/patients/{ben.id}"],
    }


def _plan() -> PlannedInjection:
    return PlannedInjection(
        id=uuid4(),
        side=Side.RIGHT,
        purpose=Purpose.DIAGNOSTIC,
        activities=("Stairs", "Turning in bed"),
        baseline=Scores(movement=8, activities=(8, 7)),
    )


def _staff(cast: Cast) -> None:
    for role in STAFF_ROLES:
        user = a_user(cast.clinic, role, name=f"{role.value.title()} of the tests")
        browser = cast.browsers[role] = cast.app.test_client()
        sign_in(browser, user)
        if role is Role.NURSE:
            cast.ids["user_id"] = user.id
            cast.ids["session_id"] = list_sessions(user.as_actor(), now=clock.now())[0].id
        if role is Role.ADMIN:
            link = invite(user.as_actor(), email="x@example.org", role=Role.NURSE, base_url="", now=clock.now())
            cast.by_link["account.invitation"] = link.address
            cast.ids["invitation_id"] = list_invitations(user.as_actor(), cast.clinic.id, now=clock.now())[0].id
    nurse, doctor, admin = (staff_of(cast.clinic.id, role) for role in (Role.NURSE, Role.DOCTOR, Role.ADMIN))
    for language in LANGUAGES.values():
        if not language.reviewed:
            version = help_words(language).version
            review_words(admin, cast.clinic.id, code=language.code, version=version, reader="Somebody", now=clock.now())
    key = str(cast.app.secret_key)
    carla = a_patient(cast.clinic, "Carla Ruiz")  # whose code is on the screen, so that Ana's phones stay linked
    shown: UUID = show_code(nurse, carla.id, key=key, now=clock.now())
    for endpoint, card in (("clinic.code", ""), ("clinic.code_card", "/card")):
        cast.by_link[endpoint] = f"/clinic/patients/{carla.id}/code/{shown}{card}"
    cast.ids["pending_id"] = show_import(doctor, cast.ana.id, write_diary_file(a_diary()), now=clock.now()).pending_id
    cast.ids["sheet_id"] = print_sheet(nurse, cast.ana.id, now=clock.now())
    cast.ids |= {
        "rule_set": "trial-50",
        "version": 1,
        "name": "none.js",
        "filename": "css/diary.css",
    }


def _phones(cast: Cast) -> None:
    for role in (Role.DEVICE, Role.PATIENT):
        browser = cast.browsers[role] = cast.app.test_client()
        phone = bind_phone(browser, cast.ana)
        cast.ids["device_id"] = phone.id
        if role is Role.PATIENT:
            open_diary_on(phone)
            cast.ids["request_id"] = ask_erasure(patient_on(phone), now=clock.now())


def _reminders(cast: Cast) -> None:
    """Ana reads her reminders from a calendar, so that the page of its address is there."""
    phone = bind_phone(cast.app.test_client(), cast.ana)
    choose(phone.actor, Chosen(channel=Channel.CALENDAR), now=clock.now())
    settings = cast.app.extensions["settings"]
    with looking_up() as session:
        choice = find_choice(session, cast.ana.id)
    assert choice is not None
    cast.by_link["reminders.ask_to_stop"] = urlsplit(stop_address(settings, choice.id)).path
    address = calendar_address(phone.actor, settings, now=clock.now())
    cast.by_link["reminders.calendar"] = urlsplit(address or "").path


def _guest(cast: Cast) -> None:
    phone = bind_phone(cast.app.test_client(), cast.ana)
    open_diary_on(phone)
    cast.browsers[Role.GUEST] = cast.app.test_client()
    look_by_code(cast.browsers[Role.GUEST], phone)


def _strangers(cast: Cast) -> None:
    for person in (STRANGER, JOINING, SIGNING_IN, SIGNING_UP):
        cast.browsers[person] = cast.app.test_client()
    code = code_for(a_patient(cast.clinic, "Dora Lind"))
    cast.also["join.ask"] = [f"/join?code={code}", "/join?code=nonsense"]
    joining = cast.browsers[JOINING]
    code = code_for(a_patient(cast.clinic, "Emil Faber"))
    asked = token_in(joining.get(f"/join?code={code}"))
    joining.post("/join", data={"csrf_token": asked, "code": code, "year": "1960", "who": "me"})
    nell = a_user(cast.clinic, Role.NURSE, name="Nell Young")
    give_password(cast.browsers[SIGNING_UP], email=nell.email)
    nils = a_user(cast.clinic, Role.NURSE, name="Nils Old")
    before = cast.app.test_client()
    give_password(before, email=nils.email)
    set_up_app(before)
    give_password(cast.browsers[SIGNING_IN], email=nils.email)
    link = new_setup_link(base_url="", now=clock.now())
    assert link is not None
    cast.by_link["account.set_up"] = link
