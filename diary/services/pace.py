"""How often one sender may ask: counted in this process, since it protects this process."""

import threading
from collections import deque
from collections.abc import Hashable
from datetime import datetime, timedelta

from diary.domain.errors import TooManyTries
from diary.domain.said import say

WITHIN = timedelta(minutes=1)
TOO_OFTEN = say("This phone sends too often. Wait a minute. Your answers stay on it.")


class Pace:
    """At most ``most`` ``within`` a time for each sender; what is over is told, in ``words``, when to come back."""

    def __init__(self, most: int, *, within: timedelta = WITHIN, words: str = TOO_OFTEN) -> None:
        self._most = most
        self._within = within
        self._words = words
        self._seen: dict[Hashable, deque[datetime]] = {}
        self._lock = threading.Lock()

    def count(self, sender: Hashable, *, now: datetime) -> None:
        """Count one, or raise `TooManyTries`: those that are refused do not count, so that waiting helps."""
        with self._lock:
            self._forget(now)
            seen = self._seen.setdefault(sender, deque())
            if len(seen) >= self._most:
                wait = max(seen[0] + self._within - now, timedelta(seconds=1))
                raise TooManyTries(self._words, wait=wait)
            seen.append(now)

    def _forget(self, now: datetime) -> None:
        for sender, seen in list(self._seen.items()):
            while seen and not now - self._within < seen[0] <= now:
                seen.popleft()
            if not seen:
                del self._seen[sender]
