"""Notices that wait to be sent, and which of them are due."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Row,
    Select,
    String,
    and_,
    bindparam,
    case,
    exists,
    false,
    func,
    literal,
    literal_column,
    or_,
    select,
    update,
)

from bot.letters.ids import first_id, new_id
from bot.letters.letter import Letter
from bot.letters.notices import (
    MAILS,
    MESSAGES,
    PRIORITY,
    TRAITS,
    LetterTopic,
    Notice,
    NoticeKind,
    Way,
    word,
)
from bot.logs import present_click
from bot.storage import restores
from bot.storage.database import Transaction
from bot.storage.letters import organisers_of
from bot.storage.prepared import Insert, Insertion, insert_into
from bot.storage.restores import AGAIN, Return
from bot.storage.states import NoticeState
from bot.storage.tables import Instant, outbox, workspaces

SKEW = timedelta(minutes=5)
"""The most by which the clocks of two processes can differ."""
LONGEST_LEASE = timedelta(minutes=10)
LONGEST_WAIT = timedelta(days=7)
"""Longest delay of a notice other than a reminder, which may wait until daytime after a weekend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A claimed notice."""

    id: str
    key: str
    workspace: str
    kind: NoticeKind
    target: str
    subject: Mapping[str, Any]
    attempts: int
    since: datetime | None
    """Time of the first try; None if there was none."""
    doubtful: bool
    """An earlier try has an unknown outcome: look the message up before sending again."""
    reference: Mapping[str, Any]
    """Facts from earlier tries, such as the id of a direct-message channel."""
    click: str = ""
    """The log key of the click that caused the notice; "" if a job caused it."""
    forgotten_since: datetime | None = None
    """Start of the period before a restore whose sends are unknown (see `storage/restores`): a
    message with this key may exist under another id, so the notice is in doubt."""


_SAME = ("id", "key", "workspace", "target", "subject", "click", "attempts")
"""Fields of a claimed notice that have columns of the same names."""
Workspaces = Mapping[NoticeKind, Collection[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Full:
    """The workspaces in which notices cannot be sent at the moment, by kind."""

    lanes: Workspaces
    looks: Workspaces
    """The workspaces in which notices in doubt cannot be looked up at the moment."""
    mail: bool = False
    """True to claim mails only, and False to claim none: a slow server delays only its own."""


def owe_selected(
    tx: Transaction,
    letter: Letter,
    kind: NoticeKind,
    *conditions: ColumnElement[bool],
    key: ColumnElement[str],
    subject: Mapping[str, ColumnElement[Any]],
    target: ColumnElement[str],
    due_at: ColumnElement[datetime],
    by_mail: ColumnElement[bool] | None = None,
) -> Insert:
    """Return an INSERT ... SELECT that queues one notice for each selected row.

    There may be ten thousand recipients, so the database itself creates the notices. Those rows
    that are `by_mail` get a mail.
    """
    mailing, mailed = NoticeKind.MAILING, false() if by_mail is None else by_mail
    is_postgresql = tx.connection.dialect.name == "postgresql"
    random: ColumnElement[str] = func.lower(func.hex(func.randomblob(10)))
    if is_postgresql:
        random = func.substr(func.replace(func.gen_random_uuid().cast(String), "-", ""), 1, 20)
    build = func.json_build_object if is_postgresql else func.json_object
    values: dict[str, ColumnElement[Any]] = {
        "id": literal(f"{int(tx.now.timestamp() * 1000):012x}", String) + random,
        "workspace": literal(letter.workspace, String),
        "letter": literal(letter.id, Integer),
        "kind": case((mailed, literal(mailing.value)), else_=literal(kind.value, String)),
        "key": key,
        "subject": build(*(part for item in subject.items() for part in item)),
        "target": target,
        "priority": case((mailed, literal(PRIORITY[mailing])), else_=literal(PRIORITY[kind])),
        "state": literal(NoticeState.WAITING.value, String),
        "due_at": due_at,
        "attempts": literal(0, Integer),
        "error": literal("", String),
        "created_at": literal(tx.now, Instant),
    }
    found = select(*values.values()).where(*conditions)
    return insert_into(tx, outbox).from_select(list(values), found, include_defaults=False)


_OWE = Insertion(
    outbox,
    # This locks the waiting row also if nothing is updated: a worker that claimed it before this
    # transaction commits would send outdated content.
    lambda statement: statement.on_conflict_do_update(
        index_elements=["key"],
        index_where=outbox.c.state == literal_column("'waiting'"),
        where=outbox.c.kind == statement.excluded.kind,
        set_={"subject": statement.excluded.subject},
    ),
)


def owe(tx: Transaction, workspace: str, notices: Iterable[Notice]) -> None:
    """Queue notices. One whose key is waiting is not added again; the waiting one gets its facts.

    Workers cannot claim them before this transaction is committed.
    """
    by_key: dict[str, Notice] = {}
    for notice in notices:
        by_key.setdefault(notice.key, notice)
    rows = [
        {
            "id": new_id(tx.now),
            "workspace": workspace,
            "kind": notice.kind.value,
            "key": notice.key,
            "letter": notice.letter,
            "subject": dict(notice.subject),
            "target": notice.target,
            "priority": PRIORITY[notice.kind],
            "state": NoticeState.WAITING.value,
            "due_at": notice.due_at or tx.now,
            "click": notice.click or present_click(),
            "created_at": tx.now,
        }
        # In the order of keys, so that two transactions cannot deadlock.
        for _, notice in sorted(by_key.items())
    ]
    _OWE.write(tx, rows)


def tell_organisers(
    tx: Transaction, workspace: str, letter: int, about: LetterTopic, **facts: Any
) -> None:
    """Queue a message to each organiser of a letter."""
    owe(tx, workspace, [word(about, letter, one, **facts) for one in organisers_of(tx, letter)])


_other = outbox.alias()
_UNDER_WAY = exists().where(
    _other.c.key == outbox.c.key,
    _other.c.state.in_([NoticeState.CLAIMED.value, NoticeState.UNKNOWN.value]),
)
# Only kinds that this code can send: a later version may queue others for its own workers.
_KNOWN = {
    mail: outbox.c.kind.in_([kind.value for kind in NoticeKind if (kind in MAILS) is mail])
    for mail in (False, True)
}
# Nothing is sent for a workspace that removed the app.
_HERE = outbox.c.workspace.not_in(select(workspaces.c.id).where(workspaces.c.gone_at.is_not(None)))

_NOW, _AHEAD = bindparam("now", type_=Instant()), bindparam("ahead", type_=Instant())
_MOST = bindparam("most", type_=Integer())
Out = tuple[tuple[NoticeKind, tuple[str, ...]], ...]
"""The workspaces in which each kind cannot be sent, as a hashable value."""


def _out(full: Workspaces) -> Out:
    return tuple(sorted((kind, tuple(sorted(where))) for kind, where in full.items() if where))


def _not_in(out: Out) -> list[ColumnElement[bool]]:
    return [
        ~and_(outbox.c.kind == kind.value, outbox.c.workspace.in_(where)) for kind, where in out
    ]


def _priorities(tx: Transaction, full: Full) -> list[int]:
    """Return the priorities of which a notice can be sent in some workspace.

    Querying the others would scan all waiting notices, perhaps a hundred thousand reminders.
    """
    kinds = {kind for kind in PRIORITY if (kind in MAILS) is full.mail}
    if any(full.lanes.values()):
        known = set(tx.execute(select(workspaces.c.id)).scalars())
        kinds = {kind for kind in kinds if not known <= set(full.lanes.get(kind, ()))}
    return sorted({PRIORITY[kind] for kind in kinds})


# Notices to be looked up, and those that a worker claimed and did not settle.
_DOUBTFUL = and_(
    outbox.c.state.in_([NoticeState.UNKNOWN.value, NoticeState.CLAIMED.value]),
    or_(
        and_(outbox.c.state == NoticeState.UNKNOWN.value, outbox.c.due_at <= _NOW),
        # Longer than any lease, so written while a clock was ahead.
        and_(
            outbox.c.state == NoticeState.CLAIMED.value,
            or_(outbox.c.lease_until <= _NOW, outbox.c.lease_until > _AHEAD),
        ),
    ),
)


def _may_go(
    priority: int | None, lanes: Out, looks: Out, *, mail: bool
) -> list[ColumnElement[bool]]:
    if priority is None:
        conditions = [*_not_in(looks), _DOUBTFUL]
    else:
        waits = outbox.c.state == NoticeState.WAITING.value
        is_due = outbox.c.due_at <= _NOW
        conditions = [waits, outbox.c.priority == priority, is_due, ~_UNDER_WAY]
    return [outbox.c.settled_at.is_(None), *conditions, _KNOWN[mail], _HERE, *_not_in(lanes)]


@lru_cache(maxsize=256)
def _asked(priority: int | None, lanes: Out, looks: Out, *, mail: bool, lock: bool) -> Select[Any]:
    # Cached: building the statement takes several times as long as running it.
    statement = (
        select(outbox)
        .where(*_may_go(priority, lanes, looks, mail=mail))
        # The index has this order: of 5,000 due at the same time only a few are read.
        .order_by(outbox.c.priority, outbox.c.due_at)
        .limit(_MOST)
    )
    return statement.with_for_update(skip_locked=True) if lock else statement


@lru_cache(maxsize=256)
def _asked_whether(
    priorities: tuple[int, ...], lanes: Out, looks: Out, *, mail: bool
) -> Select[Any]:
    return select(
        or_(
            *(exists().where(*_may_go(one, lanes, (), mail=mail)) for one in priorities),
            exists().where(*_may_go(None, lanes, looks, mail=mail)),
        )
    )


def any_due(tx: Transaction, full: Full) -> bool:
    """Return whether any notice is due and may be sent now; lock none."""
    if restores.lately(tx):
        return bool(due(tx, limit=1, full=full, lock=False))
    lanes, looks, priorities = _out(full.lanes), _out(full.looks), tuple(_priorities(tx, full))
    statement = _asked_whether(priorities, lanes, looks, mail=full.mail)
    return bool(tx.execute(statement, {"now": tx.now, "ahead": tx.now + LONGEST_LEASE}).scalar())


def due(tx: Transaction, *, limit: int, full: Full, lock: bool = True) -> list[Owed]:
    """Return due notices, the urgent ones first, locked for this transaction.

    A notice waits while another one with its key is being sent or in doubt, so that two updates of
    one card cannot overtake each other.

    `full`: the workspaces in which a kind of notice cannot be sent now. `lock`: lock them against
    other replicas; notices locked by others are skipped.
    """
    lanes, looks = _out(full.lanes), _out(full.looks)
    returned = restores.lately(tx)
    # After a restore some waiting notices must be looked up too, if look-ups have room now.
    seen = [
        ~and_(
            outbox.c.kind == kind.value,
            outbox.c.workspace == workspace,
            outbox.c.due_at <= returned[workspace].until,
        )
        for kind, where in full.looks.items()
        for workspace in where
        if kind in AGAIN and workspace in returned
    ]

    def read(priority: int | None, most: int) -> list[Row[Any]]:
        seeks = looks if priority is None else ()
        statement = _asked(priority, lanes, seeks, mail=full.mail, lock=lock)
        if seen and priority is not None:
            statement = statement.where(*seen)
        values = {"now": tx.now, "ahead": tx.now + LONGEST_LEASE, "most": most}
        return list(tx.execute(statement, values))

    waiting: list[Row[Any]] = []
    # One statement per priority, so that each reads a range of the index.
    for priority in _priorities(tx, full):
        if len(waiting) < limit:
            waiting += read(priority, limit - len(waiting))
    # More urgent notices come first, however many are in doubt.
    rows = waiting + read(None, limit)
    rows.sort(key=lambda row: (row.priority, row.due_at, row.id))
    return [_owed(row, returned.get(row.workspace)) for row in rows[:limit]]


def _owed(row: Row[Any], returned: Return | None) -> Owed:
    in_doubt = row.state != NoticeState.WAITING.value
    forgotten_since = None
    if returned is not None and row.kind in AGAIN and (in_doubt or row.due_at <= returned.until):
        forgotten_since = returned.copied_at
    return Owed(
        **{name: getattr(row, name) for name in _SAME},
        kind=NoticeKind(row.kind),
        since=row.tried_at,
        doubtful=in_doubt or forgotten_since is not None,
        reference=row.reference or {},
        forgotten_since=forgotten_since,
    )


def owed_since(tx: Transaction, keys: Collection[str], since: datetime) -> set[str]:
    """Return which of some keys had a notice created since `since`, in any state."""
    rows = tx.execute(
        select(outbox.c.key).where(
            outbox.c.key.in_(keys), outbox.c.created_at >= since, outbox.c.created_at <= tx.now
        )
    )
    return set(rows.scalars())


def told_since(tx: Transaction, letter: int, since: datetime) -> bool:
    """Return whether a direct message about a letter was queued after a time, in any state."""
    told = exists().where(
        outbox.c.id >= first_id(since),
        outbox.c.letter == letter,
        outbox.c.kind.in_(MESSAGES),
        outbox.c.created_at > since,
    )
    return bool(tx.execute(select(told)).scalar())


def mend(tx: Transaction) -> None:
    """Make notices due now whose due time is so late that a clock must have been ahead.

    Reminders are left alone: their times are computed from the deadline.
    """
    tx.execute(
        update(outbox)
        .where(
            outbox.c.settled_at.is_(None),
            outbox.c.kind != NoticeKind.REMINDER.value,
            or_(outbox.c.created_at > tx.now + SKEW, outbox.c.due_at > tx.now + LONGEST_WAIT),
        )
        .values(due_at=tx.now, created_at=tx.now)
    )
    tx.execute(
        update(outbox)
        .where(outbox.c.settled_at.is_(None), outbox.c.tried_at > tx.now + SKEW)
        .values(tried_at=tx.now)
    )


def forget(tx: Transaction, before: datetime, drawn_before: datetime, most: int) -> int:
    """Delete some notices settled before `before`, and some drawn or emptied before `drawn_before`.

    Returns:
        The number of deleted notices.
    """
    homes = [kind.value for kind, traits in TRAITS.items() if traits.way is Way.HOME]
    blanked = outbox.c.kind == NoticeKind.BLANKED.value
    drawn = and_(
        or_(and_(outbox.c.kind.in_(homes), outbox.c.state != NoticeState.GIVEN_UP.value), blanked),
        outbox.c.settled_at < drawn_before,
    )
    old = select(outbox.c.id).where(or_(outbox.c.settled_at < before, drawn)).limit(most)
    return tx.execute(outbox.delete().where(outbox.c.id.in_(old))).rowcount
