"""What Slack's own error names mean for an organiser, and what they can do."""

from collections.abc import Callable

from bot.locales import Words

_ADVICE: dict[str, Callable[[Words], str]] = {
    "not_in_channel": lambda t: t(
        "I am not in that channel. Write `/invite @Undersigned` there, then post the card again."
    ),
    "channel_not_found": lambda t: t(
        "I cannot see that channel. If it is private, write `/invite @Undersigned` there, then post "
        "the card again."
    ),
    "is_archived": lambda t: t(
        "The channel is archived. Post the card in another channel, or ask for this one back."
    ),
    "restricted_action": lambda t: t(
        "The rules of the channel do not let me post there. Ask a workspace admin, or choose another "
        "channel."
    ),
    "message_not_found": lambda t: t(
        "Somebody deleted the card. Post it again, or leave it at that."
    ),
    "missing_scope": lambda t: t(
        "I lack a permission for that. Ask whoever runs Undersigned here to install it anew."
    ),
    "account_inactive": lambda t: t(
        "Slack does not accept me any more. Ask whoever runs Undersigned here to install it anew."
    ),
    "messages_tab_disabled": lambda t: t(
        "My direct messages are switched off. Ask whoever runs Undersigned here to switch on “App "
        "Home, Messages Tab”."
    ),
    "user_disabled": lambda t: t(
        "These people cannot be written to: their account is closed, or they do not share a channel "
        "with me. There is nothing to do."
    ),
    "msg_too_long": lambda t: t(
        "Slack finds it too long. That is a fault of mine: tell whoever runs Undersigned here."
    ),
    "delivery_unknown": lambda t: t(
        "Slack did not answer, so I do not know whether it arrived, and I did not send it twice."
    ),
}
_SAME = {
    "cannot_dm_bot": "user_disabled",
    "invalid_user_combination": "user_disabled",
    "user_not_found": "user_disabled",
    "user_not_visible": "user_disabled",
    "cant_update_message": "message_not_found",
    "is_inactive": "is_archived",
    "posting_to_channel_denied": "restricted_action",
    "channel_is_limited_access": "restricted_action",
    "access_denied": "restricted_action",
    "restricted_action_read_only_channel": "restricted_action",
    "restricted_action_thread_only_channel": "restricted_action",
    "restricted_action_non_threadable_channel": "restricted_action",
    "restricted_action_thread_locked": "restricted_action",
    "ekm_access_denied": "restricted_action",
    "no_permission": "restricted_action",
    "team_access_not_granted": "missing_scope",
    "invalid_auth": "account_inactive",
    "not_authed": "account_inactive",
    "token_revoked": "account_inactive",
    "token_expired": "account_inactive",
    "msg_blocks_too_long": "msg_too_long",
    "invalid_blocks": "msg_too_long",
}
_NO_CONVERSATION = {"channel_not_found", "is_archived", "is_inactive", "not_in_channel"}


def advice(t: Words, error: str) -> str:
    """Why a card or a message did not get through, and what to do, as `mrkdwn`.

    Args:
        t: The reader's words.
        error: Slack's name of the error; any other word is told as it is.
    """
    known = _ADVICE.get(_SAME.get(error, error))
    if known is not None:
        return known(t)
    return t(
        "Slack would not take it (`{error}`). Try again in a while; if it stays so, tell whoever "
        "runs Undersigned here.",
        error="".join(one for one in error if one.isalnum() or one in "_-.")[:60] or "unknown",
    )


def personal_advice(t: Words, error: str) -> str:
    """Why messages to people did not get through, and what to do, as `mrkdwn`.

    Slack names the conversation with somebody whose account is closed a channel too.
    """
    return advice(t, "user_disabled" if error in _NO_CONVERSATION else error)


def doubt(t: Words) -> str:
    """What is said of a card of which nobody knows whether it is there."""
    return t(
        "Slack did not answer, so I do not know whether the card is there. If you see it, press any "
        "of its buttons and I know; if not, take it down here and post it again."
    )
