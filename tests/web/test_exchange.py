"""A diary file in and out in the browser."""

import io
import re
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from diary.domain.access import Role
from diary.domain.diary import Scores
from diary.exchange.diary_file import read_diary_file, write_diary_file
from diary.store.base import db
from diary.store.clinics import Clinic
from diary.store.patients import PatientRow
from diary.store.records import EntryRow
from tests.factories import a_clinic, a_day, a_diary, a_patient, an_injection
from tests.signing_in import a_user, sign_in

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def backend() -> str:
    """These are about pages, not about databases."""
    return "sqlite"


@pytest.fixture
def ana() -> PatientRow:
    return a_patient(a_clinic())


@pytest.fixture
def token(client: FlaskClient, ana: PatientRow) -> str:
    """Dr Chen is signed in; this is the token of her forms."""
    return sign_in(client, a_user(db.session.get_one(Clinic, ana.clinic_id)))


def upload(client: FlaskClient, token: str, patient_id: UUID, content: bytes) -> TestResponse:
    fields = {"csrf_token": token, "file": (io.BytesIO(content), "diary.json")}
    return client.post(f"/clinic/patients/{patient_id}/import", data=fields, content_type="multipart/form-data")


def entries_stored() -> int:
    db.session.rollback()  # what was read before the request is not what there is now
    return db.session.scalar(select(func.count()).select_from(EntryRow)) or 0


def confirm(client: FlaskClient, token: str, page: TestResponse) -> TestResponse:
    found = re.search(r'action="(/clinic/patients/[^"]+/import/[^"]+)"', page.text)
    assert found, page.text
    return client.post(found[1], data={"csrf_token": token})


def test_a_file_is_shown_then_taken_and_comes_out_again(client: FlaskClient, ana: PatientRow, token: str) -> None:
    diary = a_diary(an_injection(), a_day("2026-03-03"), a_day("2026-03-04"))
    page = upload(client, token, ana.id, write_diary_file(diary))
    assert page.status_code == 200
    assert "2 entries, 03-Mar-2026 to 04-Mar-2026" in page.text
    assert "1 injection" in page.text
    assert entries_stored() == 0

    done = confirm(client, token, page)
    assert done.status_code == 302
    assert "3 records were added." in client.get(done.headers["Location"]).text
    assert entries_stored() == 2

    out = client.get(f"/clinic/patients/{ana.id}/export")
    assert out.headers["Content-Disposition"].startswith('attachment; filename="injection-diary-')
    assert "Ana" not in out.headers["Content-Disposition"]
    assert [entry.id for entry in read_diary_file(out.data).entries] == [entry.id for entry in diary.entries]
    again = upload(client, token, ana.id, out.data)
    assert "3 records are here already and equal." in again.text
    assert ">Import<" not in again.text


def test_a_refused_file_names_each_place_and_offers_no_button(client: FlaskClient, ana: PatientRow, token: str) -> None:
    entry = a_day("2026-03-03")
    confirm(client, token, upload(client, token, ana.id, write_diary_file(a_diary(entry))))
    changed = a_day("2026-03-03", id=entry.id, scores=Scores(average=9), note="<script>alert(1)</script>")
    page = upload(client, token, ana.id, write_diary_file(a_diary(a_day("2026-03-01"), changed)))
    assert page.status_code == 422
    assert "Nothing was imported" in page.text
    assert "entries[1]: " in page.text
    assert "/import/" not in page.text
    assert entries_stored() == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty"),
        (b"not json", "line 1, column 1"),
        (b'{"format": "<b>"}', "&#39;&lt;b&gt;&#39; is not"),
    ],
)
def test_what_is_no_diary_file_keeps_the_page_and_says_why(
    client: FlaskClient, ana: PatientRow, token: str, content: bytes, words: str
) -> None:
    page = upload(client, token, ana.id, content)
    assert page.status_code == 422
    assert "There is a problem" in page.text
    assert words in page.text
    assert 'name="file"' in page.text


def test_no_file_is_asked_for(client: FlaskClient, ana: PatientRow, token: str) -> None:
    page = client.post(f"/clinic/patients/{ana.id}/import", data={"csrf_token": token})
    assert (page.status_code, "Choose a diary file." in page.text) == (422, True)


def test_this_page_takes_ten_megabytes_and_no_more(client: FlaskClient, ana: PatientRow, token: str) -> None:
    larger_than_others_take = write_diary_file(a_diary(a_day("2026-03-03"))) + b" " * (400 * 1024)
    assert upload(client, token, ana.id, larger_than_others_take).status_code == 200
    said = {"CONTENT_LENGTH": str(10 * 1024 * 1024 + 1)}
    assert client.post(f"/clinic/patients/{ana.id}/import", environ_overrides=said).status_code == 413


def test_a_file_without_the_token_of_the_page_is_refused(client: FlaskClient, ana: PatientRow, token: str) -> None:
    assert token
    assert upload(client, "forged", ana.id, write_diary_file(a_diary())).status_code == 400


def test_another_clinics_doctor_finds_nothing(client: FlaskClient, ana: PatientRow) -> None:
    token = sign_in(client, a_user(a_clinic("Hillside"), name="Diaz"))
    assert upload(client, token, ana.id, write_diary_file(a_diary())).status_code == 404
    for page in ("import", "export", "entries.csv"):
        assert client.get(f"/clinic/patients/{ana.id}/{page}").status_code == 404


def test_an_admin_and_a_stranger_do_not_get_in(client: FlaskClient, ana: PatientRow) -> None:
    assert client.get(f"/clinic/patients/{ana.id}/export").headers["Location"] == "/login"
    sign_in(client, a_user(db.session.get_one(Clinic, ana.clinic_id), Role.ADMIN, name="Ada"))
    assert client.get(f"/clinic/patients/{ana.id}/export").status_code == 403


def test_the_entries_come_as_a_table_that_is_kept_and_not_opened(
    client: FlaskClient, ana: PatientRow, token: str
) -> None:
    confirm(client, token, upload(client, token, ana.id, write_diary_file(a_diary(a_day("2026-03-03", note="=1")))))
    table = client.get(f"/clinic/patients/{ana.id}/entries.csv")
    assert table.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert table.headers["Cache-Control"] == "no-store"
    assert ",'=1,,no\r\n" in table.data.decode("utf-8-sig")


def test_a_wrong_name_on_the_file_is_told(client: FlaskClient, token: str, ana: PatientRow) -> None:
    assert ana.name == "Ana Cruz"
    diary = write_diary_file(a_diary()).replace(b"Ana Cruz", b"Ben Okafor").replace(b"1960-04-09", b"1971-01-02")
    assert "The file tells another name and birth date than" in upload(client, token, ana.id, diary).text
