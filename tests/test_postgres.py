"""The server that tests use in place of a clinic's PostgreSQL is PostgreSQL."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from tests.postgres import PostgresServer


def test_the_tests_talk_to_postgresql_18(postgres_url: str) -> None:
    engine = sa.create_engine(postgres_url)
    with engine.connect() as connection:
        version = connection.scalar(sa.text("SELECT version()"))
    engine.dispose()

    assert engine.dialect.name == "postgresql"
    assert engine.dialect.driver == "psycopg"
    assert str(version).startswith("PostgreSQL 18.")


def test_a_commit_is_on_disk_before_it_is_acknowledged(postgres_url: str) -> None:
    engine = sa.create_engine(postgres_url)
    with engine.connect() as connection:
        assert connection.scalar(sa.text("SHOW fsync")) == "on"
    engine.dispose()


def test_a_database_can_be_copied_from_another(postgres_server: PostgresServer, postgres_url: str) -> None:
    original = sa.create_engine(postgres_url)
    with original.begin() as connection:
        connection.execute(sa.text("CREATE TABLE score AS SELECT 7 AS pain"))
    original.dispose()

    url = postgres_server.create_database(template=postgres_url)

    copy = sa.create_engine(url)
    with copy.connect() as connection:
        assert connection.scalar(sa.text("SELECT pain FROM score")) == 7
    copy.dispose()
    postgres_server.drop_database(url)


def test_a_dropped_database_is_gone(postgres_server: PostgresServer) -> None:
    url = postgres_server.create_database()
    postgres_server.drop_database(url)

    engine = sa.create_engine(url)
    with pytest.raises(OperationalError, match="does not exist"):
        engine.connect()
    engine.dispose()
