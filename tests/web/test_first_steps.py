"""A new server is set up by a link good once; colleagues come by invitations good once."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from diary import clock
from diary.domain.access import Role
from diary.services.demo import add_demo
from diary.services.invitations import invite, list_invitations
from diary.services.setting_up import new_setup_link
from diary.store.base import db
from diary.store.clinics import Clinic
from diary.store.keys_to_accounts import Invitation, SetupLink
from diary.store.users import User, find_user_by_email
from tests.factories import OPERATOR, a_clinic
from tests.signing_in import PASSWORD, a_user, sign_in
from tests.web.pages import errors_of, give_password, set_up_app, submit

HERE = "http://127.0.0.1:8000"
CLINIC = {
    "name": "Hill Clinic",
    "country": "GB",
    "time_zone": "Europe/London",
    "telephone": "020 7946 0000",
    "opening_hours": "Monday to Friday 9am to 5pm",
    "rule_set": "norfolk-icb",
    "person_name": "Ada Okafor",
    "email": "ada@example.org",
    "password": PASSWORD,
}


def path_of(address: str | None) -> str:
    assert address is not None
    return address.removeprefix(HERE)


@pytest.fixture
def link(app: Flask) -> str:  # noqa: ARG001 — gives the database
    return path_of(new_setup_link(base_url=HERE, now=clock.now()))


@pytest.fixture
def ada(app: Flask) -> User:  # noqa: ARG001
    return a_user(a_clinic(), Role.ADMIN, name="Ada Okafor", email="ada@example.org")


def test_the_link_makes_the_clinic_and_its_admin_and_then_works_no_more(client: FlaskClient, link: str) -> None:
    done = submit(client, link, **CLINIC)

    assert done.headers["Location"] == "/account/second-factor"
    set_up_app(client)
    assert client.get("/admin").status_code == 200
    clinic = db.session.scalars(select(Clinic)).one()
    assert (clinic.name, clinic.rule_set, clinic.telephone) == ("Hill Clinic", "norfolk-icb", "020 7946 0000")
    assert client.get(link).status_code == 404
    assert new_setup_link(base_url=HERE, now=clock.now()) is None


def test_looking_at_a_link_does_not_use_it_up(client: FlaskClient, link: str) -> None:
    assert [client.get(link).status_code for _ in range(3)] == [200, 200, 200]
    assert submit(client, link, **CLINIC).status_code == 302


def test_only_the_hash_of_a_link_is_stored(link: str) -> None:
    token = link.rsplit("/", 1)[1]

    assert len(token) * 6 >= 128
    assert token not in str(db.session.execute(select(SetupLink.token_hash)).all())


def test_a_link_works_for_a_day(app: Flask, client: FlaskClient) -> None:  # noqa: ARG001
    old = path_of(new_setup_link(base_url=HERE, now=clock.now() - timedelta(hours=24, seconds=1)))

    assert client.get(old).status_code == 404


def test_each_start_prints_another_link_until_a_real_clinic_has_its_admin(app: Flask) -> None:  # noqa: ARG001
    add_demo(OPERATOR, now=clock.now(), patients=1)

    links = {new_setup_link(base_url=HERE, now=clock.now()) for _ in range(2)}

    assert len(links) == 2
    assert None not in links


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "Enter the clinic's name."),
        ({"country": "England"}, "Enter the two letters of the country, such as US."),
        ({"time_zone": "London"}, "Choose a time zone, such as America/Chicago."),
        ({"email": "ada"}, "Enter an e-mail address, such as name@example.org."),
        ({"password": "iloveyou"}, "This is one of the passwords that are tried first. Choose another."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    client: FlaskClient, link: str, wrong: dict[str, str], words: str
) -> None:
    refused = submit(client, link, **{**CLINIC, **wrong})

    assert errors_of(refused) == [words]
    assert "<title>\n      Error:" in refused.text or "Error: " in refused.text.split("</title>")[0]
    assert 'value="Monday to Friday 9am to 5pm"' in refused.text
    assert PASSWORD not in refused.text
    assert db.session.scalars(select(Clinic)).all() == []
    assert submit(client, link, **CLINIC).status_code == 302


def test_an_invitation_ends_in_a_colleague_with_a_second_factor(client: FlaskClient, app: Flask, ada: User) -> None:
    sign_in(client, ada)
    invited = submit(client, "/admin/people", email="Chen@Example.org", role="doctor")
    assert invited.status_code == 405  # the form goes to its own address
    invited = client.post(
        "/admin/people/invite",
        data={"csrf_token": _token(client, "/admin/people"), "email": "Chen@Example.org", "role": "doctor"},
    )
    address = path_of(_key(invited.text))
    newcomer = app.test_client()

    assert "Hand this link to chen@example.org" in invited.text
    assert newcomer.get(address).headers["Referrer-Policy"] == "no-referrer"
    joined = submit(newcomer, address, name="Dr Chen", password="nine slow barges")

    assert joined.headers["Location"] == "/account/second-factor"
    set_up_app(newcomer)
    assert newcomer.get(address).status_code == 404
    db.session.rollback()
    chen = find_user_by_email(db.session(), "chen@example.org")
    assert chen is not None
    assert (chen.role, chen.clinic_id, chen.name) == ("doctor", ada.clinic_id, "Dr Chen")
    assert list_invitations(ada.as_actor(), ada.clinic_id, now=clock.now()) == []


def test_an_invitation_works_for_three_days_and_can_be_sent_again_or_cancelled(client: FlaskClient, ada: User) -> None:
    sign_in(client, ada)
    then = clock.now() - timedelta(hours=72, seconds=1)
    old = path_of(invite(ada.as_actor(), email="c@example.org", role=Role.NURSE, base_url=HERE, now=then).address)
    assert client.get(old).status_code == 404
    waiting = db.session.scalars(select(Invitation)).one()

    again = client.post(
        f"/admin/people/invitations/{waiting.id}/again", data={"csrf_token": _token(client, "/admin/people")}
    )
    new = path_of(_key(again.text))
    assert client.get(new).status_code == 200
    client.post(f"/admin/people/invitations/{waiting.id}/cancel", data={"csrf_token": _token(client, "/admin/people")})

    assert client.get(new).status_code == 404


def test_who_is_invited_again_begins_again(client: FlaskClient, app: Flask, ada: User) -> None:
    clinic = db.session.get_one(Clinic, ada.clinic_id)
    noor = a_user(clinic, Role.NURSE, name="Noor Haddad", email="noor@example.org")
    sign_in(client, noor)
    link = invite(ada.as_actor(), email="noor@example.org", role=Role.NURSE, base_url=HERE, now=clock.now())

    other = app.test_client()
    submit(other, path_of(link.address), name="Noor Haddad", password="nine slow barges")

    assert client.get("/account").headers["Location"] == "/login"
    assert errors_of(give_password(app.test_client(), PASSWORD)) == ["The e-mail address or the password is wrong."]
    assert give_password(app.test_client(), "nine slow barges").headers["Location"] == "/account/second-factor"


def test_an_address_of_another_clinic_cannot_be_invited(client: FlaskClient, ada: User) -> None:
    a_user(a_clinic("Other Clinic"), Role.DOCTOR, name="Diaz", email="diaz@example.org")
    sign_in(client, ada)

    refused = client.post(
        "/admin/people/invite",
        data={"csrf_token": _token(client, "/admin/people"), "email": "diaz@example.org", "role": "doctor"},
    )

    assert errors_of(refused) == ["Somebody signs in with this e-mail address already. Choose another."]


def _token(client: FlaskClient, address: str) -> str:
    from tests.web.pages import token_in

    return token_in(client.get(address))


def _key(text: str) -> str:
    import re

    found = re.search(r'class="key">([^<]+)<', text)
    assert found, text
    return found[1]
