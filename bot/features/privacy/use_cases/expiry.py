"""Automatic erasure of personal data after a time, or after a workspace removed the app."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeVar

import structlog

from bot.features.privacy.use_cases.erasure import erase_workspace
from bot.storage import workspaces
from bot.storage.database import Database, Transaction, reading, writing
from bot.storage.privacy import blanking, expiry
from bot.storage.privacy.expiry import Due
from bot.use_cases.letter_jobs import for_each

T = TypeVar("T")

KEPT = timedelta(days=30)
"""Time that personal data is kept after a withdrawal, a removal or the end of a letter."""
PORTION = 50
"""Signatures blanked in one transaction, so that clicks wait only briefly."""
FORGOTTEN_AT_ONCE = 500
"""People or messages deleted in one transaction."""


async def forget_due(database: Database) -> int:
    """Blank what was withdrawn or removed 30 days ago, and forget people whom no letter needs.

    Entries in a delivered copy are kept. All rows are searched in a separate read; each writing
    transaction then checks its own portion again.

    Returns:
        The number of blanked portions plus the number of people forgotten.
    """
    due = await database.read_aside(lambda tx: expiry.due(tx, tx.now - KEPT))
    portions = await for_each(
        database,
        "privacy",
        lambda _: sorted(due),
        lambda tx, letter: _blank(tx, letter, due[letter]),
        in_portions=True,
        also_gone=True,
    )
    return len(portions) + await forget_people(database)


async def forget_people(database: Database) -> int:
    """Delete channel members and people whom no letter needs any more; return how many."""
    left = await database.read_aside(lambda tx: expiry.left(tx, tx.now - KEPT))
    gone = 0
    for place in left.channels:

        def leave(tx: Transaction, place: expiry.Place = place) -> int:
            return expiry.forget_members(tx, place, tx.now - KEPT, FORGOTTEN_AT_ONCE)

        while left_it := await database.write(leave):
            gone += left_it
    await database.write(lambda tx: expiry.forget_channels(tx, tx.now - KEPT))
    for some in _portions(left.messages):
        await database.write(lambda tx, some=some: expiry.forget_messages(tx, some, tx.now - KEPT))
    for known in _portions(left.people):
        gone += await database.write(
            lambda tx, known=known: expiry.forget_people(tx, known, tx.now - KEPT)
        )
    return gone


def _portions(found: Sequence[T]) -> list[Sequence[T]]:
    size = FORGOTTEN_AT_ONCE
    return [found[start : start + size] for start in range(0, len(found), size)]


def _blank(tx: Transaction, letter: int, due: Due) -> int | None:
    given, asked = due.endorsements[:PORTION], due.invitations[:PORTION]
    if not given and not asked:
        return None
    before = tx.now - KEPT
    ended = expiry.endorsements_due(tx, given, before)
    blanking.blank_endorsements(tx, ended)
    left = expiry.signatories_left(tx, ended)
    blanking.blank_signatories(tx, letter, left)
    blanking.blank_signatories(tx, letter, expiry.merged_left(tx, left))
    asked = expiry.invitations_due(tx, asked, before)
    blanking.blank_invitations(tx, letter, asked)
    del due.endorsements[:PORTION], due.invitations[:PORTION]
    return len(ended) + len(left) + len(asked)


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
