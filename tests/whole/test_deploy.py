"""The examples under docs/deploy: parsed, and their commands run without a container."""

import json
import re
from configparser import ConfigParser
from typing import Any

import pytest

from bot.manifest import REQUEST_PATH
from tests.support.commands import undersigned
from tests.support.shared import ROOT

DEPLOY = ROOT / "docs" / "deploy"


def dockerfile() -> list[tuple[str, str]]:
    text = (DEPLOY / "Dockerfile").read_text().replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in lines)]


def service() -> ConfigParser:
    parser = ConfigParser(interpolation=None, strict=False)
    parser.optionxform = str  # pyright: ignore[reportAttributeAccessIssue] - as its documentation does
    parser.read_string((DEPLOY / "undersigned.service").read_text())
    return parser


def services() -> dict[str, Any]:
    return json.loads((DEPLOY / "compose.json").read_text())["services"]


def commands() -> dict[str, list[str]]:
    """The words after `python -m bot` of each example."""
    found = {name: one["command"] for name, one in services().items() if "command" in one}
    found["Dockerfile"] = json.loads(dict(dockerfile())["CMD"])
    found["systemd"] = service()["Service"]["ExecStart"].split()
    return {name: words[words.index("bot") + 1 :] for name, words in found.items()}


@pytest.mark.parametrize("name", sorted(commands()))
async def test_commands(name: str) -> None:
    """Each command is one that the bot has, with options that it knows."""
    done = await undersigned(*commands()[name], "--help")

    assert done.code == 0, done.err
    assert f"Usage: undersigned {commands()[name][0]}" in done.out


def test_dockerfile() -> None:
    """The image runs as a user of its own, keeps all in one volume, copies what is there."""
    steps = dockerfile()
    words = [word for word, _ in steps]

    assert words[0] == "FROM"
    assert dict(steps)["USER"] == "undersigned"
    assert words.index("USER") < words.index("CMD")
    assert json.loads(dict(steps)["VOLUME"]) == ["/data"]
    assert "/data/" in dict(steps)["ENV"]
    assert "/livez" in dict(steps)["HEALTHCHECK"]
    for _, rest in (one for one in steps if one[0] == "COPY"):
        assert (ROOT / rest.split()[0]).exists()


def test_service() -> None:
    """The unit has a user made for it, a folder that is only its own, and files that are too."""
    unit = service()["Service"]

    assert (unit["DynamicUser"], unit["UMask"]) == ("yes", "0077")
    assert unit["StateDirectory"] in unit["Environment"]
    assert int(unit["TimeoutStopSec"]) > 10


def test_compose() -> None:
    """All but the database run on a read-only root, and no secret is written in the file."""
    for name, one in services().items():
        assert name == "postgres" or one["read_only"]
        for key, value in one["environment"].items():
            assert not re.search("TOKEN|SECRET|PASSWORD", key) or value.startswith("${")


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_proxies(name: str) -> None:
    """Each proxy hands on Slack's address and nothing else, to the port that is the default."""
    text = re.sub(r"#.*", "", (DEPLOY / name).read_text())

    assert text.count("{") == text.count("}")
    assert REQUEST_PATH in text
    assert "127.0.0.1:3000" in text
    assert "404" in text
