"""Advice to organisers on Slack's error names."""

from collections.abc import Callable

from bot.locales import Words

_ADVICE: dict[str, Callable[[Words], str]] = {
    "channel_not_found": lambda t: t(
        "I’m not in that channel. Type `/invite @Undersigned` there, then post the card again."
    ),
    "is_archived": lambda t: t(
        "That channel is archived. Choose another, or ask an admin to unarchive it."
    ),
    "restricted_action": lambda t: t(
        "I’m not allowed to do that here. Ask a workspace admin, or choose another channel."
    ),
    "method_not_supported_for_channel_type": lambda t: t(
        "I can’t post in this kind of conversation. Choose a channel."
    ),
    "message_not_found": lambda t: t("Someone deleted the card. You can post it again."),
    "admin": lambda t: t("Your workspace doesn’t allow this. Ask a workspace admin."),
    "operator": lambda t: t("Undersigned isn’t set up for this. Ask the person who runs it."),
    "user_disabled": lambda t: t(
        "I can’t message these people. Their account is deactivated, or we don’t share a "
        "channel. You don’t need to do anything."
    ),
    "outcome_unknown": lambda t: t(
        "Slack didn’t answer, so I can’t tell if the message arrived. I didn’t send it again, "
        "to avoid sending it twice."
    ),
}
_SAME = {
    same: meant
    for meant, names in {
        "operator": """
            accesslimited account_inactive app_access_restricted enterprise_is_restricted
            invalid_auth messages_tab_disabled missing_scope msg_blocks_too_long msg_too_long
            not_allowed_token_type not_authed not_enabled org_login_required
            team_access_not_granted token_expired token_revoked two_factor_setup_required
            view_too_large
        """,
        "admin": """
            cant_delete_message edit_window_closed file_type_not_allowed
            file_upload_size_restricted file_uploads_disabled file_uploads_except_images_disabled
            storage_limit_reached
        """,
        "channel_not_found": "invalid_channel not_in_channel",
        "is_archived": "is_inactive",
        "message_not_found": "cant_update_message",
        "restricted_action": """
            access_denied channel_is_limited_access ekm_access_denied no_permission
            posting_to_channel_denied restricted_action_non_threadable_channel
            restricted_action_read_only_channel restricted_action_thread_locked
            restricted_action_thread_only_channel slack_connect slack_connect_blocked_file_type
            slack_connect_canvas_sharing_blocked slack_connect_clip_sharing_blocked
            slack_connect_file_link_sharing_blocked slack_connect_file_upload_sharing_blocked
            slack_connect_lists_sharing_blocked
        """,
        "user_disabled": """
            cannot_dm_bot invalid_user_combination user_not_found user_not_visible
        """,
    }.items()
    for same in names.split()
}
_NO_CONVERSATION = {"channel_not_found", "is_archived", "is_inactive", "not_in_channel"}


def advice(t: Words, error: str) -> str:
    """Return why a card or a message could not be sent, and what to do, as `mrkdwn`.

    `error` is Slack's name of the error; an unknown one is shown unchanged.
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
    """Return why messages to people could not be sent, and what to do, as `mrkdwn`.

    Slack answers with a channel error for a deactivated account too.
    """
    return advice(t, "user_disabled" if error in _NO_CONVERSATION else error)


def hindrance(t: Words, error: str) -> str:
    """Return what prevents reminders until somebody acts, as `mrkdwn`; "" for a temporary error."""
    known = _ADVICE.get(_SAME.get(error, error))
    return "" if known is None else known(t)


def doubt(t: Words) -> str:
    """Return what to do if it is unknown whether a card was posted."""
    return t(
        "If you can see the card, press any of its buttons and I’ll know. If not, remove it here "
        "and post it again."
    )
