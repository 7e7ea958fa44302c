"""Advice to organisers on Slack's error names."""

from collections.abc import Callable

from bot.locales import Words

_ADVICE: dict[str, Callable[[Words], str]] = {
    "not_in_channel": lambda t: t(
        "I’m not in that channel yet. Type `/invite @Undersigned` there, then post the card again."
    ),
    "channel_not_found": lambda t: t(
        "I can’t see that channel. If it’s private, type `/invite @Undersigned` there, then "
        "post the card again."
    ),
    "is_archived": lambda t: t(
        "That channel is archived. Post the card in another channel, or ask an admin to "
        "unarchive this one."
    ),
    "restricted_action": lambda t: t(
        "I’m not allowed to post in that channel. Ask a workspace admin, or choose another channel."
    ),
    "slack_connect": lambda t: t(
        "Your admins don’t allow this in channels shared with other organisations. Ask a "
        "workspace admin, or choose a channel that isn’t shared."
    ),
    "method_not_supported_for_channel_type": lambda t: t(
        "I can’t post in this kind of conversation. Choose a channel."
    ),
    "message_not_found": lambda t: t("Someone deleted the card. You can post it again."),
    "edit_window_closed": lambda t: t(
        "Workspace settings stop me from updating this card. Post it again, or ask a workspace "
        "admin to allow message editing at any time."
    ),
    "cant_delete_message": lambda t: t(
        "I’m not allowed to delete the card. A workspace admin can delete it."
    ),
    "missing_scope": lambda t: t(
        "I’m missing a permission for that. Ask the person who runs Undersigned to reinstall it."
    ),
    "account_inactive": lambda t: t(
        "Slack no longer accepts my connection. Ask the person who runs Undersigned to "
        "reinstall it."
    ),
    "team_access_not_granted": lambda t: t(
        "I haven’t been added to this workspace. Ask an admin of your organisation to add "
        "Undersigned."
    ),
    "app_access_restricted": lambda t: t(
        "Admins have limited who can use this app. Ask a workspace admin to allow Undersigned."
    ),
    "accesslimited": lambda t: t(
        "Slack is blocking the address I run from. Ask the person who runs Undersigned to have "
        "it allowed."
    ),
    "not_enabled": lambda t: t(
        "My Home tab is turned off. Ask the person who runs Undersigned to turn on “App Home, "
        "Home Tab”."
    ),
    "file_uploads_disabled": lambda t: t(
        "This workspace doesn’t allow this kind of file. Ask a workspace admin to allow it, or "
        "ask the person who runs Undersigned for the list."
    ),
    "storage_limit_reached": lambda t: t(
        "This workspace is out of file storage. Ask a workspace admin to free some space, or "
        "ask the person who runs Undersigned for the list."
    ),
    "messages_tab_disabled": lambda t: t(
        "Direct messages from me are turned off. Ask the person who runs Undersigned to turn "
        "on “App Home, Messages Tab”."
    ),
    "user_disabled": lambda t: t(
        "I can’t message these people. Their account is closed, or we don’t share a channel. "
        "You don’t need to do anything."
    ),
    "msg_too_long": lambda t: t(
        "That message is too long for Slack. This is my mistake – please tell the person who "
        "runs Undersigned."
    ),
    "delivery_unknown": lambda t: t(
        "Slack didn’t answer, so I can’t tell if the message arrived. I didn’t send it again, "
        "to avoid sending it twice. Ask the person who runs Undersigned to check the "
        "`im:history` permission. You can send a new reminder to people who haven’t signed."
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
        "Slack refused this (`{error}`). Try again in a few minutes. If it keeps happening, "
        "tell the person who runs Undersigned.",
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
        "Slack didn’t answer, so I’m not sure the card was posted. If you can see it, press "
        "any of its buttons and I’ll know. If not, remove it here and post it again."
    )
