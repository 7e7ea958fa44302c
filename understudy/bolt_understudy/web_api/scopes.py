from bolt_understudy.errors import SlackError
from bolt_understudy.local_slack import LocalSlack
from bolt_understudy.workspace.channels import Channel

CONVERSATION_READ = ("channels:read", "groups:read", "mpim:read", "im:read")
CONVERSATION_HISTORY = ("channels:history", "groups:history", "mpim:history", "im:history")
PREFIX = {"public": "channels", "shared": "channels", "private": "groups", "im": "im"}


def has_scope(slack: LocalSlack, *scopes: str) -> bool:
    """Return whether the app was granted one of these scopes."""
    return any(scope in slack.manifest.scopes for scope in scopes)


def missing_scope(slack: LocalSlack, *needed: str) -> SlackError:
    """Return the error of a call for which the app lacks a scope."""
    return SlackError("missing_scope", needed=",".join(needed), provided=slack.manifest.scope_list)


def need_channel_scope(slack: LocalSlack, channel: Channel, what: str) -> None:
    """Check the scope for this kind of channel.

    Args:
        slack: the local Slack.
        channel: the channel that the call is about.
        what: `read` or `history`.

    Raises:
        SlackError: `missing_scope`.
    """
    scope = f"{PREFIX[channel.kind]}:{what}"
    if not has_scope(slack, scope):
        raise missing_scope(slack, scope)


def check_token(slack: LocalSlack, token: str, kinds: str) -> None:
    """Check the token of a call.

    Args:
        slack: the local Slack.
        token: as it was sent.
        kinds: `bot`, `app`, `any` for a method that accepts both, or `none`.

    Raises:
        SlackError: `not_authed`, `invalid_auth`, `not_allowed_token_type`, `account_inactive`.
    """
    if kinds == "none":
        return
    if not token:
        raise SlackError("not_authed")
    own = {slack.credentials.bot_token: "bot", slack.credentials.app_token: "app"}
    kind = own.get(token)
    if kind is None:
        raise SlackError("invalid_auth")
    if kinds not in {kind, "any"}:
        raise SlackError("not_allowed_token_type")
    if kind == "bot" and not slack.installed:
        raise SlackError("account_inactive")
