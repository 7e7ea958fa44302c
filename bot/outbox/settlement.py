"""Recording of a try's outcome, with its consequences, in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.letters.notices import MESSAGES
from bot.outbox.claims import Flight, flight_of
from bot.outbox.consequences import follow
from bot.outbox.courier import CannotLook, Later, Outcome, Refused, Sent
from bot.outbox.errors import Verdict, judge
from bot.outbox.pacing import ARRIVED, DIRECT, LONGEST_HOLD, Free, Method, held, later_of
from bot.outbox.retry import SHUT, Again, Done, Try, decide
from bot.storage import leases, rate_limits
from bot.storage.database import Transaction
from bot.storage.states import NoticeState

log = structlog.get_logger()

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
