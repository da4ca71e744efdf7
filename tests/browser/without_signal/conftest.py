"""A server that can be killed, and Ana at home with her phones."""

from collections.abc import Iterator

import pytest

from tests.browser.at_home import AtHome, RealServer


@pytest.fixture
def backend() -> str:
    """A file that survives its server."""
    return "sqlite"


@pytest.fixture(scope="module")
def one_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    server = RealServer(tmp_path_factory.mktemp("home"))
    yield server
    server.close()


@pytest.fixture
def server(one_server: RealServer) -> RealServer:
    one_server.start()
    return one_server


@pytest.fixture
def ana(server: RealServer) -> Iterator[AtHome]:
    ana = AtHome(server)
    yield ana
    for phone in ana.phones:
        phone.close()
