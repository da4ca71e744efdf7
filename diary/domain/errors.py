"""What can go wrong, as one family: every error of ours says what to do about it."""

from datetime import timedelta
from typing import Any

from diary.domain.said import Said, as_said, say


class DiaryError(Exception):
    """The base of every error that is told to a person; ``str(error)`` is the words for them in English.

    They are a sentence with named placeholders and their values, so that whoever shows them can translate them
    (`diary.words.language.told`): ``NotAllowed("Wait %(minutes)s minutes.", minutes=5)``.
    """

    def __init__(self, words: str = "", /, **values: Any) -> None:
        self.words = as_said(words, values)
        super().__init__(self.words)

    def told_as(self) -> Said:
        """What is to be told, as it can be translated."""
        return self.words


class InvalidValue(DiaryError):
    """A value that the record cannot hold.

    ``place`` is where it stands, as in ``entries[3].scores.average``; the text is place and reason.
    """

    def __init__(self, place: str, reason: str, /, **values: Any) -> None:
        self.place = place
        self.reason = as_said(reason, values)
        where = {"place": place, "reason": self.reason}
        super().__init__(Said("%(place)s: %(reason)s", where) if place else self.reason)

    def within(self, prefix: str) -> "InvalidValue":
        """The same error seen from outside: ``scores.rest`` becomes ``entries[3].scores.rest``."""
        separator = "" if not self.place or self.place.startswith("[") else "."
        return InvalidValue(f"{prefix}{separator}{self.place}", self.reason)


class NotAllowed(DiaryError):
    """Somebody asked for what their role or their clinic does not give them."""


class NotFound(DiaryError):
    """It is not there, or it is not theirs: both look the same from outside."""


class DatabaseBusy(DiaryError):
    """The database cannot take a write just now: locked, full or gone. Nothing was written; it may be tried again."""

    def __init__(self, reason: str) -> None:
        super().__init__("The database cannot be used just now: %(reason)s.", reason=reason)


class NotJustNow(DiaryError):
    """It could be done, but not at this moment or not that fast; nothing was changed."""


class Conflict(DiaryError):
    """What was sent contradicts what is already recorded; nothing was written."""


class TooManyTries(DiaryError):
    """Somebody tried too often; ``wait`` is how long until they may try again."""

    def __init__(self, words: str, /, *, wait: timedelta, **values: Any) -> None:
        super().__init__(words, **values)
        self.wait = wait


class UnreadableRules(DiaryError):
    """A rule set cannot be read, such as the one in use: nothing is judged by another one in its place."""

    def __init__(self, name: str, *, version: int | None, reason: str) -> None:
        which = name if version is None else say("%(name)s, version %(version)s,", name=name, version=version)
        super().__init__(
            "The rule set %(which)s cannot be read (%(reason)s). Nothing is judged by another one in its place. "
            "Ask an admin of your clinic to choose a rule set that can be read.",
            which=which,
            reason=reason,
        )
        self.reason = reason
