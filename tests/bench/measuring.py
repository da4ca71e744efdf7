"""Serve on this machine, ask over HTTP, and compare by alternating runs and medians."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from statistics import median
from urllib.parse import urlencode

# The header that says who asks: role/clinic/patient.
ACTOR = "X-Bench-Actor"
SECONDS_TO_START = 30
ROUNDS = 7


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    text: str


class Browser:
    """One connection that stays open, with its cookies."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._cookies: dict[str, str] = {}

    def get(self, path: str, headers: Mapping[str, str]) -> Answer:
        return self._ask("GET", path, None, headers)

    def post(
        self, path: str, typed: Mapping[str, str] | Sequence[tuple[str, str]], headers: Mapping[str, str]
    ) -> Answer:
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, urlencode(typed), {**form, **headers})

    def _ask(self, method: str, path: str, body: str | None, headers: Mapping[str, str]) -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        given = {**headers, **({"Cookie": cookies} if cookies else {})}
        try:
            answer = self._sent(method, path, body, given)
        except ConnectionError:  # the server closes what stood idle while the others were measured
            self._connection.close()
            answer = self._sent(method, path, body, given)
        text = answer.read().decode()
        for header in answer.headers.get_all("Set-Cookie") or ():
            self._cookies.update({name: morsel.value for name, morsel in SimpleCookie(header).items()})
        return Answer(answer.status, text)

    def _sent(self, method: str, path: str, body: str | None, headers: Mapping[str, str]) -> http.client.HTTPResponse:
        self._connection.request(method, path, body, headers)
        return self._connection.getresponse()


@contextmanager
def serving(target: str, **environment: str) -> Iterator[Browser]:
    """A granian server as the diary's own, at a port that was free: one worker, four threads."""
    port = _free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", "1", "--blocking-threads", "4", "--log-level", "warning", target]
    server = subprocess.Popen(command, env={**os.environ, **environment})
    try:
        _wait_for(port, server)
        yield Browser(port)
    finally:
        server.terminate()
        server.wait(timeout=SECONDS_TO_START)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    give_up_at = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < give_up_at and server.poll() is None:
        try:
            Browser(port).get("/", {})
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"no server answers at port {port}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """How many times as long the first took as the second: the median over rounds, the smallest and the largest."""

    middle: float
    smallest: float
    largest: float
    first_ms: float
    second_ms: float

    def __str__(self) -> str:
        spread = f"{self.smallest:.2f} to {self.largest:.2f}"
        return f"{self.middle:6.2f} times  ({spread}; {self.first_ms:.2f} ms against {self.second_ms:.2f} ms)"


def compare(first: Callable[[], object], second: Callable[[], object], *, times: int) -> Ratio:
    """Take turns, so that what else the machine does meets both alike."""
    first(), second()
    rounds = [(_median_ms(first, times), _median_ms(second, times)) for _ in range(ROUNDS)]
    ratios = [one / other for one, other in rounds]
    return Ratio(
        middle=median(ratios),
        smallest=min(ratios),
        largest=max(ratios),
        first_ms=median(one for one, _ in rounds),
        second_ms=median(other for _, other in rounds),
    )


def _median_ms(action: Callable[[], object], times: int) -> float:
    return median(_seconds(action) for _ in range(times)) * 1000


def _seconds(action: Callable[[], object]) -> float:
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun
