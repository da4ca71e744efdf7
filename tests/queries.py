"""Count the statements that a piece of work sends to the database, the audit and the sessions aside."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Connection, event

from diary.store.audit import UNGUARDED
from diary.store.base import db

_TRANSACTION = re.compile(r"\s*(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|PRAGMA)", re.IGNORECASE)
_ASIDE = re.compile(r"\b(?:FROM|INTO|UPDATE)\s+[\"`]?(?:" + "|".join(sorted(UNGUARDED)) + r")\b", re.IGNORECASE)


@dataclass(slots=True)
class Queries:
    """The statements that were sent so far."""

    statements: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.statements)


@contextmanager
def count_queries() -> Iterator[Queries]:
    """Collect what is sent inside the block: ``with count_queries() as sent: …; assert len(sent) <= 6``."""
    sent = Queries()

    def note(
        _connection: Connection, _cursor: object, statement: str, _parameters: object, _context: object, _many: bool
    ) -> None:
        if not _TRANSACTION.match(statement) and not _ASIDE.search(statement):
            sent.statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
