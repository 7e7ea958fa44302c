"""Reasons why this process cannot use a file or folder, as sentences for an operator."""

import os
import pwd
from errno import EACCES, EDQUOT, EFBIG, ENOSPC, EPERM, EROFS
from pathlib import Path

FULL = frozenset({ENOSPC, EDQUOT, EFBIG})
"""Errors of a disk, or of a user's share of it, that is full."""
NAME_MOST = 250
"""Bytes of a file's name; systems take 255, and SQLite adds up to five."""
DENIED = frozenset({EACCES, EPERM, EROFS})


def barrier(path: Path, *, writes: bool = False) -> str:
    """Return why this user can't read a file or folder, or write to it or make it; "" if they can.

    A missing path is no barrier to reading: the caller says what is missing.

    `writes`: whether it is written to too.
    """
    try:
        whole = path.absolute()
    except FileNotFoundError:
        return "the folder in which this command runs was deleted"
    *folders, last = *reversed(whole.parents), whole
    if len(os.fsencode(last.name)) > NAME_MOST:
        return f"the name is too long: {last.name[:20]}…"
    above = Path(whole.anchor)
    for folder in folders:
        if not folder.exists():
            break
        if not folder.is_dir():
            return f"{folder} is a file, not a folder"
        if not os.access(folder, os.X_OK):
            return _denied(folder, "enter")
        above = folder
    else:
        if last.exists():
            folder_rights = os.X_OK if last.is_dir() else 0
            if not os.access(last, os.R_OK | folder_rights):
                return _denied(last, "read")
            return "" if not writes or os.access(last, os.W_OK) else _denied(last, "write to")
        if last.is_symlink():
            return f"{last} is a link to {last.readlink()}, which isn't there"
    return "" if not writes or os.access(above, os.W_OK) else _denied(above, "write to")


def refusal(error: OSError) -> str:
    """Return why the system refused a file to this user, or room on a disk; "" for other errors."""
    if error.errno in FULL:
        return "the disk is full"
    if error.errno not in DENIED:
        return ""
    place = error.filename2 or error.filename
    said = barrier(Path(os.fsdecode(place)), writes=True) if isinstance(place, str | bytes) else ""
    return said or f"this user ({_name(os.geteuid())}) may not use {place or 'a file'}"


def _denied(place: Path, act: str) -> str:
    found = place.stat()
    if os.statvfs(place).f_flag & os.ST_RDONLY:
        return f"{place} is on a read-only disk"
    owner, me = _name(found.st_uid), _name(os.geteuid())
    if found.st_uid == os.geteuid():
        return f"{place} has the mode {found.st_mode & 0o777:04o}, so {me} may not {act} it"
    return f"{place} belongs to {owner}, and this user ({me}) may not {act} it"


def _name(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return f"user {user}"
