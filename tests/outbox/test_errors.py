import pytest

from bot.outbox.retry import VERDICTS, Verdict, judge
from tests.outbox.slack_errors import OWED, listed


@pytest.mark.parametrize("method", sorted(OWED))
def test_every_listed_error(method: str) -> None:
    """Every error that Slack's reference lists for a method that the outbox calls is in the table."""
    assert listed(method) - set(VERDICTS) == set()


def test_posting() -> None:
    """Posting a message has more than 66 names of errors."""
    assert len(listed("chat.postMessage")) >= 66


def test_one_verdict_each() -> None:
    """No error is in the table twice."""
    from bot.outbox.retry import _NAMES

    names = [name for listed in _NAMES.values() for name in listed]
    assert sorted(names) == sorted(set(names))


def test_unlisted() -> None:
    """An error that nobody has heard of may have been a success: it is unknown."""
    assert judge("something_new") is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        ("ratelimited", Verdict.TRANSIENT),
        ("is_archived", Verdict.TARGET),
        ("channel_not_found", Verdict.TARGET),
        ("not_in_channel", Verdict.TARGET),
        ("user_disabled", Verdict.TARGET),
        ("token_revoked", Verdict.WORKSPACE),
        ("missing_scope", Verdict.WORKSPACE),
        ("internal_error", Verdict.UNKNOWN),
        ("fatal_error", Verdict.UNKNOWN),
        ("invalid_blocks", Verdict.BUG),
    ],
)
def test_verdicts(error: str, verdict: Verdict) -> None:
    """The errors that matter most mean what Slack says of them."""
    assert judge(error) is verdict
