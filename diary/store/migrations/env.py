"""What Alembic runs: the migrations, on the connection that `diary.store.migrations` holds."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import TypeDecorator

from diary.store.migrations import every_table


def _plain_type(kind: str, item: Any, _autogenerate: object) -> str | Literal[False]:
    """Column types of ours by what the database sees: a migration outlives the class that wrote it."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=every_table(),
    render_as_batch=True,
    render_item=_plain_type,
)
with context.begin_transaction():
    context.run_migrations()
