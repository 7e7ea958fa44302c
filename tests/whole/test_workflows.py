"""The workflows call what `make` lists, on the versions of Python that are promised."""

import re
import tomllib

from tests.support.shared import ROOT

WORKFLOW = (ROOT / ".github" / "workflows" / "check.yml").read_text()


def test_commands() -> None:
    """Each command of a workflow is one rule that `make` lists, and every part of `make test` is."""
    commands = re.findall(r"^ *- run: (.*)$", WORKFLOW, re.MULTILINE)
    listed = re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE)

    assert {command.removeprefix("make ") for command in commands} <= set(listed)
    parts = {"lint", "types", "contracts", "units", "flows", "browser"}
    assert parts <= {command.removeprefix("make ") for command in commands}


def test_versions() -> None:
    """The tests run on each version of Python that the package names."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    named = [
        one.rpartition(" ")[2]
        for one in project["classifiers"]
        if one.startswith("Programming Language :: Python :: 3.")
    ]
    (tested,) = re.findall(r"python: \[(.*)\]", WORKFLOW)

    assert re.findall(r'"([\d.]+)"', tested) == named
    assert project["requires-python"] == f">={named[0]}"
