import random
from dataclasses import dataclass
from typing import Any

FIELDS = {"method", "kind", "times", "after_accept", "retry_after", "share", "seed"}


@dataclass(slots=True, kw_only=True)
class Fault:
    """A deliberate failure of calls.

    `kind` is `429`, `500`, `timeout`, `reset`, `html` or the name of a Slack error; `times` the
    number of calls it still affects (None: until cleared); `share` the part of the calls it
    affects, drawn with `seed`; with `after_accept` the call takes effect and only the answer fails.
    """

    method: str
    kind: str
    times: int | None
    after_accept: bool
    retry_after: int
    share: float
    chance: random.Random

    def strikes(self, method: str) -> bool:
        """Return whether it affects this call, and count down if it does."""
        if self.method not in {"*", method} or self.times == 0:
            return False
        if self.share < 1 and self.chance.random() >= self.share:
            return False
        if self.times is not None:
            self.times -= 1
        return True


class Faults:
    """The active faults, of which the first that affects a call counts."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def clear(self) -> None:
        """Remove all faults."""
        self._faults.clear()

    def add(self, form: dict[str, Any]) -> None:
        """Add a fault.

        Raises:
            ValueError: a key is unknown, or `method` or `kind` is missing.
        """
        if unknown := set(form) - FIELDS:
            raise ValueError(f"a fault has no {', '.join(sorted(unknown))}")
        if not form.get("method") or not form.get("kind"):
            raise ValueError("a fault needs a method and a kind")
        self._faults.append(
            Fault(
                method=form["method"],
                kind=str(form["kind"]),
                times=form.get("times"),
                after_accept=bool(form.get("after_accept")),
                retry_after=int(form.get("retry_after", 1)),
                share=float(form.get("share", 1)),
                chance=random.Random(form.get("seed", 0)),  # noqa: S311 - repeatable on purpose
            )
        )

    def striking(self, method: str) -> Fault | None:
        """Return the fault that affects this call, or None."""
        if not self._faults:
            return None
        return next((fault for fault in self._faults if fault.strikes(method)), None)
