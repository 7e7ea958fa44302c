from collections import Counter
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.outbox import claims
from bot.outbox.claims import BUDGETS, PER_TARGET, Budget, Method
from bot.storage.rate_limits import Bucket
from tests.support.clock import START
from tests.support.letters import WORKSPACE

ALLOWED = {
    Method.POST: 300,
    Method.UPDATE: 50,
    Method.DELETE: 50,
    Method.PUBLISH: 100,
    Method.LOOK: 50,
    Method.OPEN: 50,
}
"""The calls that Slack allows in any minute (SLACK.md §4)."""

budgets = st.builds(Budget, st.integers(1, 600), st.integers(1, 20))
arrivals = st.lists(st.timedeltas(timedelta(0), timedelta(seconds=20)), max_size=80)


def _calls(budget: Budget, pauses: list[timedelta]) -> list[datetime]:
    """Return the times of calls that arrive with these pauses, each waiting until it may."""
    free: dict[Bucket, datetime] = {}
    needed = {(WORKSPACE, "bucket"): budget}
    arrives, calls = START, []
    for pause in pauses:
        arrives += pause
        at = claims.goes_at(free, needed, arrives)
        free |= claims.after(free, needed, at)
        calls.append(at)
    return calls


def _most_in(calls: list[datetime], window: timedelta) -> int:
    return max((sum(first <= at < first + window for at in calls) for first in calls), default=0)


@given(budgets, arrivals, st.timedeltas(timedelta(seconds=1), timedelta(minutes=3)))
def test_never_more(budget: Budget, pauses: list[timedelta], window: timedelta) -> None:
    """In no window are there more calls than the burst and what the pace allows."""
    most = budget.burst + int(window / budget.pause)
    # A pause is rounded to a microsecond: over a window that may let one more through.
    assert _most_in(_calls(budget, pauses), window) <= most + 1


@pytest.mark.parametrize("method", list(ALLOWED))
def test_within_what_slack_allows(method: Method) -> None:
    """No minute holds more calls than Slack allows, nor far fewer, however many wait."""
    calls = _calls(BUDGETS[method], [timedelta(0)] * 1000)
    most = _most_in(calls, timedelta(minutes=1))
    assert 0.9 * ALLOWED[method] <= most <= ALLOWED[method]


@given(budgets, arrivals)
def test_never_without_reason(budget: Budget, pauses: list[timedelta]) -> None:
    """A call that finds the bucket empty goes right away."""
    rested = [pause + budget.pause * budget.burst for pause in pauses]
    calls = _calls(budget, rested)
    arrived = START
    for pause, at in zip(rested, calls, strict=True):
        arrived += pause
        assert at == arrived


@pytest.mark.parametrize("method", list(PER_TARGET))
def test_one_a_second_for_one_target(method: Method) -> None:
    """One channel gets one message a second, one card one change; others are not held up."""
    free: dict[Bucket, datetime] = {}
    goes: Counter[str] = Counter()
    for target in ("A", "A", "B"):
        needed = claims.buckets(WORKSPACE, method, target)
        at = claims.goes_at(free, needed, START)
        if at == START:
            goes[target] += 1
            free |= claims.after(free, needed, START)
        else:
            assert at == START + timedelta(seconds=1)
    assert goes == {"A": 1, "B": 1}


@given(st.sampled_from(Method), st.integers(1, 3600))
def test_held(method: Method, seconds: int) -> None:
    """When Slack said to wait, the method waits exactly so long, for every target."""
    until = START + timedelta(seconds=seconds)
    free = claims.held(WORKSPACE, method, until)
    assert claims.goes_at(free, claims.buckets(WORKSPACE, method, "A"), START) == until
    assert claims.goes_at(free, claims.buckets(WORKSPACE, method, "B"), until) == until
