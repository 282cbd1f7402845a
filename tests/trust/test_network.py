"""An analysis opens no connection; the guard of ``conftest.py`` holds for all other tests, too."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

#: What the interpreter reports when somebody reaches out (a library may look what kinds of sockets there are).
EVENTS = "socket.connect socket.sendto socket.sendmsg socket.getaddrinfo socket.gethostbyname urllib.Request"
ROOT = Path(__file__).parents[2]


def test_the_guard_bites() -> None:
    with pytest.raises(AssertionError, match="connection"):
        socket.create_connection(("127.0.0.1", 9), timeout=1)
    with pytest.raises(AssertionError, match="connection"):
        socket.getaddrinfo("example.org", 443)


def run(code: str) -> subprocess.CompletedProcess[str]:
    """Run code in a process that stops at the first connection, imports and start-up included."""
    watch = (
        "import sys\n"
        f"events = frozenset({EVENTS!r}.split())\n"
        "def hook(event, arguments):\n"
        "    if event in events:\n"
        "        sys.exit(f'{event} {arguments}')\n"
        "sys.addaudithook(hook)\n"
    )
    return subprocess.run([sys.executable, "-c", watch + code], capture_output=True, text=True, check=False)


def test_a_whole_run_reaches_out_to_nobody() -> None:
    caught = run("import socket; socket.create_connection(('127.0.0.1', 9), timeout=1)")
    assert (caught.returncode, caught.stdout) == (1, "")
    assert caught.stderr.startswith("socket.")
    arguments = ["analyze", str(ROOT / "examples/engineer.pdf"), "--format", "json"]
    done = run(f"from profilefit.__main__ import main\nsys.argv[1:] = {arguments!r}\nmain()")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("{")
