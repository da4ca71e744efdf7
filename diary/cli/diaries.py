"""Commands about diaries: import, export, convert."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from diary.cli.running import Commands


def add_commands(commands: "Commands") -> None:
    """Add the commands with their arguments."""
