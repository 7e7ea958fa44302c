from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"


def shared_path(relative: str) -> Path:
    """The path of a reference file kept beside the project; skips the test where it is absent."""
    path = SHARED / relative
    if not path.exists():
        pytest.skip(
            f"needs the reference file shared/{relative}, which is not beside this checkout"
        )
    return path
