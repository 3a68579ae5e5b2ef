"""Nothing of the user's machine reaches a test: the cache is a fresh folder, the network is closed."""

import socket
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# a busy machine is slow and not wrong
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

HERE = Path(__file__).parent
sys.path[:0] = [
    str(HERE),
    str(HERE / "render"),
    str(HERE / "contract"),
    str(HERE.parent / "benchmarks"),
]  # benchmarks are scripts beside the package; their judges are tested


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("a test tried to reach the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
