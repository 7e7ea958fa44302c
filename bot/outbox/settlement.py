"""Writes what a try of a notice led to, with what follows from it, in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.letters.notices import MESSAGES
from bot.outbox import claims as claiming
from bot.outbox.claims import Flight, Holds
from bot.outbox.consequences import follow
from bot.outbox.courier import CannotLook, Later, Outcome, Refused, Sent, Unknown
from bot.outbox.errors import Verdict, judge
from bot.outbox.pacing import ARRIVED, DIRECT, LONGEST_HOLD, Method
from bot.outbox.retry import SHUT, Again, Done, Try, decide
from bot.storage import leases, rate_limits
from bot.storage.database import Transaction
from bot.storage.states import NoticeState

log = structlog.get_logger()

RATE_LIMITED = {"ratelimited", "rate_limited"}
FIRST_SHUT = timedelta(minutes=1)
"""The pause in direct messages after one that was never tried before; see `retry.SHUT`."""
PROVEN = timedelta(minutes=1)
"""For how long one message that arrived says that a workspace takes them."""


@dataclass(frozen=True, slots=True)
class Landed:
    """A flight that is over, and how it went."""

    flight: Flight
    outcome: Outcome | CannotLook


def settle(tx: Transaction, landed: Sequence[Landed], holder: str) -> Holds:
    """Settle notices or let them wait.

    One that another worker has taken meanwhile, because its lease ran out, is that one's to settle.

    Returns:
        What may not be called before when, as Slack said; nobody is told yet.
    """
    holds: Holds = {}
    if landed:
        took = _took(tx, landed)
        keys = leases.held(tx, [one.flight.notice.id for one in landed], holder)
        # In the order in which those who owe lock, so that they cannot wait for each other.
        for one in sorted(landed, key=lambda one: keys.get(one.flight.notice.id, "")):
            if one.flight.notice.id in keys:
                _settle(tx, one)
                holds = claiming.both(holds, _holds(tx, one, took))
            else:
                log.warning("notice.taken_over", notice=one.flight.notice.id)
    return holds


def _settle(tx: Transaction, landed: Landed) -> None:
    notice, outcome = landed.flight.notice, landed.outcome
    this = Try(
        # Read again: a click may have come from a first card meanwhile.
        in_doubt=claiming.in_doubt(tx, notice),
        before=notice.attempts,
        since=notice.since or tx.now,
        now=tx.now,
    )
    reference = dict(notice.reference)
    if isinstance(outcome, Sent | Unknown | Refused):
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
    """Return when each workspace took a direct message last; only those that matter now."""
    told = [one for one in landed if one.flight.notice.kind in MESSAGES]
    now = {one.flight.notice.workspace: tx.now for one in told if isinstance(one.outcome, Sent)}
    asked = any(isinstance(one.outcome, Refused) for one in told)
    return rate_limits.last(tx, ARRIVED) | now if asked else now


def _holds(tx: Transaction, landed: Landed, took: Mapping[str, datetime]) -> Holds:
    """Return the pauses that all replicas must keep, or the news that one is over."""
    flight, workspace = landed.flight, landed.flight.notice.workspace
    # Where others got their messages since the first try, or right before it, it is this person
    # who takes none, and not the workspace.
    first = min(flight.notice.since or tx.now, tx.now - PROVEN)
    is_shut = took.get(workspace, first) <= first
    match landed.outcome:
        case Sent() if flight.notice.kind in MESSAGES:
            return {(workspace, ARRIVED): tx.now}
        case Later(retry_after=pause, error=error) if error in RATE_LIMITED:
            return claiming.holds(workspace, flight.method, tx.now + min(pause, LONGEST_HOLD))
        case CannotLook(retry_after=pause) if pause is not None:
            return claiming.holds(workspace, Method.LOOK, tx.now + min(pause, LONGEST_HOLD))
        case Refused(error=error) if (
            flight.notice.kind in MESSAGES and judge(error) is Verdict.WORKSPACE and is_shut
        ):
            # Several new ones in a row may be people who get nothing: the next may be another.
            fresh = flight.notice.since is None
            return {(workspace, DIRECT): tx.now + (FIRST_SHUT if fresh else SHUT)}
        case _:
            return {}
