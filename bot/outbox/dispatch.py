"""Sending of due notices: claim them, release the database, send, and settle with consequences."""

import asyncio
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

import structlog
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionError

from bot.letters.notices import MESSAGES, NoticeKind
from bot.logs import Trouble, answering, name_of
from bot.outbox.claims import (
    ARRIVED,
    DIRECT,
    LEASE,
    LONGEST_HOLD,
    Flight,
    Free,
    Method,
    anything_due,
    claim,
    flight_of,
    held,
    later_of,
)
from bot.outbox.consequences import follow
from bot.outbox.courier import Absent, CannotLook, Courier, Later, Outcome, Refused, Sent, Unknown
from bot.outbox.retry import SHUT, Again, Done, Try, Verdict, WhenInDoubt, decide, judge
from bot.storage import leases, rate_limits
from bot.storage.database import Database, Transaction
from bot.storage.states import NoticeState

RATE_LIMITED = {"ratelimited", "rate_limited", "mail_server"}
"""Errors of a pause that concerns all notices of a kind, and not this one alone."""
FIRST_SHUT = timedelta(minutes=1)
"""The pause in direct messages if a notice failed on its first try; see `retry.SHUT`."""
PROVEN = timedelta(minutes=1)
"""Time for which one delivered message proves that a workspace accepts direct messages."""


@dataclass(frozen=True, slots=True)
class Landed:
    """A try that has ended, and its outcome."""

    flight: Flight
    outcome: Outcome | CannotLook


def settle(tx: Transaction, landed: Sequence[Landed], holder: str) -> Free:
    """Settle notices or make them wait again; return the pauses that Slack requested.

    The pauses are not saved yet: `claims.claim` does that. A notice whose lease ran out and that
    another worker has claimed is left to that worker.
    """
    pauses: Free = {}
    if landed:
        took = _took(tx, landed)
        keys = leases.held(tx, [one.flight.notice.id for one in landed], holder)
        # In the order in which queueing transactions lock, to avoid deadlocks.
        for one in sorted(landed, key=lambda one: keys.get(one.flight.notice.id, "")):
            if one.flight.notice.id in keys:
                _settle(tx, one)
                pauses = later_of(pauses, _pauses(tx, one, took))
            else:
                log.warning("notice.taken_over", notice=one.flight.notice.id)
    return pauses


def _settle(tx: Transaction, landed: Landed) -> None:
    notice, outcome = landed.flight.notice, landed.outcome
    this = Try(
        # Read again, because a click on a first card may have come in between.
        in_doubt=flight_of(tx, notice).in_doubt,
        before=notice.attempts,
        since=notice.since or tx.now,
        now=tx.now,
    )
    reference = dict(notice.reference)
    if isinstance(outcome, Sent):
        reference |= outcome.reference
    match decide(this, outcome):
        case Done() as done:
            leases.settle(tx, notice, done.state, error=done.error, reference=reference)
            follow(tx, notice, done, reference)
            if done.state is NoticeState.GIVEN_UP:
                log.warning(
                    "notice.given_up", notice=notice.id, kind=notice.kind.value, error=done.error,
                    click=notice.click,
                )  # fmt: skip
        case Again() as again:
            leases.put_back(
                tx,
                notice,
                again.at,
                doubtful=again.doubtful,
                attempts=notice.attempts + again.tried,
                since=again.since,
                error=again.error,
                reference=reference,
            )


def _took(tx: Transaction, landed: Sequence[Landed]) -> dict[str, datetime]:
    """Return when each workspace last accepted a direct message, if these tries need it."""
    told = [one for one in landed if one.flight.notice.kind in MESSAGES]
    now = {one.flight.notice.workspace: tx.now for one in told if isinstance(one.outcome, Sent)}
    asked = any(isinstance(one.outcome, Refused) for one in told)
    return rate_limits.last(tx, ARRIVED) | now if asked else now


def _pauses(tx: Transaction, landed: Landed, took: Mapping[str, datetime]) -> Free:
    """Return the pauses that all replicas must keep, or the time of a delivered message."""
    flight, workspace = landed.flight, landed.flight.notice.workspace
    # If others got their messages since the first try, or just before it, the reason is this person
    # and not the workspace.
    first = min(flight.notice.since or tx.now, tx.now - PROVEN)
    is_shut = took.get(workspace, first) <= first
    match landed.outcome:
        case Sent() if flight.notice.kind in MESSAGES:
            return {(workspace, ARRIVED): tx.now}
        case Later(retry_after=pause, error=error) if error in RATE_LIMITED:
            return held(workspace, flight.method, tx.now + min(pause, LONGEST_HOLD))
        case CannotLook(retry_after=pause) if pause is not None:
            return held(workspace, Method.LOOK, tx.now + min(pause, LONGEST_HOLD))
        case Refused(error=error) if (
            flight.notice.kind in MESSAGES and judge(error) is Verdict.WORKSPACE and is_shut
        ):
            # Several new failures in a row may concern unreachable people, so the next may succeed.
            fresh = flight.notice.since is None
            return {(workspace, DIRECT): tx.now + (FIRST_SHUT if fresh else SHUT)}
        case _:
            return {}


log = structlog.get_logger()

AT_ONCE = 8
"""The most concurrent calls in one process."""
REMINDERS_AT_ONCE = 6
"""The most of these calls that may be reminders, so that a receipt never has to wait for them."""
LOOK_ROUND_S = 0.2
"""Seconds between checks for more due notices while calls are running."""
LONGEST_CALL_S = LEASE.total_seconds() / 2
LONGEST_MAIL_S = LEASE.total_seconds() - 10
"""Mail servers may look through a mail before they take it."""
PATIENCE = 60
"""Number of attempts to settle, half a second apart, while the database is unreachable."""


async def send_due(
    database: Database,
    courier: Courier,
    stopping: asyncio.Event | None = None,
    trouble: Trouble | None = None,
    *,
    mail: bool = False,
) -> int:
    """Send until no notice is due that may be sent now; return how many tries ended.

    Once `stopping` is set no more notices are claimed, and running calls are finished. If the
    process dies, its notices stay claimed until their lease ends and are then in doubt. A caller
    that sends in a loop passes the same `trouble`, which is logged once while it lasts. With `mail`
    only mails are sent, and without it none.
    """
    stopping, trouble = stopping or asyncio.Event(), trouble or turn_trouble()
    sending = _Sending(database, courier, stopping, trouble, mail)
    try:
        return await sending.run()
    finally:
        # Calls that are still running are cancelled; their notices are in doubt.
        for task in sending.flying:
            task.cancel()
        await asyncio.gather(*sending.flying, return_exceptions=True)


def turn_trouble() -> Trouble:
    """Return the log of trouble with the database while calls are running."""
    return Trouble("outbox.turn_failed", "outbox.goes_on")


@dataclass(slots=True)
class _Sending:
    database: Database
    courier: Courier
    stopping: asyncio.Event
    trouble: Trouble
    mail: bool
    holder: str = field(default_factory=lambda: secrets.token_hex(16))
    flying: dict[asyncio.Task[Landed], Flight] = field(
        default_factory=dict[asyncio.Task[Landed], Flight]
    )

    async def run(self) -> int:
        came_back = 0
        landed: list[Landed] = []
        while True:
            try:
                await self._turn(landed)
            except Exception as error:
                if not landed and not self.flying:
                    raise
                # Running calls are settled first; this error is raised afterwards.
                self.trouble.came(name_of(error))
                for one in landed:
                    await self._settle_patiently(one)
            else:
                self.trouble.ended()
            came_back += len(landed)
            if not self.flying:
                return came_back
            done, _ = await asyncio.wait(
                self.flying, timeout=LOOK_ROUND_S, return_when=asyncio.FIRST_COMPLETED
            )
            landed = [task.result() for task in done]
            for task in done:
                del self.flying[task]

    async def _turn(self, landed: Sequence[Landed]) -> None:
        room = 0 if self.stopping.is_set() else AT_ONCE - len(self.flying)
        if not landed:
            look = partial(anything_due, mail=self.mail)
            if not room or not await self.database.read(look):
                return
        flights = await self.database.write(lambda tx: self._settle_and_claim(tx, landed, room))
        for flight in flights:
            self.flying[asyncio.create_task(self._fly(flight))] = flight

    def _settle_and_claim(
        self, tx: Transaction, landed: Sequence[Landed], room: int
    ) -> list[Flight]:
        held = settle(tx, landed, self.holder)
        notices = [flight.notice for flight in self.flying.values()]
        if notices:
            # Before the claim, so that this process does not claim again after its clock jumped
            # ahead.
            leases.renew(tx, [notice.id for notice in notices], self.holder, LEASE)
        reminders = REMINDERS_AT_ONCE - sum(one.kind is NoticeKind.REMINDER for one in notices)
        return claim(
            tx, limit=room, reminders=reminders, holder=self.holder, held=held, mail=self.mail
        )

    async def _settle_patiently(self, landed: Landed) -> None:
        """Settle one try alone. After a failure its notice is in doubt once the lease ends."""
        cause: Exception = TimeoutError()
        for _ in range(PATIENCE):
            try:
                await self.database.write(lambda tx: self._settle_and_claim(tx, [landed], room=0))
            except (DBAPIError, NoConnectionError, OSError):
                await asyncio.sleep(0.5)
            except Exception as error:  # noqa: BLE001 - one bad notice must not delay the others
                cause = error
                break
            else:
                return
        notice, name = landed.flight.notice, name_of(cause)
        log.error("notice.not_settled", notice=notice.id, kind=notice.kind.value, error=name)

    async def _fly(self, flight: Flight) -> Landed:
        notice = flight.notice
        with answering(notice.click):
            try:
                async with asyncio.timeout(LONGEST_MAIL_S if self.mail else LONGEST_CALL_S):
                    outcome = await self._bring(flight)
            except Exception as error:  # noqa: BLE001 - whatever it is, nobody knows whether it arrived
                name = name_of(error)
                log.error("courier.failed", notice=notice.id, kind=notice.kind.value, error=name)  # noqa: TRY400 - a traceback may hold names and words
                outcome = Unknown(error=name)
        return Landed(flight, outcome)

    async def _bring(self, flight: Flight) -> Outcome | CannotLook:
        notice = flight.notice
        if notice.doubtful and flight.in_doubt is WhenInDoubt.ASK:
            return Unknown(error="lease_expired")
        if notice.doubtful and flight.in_doubt is WhenInDoubt.LOOK:
            try:
                looked = await self.courier.look(notice)
            except Exception as error:  # noqa: BLE001 - a look that failed tells nothing; another may
                name = name_of(error)
                log.error("courier.look_failed", notice=notice.id, error=name)  # noqa: TRY400 - a traceback may hold names and words
                return CannotLook(error=name)
            if not isinstance(looked, Absent):
                return looked
        return await self.courier.send(notice)
