from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.outbox.courier import CannotLook, Later, NotOwed, Outcome, Refused, Sent, Unknown, Wait
from bot.outbox.retry import (
    LONGEST_PAUSE,
    MOST_TIME,
    MOST_TRIES,
    OUTCOME_UNKNOWN,
    SHUT,
    VERDICTS,
    Again,
    Done,
    Try,
    Verdict,
    WhenInDoubt,
    backoff,
    decide,
    judge,
)
from bot.storage.states import NoticeState
from tests.support.clock import START

FOREVER = 10_000

pauses = st.timedeltas(timedelta(0), timedelta(days=2))
errors = st.sampled_from([*sorted(VERDICTS), "timeout", "http_502", "something_new"])
outcomes = st.one_of(
    st.builds(Sent),
    st.builds(NotOwed),
    st.builds(Wait, until=st.datetimes().map(lambda at: at.replace(tzinfo=START.tzinfo))),
    st.builds(Later, retry_after=pauses),
    st.builds(Unknown, error=errors),
    st.builds(Refused, error=errors),
    st.builds(CannotLook, error=errors, retry_after=st.none() | pauses),
)
doubts = st.sampled_from(WhenInDoubt)
lost = st.one_of(
    st.builds(Unknown, error=errors),
    st.builds(CannotLook, error=errors, retry_after=st.none() | pauses),
    st.builds(
        Refused,
        error=st.sampled_from(["internal_error", "fatal_error", "update_failed", "something_new"]),
    ),
)
"""Nobody knows whether it arrived."""


def a_try(
    in_doubt: WhenInDoubt = WhenInDoubt.LOOK,
    before: int = 0,
    since: datetime = START,
    now: datetime = START,
) -> Try:
    return Try(in_doubt=in_doubt, before=before, since=since, now=now)


@given(doubts, st.integers(0, FOREVER), pauses, outcomes)
def test_never_in_the_past(
    in_doubt: WhenInDoubt, before: int, age: timedelta, outcome: Outcome | CannotLook
) -> None:
    """A notice ends with a name, or waits for a time to come, whatever happened."""
    what = decide(a_try(in_doubt, before, START - age), outcome)
    match what:
        case Again():
            assert what.at > START
        case Done():
            assert (what.state is NoticeState.GIVEN_UP) == bool(what.error)


@given(
    doubts,
    st.lists(
        st.one_of(
            st.builds(Unknown, error=errors),
            st.builds(Refused, error=errors),
            st.builds(CannotLook, error=errors),
        ),
        min_size=MOST_TRIES,
        max_size=MOST_TRIES,
    ),
)
def test_it_ends(in_doubt: WhenInDoubt, failures: list[Outcome | CannotLook]) -> None:
    """Tries that fail come to an end, after so many or after a day."""
    now, before = START, 0
    for outcome in failures:
        what = decide(a_try(in_doubt, before, START, now), outcome)
        if isinstance(what, Done):
            assert what.state is NoticeState.GIVEN_UP
            return
        before += what.tried
        now = what.at
        assert now - START <= MOST_TIME
    pytest.fail("it went on")


@given(st.integers(1, 3600), st.integers(0, FOREVER))
def test_retry_after_wins(seconds: int, before: int) -> None:
    """A time that Slack names is kept, whatever the number of tries; and it is no try."""
    what = decide(a_try(before=before), Later(retry_after=timedelta(seconds=seconds)))
    assert what == Again(
        at=START + timedelta(seconds=seconds), since=START, tried=False, error="ratelimited"
    )


@given(st.integers(0, FOREVER))
def test_backoff(tries: int) -> None:
    """Each pause is twice the last one, and none is longer than the longest."""
    assert timedelta(0) < backoff(tries) <= LONGEST_PAUSE
    assert backoff(tries + 1) == min(2 * backoff(tries), LONGEST_PAUSE)


@given(st.sampled_from([WhenInDoubt.LOOK, WhenInDoubt.ASK]), st.integers(0, MOST_TRIES), lost)
def test_never_blind(in_doubt: WhenInDoubt, before: int, outcome: Outcome | CannotLook) -> None:
    """A notice that may have arrived is looked up before it goes again, or ends."""
    what = decide(a_try(in_doubt, before), outcome)
    assert isinstance(what, Done) or what.doubtful
    if in_doubt is WhenInDoubt.ASK and not isinstance(outcome, CannotLook):
        assert what == Done(state=NoticeState.GIVEN_UP, error=OUTCOME_UNKNOWN)


@given(doubts, st.sampled_from(sorted(VERDICTS)))
def test_by_verdict(in_doubt: WhenInDoubt, error: str) -> None:
    """An error that can't pass ends it right away with Slack's own name; one that may pass waits."""
    what = decide(a_try(in_doubt), Refused(error=error))
    match judge(error):
        case Verdict.WORKSPACE if in_doubt is WhenInDoubt.LOOK:
            assert what == Again(at=START + SHUT, since=START, tried=False, error=error)
        case Verdict.TARGET | Verdict.WORKSPACE | Verdict.BUG:
            assert what == Done(state=NoticeState.GIVEN_UP, error=error)
        case Verdict.UNKNOWN if in_doubt is WhenInDoubt.ASK:
            assert what == Done(state=NoticeState.GIVEN_UP, error=OUTCOME_UNKNOWN)
        case Verdict.TRANSIENT | Verdict.UNKNOWN:
            assert isinstance(what, Again)
            assert what.tried


def test_shut_for_a_day() -> None:
    """A message to a workspace that takes none is given up with Slack's name after a day."""
    refused = Refused(error="messages_tab_disabled")
    what = decide(a_try(before=3, since=START - MOST_TIME), refused)
    assert what == Done(state=NoticeState.GIVEN_UP, error="messages_tab_disabled")


def test_waiting_is_no_try() -> None:
    """A person's night is no failure: the notice waits for the morning as if it were new."""
    morning = START + timedelta(hours=12)
    what = decide(a_try(before=3, since=START - timedelta(days=3)), Wait(until=morning))
    assert what == Again(at=morning, since=None, tried=False)


@pytest.mark.parametrize(
    ("looked", "ends"),
    [
        (CannotLook(error="missing_scope"), True),
        (CannotLook(error="channel_not_found"), True),
        (CannotLook(error="ratelimited", retry_after=timedelta(minutes=1)), False),
        (CannotLook(error="timeout"), False),
    ],
)
def test_looking(looked: CannotLook, ends: bool) -> None:  # noqa: FBT001 - a table's column
    """A conversation that Slack will never show ends as unknown; any other is asked for again."""
    what = decide(a_try(), looked)
    assert isinstance(what, Done) == ends
    if isinstance(what, Done):
        assert what.error == OUTCOME_UNKNOWN
    else:
        assert what.doubtful
        assert what.at == START + (looked.retry_after or backoff(0))
