"""The error names that Slack's reference lists, by method: facts that the table is held to."""

from tests.facts.kept import kept

OWED = (
    "chat.postMessage",
    "chat.update",
    "chat.delete",
    "conversations.open",
    "conversations.history",
    "views.publish",
    "files.getUploadURLExternal",
    "files.completeUploadExternal",
)
"""The methods that the outbox calls."""

OF_EVERY_METHOD = """
    access_denied accesslimited account_inactive deprecated_endpoint ekm_access_denied
    enterprise_is_restricted fatal_error internal_error invalid_arg_name invalid_arguments
    invalid_array_arg invalid_auth invalid_charset invalid_form_data invalid_json invalid_post_type
    json_not_object method_deprecated missing_post_type missing_scope no_permission
    not_allowed_token_type not_authed org_login_required ratelimited request_timeout
    service_unavailable team_access_not_granted team_added_to_org token_expired token_revoked
    two_factor_setup_required
"""
"""Those that each method's page lists beside its own, for whatever is called."""


def listed(method: str) -> set[str]:
    """All that a method may answer."""
    return {*kept("methods")[method]["errors"], *OF_EVERY_METHOD.split()}
