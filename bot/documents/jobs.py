"""Files to be written of a paper, and how much that may take.

The process that writes loads this and nothing that starts processes.
"""

from dataclasses import dataclass
from enum import StrEnum


class Picture(StrEnum):
    """A picture that a paper can be drawn as; its ending says the form."""

    DAYS_PNG = "by-day.png"
    DAYS_SVG = "by-day.svg"
    COUNTRIES_PNG = "by-country.png"
    COUNTRIES_SVG = "by-country.svg"
    PREVIEW_PNG = "preview.png"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One file to write."""

    what: str
    """A `Format` or a `Picture`."""
    name: str
    """The name of the file among the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of the process that writes."""

    seconds: float = 120.0
    """By the clock, for all files of one request."""
    cpu_s: int = 120
    memory_bytes: int = 3 << 30
    """Of address space, of which a library of typst's size takes most without using it."""


LIMITS = Limits()
