"""`undersigned letters history`."""

import asyncio
import sys
from typing import Annotated

from cyclopts import Parameter

from bot.privacy import read_history
from bot.settings import read


def letter_history(letter: int, *, csv: Annotated[bool, Parameter(negative=())] = False) -> None:
    """Write who did what on a letter, when and why, to standard output; the newest first.

    Args:
        letter: The letter's number.
        csv: As CSV, with all facts.
    """
    sys.stdout.buffer.write(asyncio.run(read_history(read(), letter, csv=csv)).encode())
