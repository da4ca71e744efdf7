"""Sign-in of staff by Flask-Security: password, then the six digits of an authenticator app, then recovery codes.

Everything of Flask-Security that is not named here is off, and what it registers without being asked (its own static
files, rescue by e-mail, a choice between methods) stays closed, since no view is open without a mark.
"""

import hashlib
import hmac
from datetime import timedelta
from typing import Any, cast

from flask import Flask, Response, current_app, request
from flask.typing import ResponseReturnValue
from flask_login import current_user, user_logged_in, user_logged_out
from flask_security import (
    MfRecoveryCodesUtil,
    PasswordUtil,
    Security,
    Totp,
    password_changed,
    user_authenticated,
)
from passlib.totp import TokenError

from diary import clock
from diary.config import Settings
from diary.domain.access import STAFF, Actor
from diary.domain.said import say
from diary.services import passwords, staff
from diary.store.users import StaffDatastore, User
from diary.web.devices import bears_token
from diary.web.forms.account import (
    AppForm,
    CodeForm,
    NewPasswordForm,
    NoRescueForm,
    PasswordAgainForm,
    RecoveryCodeForm,
    SignInForm,
)
from diary.web.guard import allow, identify_by, public
from diary.web.sessions import stored_session
from diary.words.language import told

FRESH = timedelta(minutes=15)
WRONG_SIGN_IN = say("The e-mail address or the password is wrong.")
WRONG_CODE = say("That code does not match. Enter the six digits that your app shows now.")
OPEN_TO_STRANGERS = ("login", "two_factor_token_validation", "two_factor_setup", "mf_recovery", "logout")
OPEN_TO_STAFF = ("verify", "change_password", "two_factor_setup_validate", "mf_recovery_codes")


def init_app(app: Flask) -> None:
    settings: Settings = app.extensions["settings"]
    app.config.from_mapping(_options(settings))
    security = Security(
        app,
        StaffDatastore(now=clock.now),
        login_form=SignInForm,
        verify_form=PasswordAgainForm,
        change_password_form=NewPasswordForm,
        two_factor_setup_form=AppForm,
        two_factor_rescue_form=NoRescueForm,
        two_factor_verify_code_form=CodeForm,
        mf_recovery_form=RecoveryCodeForm,
        password_util_cls=_Passwords,
        totp_cls=_Codes,
        mf_recovery_codes_util_cls=_RecoveryCodes,
    )
    security.want_json(lambda _request: False)  # one way in: the forms
    security.login_manager.session_protection = None  # a phone changes its address on the way to work
    # The library looks for a token of its own in each JSON body, and falls over one that is nested deeply.
    security.login_manager.request_loader(lambda _request: None)
    for endpoint in OPEN_TO_STRANGERS:
        public(app.view_functions[f"security.{endpoint}"])
    for endpoint in OPEN_TO_STAFF:
        allow(*STAFF)(app.view_functions[f"security.{endpoint}"])
    identify_by(app, identify_staff)
    user_logged_in.connect(_renew_session, app)
    user_logged_out.connect(_end_session, app)
    user_authenticated.connect(_audit_sign_in, app)
    password_changed.connect(_end_other_sessions, app)
    app.after_request(_clear_browser)


def go_on_to_second_factor(user_id: int) -> ResponseReturnValue:
    """Where somebody goes who has just chosen a password: on to their authenticator app."""
    security = current_app.extensions["security"]
    user = security.datastore.find_user(id=user_id)
    return cast("ResponseReturnValue", security.two_factor_plugins.tf_enter(user, None, "password", None))


def _options(settings: Settings) -> dict[str, Any]:
    # Said in English here; `languages` tells them in the language of whoever reads.
    messages = {
        "GENERIC_AUTHN_FAILED": (WRONG_SIGN_IN, "error"),
        "TWO_FACTOR_INVALID_TOKEN": (WRONG_CODE, "error"),
        "TWO_FACTOR_PERMISSION_DENIED": (say("Sign in again from the beginning."), "error"),
        "TWO_FACTOR_LOGIN_SUCCESSFUL": (say("You are signed in."), "success"),
        "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": (say("Your authenticator app is set up."), "success"),
        "INVALID_RECOVERY_CODE": (say("That recovery code does not match, or was used before."), "error"),
        "INVALID_PASSWORD": (say("The password is wrong."), "error"),
        "PASSWORD_NOT_PROVIDED": (say("Enter your password."), "error"),
        "PASSWORD_IS_THE_SAME": (say("Choose a password other than the old one."), "error"),
        "RETYPE_PASSWORD_MISMATCH": (say("Type the same new password twice."), "error"),
        "PASSWORD_CHANGE": (say("Your password is changed. You are signed out everywhere else."), "success"),
        "REAUTHENTICATION_REQUIRED": (say("Enter your password again to go on."), "error"),
        "REAUTHENTICATION_SUCCESSFUL": (say("Thank you."), "success"),
        "UNAUTHENTICATED": (say("Sign in first."), "error"),
    }
    options = {
        "API_ENABLED_METHODS": ["session"],
        "CACHE_CONTROL": None,  # `headers` says no-store for every page
        "CSRF_HEADER": "X-CSRF-Token",
        "PASSWORD_SINGLE_HASH": {"argon2"},  # as `services.passwords` hashes
        "PASSWORD_SCHEMES": ["argon2"],
        "PASSWORD_HASH_PASSLIB_OPTIONS": {
            "argon2__memory_cost": passwords.MEMORY_KIB,
            "argon2__time_cost": passwords.PASSES,
            "argon2__parallelism": passwords.LANES,
        },
        "EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
        "JOIN_USER_ROLES": False,
        "RETURN_GENERIC_RESPONSES": True,
        "FRESHNESS": FRESH,
        "FRESHNESS_GRACE_PERIOD": timedelta(0),
        "POST_LOGIN_VIEW": "/account/start",
        "POST_LOGOUT_VIEW": "/login",
        "VERIFY_URL": "/account/verify",
        "VERIFY_TEMPLATE": "account/password_again.html",
        "LOGIN_USER_TEMPLATE": "account/sign_in.html",
        "CHANGEABLE": True,
        "CHANGE_URL": "/account/password",
        "CHANGE_PASSWORD_TEMPLATE": "account/new_password.html",
        "POST_CHANGE_VIEW": "/account",
        "SEND_PASSWORD_CHANGE_EMAIL": False,  # `services.mail` tells them
        "TWO_FACTOR": True,
        "TWO_FACTOR_REQUIRED": True,
        "TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,
        "TWO_FACTOR_RESCUE_EMAIL": False,
        "TWO_FACTOR_SETUP_URL": "/account/second-factor",
        "TWO_FACTOR_SETUP_TEMPLATE": "account/second_factor.html",
        "TWO_FACTOR_POST_SETUP_VIEW": "/account",
        "TWO_FACTOR_TOKEN_VALIDATION_URL": "/login/code",
        "TWO_FACTOR_VERIFY_CODE_TEMPLATE": "account/code.html",
        "TOTP_ISSUER": "Injection diary",
        "TOTP_SECRETS": {"1": _derived(settings, "totp")},
        "MULTI_FACTOR_RECOVERY_CODES": True,
        "MULTI_FACTOR_RECOVERY_CODES_N": 8,
        "MULTI_FACTOR_RECOVERY_CODES_URL": "/account/recovery-codes",
        "MULTI_FACTOR_RECOVERY_CODES_TEMPLATE": "account/recovery_codes.html",
        "MULTI_FACTOR_RECOVERY_URL": "/login/recovery-code",
        "MULTI_FACTOR_RECOVERY_TEMPLATE": "account/recovery_code.html",
    } | {f"MSG_{name}": words for name, words in messages.items()}
    return {f"SECURITY_{name}": value for name, value in options.items()}


def _derived(settings: Settings, purpose: str) -> str:
    """A key of its own for each purpose, so that none opens what another closed."""
    return hmac.new(settings.secret_key.encode(), purpose.encode(), hashlib.sha256).hexdigest()


def identify_staff() -> Actor | None:
    """The member of staff whose session this is; None once their access has ended, and where a phone's token asks."""
    if bears_token() or not current_user.is_authenticated or current_user.removed_at is not None:
        return None
    actor: Actor = current_user.as_actor()
    return actor


def _renew_session(_app: Flask, *, user: User, **_: Any) -> None:
    stored_session().renew(user_id=user.id)


def _end_session(_app: Flask, *, user: Any, **_: Any) -> None:
    if isinstance(user, User):
        staff.note_sign_out(user.as_actor(), now=clock.now())
    stored_session().end()


def _audit_sign_in(_app: Flask, *, user: User, **_: Any) -> None:
    # What the sign-in has changed is written first: one transaction does not begin inside another.
    current_app.extensions["security"].datastore.commit()
    staff.note_sign_in(user.as_actor(), now=clock.now())


def _end_other_sessions(_app: Flask, *, user: User, **_: Any) -> None:
    staff.end_sessions(user.id)


def _clear_browser(answer: Response) -> Response:
    if request.endpoint == "security.logout" and request.method == "POST":
        answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


class _Passwords(PasswordUtil):
    """Our rules for a new password."""

    def validate(self, password: str, is_register: bool, **kwargs: Any) -> tuple[list[str] | None, str]:  # noqa: ARG002
        fault = passwords.password_fault(password, own_words=staff.own_words(kwargs["user"].id))
        return [told(fault)] if fault else None, self.normalize(password)


class _Codes(Totp):
    """The six digits, each good once: the 30 seconds of the last one used are kept with the user."""

    def verify_totp(self, token: str, totp_secret: str, user: User, window: int = 0) -> bool:  # type: ignore[override]
        used_last = user.tf_last_counter if totp_secret == user.tf_totp_secret else None
        try:
            match = self._totp.verify(token, totp_secret, window=window, last_counter=used_last)
        except TokenError:
            return False
        return staff.use_code(user.as_actor(), counter=match.counter, used_last=user.tf_last_counter, now=clock.now())


class _RecoveryCodes(MfRecoveryCodesUtil):
    """Recovery codes are shown once, when they are made, and kept as hashes under a key of the server's."""

    def create_recovery_codes(self, user: User) -> list[str]:  # type: ignore[override]
        security = current_app.extensions["security"]
        codes: list[str] = security.totp_factory.generate_recovery_codes(
            current_app.config["SECURITY_MULTI_FACTOR_RECOVERY_CODES_N"]
        )
        security.datastore.mf_set_recovery_codes(user, [_hash_of_code(code) for code in codes])
        return codes

    def get_recovery_codes(self, user: User) -> list[str]:  # type: ignore[override]  # noqa: ARG002
        return []

    def check_recovery_code(self, user: User, code: str) -> bool:  # type: ignore[override]
        return _hash_of_code(code) in (user.mf_recovery_codes or [])

    def delete_recovery_code(self, user: User, code: str) -> bool:  # type: ignore[override]
        left = [kept for kept in user.mf_recovery_codes or [] if kept != _hash_of_code(code)]
        current_app.extensions["security"].datastore.mf_set_recovery_codes(user, left)
        return True


def _hash_of_code(code: str) -> str:
    typed = code.strip().lower().replace("-", "").replace(" ", "")
    return _derived(current_app.extensions["settings"], f"recovery-code:{typed}")
