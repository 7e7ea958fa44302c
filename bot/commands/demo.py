"""`undersigned demo`."""

import sys
from importlib.util import find_spec
from typing import Annotated

from cyclopts import Parameter
from cyclopts.validators import Number

from bot.commands.terminal import Flag
from bot.demo.launch import run_demo

Port = Annotated[int, Parameter(validator=Number(gte=1, lte=65_535))]


def demo(*, port: Port = 8765, fresh: Flag = False) -> None:
    """Start a local Slack with a made-up coalition in it, and this bot. Ctrl-C ends both.

    Args:
        port: The port of the local Slack's page.
        fresh: Begin with one letter that nobody has signed.
    """
    if find_spec("bolt_understudy") is None:
        sys.exit(
            "undersigned: the demo needs the local Slack. It is in the folder understudy of the "
            "sources: pip install ./understudy"
        )
    sys.exit(run_demo(port, fresh=fresh))
