"""Removal of the app from a workspace: sending stops, and its data is erased after 14 days."""

from datetime import datetime, timedelta

import structlog

from bot.features.privacy.use_cases.erasure import erase_workspace
from bot.storage import workspaces
from bot.storage.database import Database, Transaction, reading, writing

log = structlog.get_logger()

KEPT_AFTER = timedelta(days=14)
"""Time in which a workspace can install the app again before its data is erased."""
SETTLED = timedelta(minutes=5)
"""Time in which Slack revokes a token; one that works later is from a new installation."""


@writing
def note_departure(tx: Transaction, *, workspace: str) -> datetime:
    """Record that the app was removed, which stops sending; return when all will be erased."""
    return workspaces.note_gone(tx, workspace) + KEPT_AFTER


@reading
def left_at(tx: Transaction, *, workspace: str) -> datetime | None:
    """Return the time of the app's removal; None if never, or less than `SETTLED` ago."""
    since = workspaces.gone(tx).get(workspace)
    return None if since is None or since + SETTLED > tx.now else since


@reading
def departures(tx: Transaction) -> dict[str, datetime]:
    """Return the workspaces that removed the app, with the time at which each is erased."""
    return {name: since + KEPT_AFTER for name, since in workspaces.gone(tx).items()}


@writing
def note_return(tx: Transaction, *, workspace: str) -> None:
    """Record that a workspace has the app again, because its token works."""
    workspaces.note_back(tx, workspace)


async def erase_departed(database: Database) -> list[str]:
    """Erase the workspaces that did not install the app again in time; return their ids.

    The others are logged as a reminder for the operator.
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
    """Log that a workspace removed the app, and until when it can install it again."""
    log.warning("workspace.removed_the_app", workspace=workspace, erased_on=until.isoformat())
