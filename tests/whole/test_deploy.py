"""The examples under docs/deploy: parsed, and their commands run without a container.

These and the workflows are checked against the schemas that others publish for them.
"""

import json
import re
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import pytest

from bot.manifest import REQUEST_PATH
from tests.support.commands import undersigned
from tests.support.shared import ROOT

DEPLOY = ROOT / "docs" / "deploy"
COMPOSE = ("compose.json", "compose-postgresql.json")


SCHEMAS = {
    ".github/workflows/check.yml": "github-workflows",
    ".github/dependabot.yml": "dependabot",
    **{f"docs/deploy/{file}": "compose-spec" for file in COMPOSE},
}


def keeps_to(schema: str, file: Path) -> bool:
    """Return whether a file keeps to a schema that comes with check-jsonschema."""
    words = ("-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", str(file))
    return subprocess.run([sys.executable, *words], check=False).returncode == 0


@pytest.mark.parametrize("name", SCHEMAS)
def test_schema(tmp_path: Path, name: str) -> None:
    """Each file keeps to its schema, and one with a misspelt key doesn't."""
    assert keeps_to(SCHEMAS[name], ROOT / name)
    text = (ROOT / name).read_text()
    broken = tmp_path / Path(name).name
    broken.write_text(re.sub(r"runs-on|updates|services", "misspelt", text, count=1))
    assert not keeps_to(SCHEMAS[name], broken)


def dockerfile() -> list[tuple[str, str]]:
    text = (DEPLOY / "Dockerfile").read_text().replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in lines)]


def unit(name: str) -> ConfigParser:
    parser = ConfigParser(interpolation=None, strict=False)
    parser.optionxform = str  # pyright: ignore[reportAttributeAccessIssue] - as its documentation does
    parser.read_string((DEPLOY / name).read_text())
    return parser


def services(file: str) -> dict[str, Any]:
    return json.loads((DEPLOY / file).read_text())["services"]


def commands() -> dict[str, list[str]]:
    """The words after `python -m bot` or `undersigned` of each example but the backups."""
    found = {
        f"{file} {name}": one["command"][2:]
        for file in COMPOSE
        for name, one in services(file).items()
        if name not in {"postgres", "backup"}
    }
    found["Dockerfile"] = json.loads(dict(dockerfile())["CMD"])[2:]
    found["systemd"] = unit("undersigned.service")["Service"]["ExecStart"].split()
    return {name: words[1:] for name, words in found.items()}


@pytest.mark.parametrize("name", sorted(commands()))
async def test_commands(name: str) -> None:
    """Each command is one that the bot has, with options that it knows."""
    done = await undersigned(*commands()[name], "--help")

    assert done.code == 0, done.err
    assert f"Usage: undersigned {commands()[name][0]}" in done.out


def test_dockerfile() -> None:
    """The image runs as a user of its own, keeps all in two volumes, copies what is there."""
    steps = dockerfile()
    words = [word for word, _ in steps]

    assert words[0] == "FROM"
    assert dict(steps)["USER"].isdecimal()
    assert words.index("USER") < words.index("CMD")
    assert json.loads(dict(steps)["VOLUME"]) == ["/data", "/backups"]
    assert "DATABASE_URL=sqlite:////data/" in dict(steps)["ENV"]
    assert "ERASURES=/backups/" in dict(steps)["ENV"]
    assert "/readyz" in dict(steps)["HEALTHCHECK"]
    for _, rest in (one for one in steps if one[0] == "COPY"):
        assert (ROOT / rest.split()[0]).exists()


@pytest.mark.parametrize("name", ["undersigned.service", "undersigned-backup.service"])
def test_services(name: str) -> None:
    """The units share a user and a folder that is only theirs, with files that are too."""
    given = unit(name)["Service"]
    folder = given["WorkingDirectory"]

    assert (given["User"], given["UMask"], given["StateDirectoryMode"]) == (
        "undersigned",
        "0077",
        "0700",
    )
    assert [f"/var/lib/{one}" for one in given["StateDirectory"].split()] == [
        folder,
        f"{folder}/backups",
    ]
    for word in given["ExecStart"].split():
        assert word.startswith(("/opt/undersigned/.venv/", folder)) or (
            not word.startswith("/") or (ROOT / word.removeprefix("/opt/undersigned/")).exists()
        )


@pytest.mark.parametrize("file", COMPOSE)
def test_compose(file: str) -> None:
    """All but the database run on a read-only root with room for temporary files, without secrets."""
    for name, one in services(file).items():
        assert name == "postgres" or one["read_only"]
        assert "undersigned" not in one["image"] or one["tmpfs"] == ["/tmp"]  # noqa: S108 - in a container
        for key, value in one.get("environment", {}).items():
            assert not re.search("TOKEN|SECRET|PASSWORD", key) or value.startswith("${")
        if one.get("command", [])[-1:] in (["run"], ["serve"], ["worker"]):
            assert "backups:/backups" in one["volumes"]
            assert "healthcheck" not in one


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_proxies(name: str) -> None:
    """Each proxy hands on Slack's address and nothing else, to the port that is the default."""
    text = re.sub(r"#.*", "", (DEPLOY / name).read_text())

    assert text.count("{") == text.count("}")
    assert REQUEST_PATH in text
    assert "127.0.0.1:3000" in text
    assert "404" in text
