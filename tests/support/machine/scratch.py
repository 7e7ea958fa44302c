"""The folder in memory for the files of tests that stop no machine: there a commit waits for no disk."""

import os
from pathlib import Path

_MEMORY = Path("/dev/shm")  # noqa: S108 - each session makes a folder of its own in it
_ENOUGH = 2 * 1024**3
"""Bytes that must be free: a container often has 64 MB, which are soon full."""


def scratch() -> Path | None:
    """Return where files in memory may be kept, or None where this machine has no room for them."""
    try:
        room = os.statvfs(_MEMORY)
    except (OSError, AttributeError):
        return None
    runs = not room.f_flag & getattr(os, "ST_NOEXEC", 0)
    roomy = room.f_bavail * room.f_frsize >= _ENOUGH
    return _MEMORY if runs and roomy and os.access(_MEMORY, os.W_OK) else None
