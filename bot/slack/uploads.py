"""Sending of files to a person as a direct message."""

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.api_errors import said
from bot.slack.models.answers import Opened, UploadPlace
from bot.slack.models.values import read

SCOPE = "files:write"
"""The optional permission to send files."""
UPLOAD_S = 120.0


class UploadFailed(Exception):  # noqa: N818 - it is the past participle of what happened, as `Refused` is
    """Raised if a file could not be sent. `name` is Slack's error, or a network error's type."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


async def may_upload(client: AsyncWebClient) -> bool:
    """Return whether the app has the permission to send files; True if Slack does not tell.

    Slack is asked each time, because an admin can grant the permission at any time.
    """
    answer = await client.auth_test()
    headers = {name.lower(): value for name, value in answer.headers.items()}
    granted = headers.get("x-oauth-scopes")
    return granted is None or SCOPE in {one.strip() for one in granted.split(",")}


async def send_file(
    client: AsyncWebClient, user: str, *, name: str, data: bytes, words: str
) -> None:
    """Send a file to a person as a direct message, with the text `words` (`mrkdwn`).

    Raises:
        UploadFailed: Slack refused the file or was unreachable.
    """
    try:
        place = read(
            UploadPlace, await client.files_getUploadURLExternal(filename=name, length=len(data))
        )
        await _put(place.upload_url, data)
        opened = read(Opened, await client.conversations_open(users=user))
        await client.files_completeUploadExternal(
            files=[{"id": place.file_id, "title": name}],
            channel_id=opened.channel,
            initial_comment=words,
        )
    except SlackApiError as error:
        raise UploadFailed(said(error).label) from error
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise UploadFailed(type(error).__name__) from error


async def _put(url: str, data: bytes) -> None:
    timeout = aiohttp.ClientTimeout(total=UPLOAD_S)
    async with (
        aiohttp.ClientSession(timeout=timeout) as session,
        session.post(
            url, data=data, headers={"Content-Type": "application/octet-stream"}
        ) as answer,
    ):
        if answer.status != 200:
            raise UploadFailed(f"http_{answer.status}")
