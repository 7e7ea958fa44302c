"""Membership of channels, as Slack reports it."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta

from bot.letters.people import Actor
from bot.storage import postings, workspaces
from bot.storage.database import Database, Transaction, reading, writing
from bot.storage.workspaces import Acquaintance

FRESH = timedelta(hours=6)
"""For how long it is taken as known who is in a channel with an open letter's card."""
SETTLED = timedelta(days=1)
"""The same for letters that are open no longer."""


@writing
def meet(tx: Transaction, *, workspace: str, people: Collection[Acquaintance]) -> None:
    """Keep what Slack says of some people."""
    workspaces.meet(tx, workspace, people)


@reading
def moment(tx: Transaction) -> datetime:
    """Return the database's present instant, before Slack is asked who is in a channel."""
    return tx.now


@writing
def gathered(
    tx: Transaction,
    *,
    workspace: str,
    channel: str,
    users: Collection[str],
    since: datetime | None = None,
    public: bool = False,
) -> None:
    """Keep who is in a channel; all others known to be there have left.

    Args:
        tx: The transaction.
        workspace: The workspace of the channel.
        channel: The channel.
        users: The ids of its members.
        since: When Slack was asked: who acted in the channel after that is in it. By default now.
        public: Every full member of the workspace may open the channel.
    """
    workspaces.put_members(tx, workspace, channel, users)
    workspaces.drop_members(tx, workspace, channel, since or tx.now)
    workspaces.note_gathered(tx, workspace, channel)
    if public:
        postings.note_public(tx, workspace, channel)


async def acted_in(database: Database, *, actor: Actor, channel: str) -> None:
    """Remember that somebody is in a channel with a card, because they acted there.

    It counts at once, while a gathered list of members can be hours old.
    """
    place = (actor.workspace, channel)
    if channel and await database.read(
        lambda tx: (
            postings.is_card_in(tx, *place)
            and not postings.is_member(tx, *place, actor.person.user)
        )
    ):
        await remember(database, actor=actor, channel=channel)


async def remember(database: Database, *, actor: Actor, channel: str) -> None:
    """Keep that somebody is in a channel now.

    Many press a new card at once: those who wait are written together.
    """
    await database.together(_remember_all, (actor.workspace, channel, actor.person.user))


def _remember_all(tx: Transaction, there: list[tuple[str, str, str]]) -> list[Exception | None]:
    users: dict[tuple[str, str], set[str]] = defaultdict(set)
    for workspace, channel, user in there:
        users[workspace, channel].add(user)
    # In one order, so that two batches cannot wait for each other.
    for (workspace, channel), who in sorted(users.items()):
        workspaces.put_members(tx, workspace, channel, sorted(who))
    return [None] * len(there)


@writing
def not_gathered(tx: Transaction, *, workspace: str, channel: str, error: str) -> None:
    """Note that Slack would not say who is in a channel, so that it is not asked at once again."""
    workspaces.note_gathered(tx, workspace, channel, error)


@reading
def channels_to_gather(tx: Transaction) -> list[tuple[str, str]]:
    """Workspace and channel of cards whose members were not looked up lately."""
    return workspaces.channels_to_gather(tx, tx.now - FRESH, tx.now - SETTLED)
