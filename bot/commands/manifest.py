"""`undersigned manifest`."""

import json
import re

from bot.manifest import Mode, manifest
from bot.settings import SettingsError

_ADDRESS = re.compile(r"https://[^\s/?#@]+")


def print_manifest(*, mode: Mode, url: str = "") -> None:
    """Print the app manifest to paste at api.slack.com/apps.

    Args:
        mode: `socket` if the bot connects to Slack (`undersigned run`), `http` if Slack sends its
            requests to a public address (`undersigned serve`).
        url: The public address, for `http` only, such as https://letters.example.org.
    """
    if mode is Mode.SOCKET and url:
        raise SettingsError("--url is for --mode http: over Socket Mode nothing calls the bot.")
    if mode is Mode.HTTP and not _ADDRESS.fullmatch(url.rstrip("/")):
        raise SettingsError(
            "--mode http needs --url: your server's address with https and without a path, such as "
            "https://letters.example.org."
        )
    print(json.dumps(manifest(mode, url), indent=2))
