"""The database: one Flask-SQLAlchemy instance, its column types, and the settings of each connection."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, DateTime, Dialect, MetaData, String, TypeDecorator, Uuid
from sqlalchemy.orm import DeclarativeBase, mapped_column

NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every constraint has a name, so that a migration can drop it on both databases."""

    metadata = MetaData(naming_convention=NAMES)


# expire_on_commit is off: what was loaded stays readable after the transaction that read it has ended.
db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})

if TYPE_CHECKING:
    # flask-sqlalchemy builds db.Model at run time, where mypy cannot see it.
    Model = Base
else:
    Model = db.Model


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant, stored in UTC on both databases (SQLite keeps no zone); naive ones are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its offset before it is stored")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 — the signature is SQLAlchemy's
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def offset_of(instant: datetime) -> int:
    """The offset an instant bears, in minutes east of Greenwich; stored beside its UTC."""
    offset = instant.utcoffset()
    if offset is None:
        raise ValueError("an instant needs its offset before it is stored")
    return round(offset.total_seconds() / 60)


def with_offset(utc: datetime, minutes: int) -> datetime:
    """The instant as it was recorded: its UTC seen in its own offset."""
    return utc.astimezone(timezone(timedelta(minutes=minutes)))


Id = Annotated[UUID, mapped_column(Uuid, primary_key=True)]
Instant = Annotated[datetime, mapped_column(UtcDateTime)]
OptionalInstant = Annotated[datetime | None, mapped_column(UtcDateTime)]
Text = Annotated[str, mapped_column(String)]
Details = Annotated[Mapping[str, Any], mapped_column(JSON)]
Day = Annotated[date, mapped_column()]
