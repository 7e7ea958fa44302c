"""The facts about Slack that are kept with the project, one JSON file each."""

import json
from pathlib import Path
from typing import Any

KEPT = Path(__file__).parent / "kept"


def kept(name: str) -> Any:
    """Return the facts of one file in `tests/facts/kept`, named without its ending."""
    return json.loads((KEPT / f"{name}.json").read_text(encoding="utf-8"))["facts"]
