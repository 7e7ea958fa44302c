import math
from collections import deque

from bolt_understudy.clock import Clock

WINDOW_SECONDS = 60.0
TIERS = {"1": 1, "2": 20, "3": 50, "4": 100, "often": 600, "posting": 300}
"""Calls per minute. `often` and `posting` are Slack's "special" tiers: "hundreds" and "several
hundred"."""

CHANNEL_BURST = 4.0
"""Messages that one channel accepts at once before the rate of one a second applies."""


class RateLimits:
    """Slack's limits: a method's tier in any minute, and a message a second in a channel."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._calls: dict[str, deque[float]] = {}
        self._buckets: dict[str, tuple[float, float]] = {}
        self.enabled = True

    def clear(self) -> None:
        """Forget all calls, and switch the limits on."""
        self._calls.clear()
        self._buckets.clear()
        self.enabled = True

    def retry_after(self, method: str, tier: str, channel: str = "") -> int:
        """Count a call; return 0 if it is allowed, else the seconds to wait.

        Args:
            method: the Web API method.
            tier: a key of `TIERS`.
            channel: the channel it posts to, for the limit of one message a second.
        """
        if not self.enabled:
            return 0
        now = self._clock.now()
        calls = self._calls.setdefault(method, deque())
        while calls and (calls[0] <= now - WINDOW_SECONDS or calls[0] > now):
            calls.popleft()
        if len(calls) >= TIERS[tier]:
            return max(1, math.ceil(calls[0] + WINDOW_SECONDS - now))
        if channel and not self._take(channel, now):
            return 1
        calls.append(now)
        return 0

    def _take(self, channel: str, now: float) -> bool:
        """Take one message out of a channel's bucket, which fills by one a second."""
        left, at = self._buckets.get(channel, (CHANNEL_BURST, now))
        left = min(CHANNEL_BURST, left + max(0.0, now - at))
        if left < 1:
            self._buckets[channel] = (left, now)
            return False
        self._buckets[channel] = (left - 1, now)
        return True
