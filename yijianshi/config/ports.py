"""Find a port to serve on, and say who holds the one that was wanted."""

import socket
from contextlib import closing
from pathlib import Path

_LISTENING = "0A"


class PortTaken(Exception):
    """The port that was asked for is in use; the message says by whom and what to do."""


def choose(host: str, wanted: int, *, must_be: bool) -> tuple[int, str]:
    """Return a free port and who holds *wanted* (empty when it was free); raises PortTaken when it *must_be* that one."""
    if is_free(host, wanted):
        return wanted, ""
    holder = describe_holder(wanted)
    if must_be:
        raise PortTaken(
            f"端口 {wanted} 已被占用（{holder}）。请停掉它，或用 --port 换一个端口。\n"
            f"Port {wanted} is in use by {holder}. Stop it, or choose another with --port."
        )
    for port in range(wanted + 1, wanted + 100):
        if is_free(host, port):
            return port, holder
    raise PortTaken(f"从 {wanted} 起的一百个端口都被占用。 The hundred ports from {wanted} on are all in use.")


def is_free(host: str, port: int) -> bool:
    """Return whether a server could listen there."""
    with closing(socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def describe_holder(port: int) -> str:
    """Return the program that listens on *port*, as far as we may see it: ``python3 -m http.server (pid 123)``."""
    inodes = _listening_inodes(port)
    for process in Path("/proc").glob("[0-9]*"):
        if inodes and _holds(process, inodes):
            words = process.joinpath("cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
            return f"{words[:80]} (pid {process.name})"
    return "another program 另一个程序"


def _listening_inodes(port: int) -> set[str]:
    inodes = set()
    for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        lines = table.read_text().splitlines()[1:] if table.exists() else []
        for fields in (line.split() for line in lines):
            if fields[3] == _LISTENING and int(fields[1].rpartition(":")[2], 16) == port:
                inodes.add(f"socket:[{fields[9]}]")
    return inodes


def _holds(process: Path, inodes: set[str]) -> bool:
    try:
        return any(str(handle.readlink()) in inodes for handle in process.joinpath("fd").iterdir())
    except OSError:  # somebody else's process, or one that has just ended
        return False
