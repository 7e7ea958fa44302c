"""Results of the checks: each says what it found, and what to do about it."""

from collections.abc import Iterable
from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class State(StrEnum):
    """Outcome of a check."""

    FINE = "fine"
    LOOK = "look"
    """It works, and could go wrong."""
    WRONG = "wrong"
    """It doesn't work, or something will be lost."""
    SKIPPED = "skipped"


class Finding(BaseModel):
    """One thing that was looked at."""

    model_config = ConfigDict(frozen=True)

    check: str
    """Its name, which stays the same between versions."""
    state: State
    said: str
    do: str = ""
    """Empty where there is nothing to do."""


def fine(check: str, said: str) -> Finding:
    """Return a check that found nothing wrong."""
    return Finding(check=check, state=State.FINE, said=said)


def look(check: str, said: str, do: str) -> Finding:
    """Return something that works, and could go wrong."""
    return Finding(check=check, state=State.LOOK, said=said, do=do)


def wrong(check: str, said: str, do: str) -> Finding:
    """Return something that has to be mended."""
    return Finding(check=check, state=State.WRONG, said=said, do=do)


def skipped(check: str, why: str) -> Finding:
    """Return a check that could not be made."""
    return Finding(check=check, state=State.SKIPPED, said=why)


def is_well(findings: Iterable[Finding]) -> bool:
    """Say whether nothing has to be mended."""
    return all(one.state is not State.WRONG for one in findings)
