"""Membership of channels, as reported by Slack."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from bot.letters.people import Actor
from bot.storage import postings, workspaces
from bot.storage.database import Database, Transaction, reading, writing
from bot.storage.workspaces import Acquaintance

FRESH = timedelta(hours=6)
"""Time after which the members of a channel with an open letter's card are read again."""
SETTLED = timedelta(days=1)
"""Time after which members are read again if the letter is no longer open."""
AT_ONCE = 1_000
"""Channel members that are written in one transaction."""


@writing
def meet(tx: Transaction, *, workspace: str, people: Collection[Acquaintance]) -> None:
    """Save Slack's facts about some people."""
    workspaces.meet(tx, workspace, people)


@reading
def moment(tx: Transaction) -> datetime:
    """Return the database's current time, to be read before asking Slack who is in a channel."""
    return tx.now


async def gathered(
    database: Database,
    *,
    workspace: str,
    channel: str,
    users: Sequence[str],
    since: datetime | None = None,
    public: bool = False,
) -> None:
    """Save the ids of a channel's members; all others recorded for it have left.

    `since` is when Slack was asked (default: now): people who acted in the channel later stay
    members. `public` means that every full member of the workspace can open the channel.

    Members are written in portions, so that clicks are answered in between.
    """
    since = since or await moment(database)
    for start in range(0, len(users), AT_ONCE):
        some = users[start : start + AT_ONCE]
        await database.write(
            lambda tx, some=some: workspaces.put_members(tx, workspace, channel, some)
        )
    while await database.write(
        lambda tx: workspaces.drop_members(tx, workspace, channel, since, most=AT_ONCE) == AT_ONCE
    ):
        pass

    def note(tx: Transaction) -> None:
        workspaces.note_gathered(tx, workspace, channel)
        if public:
            postings.note_public(tx, workspace, channel)

    await database.write(note)


async def acted_in(database: Database, *, actor: Actor, channel: str) -> None:
    """Record that a person is in a channel with a card, because they acted there.

    This takes effect immediately, while a list of members from Slack can be hours old.
    """
    place = (actor.workspace, channel)

    def is_new(tx: Transaction) -> bool:
        there = postings.is_card_in(tx, *place)
        return there and not postings.is_member(tx, *place, actor.person.user)

    if channel and await database.read(is_new):
        await remember(database, actor=actor, channel=channel)


async def remember(database: Database, *, actor: Actor, channel: str) -> None:
    """Record that a person is in a channel now.

    Many people click a new card at the same time, so they are written in batches.
    """
    await database.together(_remember_all, (actor.workspace, channel, actor.person.user))


def _remember_all(tx: Transaction, there: list[tuple[str, str, str]]) -> list[Exception | None]:
    users: dict[tuple[str, str], set[str]] = defaultdict(set)
    for workspace, channel, user in there:
        users[workspace, channel].add(user)
    # In a fixed order, so that two batches cannot deadlock.
    for (workspace, channel), who in sorted(users.items()):
        workspaces.put_members(tx, workspace, channel, sorted(who))
    return [None] * len(there)


left = writing(workspaces.drop_member)


@writing
def not_gathered(tx: Transaction, *, workspace: str, channel: str, error: str) -> None:
    """Record that Slack did not list a channel's members, to avoid asking again soon."""
    workspaces.note_gathered(tx, workspace, channel, error)


@reading
def channels_to_gather(tx: Transaction) -> list[tuple[str, str]]:
    """Return workspace and channel of the cards whose members are due to be read again."""
    return workspaces.channels_to_gather(tx, tx.now - FRESH, tx.now - SETTLED)
