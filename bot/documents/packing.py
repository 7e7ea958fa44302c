"""Reproducible zip archives: the same parts make the same bytes."""

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime

_EARLIEST = (1980, 1, 1, 0, 0, 0)
_LEVEL = 6


def packed(parts: Mapping[str, bytes], moment: datetime) -> bytes:
    """Return a zip archive of parts, in their order, all with the same date.

    Zip has no dates before 1980.
    """
    stamp = max(_EARLIEST, moment.astimezone(UTC).timetuple()[:6])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, stamp)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            # The same on every system.
            entry.create_system = 3
            archive.writestr(entry, data, compresslevel=_LEVEL)
    return out.getvalue()
