"""Serving: a port that is taken is told before anything else is done."""

import socket

import pytest

from workshop import serving
from workshop.running import StoppedError


def test_a_free_port__is_held_on_this_machine_alone() -> None:
    with serving.open_port(0) as held:
        assert held.getsockname()[0] == "127.0.0.1"


def test_a_port_that_is_taken__stops_and_names_another() -> None:
    with socket.socket() as taken:
        taken.bind((serving.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(StoppedError, match=r"--port \d+"):
            serving.open_port(port)


@pytest.mark.parametrize("port", [-1, 65536])
def test_a_port_that_does_not_exist__stops(port: int) -> None:
    with pytest.raises(StoppedError):
        serving.open_port(port)
