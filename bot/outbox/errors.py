"""Classification of Slack's error names by their meaning for a notice.

The names are those that Slack's reference lists for chat.postMessage, chat.update, chat.delete,
conversations.open, conversations.history, views.publish, the two methods of a file upload, and for
all methods.
"""

from enum import StrEnum
from pathlib import Path

from bot.names.tables import read_table


class Verdict(StrEnum):
    """Meaning of an error for further tries."""

    TRANSIENT = "transient"
    """The call had no effect; the same call may succeed later."""
    TARGET = "target"
    """This channel, person or message cannot be reached, whatever the app does; others may be."""
    WORKSPACE = "workspace"
    """No notice of this kind can succeed in this workspace until somebody there changes something.
    """
    UNKNOWN = "unknown"
    """The call may have succeeded, wholly or in part."""
    BUG = "bug"
    """The app made a call that no workspace would accept."""


_NAMES = read_table(Path(__file__).with_name("errors.txt"))
VERDICTS = {name: Verdict(verdict) for verdict, names in _NAMES.items() for name in names}


def judge(error: str) -> Verdict:
    """Return an error's verdict; for an unlisted name the effect is unknown."""
    return VERDICTS.get(error, Verdict.UNKNOWN)
