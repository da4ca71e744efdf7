"""Reading and sending pages as a browser without JavaScript does."""

import re
from html import unescape

from flask.testing import FlaskClient
from passlib.totp import TOTP
from werkzeug.test import TestResponse

from tests.signing_in import PASSWORD

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def token_in(page: TestResponse) -> str:
    """The token of the page's first form."""
    found = TOKEN.search(page.text)
    assert found, page.text
    return found[1]


def submit(client: FlaskClient, address: str, **fields: str) -> TestResponse:
    """Open the page and send its form."""
    return client.post(address, data={"csrf_token": token_in(client.get(address)), **fields})


def post(client: FlaskClient, address: str, *, on: str, **fields: str) -> TestResponse:
    """Send a form that stands on the page ``on``."""
    return client.post(address, data={"csrf_token": token_in(client.get(on)), **fields})


def errors_of(page: TestResponse) -> list[str]:
    """The words of the error summary."""
    summary = re.search(r'class="error-summary".*?</ul>', page.text, re.DOTALL)
    return [unescape(words) for words in re.findall(r'<a href="#[^"]*">([^<]*)<', summary[0])] if summary else []


def set_up_app(client: FlaskClient) -> TOTP:
    """From the page after the password to being signed in; answers the authenticator app."""
    page = submit(client, "/account/second-factor", setup="authenticator")
    key = re.search(r'class="key">([^<]+)<', page.text)
    assert key, page.text
    plain = key[1].strip("\u2068\u2069")  # isolated where it is read from right to left
    app = TOTP(plain.replace(" ", "").replace("-", ""))
    done = client.post("/login/code", data={"csrf_token": token_in(page), "code": str(app.generate().token)})
    assert done.headers["Location"] == "/account/start", done.text
    return app


def give_password(client: FlaskClient, password: str = PASSWORD, *, email: str = "noor@example.org") -> TestResponse:
    """The first step of signing in."""
    return submit(client, "/login", email=email, password=password)
