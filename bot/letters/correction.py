"""Outcomes of a correction."""

from enum import StrEnum


class Answer(StrEnum):
    """Outcome of a correction."""

    YES = "yes"
    NO = "no"
    MADE = "made"
    """The organiser made it without asking."""
    OVERTAKEN = "overtaken"
    """Another one took its place before its signer answered."""
