"""A database of the benchmarks' own on a PostgreSQL server: made, used and dropped."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

NAME = "duban_bench"
DEFAULT_SERVER = "postgres://127.0.0.1:5432/"


class NoServerError(Exception):
    """There is no PostgreSQL to measure on; its text says what would help."""


def server_address() -> str:
    """Where PostgreSQL is: the server of DATABASE_URL, else this machine's."""
    address = os.environ.get("DATABASE_URL", "")
    return address if address.startswith(("postgres://", "postgresql://")) else DEFAULT_SERVER


def address_of(server: str, name: str) -> str:
    """The address of the database `name` on the same server."""
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


@contextmanager
def own_database(name: str = NAME) -> Iterator[str]:
    """Make the database `name` anew, give its address, and drop it at the end. Raises NoServerError."""
    server = server_address()
    try:
        with _maintenance(server) as connection:
            _drop(connection, name)
            connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
    except psycopg.OperationalError as why:
        raise NoServerError(
            f"PostgreSQL cannot be reached ({str(why).strip()}): start it, or name it in DATABASE_URL,"
            " as postgres://USER:PASSWORD@HOST:5432/."
        ) from why
    try:
        yield address_of(server, name)
    finally:
        with _maintenance(server) as connection:
            _drop(connection, name)


def _maintenance(server: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(address_of(server, "postgres"), autocommit=True, connect_timeout=5)


def _drop(connection: psycopg.Connection[tuple[object, ...]], name: str) -> None:
    connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))
