"""The unit in docs/deploy as systemd itself reads it."""

import subprocess
import sys
from pathlib import Path

from tests.support.machine.checkers import program
from tests.support.shared import ROOT


def test_service_is_verified(tmp_path: Path) -> None:
    """Systemd's own check has nothing to say of the unit, and something of one without its program."""
    text = (ROOT / "docs" / "deploy" / "undersigned.service").read_text()
    good = text.replace("/opt/undersigned/.venv/bin/python", sys.executable)
    bad = text.replace("/opt/undersigned/.venv/bin/python", "/nowhere/python")
    assert _said(good, tmp_path) == ""
    assert "/nowhere/python" in _said(bad, tmp_path)


def _said(text: str, folder: Path) -> str:
    unit = folder / "undersigned.service"
    unit.write_text(text)
    said = subprocess.run(
        [program("systemd-analyze"), "verify", unit], check=False, capture_output=True, text=True
    )
    return said.stdout + said.stderr
