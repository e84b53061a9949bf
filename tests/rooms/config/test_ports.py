"""A port that is taken says by whom."""

import os
import socket

import pytest

from yijianshi.config import ports


def test_a_taken_port_names_its_holder_and_the_next_one_is_used() -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        assert not ports.is_free("127.0.0.1", port)
        found, who = ports.choose("127.0.0.1", port, must_be=False)
        assert found > port
        assert f"(pid {os.getpid()})" in who
        with pytest.raises(ports.PortTaken, match=rf"{port} is in use by .*pid {os.getpid()}.*--port"):
            ports.choose("127.0.0.1", port, must_be=True)
    assert ports.choose("127.0.0.1", port, must_be=True) == (port, "")
