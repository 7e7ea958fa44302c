"""The app is removed from a workspace: nothing more is sent, and its data is erased in 14 days."""

from datetime import datetime, timedelta

import structlog

from bot.features.privacy.use_cases.erasure import erase_workspace
from bot.storage import workspaces
from bot.storage.database import Database, Transaction, reading, writing

log = structlog.get_logger()

KEPT_AFTER = timedelta(days=14)
"""Time in which a workspace can come back after the app was removed from it."""
SETTLED = timedelta(minutes=5)
"""Time in which Slack revokes a token; one that works later is from a new installation."""


@writing
def note_departure(tx: Transaction, *, workspace: str) -> datetime:
    """Note that the app was removed, after which nothing is sent; return when all will be erased."""
    return workspaces.note_gone(tx, workspace) + KEPT_AFTER


@reading
def left_at(tx: Transaction, *, workspace: str) -> datetime | None:
    """Return the time of the app's removal; None if never, or less than `SETTLED` ago."""
    since = workspaces.gone(tx).get(workspace)
    return None if since is None or since + SETTLED > tx.now else since


@writing
def note_return(tx: Transaction, *, workspace: str) -> None:
    """Note that a workspace has the app again: its token works."""
    workspaces.note_back(tx, workspace)


async def erase_departed(database: Database) -> list[str]:
    """Erase the workspaces that did not come back in time, and return their ids.

    The log reminds the operator of the others.
    """
    gone, now = await database.read(lambda tx: (workspaces.gone(tx), tx.now))
    erased: list[str] = []
    for workspace, since in gone.items():
        if since + KEPT_AFTER <= now:
            await erase_workspace(database, workspace=workspace)
            log.warning("workspace.erased", workspace=workspace)
            erased.append(workspace)
        else:
            tell_operator(workspace, since + KEPT_AFTER)
    return erased


def tell_operator(workspace: str, until: datetime) -> None:
    """Log that a workspace removed the app, and until when it can come back."""
    log.warning("workspace.removed_the_app", workspace=workspace, erased_on=until.isoformat())
