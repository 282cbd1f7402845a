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


def test_a_whole_run_reaches_out_to_nobody() -> None:
    """Imports and start-up included: the interpreter reports every connection to an audit hook."""
    script = (
        "import sys\n"
        "def hook(event, arguments):\n"
        "    if event in sys.argv[1].split():\n"
        "        sys.exit(f'{event} {arguments}')\n"
        "sys.addaudithook(hook)\n"
        "from profilefit.__main__ import main\n"
        "sys.argv[1:] = ['analyze', sys.argv[2], '--format', 'json']\n"
        "main()\n"
    )
    words = [sys.executable, "-c", script, EVENTS, str(ROOT / "examples/engineer.pdf")]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("{")
