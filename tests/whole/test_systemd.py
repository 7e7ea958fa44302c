"""The units in docs/deploy as systemd itself reads them."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.machine.checkers import program
from tests.support.shared import ROOT

DEPLOY = ROOT / "docs" / "deploy"
INSTALLED = "/opt/undersigned/.venv/bin/undersigned"
UNITS = [path.name for path in sorted(DEPLOY.glob("*.service")) + sorted(DEPLOY.glob("*.timer"))]


@pytest.mark.parametrize("name", UNITS)
def test_unit_is_verified(tmp_path: Path, name: str) -> None:
    """Systemd's own check has nothing to say of a unit where its programs are."""
    assert _said(name, sys.executable, tmp_path) == ""


def test_unit_without_its_program(tmp_path: Path) -> None:
    """It has something to say of one without its program."""
    assert "/nowhere/undersigned" in _said("undersigned.service", "/nowhere/undersigned", tmp_path)


def _said(name: str, installed: str, folder: Path) -> str:
    for one in UNITS:
        text = (DEPLOY / one).read_text().replace(INSTALLED, installed)
        (folder / one).write_text(text.replace("/opt/undersigned/docs", str(ROOT / "docs")))
    said = subprocess.run(
        [program("systemd-analyze"), "verify", folder / name],
        check=False,
        capture_output=True,
        text=True,
    )
    return said.stdout + said.stderr
