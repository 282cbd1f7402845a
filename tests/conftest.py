"""What holds in every test: no connection is opened. And what many tests want: a browser."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import TYPE_CHECKING, NoReturn

import pytest
from browser import start_browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def _refused(*arguments: object, **options: object) -> NoReturn:
    raise AssertionError(f"an analysis asked for a connection: {arguments}")


@pytest.fixture(autouse=True)
def _no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("connect", "connect_ex", "sendto", "bind"):
        monkeypatch.setattr(socket.socket, name, _refused)
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, _refused)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser for ``browser.problems_of`` and its like."""
    with start_browser() as started:
        yield started
