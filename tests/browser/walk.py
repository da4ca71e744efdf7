"""Every page that there is, found by walking the routes: who may open it, and which of its forms refuse to be empty."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from diary.domain.access import CARE_TEAM, Role
from diary.web.guard import EVERYBODY
from tests.browser.cast import JOINING, SIGNING_IN, SIGNING_UP, STRANGER, Cast
from tests.web.access_table import ACCESS
from tests.web.browsing import PageForm, forms_of

PHONE = (Role.DEVICE, Role.PATIENT)
# Who looks at pages together: where several may open one, they take turns. A page for everybody is a stranger's.
GROUPS: dict[str, tuple[str, ...]] = {
    "phone": PHONE,
    "care team": tuple(sorted(CARE_TEAM)),
    "admin": (Role.ADMIN,),
    "guest": (Role.GUEST,),
    "stranger": (STRANGER,),
    "joining": (JOINING,),
    "signing in": (SIGNING_IN,),
    "signing up": (SIGNING_UP,),
}
# Pages for everybody that are other pages to those whom we know, or whom we know half.
ALSO_OF = {
    "phone": ("patient.help_expected", "patient.help_now", "patient.help_question", "patient.help_result"),
    "care team": ("reading.look",),
    "joining": ("join.before_you_start",),
    "signing in": ("security.mf_recovery", "security.two_factor_token_validation"),
    "signing up": ("security.two_factor_setup",),
}
# Files, what ends the session, and the empty pages that a phone's scripts fill in where there is no signal: the same
# templates as the pages that are looked at, and ``test_offline`` uses them.
KEPT = {"patient.kept_help", "patient.kept_help_result", "patient.kept_page"}
NOT_PAGES = {"security.logout", "static", "security.static", *KEPT}


@dataclass(frozen=True, slots=True, kw_only=True)
class PageToSee:
    """A page by its address, and who may see it. ``form`` is the place of the form that is sent empty, if one is."""

    endpoint: str
    address: str
    people: frozenset[str]
    form: int | None = None

    def __str__(self) -> str:
        return self.address if self.form is None else f"{self.address} sent empty"


def pages_of(cast: Cast, group: str) -> list[PageToSee]:
    """Every page of a group, in the order of addresses; after each the same with its errors, where it has any."""
    found: list[PageToSee] = []
    for rule in sorted(cast.app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if "GET" not in (rule.methods or ()) or rule.endpoint in NOT_PAGES or not _belongs(rule, group):
            continue
        for address in cast.addresses_of(rule):
            found += _seen(cast, rule.endpoint, address, GROUPS[group])
    return found


def _belongs(rule: Rule, group: str) -> bool:
    roles = ACCESS[rule.endpoint]
    if rule.endpoint in ALSO_OF.get(group, ()):
        return True
    if roles == EVERYBODY:
        return group == "stranger"
    return any(role in roles for role in GROUPS[group])


def _seen(cast: Cast, endpoint: str, address: str, people: tuple[str, ...]) -> Iterator[PageToSee]:
    answers = {person: cast.browsers[person].get(address) for person in people}
    seeing = frozenset(person for person, answer in answers.items() if _is_page(answer))
    if not seeing:
        return
    yield PageToSee(endpoint=endpoint, address=address, people=seeing)
    person = max(seeing)
    for place, form in enumerate(forms_of(answers[person])):
        if _refuses_empty(cast.browsers[person], address, form):
            yield PageToSee(endpoint=endpoint, address=address, people=seeing, form=place)


def _is_page(answer: TestResponse) -> bool:
    return answer.mimetype == "text/html" and answer.status_code in {200, 409, 422}


def _refuses_empty(browser: FlaskClient, address: str, form: PageForm) -> bool:
    """Whether the form, sent with nothing filled in, comes back with what is wrong."""
    hidden = {name: value for name, value in form.sends.items() if name not in form.shown}
    if not form.shown:
        return False
    answer = browser.post(form.action or address, data=hidden)
    return answer.mimetype == "text/html" and 'class="error-summary"' in answer.text
