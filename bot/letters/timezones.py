"""Time zones by their names, as Slack and people give them."""

from functools import lru_cache
from zoneinfo import ZoneInfo


@lru_cache(maxsize=1024)
def zone_of(tz: str) -> ZoneInfo:
    """The zone of an IANA name such as "Europe/Berlin". An unknown one counts as UTC."""
    try:
        return ZoneInfo(tz)
    except (KeyError, ValueError, OSError):  # unknown; no name at all; a folder of names
        return ZoneInfo("UTC")
