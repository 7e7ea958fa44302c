"""The table of what each test watches stays true when tests move."""

import re

from tests.support.shared import ROOT

TABLE = (ROOT / "docs" / "guarantees.md").read_text()


def test_every_watch_is_there() -> None:
    """Every test and every file that the table of guarantees names exists."""
    files = [*ROOT.glob("tests/**/test_*.py"), *ROOT.glob("understudy/tests/test_*.py")]
    tests = {name for file in files for name in re.findall(r"def (test_\w+)\(", file.read_text())}
    paths = {file.name for file in files}

    assert set(re.findall(r"`(test_\w+)`", TABLE)) - tests == set()
    assert {name.rpartition("/")[2] for name in re.findall(r"`(\S*test_\w+\.py)`", TABLE)} <= paths


def test_every_feature_has_its_section() -> None:
    """The index at the head links every section, and every feature has one."""
    head, *_ = TABLE.partition("\n## ")
    sections = re.findall(r"^## (.+)$", TABLE, re.MULTILINE)
    features = {path.parent.name for path in ROOT.glob("bot/features/*/__init__.py")}

    assert re.findall(r"\[([^\]]+)\]\(#", head) == sections
    assert features <= set(sections)
