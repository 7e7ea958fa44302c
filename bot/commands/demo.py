"""`undersigned demo`."""

import sys

from bot.demo import run_demo


def demo(*, port: int = 8765) -> None:
    """Start a local Slack with a letter in it, and this bot against it. Ctrl-C ends both.

    Args:
        port: Where the local Slack's page is.
    """
    sys.exit(run_demo(port))
