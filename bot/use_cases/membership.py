"""Membership of channels, as Slack reports it."""

from collections.abc import Collection
from datetime import timedelta

from bot.storage import workspaces
from bot.storage.database import Transaction, reading, writing
from bot.storage.workspaces import Acquaintance

FRESH = timedelta(hours=6)
"""For how long it is taken as known who is in a channel."""


@writing
def meet(tx: Transaction, *, workspace: str, people: Collection[Acquaintance]) -> None:
    """Keep what Slack says of some people."""
    workspaces.meet(tx, workspace, people)


@writing
def gathered(tx: Transaction, *, workspace: str, channel: str, users: Collection[str]) -> None:
    """Keep who is in a channel now; whoever else was known to be there has left."""
    workspaces.put_members(tx, workspace, channel, users)
    workspaces.drop_members(tx, workspace, channel, tx.now)
    workspaces.note_gathered(tx, workspace, channel)


@writing
def not_gathered(tx: Transaction, *, workspace: str, channel: str, error: str) -> None:
    """Note that Slack would not say who is in a channel, so that it is not asked at once again."""
    workspaces.note_gathered(tx, workspace, channel, error)


@reading
def channels_to_gather(tx: Transaction) -> list[tuple[str, str]]:
    """Workspace and channel of open letters' cards whose members were not looked up lately."""
    return workspaces.channels_to_gather(tx, tx.now - FRESH)
