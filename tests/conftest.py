"""What holds in every test: no connection is opened."""

from __future__ import annotations

import socket
from typing import NoReturn

import pytest


def _refused(*arguments: object, **options: object) -> NoReturn:
    raise AssertionError(f"an analysis asked for a connection: {arguments}")


@pytest.fixture(autouse=True)
def _no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("connect", "connect_ex", "sendto", "bind"):
        monkeypatch.setattr(socket.socket, name, _refused)
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, _refused)
