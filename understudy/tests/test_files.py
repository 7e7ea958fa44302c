"""Files that an app uploads, as Slack takes them."""

from typing import Any

from aiohttp import ClientSession

from tests.support.machine.manifests import SCOPES, small_manifest
from tests.support.simulator import Simulator, running_simulator


async def call(slack: Simulator, method: str, **arguments: Any) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {slack.bot_token}"}
    async with (
        ClientSession() as session,
        session.post(f"{slack.api_url}{method}", json=arguments, headers=headers) as answer,
    ):
        return await answer.json()


async def put(url: str, data: bytes) -> int:
    async with ClientSession() as session, session.post(url, data=data) as answer:
        return answer.status


def with_files() -> dict[str, Any]:
    manifest = small_manifest()
    manifest["oauth_config"]["scopes"]["bot"] = [*SCOPES, "files:write"]
    return manifest


async def test_upload_and_share() -> None:
    """A file is announced, put, and shared in one message; anybody there can download it."""
    async with running_simulator(manifest=with_files()) as slack:
        place = await call(slack, "files.getUploadURLExternal", filename="letter.pdf", length=4)
        assert place["ok"]
        dm = await call(slack, "conversations.open", users="U0ORGANISER")
        given = {
            "files": [{"id": place["file_id"], "title": "The letter"}],
            "channel_id": dm["channel"]["id"],
            "initial_comment": "Your file",
        }
        early = await call(slack, "files.completeUploadExternal", **given)
        assert early["error"] == "file_not_found"
        assert await put(place["upload_url"], b"12345") == 400
        assert await put(place["upload_url"], b"123") == 400
        assert await put(place["upload_url"], b"1234") == 200
        done = await call(slack, "files.completeUploadExternal", **given)
        assert done["files"][0]["title"] == "The letter"
        assert done["files"][0]["filetype"] == "pdf"
        again = await call(slack, "files.completeUploadExternal", **given)
        assert again["error"] == "file_not_found"
        shown = await slack.get("messages", **{"as": "U0ORGANISER", "channel": dm["channel"]["id"]})
        (message,) = [one for one in shown["messages"] if one.get("files")]
        assert message["text"] == "Your file"
        async with (
            ClientSession() as session,
            session.get(message["files"][0]["url_private_download"]) as answer,
        ):
            assert (await answer.read(), answer.headers["X-Content-Type-Options"]) == (
                b"1234",
                "nosniff",
            )


async def test_refusals() -> None:
    """Slack's errors: without the scope, without a name or length, and into a channel unseen."""
    async with running_simulator(manifest=small_manifest()) as slack:
        refused = await call(slack, "files.getUploadURLExternal", filename="a.pdf", length=4)
        assert (refused["error"], refused["needed"]) == ("missing_scope", "files:write")
    async with running_simulator(manifest=with_files()) as slack:
        for wrong in ({"filename": "a.pdf"}, {"length": 4}, {"filename": "a.pdf", "length": 0}):
            answer = await call(slack, "files.getUploadURLExternal", **wrong)
            assert answer["error"] == "invalid_arguments"
        place = await call(slack, "files.getUploadURLExternal", filename="a.pdf", length=1)
        await put(place["upload_url"], b"1")
        answer = await call(
            slack,
            "files.completeUploadExternal",
            files=[{"id": place["file_id"]}],
            channel_id="C0NOWHERE",
        )
        assert answer["error"] == "channel_not_found"
        assert await put(f"{slack.address}/upload/v1/none", b"1") == 404
