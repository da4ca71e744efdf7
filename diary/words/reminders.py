"""What a reminder says, wherever it is read: nothing about health, and nothing about who it is for."""

from diary.words.language import gettext as _


def subject() -> str:
    """Of an e-mail."""
    return _("Your diary is ready")


def body() -> str:
    """The line on a locked phone."""
    return _("Your diary is ready. It takes 15 seconds.")


def letter(clinic: str, *, address: str, stop: str) -> str:
    """The whole text of an e-mail, with full addresses."""
    said = _("%(clinic)s: your diary is ready. It takes 15 seconds.", clinic=clinic)
    end = _("Stop: %(address)s", address=stop)
    return f"{said}\n\n{address}\n\n{end}\n"


def stop_button() -> str:
    """The button beside a message on a phone."""
    return _("Stop reminders")


def calendar_name() -> str:
    """What a calendar shows as its own name and as the title of each event."""
    return _("My diary")


def event_text(address: str) -> str:
    """What a calendar shows below the title of an event."""
    return _("It takes 15 seconds. %(address)s", address=address)
