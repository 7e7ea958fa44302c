"""Results of the checks, each with its state, a message, and advice."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Outcome of a check."""

    FINE = "fine"
    LOOK = "look"
    """It works, but could go wrong."""
    WRONG = "wrong"
    """It does not work, or data will be lost."""
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check."""

    check: str
    state: State
    said: str
    do: str = ""
    """Advice; empty if there is nothing to do."""


def fine(check: str, said: str) -> Finding:
    """Return the finding of a check that found nothing wrong."""
    return Finding(check, State.FINE, said)


def look(check: str, said: str, do: str) -> Finding:
    """Return the finding that something works but could go wrong."""
    return Finding(check, State.LOOK, said, do)


def wrong(check: str, said: str, do: str) -> Finding:
    """Return the finding that something has to be fixed."""
    return Finding(check, State.WRONG, said, do)


def skipped(check: str, why: str) -> Finding:
    """Return the finding of a check that could not be run."""
    return Finding(check, State.SKIPPED, why)


def is_well(findings: Iterable[Finding]) -> bool:
    """Return whether nothing has to be fixed."""
    return all(one.state is not State.WRONG for one in findings)
