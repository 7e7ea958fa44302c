"""Actions of people: write, command, click, fill in, submit."""

from typing import Any

from bolt_understudy.errors import SlackError
from bolt_understudy.invite import NAME as INVITE
from bolt_understudy.invite import invite
from bolt_understudy.local_slack import LocalSlack
from bolt_understudy.page.requests import Asked, MalformedError
from bolt_understudy.posting import checked_blocks, post
from bolt_understudy.submitting import dismiss, submit
from bolt_understudy.to_bot import interactions
from bolt_understudy.to_bot.commands import run_command
from bolt_understudy.to_bot.events import emit
from bolt_understudy.typed import as_message
from bolt_understudy.workspace.channels import Channel
from bolt_understudy.workspace.views import View

OK: dict[str, Any] = {"ok": True}


async def write(slack: LocalSlack, asked: Asked) -> dict[str, Any]:
    """Write a message as a person."""
    user, channel = asked.user(), asked.channel()
    _may_type(slack, user, channel)
    text, blocks = as_message(slack.workspace, asked.word("text"))
    given = checked_blocks(asked.body.get("blocks"))
    message = post(slack, channel, user=user, text=text, blocks=given or blocks)
    slack.workspace.read_marks[user, channel.id] = message.ts
    return {"ok": True, "message": message.page_form()}


async def read(slack: LocalSlack, asked: Asked) -> dict[str, Any]:
    """Mark a channel as read by a person."""
    user, channel = asked.user(), asked.channel()
    seen = slack.workspace.read_by(user, channel.id)
    if seen:
        slack.workspace.read_marks[user, channel.id] = seen[-1].ts
    return OK


async def command(slack: LocalSlack, asked: Asked) -> dict[str, Any]:
    """Send a slash command as a person: the app's, or Slack's own `/invite`."""
    typed = asked.word("text")
    if not typed.startswith("/"):
        raise MalformedError("a command begins with /")
    user, channel = asked.user(), asked.channel()
    _may_type(slack, user, channel)
    if typed.split()[0] == INVITE:
        await invite(slack, channel, user=user, typed=typed)
        return OK
    await run_command(
        slack,
        user=user,
        channel_id=channel.id,
        typed=typed,
        window=asked.window(),
    )
    return OK


async def shortcut(slack: LocalSlack, asked: Asked) -> dict[str, Any]:
    """Use a shortcut as a person, of a message or from the global menu."""
    user, callback_id = asked.user(), asked.word("callback_id")
    known = slack.manifest.shortcut(callback_id)
    on_message = "ts" in asked.body
    if known is None or (known.type == "message") != on_message:
        raise SlackError("shortcut_not_found", f"the app has no such shortcut {callback_id}")
    if on_message:
        message = asked.message(asked.body)
        await interactions.message_shortcut(
            slack, message, user=user, callback_id=callback_id, window=asked.window()
        )
    else:
        await interactions.global_shortcut(
            slack, user=user, callback_id=callback_id, window=asked.window()
        )
    return OK


async def action(slack: LocalSlack, asked: Asked) -> dict[str, Any]:
    """Use an element of a message, a modal or the Home tab as a person."""
    user, done = asked.user(), asked.body.get("action")
    if not isinstance(done, dict) or not {"block_id", "action_id"} <= set(done):
        raise MalformedError("action needs block_id and action_id")
    place = asked.container()
    state = asked.body.get("state")
    if isinstance(place, View):
        window = asked.window() or place.window
        await interactions.act_in_view(slack, place, action=done, state=state, window=window)
    else:
        await interactions.act_in_message(
            slack, place, user=user, action=done, state=state, window=asked.window()
        )
    return OK


async def options(slack: LocalSlack, asked: Asked) -> dict[str, Any]:
    """Type into an external select as a person."""
    place = asked.container()
    in_view = isinstance(place, View)
    found = await interactions.search_options(
        slack,
        user=asked.user(),
        block_id=asked.word("block_id"),
        action_id=asked.word("action_id"),
        value=str(asked.body.get("value") or ""),
        view=place if in_view else None,
        message=None if in_view else place,
    )
    return OK | found


async def send_view(slack: LocalSlack, asked: Asked) -> dict[str, Any]:
    """Submit a modal as a person."""
    errors = await submit(slack, asked.view(asked.word("view_id")), asked.body.get("state"))
    return {"ok": not errors, "errors": errors} if errors else OK


async def close_view(slack: LocalSlack, asked: Asked) -> dict[str, Any]:
    """Close a modal as a person, or with `all` its whole stack."""
    view = asked.view(asked.word("view_id"))
    await dismiss(slack, view, whole_stack=bool(asked.body.get("all")))
    return OK


async def open_home(slack: LocalSlack, asked: Asked) -> dict[str, Any]:
    """Open the app as a person: its Home tab, or with `tab: messages` the messages."""
    user = asked.user()
    dm = slack.workspace.direct_message(user)
    tab = str(asked.body.get("tab") or "home")
    event: dict[str, Any] = {
        "type": "app_home_opened",
        "user": user,
        "channel": dm.id,
        "tab": tab,
    }
    known = slack.workspace.home(user)
    if known and tab == "home":
        event["view"] = known.form()
    first = emit(slack, event)
    ack = await first if first else None
    if ack and not ack.ok:
        raise SlackError(ack.error, "app_home_opened was not acknowledged")
    return OK


def _may_type(slack: LocalSlack, user: str, channel: Channel) -> None:
    """Check that Slack would show the person a composer: they are a member and may write."""
    if channel.is_archived:
        raise SlackError("is_archived")
    if user not in channel.members:
        raise SlackError("not_in_channel")
    if channel.kind == "im" and slack.manifest.messages_tab_read_only:
        raise SlackError("messages_tab_read_only")
