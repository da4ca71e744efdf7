"""What a reminder says, wherever it is read: nothing about health, and nothing about who it is for."""

SUBJECT = "Your diary is ready"
CALENDAR_NAME = "My diary"


def body() -> str:
    """The line on a locked phone."""
    return "Your diary is ready. It takes 15 seconds."


def letter(clinic: str, *, address: str, stop: str) -> str:
    """The whole text of an e-mail, with full addresses."""
    return f"{clinic}: your diary is ready. It takes 15 seconds.\n\n{address}\n\nStop: {stop}\n"


def stop_button() -> str:
    """The button beside a message on a phone."""
    return "Stop reminders"


def event_text(address: str) -> str:
    """What a calendar shows below its title."""
    return f"It takes 15 seconds. {address}"
