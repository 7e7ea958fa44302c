"""The files to write of a paper, and the limits of the process that writes them.

That process imports this module and nothing that starts processes.
"""

from dataclasses import dataclass
from enum import StrEnum


class Picture(StrEnum):
    """A picture that can be drawn of a paper; the value ends in the file format."""

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
    """The file's name, unique among the jobs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits of the process that writes."""

    seconds: float = 120.0
    """Wall-clock time for all files of one request."""
    cpu_s: int = 120
    memory_bytes: int = 3 << 30
    """Address space, most of which a library like typst reserves without using it."""


LIMITS = Limits()
