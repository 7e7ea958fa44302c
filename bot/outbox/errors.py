"""Classification of Slack's error names by their meaning for a notice.

The names are those that Slack's reference lists for chat.postMessage, chat.update, chat.delete,
conversations.open, conversations.history, views.publish, the two methods of a file upload, and for
all methods.
"""

from enum import StrEnum


class Verdict(StrEnum):
    """Meaning of an error for further tries."""

    TRANSIENT = "transient"
    """The call had no effect; the same call may succeed later."""
    TARGET = "target"
    """This channel, person or message cannot be reached, whatever the app does; others may be."""
    WORKSPACE = "workspace"
    """No notice of this kind can succeed in this workspace until somebody there changes something.
    """
    UNKNOWN = "unknown"
    """The call may have succeeded, wholly or in part."""
    BUG = "bug"
    """The app made a call that no workspace would accept."""


_NAMES = {
    Verdict.TRANSIENT: """
        external_channel_migrating hash_conflict message_limit_exceeded rate_limited ratelimited
        request_timeout service_unavailable streaming_state_conflict team_added_to_org
    """,
    Verdict.TARGET: """
        access_denied app_access_restricted cannot_dm_bot cant_delete_message cant_update_message
        channel_is_limited_access channel_not_found edit_window_closed ekm_access_denied
        invalid_channel invalid_user_combination is_archived is_inactive message_not_found
        method_not_supported_for_channel_type not_in_channel posting_to_channel_denied
        restricted_action restricted_action_non_threadable_channel
        restricted_action_read_only_channel restricted_action_thread_locked
        restricted_action_thread_only_channel slack_connect_blocked_file_type
        slack_connect_canvas_sharing_blocked slack_connect_clip_sharing_blocked
        slack_connect_file_link_sharing_blocked slack_connect_file_upload_sharing_blocked
        slack_connect_lists_sharing_blocked user_disabled user_not_found user_not_visible
    """,
    Verdict.WORKSPACE: """
        accesslimited account_inactive enterprise_is_restricted file_type_not_allowed
        file_upload_size_restricted file_uploads_disabled file_uploads_except_images_disabled
        invalid_auth messages_tab_disabled missing_scope no_permission not_allowed_token_type
        not_authed not_enabled org_login_required storage_limit_reached team_access_not_granted
        token_expired token_revoked two_factor_setup_required
    """,
    # The reference warns that these may leave the call partly done (SLACK.md §14).
    Verdict.UNKNOWN: """
        fatal_error file_update_failed internal_error update_failed
    """,
    Verdict.BUG: """
        alt_txt_too_large as_user_not_supported attachment_payload_limit_exceeded block_mismatch
        blocked_file_type cannot_reply_to_message cant_broadcast_message channels_limit_exceeded
        deprecated_endpoint draft_already_deleted draft_already_sent draft_has_conflict
        draft_not_found duplicate_channel_not_found duplicate_external_id
        duplicate_message_not_found file_deleted file_is_deleted file_not_found
        file_share_limit_reached invalid_arg_name invalid_arguments invalid_array_arg
        invalid_attachments invalid_blocks invalid_blocks_format invalid_charset invalid_cursor
        invalid_form_data invalid_json invalid_metadata_filter_keys invalid_metadata_format
        invalid_metadata_schema invalid_post_type invalid_ts_latest invalid_ts_oldest is_bot
        json_not_object markdown_text_conflict max_file_sharing_exceeded
        metadata_must_be_sent_from_app metadata_too_large method_deprecated missing_argument
        missing_file_data missing_post_type missing_profile_id msg_blocks_too_long msg_too_long
        no_dual_broadcast_content_update no_text not_enough_users not_implemented
        send_on_behalf_not_allowed snippet_too_large team_not_found too_many_attachments
        too_many_contact_cards too_many_users unable_to_share_files unknown_method
        unknown_snippet_type unknown_subtype users_list_not_supplied view_too_large
    """,
}

VERDICTS = {name: verdict for verdict, names in _NAMES.items() for name in names.split()}


def judge(error: str) -> Verdict:
    """Return an error's verdict; for an unlisted name the effect is unknown."""
    return VERDICTS.get(error, Verdict.UNKNOWN)
