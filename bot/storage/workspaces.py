"""Workspaces, and stored facts about their people and channels.

Names are not stored; those come from signers. The only facts stored are those that reminders need:
full members who can be reached, their time zones, and the letters' channels that they are in.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Exists, and_, delete, exists, func, or_, select, text, update

from bot.letters.letter import PostingState
from bot.letters.people import Membership, Person
from bot.letters.phases import Phase
from bot.storage.database import Transaction
from bot.storage.prepared import Question, insert_into
from bot.storage.tables import channels, letters, members, organisers, people, postings, workspaces
from bot.storage.tables.columns import is_person, same_person


@dataclass(frozen=True, slots=True, kw_only=True)
class Acquaintance:
    """Facts about a person."""

    person: Person
    tz: str
    """IANA name of a time zone; `UTC` if Slack states none."""
    membership: Membership
    reachable: bool
    """True if the person has a working account: no bot, not deactivated."""
    locale: str | None = None
    """IETF tag of the language they use Slack in; None if unknown."""


_GONE = select(workspaces.c.id).where(workspaces.c.gone_at.is_not(None))


def know(tx: Transaction, workspace: str, name: str) -> None:
    """Save a workspace with its current name, as having the app installed."""
    statement = insert_into(tx, workspaces).values(id=workspace, name=name, created_at=tx.now)
    tx.execute(
        statement.on_conflict_do_update(index_elements=["id"], set_={"name": name, "gone_at": None})
    )


def every(tx: Transaction) -> list[str]:
    """Return the ids of all workspaces."""
    return list(tx.execute(select(workspaces.c.id).order_by(workspaces.c.id)).scalars())


def meet(tx: Transaction, workspace: str, met: Collection[Acquaintance]) -> None:
    """Save Slack's facts about some people."""
    if not met:
        return
    statement = insert_into(tx, people)
    kept = ("tz", "membership", "reachable", "seen_at", "locale")
    tx.execute(
        statement.on_conflict_do_update(
            index_elements=["workspace", "team", "user"],
            set_={name: statement.excluded[name] for name in kept},
        ),
        [
            {
                "workspace": workspace,
                "team": one.person.team,
                "user": one.person.user,
                "tz": one.tz,
                "membership": one.membership.value,
                "reachable": one.reachable,
                "seen_at": tx.now,
                "locale": one.locale,
            }
            for one in met
        ],
    )


def acquaintance(tx: Transaction, workspace: str, person: Person) -> Acquaintance | None:
    """Return the stored facts about a person, or None."""
    row = tx.execute(
        select(people).where(people.c.workspace == workspace, is_person(people, person))
    ).one_or_none()
    if row is None:
        return None
    return Acquaintance(
        person=person,
        tz=row.tz,
        membership=Membership(row.membership),
        reachable=row.reachable,
        locale=row.locale,
    )


def open_home(tx: Transaction, workspace: str, person: Person) -> None:
    """Record that a known person opened the App Home."""
    tx.execute(
        update(people)
        .where(people.c.workspace == workspace, is_person(people, person))
        .values(home_at=tx.now)
    )


_OF_ORGANISER = and_(people.c.workspace == organisers.c.workspace, same_person(people, organisers))
_AT_HOME = Question(
    lambda among: (
        select(organisers.c.team, organisers.c.user, people.c.workspace)
        .join(people, _OF_ORGANISER)
        .where(among(organisers.c.letter, "letters"), people.c.home_at.is_not(None))
        .distinct()
    )
)


def organisers_at_home(tx: Transaction, changed: Collection[int]) -> list[Person]:
    """Return the organisers of some letters who have opened the App Home before."""
    return [Person(row.team, row.user) for row in _AT_HOME.ask(tx, letters=changed)]


def every_organiser(tx: Transaction) -> list[tuple[str, Person, str]]:
    """Return all organisers, without guests, with workspace and time zone (UTC if unknown)."""
    rows = tx.execute(
        select(organisers.c.workspace, organisers.c.team, organisers.c.user, people.c.tz)
        .join(people, _OF_ORGANISER, isouter=True)
        .where(func.coalesce(people.c.membership, "member") == "member")
        .distinct()
    )
    return [(row.workspace, Person(row.team, row.user), row.tz or "UTC") for row in rows]


def has_home(tx: Transaction, workspace: str, person: Person) -> bool:
    """Return whether a person has opened the App Home before."""
    found = select(people.c.home_at).where(
        people.c.workspace == workspace, is_person(people, person)
    )
    return tx.execute(found).scalar() is not None


def zones(tx: Transaction, workspace: str) -> list[str]:
    """Return the time zones of all known people in a workspace."""
    rows = tx.execute(
        select(people.c.tz).where(people.c.workspace == workspace).distinct().order_by(people.c.tz)
    )
    return list(rows.scalars())


def put_members(tx: Transaction, workspace: str, channel: str, users: Iterable[str]) -> None:
    """Add members to a channel, or record that they were seen there again."""
    rows = [
        {"workspace": workspace, "channel": channel, "user": user, "seen_at": tx.now}
        for user in users
    ]
    if not rows:
        return
    statement = insert_into(tx, members)
    tx.execute(
        statement.on_conflict_do_update(
            index_elements=["workspace", "channel", "user"],
            set_={"seen_at": statement.excluded.seen_at},
        ),
        rows,
    )


def drop_members(
    tx: Transaction, workspace: str, channel: str, since: datetime, *, most: int
) -> int:
    """Delete some members of a channel who were not seen since `since`: they left.

    Returns:
        The number of deleted members.
    """
    here = (members.c.workspace == workspace, members.c.channel == channel)
    # Later times too: a clock that was ahead may have recorded them.
    unseen = or_(members.c.seen_at < since, members.c.seen_at > tx.now)
    some = select(members.c.user).where(*here, unseen).limit(most)
    return tx.execute(delete(members).where(*here, members.c.user.in_(some))).rowcount


def drop_member(tx: Transaction, workspace: str, channel: str, user: str) -> None:
    """Delete one member of a channel."""
    here = (members.c.workspace == workspace, members.c.channel == channel)
    tx.execute(delete(members).where(*here, members.c.user == user))


def note_gathered(tx: Transaction, workspace: str, channel: str, error: str = "") -> None:
    """Record that a channel's members were looked up now, or Slack's error if that failed."""
    statement = insert_into(tx, channels).values(
        workspace=workspace, channel=channel, gathered_at=tx.now, error=error
    )
    tx.execute(
        statement.on_conflict_do_update(
            index_elements=["workspace", "channel"], set_={"gathered_at": tx.now, "error": error}
        )
    )


def channels_to_gather(
    tx: Transaction, before: datetime, settled_before: datetime
) -> list[tuple[str, str]]:
    """Return workspace and channel of cards whose channel members were not looked up recently.

    For open letters that means since `before`, because reminders go to the members. For others it
    means since `settled_before`: people who left a private channel may no longer read its letter.
    """
    rows = tx.execute(
        select(postings.c.workspace, postings.c.channel)
        .distinct()
        .join(letters, letters.c.id == postings.c.letter)
        .where(
            postings.c.state == PostingState.UP.value,
            postings.c.workspace.not_in(_GONE),
            or_(
                and_(
                    letters.c.phase.in_([phase for phase in Phase if phase.is_running]),
                    ~_gathered_since(before, tx.now),
                ),
                ~_gathered_since(settled_before, tx.now),
            ),
        )
    )
    return [(row.workspace, row.channel) for row in rows]


def is_gathered(tx: Transaction, letter: int, since: datetime) -> bool:
    """Return whether members of all channels with a letter's card were looked up since then."""
    missing = tx.execute(
        select(postings.c.id).where(
            postings.c.letter == letter,
            postings.c.state == PostingState.UP.value,
            ~_gathered_since(since, tx.now),
        )
    )
    return missing.first() is None


def _gathered_since(moment: datetime, now: datetime) -> Exists:
    return exists().where(
        channels.c.workspace == postings.c.workspace,
        channels.c.channel == postings.c.channel,
        channels.c.gathered_at >= moment,
        channels.c.gathered_at <= now,
    )


def with_letters(tx: Transaction) -> list[str]:
    """Return the ids of the workspaces that have letters."""
    return list(tx.execute(select(letters.c.workspace).distinct()).scalars())


def touch(tx: Transaction) -> None:
    """Write an always existing row unchanged, to find out whether writes work."""
    tx.execute(text("UPDATE alembic_version SET version_num = version_num"))


def note_gone(tx: Transaction, workspace: str) -> datetime:
    """Record that the app was removed from a workspace, and return the time of that."""
    tx.execute(
        update(workspaces)
        .where(workspaces.c.id == workspace, workspaces.c.gone_at.is_(None))
        .values(gone_at=tx.now)
    )
    return gone(tx).get(workspace, tx.now)


def gone(tx: Transaction) -> dict[str, datetime]:
    """Return the workspaces that removed the app, with the time of removal."""
    rows = tx.execute(
        select(workspaces.c.id, workspaces.c.gone_at).where(workspaces.c.gone_at.is_not(None))
    )
    return {row.id: row.gone_at for row in rows}


def without_gone(tx: Transaction, numbers: list[int]) -> list[int]:
    """Return the letters whose workspaces have the app installed."""
    if not numbers:
        return numbers
    rows = tx.execute(
        select(letters.c.id).where(letters.c.id.in_(numbers), letters.c.workspace.in_(_GONE))
    )
    left = {row.id for row in rows}
    return [one for one in numbers if one not in left]


def note_back(tx: Transaction, workspace: str) -> None:
    """Record that a workspace has installed the app again."""
    tx.execute(update(workspaces).where(workspaces.c.id == workspace).values(gone_at=None))
