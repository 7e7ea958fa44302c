"""Advice to organisers on Slack's error names."""

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
    "slack_connect": lambda t: t(
        "Admins do not allow this in channels that are shared with other organisations. Ask a "
        "workspace admin, or choose a channel of your own."
    ),
    "method_not_supported_for_channel_type": lambda t: t(
        "I cannot write into a conversation of this kind. Choose a channel."
    ),
    "message_not_found": lambda t: t(
        "Somebody deleted the card. Post it again, or leave it at that."
    ),
    "edit_window_closed": lambda t: t(
        "The rules of the workspace do not let me change the card any more. Post it again; a "
        "workspace admin can let messages be edited at any time."
    ),
    "cant_delete_message": lambda t: t(
        "I may not delete the card. A workspace admin can delete it by hand."
    ),
    "missing_scope": lambda t: t(
        "I lack a permission for that. Ask whoever runs Undersigned here to install it anew."
    ),
    "account_inactive": lambda t: t(
        "Slack does not accept me any more. Ask whoever runs Undersigned here to install it anew."
    ),
    "team_access_not_granted": lambda t: t(
        "I was not let into this workspace. Ask an admin of your organisation to add Undersigned here."
    ),
    "app_access_restricted": lambda t: t(
        "Admins limited who may use me. Ask a workspace admin to allow Undersigned."
    ),
    "accesslimited": lambda t: t(
        "Slack does not let me in from where I run. Ask whoever runs Undersigned here to have that "
        "address allowed."
    ),
    "not_enabled": lambda t: t(
        "My Home is switched off. Ask whoever runs Undersigned here to switch on “App Home, Home Tab”."
    ),
    "file_uploads_disabled": lambda t: t(
        "The workspace does not take this file. Ask a workspace admin to allow it, or whoever runs "
        "Undersigned here for the list."
    ),
    "storage_limit_reached": lambda t: t(
        "The workspace has no room left for files. Ask a workspace admin to make some, or whoever "
        "runs Undersigned here for the list."
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
        "Slack did not answer, and did not let me look whether it arrived, so I did not send it "
        "twice. Ask whoever runs Undersigned here whether I still have `im:history`. `/letter status` "
        "says how many; `/letter remind` asks those who have not signed once more."
    ),
}
_SAME = {
    same: meant
    for meant, names in {
        "account_inactive": """
            invalid_auth not_allowed_token_type not_authed token_expired token_revoked
            two_factor_setup_required
        """,
        "channel_not_found": "invalid_channel",
        "team_access_not_granted": "enterprise_is_restricted org_login_required",
        "file_uploads_disabled": """
            file_type_not_allowed file_upload_size_restricted file_uploads_except_images_disabled
        """,
        "is_archived": "is_inactive",
        "message_not_found": "cant_update_message",
        "msg_too_long": "msg_blocks_too_long view_too_large",
        "restricted_action": """
            access_denied channel_is_limited_access ekm_access_denied no_permission
            posting_to_channel_denied restricted_action_non_threadable_channel
            restricted_action_read_only_channel restricted_action_thread_locked
            restricted_action_thread_only_channel
        """,
        "slack_connect": """
            slack_connect_blocked_file_type slack_connect_canvas_sharing_blocked
            slack_connect_clip_sharing_blocked slack_connect_file_link_sharing_blocked
            slack_connect_file_upload_sharing_blocked slack_connect_lists_sharing_blocked
        """,
        "user_disabled": """
            cannot_dm_bot invalid_user_combination user_not_found user_not_visible
        """,
    }.items()
    for same in names.split()
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


def hindrance(t: Words, error: str) -> str:
    """Say what blocks reminders until somebody acts, as `mrkdwn`; empty where only time is missing.

    Slack's "too many" and a call without an answer end by themselves.
    """
    known = _ADVICE.get(_SAME.get(error, error))
    return "" if known is None else known(t)


def doubt(t: Words) -> str:
    """Say that it is unknown whether a card is there."""
    return t(
        "Slack did not answer, so I do not know whether the card is there. If you see it, press any "
        "of its buttons and I know; if not, take it down here and post it again."
    )
