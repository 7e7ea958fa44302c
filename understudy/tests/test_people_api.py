from datetime import UTC, datetime

from slack_sdk.web.async_client import AsyncWebClient

from tests.support.simulator import Simulator

from .bolt import answer_of


async def test_list_leaves_outsiders_out(client: AsyncWebClient):
    """users.list has the workspace's own accounts, deactivated ones and bots too, in pages."""
    first = await answer_of(client.users_list(limit=6))
    rest = await answer_of(
        client.users_list(limit=6, cursor=first["response_metadata"]["next_cursor"])
    )
    ids = {user["id"] for user in (*first["members"], *rest["members"])}
    assert {"U0LEFT", "U0OTHERBOT", "U0BOT", "USLACKBOT"} <= ids
    assert "U0VISITOR" not in ids


async def test_outsider(simulator: Simulator, client: AsyncWebClient):
    """Someone of another workspace has its team id, no locale, and is a stranger without a channel."""
    user = (await answer_of(client.users_info(user="U0VISITOR", include_locale=True)))["user"]
    assert user["team_id"] == "T0ELSEWHERE"
    assert user["is_stranger"] is False
    assert "locale" not in user
    await simulator.change_channel("C0PARTNERS", remove=["U0VISITOR"])
    assert (await answer_of(client.users_info(user="U0VISITOR")))["user"]["is_stranger"] is True


async def test_locale_only_when_asked(client: AsyncWebClient):
    """A locale comes only with include_locale."""
    assert "locale" not in (await answer_of(client.users_info(user="U0GUEST")))["user"]
    asked = await answer_of(client.users_info(user="U0GUEST", include_locale=True))
    assert asked["user"]["locale"] == "en-GB"


async def test_offset_follows_the_clock(simulator: Simulator, client: AsyncWebClient):
    """The offset of a time zone is that of the local Slack's date, summer or winter."""
    await simulator.clock(to=datetime(2026, 1, 15, tzinfo=UTC))
    winter = (await answer_of(client.users_info(user="U0ORGANISER")))["user"]
    await simulator.clock(to=datetime(2026, 7, 15, tzinfo=UTC))
    summer = (await answer_of(client.users_info(user="U0ORGANISER")))["user"]
    assert (winter["tz"], winter["tz_offset"], summer["tz_offset"]) == ("Europe/Berlin", 3600, 7200)


async def test_deactivated(client: AsyncWebClient):
    """A deactivated account has no time zone in Slack's answer."""
    user = (await answer_of(client.users_info(user="U0LEFT")))["user"]
    assert user["deleted"] is True
    assert "tz" not in user


async def test_bots_and_team(client: AsyncWebClient):
    """bots.info and team.info know this app and this team, and refuse others."""
    assert (await answer_of(client.bots_info(bot="B0BOT")))["bot"]["user_id"] == "U0BOT"
    assert (await answer_of(client.bots_info(bot="B0NONE")))["error"] == "bot_not_found"
    assert (await answer_of(client.team_info()))["team"]["domain"] == "the-coalition"
