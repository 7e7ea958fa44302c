from dataclasses import replace
from typing import Any

from bolt_understudy.errors import SlackError, invalid_arguments
from bolt_understudy.local_slack import LocalSlack
from bolt_understudy.posting import post
from bolt_understudy.web_api.arguments import Arguments
from bolt_understudy.workspace.files import File

LARGEST = 1_000_000_000
"""The largest file in bytes, as in Slack."""


def get_upload_url(slack: LocalSlack, args: Arguments) -> dict[str, Any]:
    """files.getUploadURLExternal: the address for uploading a file of that name and length."""
    name, length = args.required("filename"), args.number("length", 0)
    if not 0 < length <= LARGEST:
        raise invalid_arguments("must be a length: length")
    file = slack.workspace.new_file(name, length)
    return {
        "ok": True,
        "upload_url": f"{slack.address}/upload/v1/{file.secret}",
        "file_id": file.id,
    }


def complete_upload(slack: LocalSlack, args: Arguments) -> dict[str, Any]:
    """files.completeUploadExternal: share uploaded files in one message."""
    given = args.structure("files", "invalid_arguments")
    if not isinstance(given, list) or not given:
        raise invalid_arguments("missing required field: files")
    files = [replace(_uploaded(slack, one), title=str(one.get("title") or "")) for one in given]
    channel = slack.workspace.channels.get(args.text("channel_id"))
    if "channel_id" in args:
        if channel is None or not slack.workspace.bot_sees(channel):
            raise SlackError("channel_not_found")
        if slack.workspace.app.bot_user not in channel.members:
            raise SlackError("not_in_channel")
    for file in files:
        slack.workspace.keep_file(replace(file, channel=channel.id if channel else ""))
    if channel is not None:
        post(
            slack,
            channel,
            user=slack.workspace.app.bot_user,
            text=args.text("initial_comment"),
            files=[file.file_object(slack.address) for file in files],
        )
    return {"ok": True, "files": [file.file_object(slack.address) for file in files]}


def _uploaded(slack: LocalSlack, given: Any) -> File:
    file = slack.workspace.files.get(str(given.get("id")) if isinstance(given, dict) else "")
    if file is None or file.data is None or file.channel:
        raise SlackError("file_not_found")
    return file
