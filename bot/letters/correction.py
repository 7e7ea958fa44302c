"""Outcomes of a correction."""

from enum import StrEnum


class Answer(StrEnum):
    """Outcome of a correction."""

    YES = "yes"
    NO = "no"
    MADE = "made"
    """An organiser corrected the entry without asking its signer."""
    OVERTAKEN = "overtaken"
    """Another correction replaced it before the signer answered."""
