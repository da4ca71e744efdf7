"""Signing in, in our words and with our limits, over Flask-Security's forms."""

from typing import Any, ClassVar

from flask import request
from flask_login import current_user
from flask_security import (
    ChangePasswordForm,
    LoginForm,
    MfRecoveryForm,
    TwoFactorRescueForm,
    TwoFactorSetupForm,
    TwoFactorVerifyCodeForm,
    VerifyForm,
)
from wtforms import HiddenField, RadioField

from diary import clock
from diary.services.passwords import LONGEST
from diary.services.sign_in import trying
from diary.web.forms.base import FieldError
from diary.words.language import lazy_gettext


class Summarised:
    """Adds what our own forms have: the error summary, and labels in our words, in the order of the page."""

    LABELS: ClassVar[dict[str, str]] = {}

    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in self.LABELS.items():
            getattr(self, name).label.text = words
        password = self._fields.get("password")
        if password is not None and password.data:
            # One that is longer than any of ours is wrong; cut, since hashing breaks on what is far too long.
            password.data = password.data[: LONGEST + 1]

    def summary(self: Any) -> list[FieldError]:
        """Every fault once; one that is about no single field leads to the first."""
        found = [(next(iter(self.LABELS)), words) for words in self.form_errors]
        found += [(name, words) for name in self.LABELS for words in self[name].errors]
        first = {str(words): name for name, words in reversed(found)}
        return [FieldError(self[name].id, words) for words, name in reversed(first.items())]


class SignInForm(Summarised, LoginForm):
    """E-mail and password. Whoever tries too often is told to wait (429), whether the account exists or not."""

    LABELS: ClassVar = {"email": lazy_gettext("E-mail address"), "password": lazy_gettext("Password")}

    def validate(self, **kwargs: Any) -> bool:
        return _limited(str(self.email.data or ""), super().validate, kwargs)


class AppForm(Summarised, TwoFactorSetupForm):
    """Asks for the square to scan. There is one method, so nothing is chosen."""

    setup = HiddenField()


class NoRescueForm(TwoFactorRescueForm):
    """Flask-Security's page for the code builds this form; ours shows none of it."""

    help_setup = RadioField(choices=[])


class CodeForm(Summarised, TwoFactorVerifyCodeForm):
    """The six digits of the authenticator app."""

    LABELS: ClassVar = {"code": lazy_gettext("Code")}

    def validate(self, **kwargs: Any) -> bool:
        return _limited(_codes_of(self.user), super().validate, kwargs)


class RecoveryCodeForm(Summarised, MfRecoveryForm):
    """One of the codes that were written down; it counts as a try at the six digits."""

    LABELS: ClassVar = {"code": lazy_gettext("Recovery code")}

    def validate(self, **kwargs: Any) -> bool:
        return _limited(_codes_of(self.user), super().validate, kwargs)


class PasswordAgainForm(Summarised, VerifyForm):
    """The password, asked once more before something that matters."""

    LABELS: ClassVar = {"password": lazy_gettext("Password")}

    def validate(self, **kwargs: Any) -> bool:
        return _limited(current_user.email, super().validate, kwargs)


class NewPasswordForm(Summarised, ChangePasswordForm):
    """The old password and the new one."""

    LABELS: ClassVar = {
        "password": lazy_gettext("Your password now"),
        "new_password": lazy_gettext("New password"),
        "new_password_confirm": lazy_gettext("New password again"),
    }

    def validate(self, **kwargs: Any) -> bool:
        return _limited(current_user.email, super().validate, kwargs)


def _codes_of(user: Any) -> str:
    return f"code:{user.id}"


def _limited(account: str, validate: Any, kwargs: dict[str, Any]) -> bool:
    with trying(account, address=request.remote_addr or "", now=clock.now()) as attempt:
        attempt.succeeded = validate(**kwargs)
    return attempt.succeeded
