import json

import pytest

from bot.delivery.errors import VERDICTS, Verdict, judge
from tests.support.shared import shared_path

METHODS = [
    "chat.postMessage",
    "chat.update",
    "chat.delete",
    "conversations.open",
    "conversations.history",
    "views.publish",
]

OF_EVERY_METHOD = """
    access_denied accesslimited account_inactive deprecated_endpoint ekm_access_denied
    enterprise_is_restricted fatal_error internal_error invalid_arg_name invalid_arguments
    invalid_array_arg invalid_auth invalid_charset invalid_form_data invalid_post_type
    method_deprecated missing_post_type missing_scope no_permission not_allowed_token_type
    not_authed org_login_required ratelimited request_timeout service_unavailable
    team_access_not_granted team_added_to_org token_expired token_revoked
    two_factor_setup_required
"""


@pytest.mark.parametrize("method", METHODS)
def test_every_listed_error(method: str) -> None:
    """Every error that Slack's reference lists for a method that delivery calls is in the table."""
    page = shared_path(f"slack/official/slack-api-ref/docs.slack.dev/methods/{method}.json")
    listed = set(json.loads(page.read_text())["errors"])
    assert listed
    assert listed - set(VERDICTS) == set()


def test_common_errors() -> None:
    """What every method may answer is in the table too."""
    assert set(OF_EVERY_METHOD.split()) - set(VERDICTS) == set()


def test_one_verdict_each() -> None:
    """No error stands in the table twice."""
    from bot.delivery.errors import _NAMES

    names = [name for listed in _NAMES.values() for name in listed.split()]
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
