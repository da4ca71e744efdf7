"""How often one phone may send: counted in this process, since it protects this process."""

import threading
from collections import deque
from collections.abc import Hashable
from datetime import datetime, timedelta

from diary.domain.errors import TooManyTries

WITHIN = timedelta(minutes=1)


class Pace:
    """At most ``most`` a minute for each sender; what is over is told when to come back."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._seen: dict[Hashable, deque[datetime]] = {}
        self._lock = threading.Lock()

    def count(self, sender: Hashable, *, now: datetime) -> None:
        """Count one, or raise `TooManyTries`: those that are refused do not count, so that waiting helps."""
        with self._lock:
            self._forget(now)
            seen = self._seen.setdefault(sender, deque())
            if len(seen) >= self._most:
                wait = max(seen[0] + WITHIN - now, timedelta(seconds=1))
                raise TooManyTries("This phone sends too often. Wait a minute. Your answers stay on it.", wait=wait)
            seen.append(now)

    def _forget(self, now: datetime) -> None:
        for sender, seen in list(self._seen.items()):
            while seen and not now - WITHIN < seen[0] <= now:
                seen.popleft()
            if not seen:
                del self._seen[sender]
