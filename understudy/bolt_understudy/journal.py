from collections import deque
from typing import Any

from bolt_understudy.clock import Clock
from bolt_understudy.stream import Stream

CALLS_KEPT = 50_000
RECORDS_KEPT = 2_000


class Journal:
    """A journal of traffic: every Web API call, and the inspector's newest records.

    Both are bounded; the oldest are dropped.
    """

    def __init__(self, clock: Clock, stream: Stream) -> None:
        self._clock = clock
        self._stream = stream
        self._calls: deque[dict[str, Any]] = deque(maxlen=CALLS_KEPT)
        self._records: deque[dict[str, Any]] = deque(maxlen=RECORDS_KEPT)
        self._next_id = 1

    def clear(self) -> None:
        """Delete everything; record ids continue."""
        self._calls.clear()
        self._records.clear()

    def call(
        self,
        *,
        method: str,
        args: dict[str, Any],
        answer: dict[str, Any] | str,
        status: int,
        took_ms: float,
        user_agent: str,
    ) -> None:
        """Add a Web API call."""
        at = self._clock.iso()
        self._calls.append(
            {
                "method": method,
                "args": args,
                "answer": answer,
                "status": status,
                "at": at,
                "user_agent": user_agent,
            }
        )
        self.record(
            direction="from_bot",
            kind="web_api",
            title=method,
            payload=args,
            answer=answer,
            took_ms=took_ms,
            at=at,
        )

    def record(
        self,
        *,
        direction: str,
        kind: str,
        title: str,
        payload: Any,
        answer: Any,
        took_ms: float,
        at: str = "",
    ) -> int:
        """Add an inspector record, notify listeners, and return its id."""
        record: dict[str, Any] = {
            "id": self._next_id,
            "at": at or self._clock.iso(),
            "direction": direction,
            "kind": kind,
            "title": title,
            "payload": payload,
            "answer": answer,
            "took_ms": round(took_ms, 2),
        }
        self._next_id += 1
        self._records.append(record)
        self._stream.tell("payload", record)
        return record["id"]

    def calls(self, method: str = "") -> list[dict[str, Any]]:
        """Return the calls of one method, or all, oldest first."""
        return [call for call in self._calls if not method or call["method"] == method]

    def records(self, after: int = 0) -> list[dict[str, Any]]:
        """Return the records with a greater id than `after`, oldest first."""
        return [record for record in self._records if record["id"] > after]
