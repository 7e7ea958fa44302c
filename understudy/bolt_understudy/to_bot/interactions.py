"""Clicks, choices, shortcuts and typed searches, sent to the bot."""

from typing import Any

from bolt_understudy.errors import SlackError
from bolt_understudy.local_slack import LocalSlack
from bolt_understudy.modals import hold
from bolt_understudy.to_bot import payloads
from bolt_understudy.to_bot.deliveries import Ack, Delivery
from bolt_understudy.workspace.inputs import HELD, Values, elements, first_values, merged
from bolt_understudy.workspace.messages import Message
from bolt_understudy.workspace.views import View


async def send_interaction(
    slack: LocalSlack,
    payload: dict[str, Any],
    *,
    title: str,
    answerable: bool = False,
    url: str = "",
) -> Ack:
    """Send an interaction once; Slack does not repeat it.

    Raises:
        SlackError: `operation_timeout`, `dispatch_failed`, or `interactivity_disabled` if the
            manifest disables it.
    """
    if not slack.manifest.interactivity:
        raise SlackError("interactivity_disabled", "the manifest does not enable interactivity")
    ack = await slack.transport.send(
        Delivery(
            kind="interactive",
            title=title,
            payload=payload,
            url=url or slack.manifest.interactivity_url,
            answerable=answerable,
        )
    )
    if not ack.ok:
        raise SlackError(ack.error, f"{payload['type']}: {ack.failure}")
    return ack


async def act_in_message(
    slack: LocalSlack,
    message: Message,
    *,
    user: str,
    action: dict[str, Any],
    state: Any,
    window: str,
) -> None:
    """Use a button or menu of a message as a person.

    Raises:
        SlackError: `action_not_found`, and those of `send_interaction`.
    """
    blocks = message.blocks or []
    full = _completed(slack, blocks, action)
    values = _with_action(merged(first_values(blocks), (state or {}).get("values")), full)
    workspace = slack.workspace
    path = slack.response_urls.issue(
        "actions",
        team=workspace.team.id,
        user=user,
        channel=message.channel,
        message_ts=message.ts,
    )
    payload = payloads.block_actions_in_message(
        slack,
        user=user,
        message=message,
        action=full,
        values=values,
        trigger_id=slack.triggers.issue(user, window=window, channel=message.channel),
        response_url=slack.address + path,
    )
    await send_interaction(slack, payload, title=f"block_actions {full['action_id']}")


async def act_in_view(
    slack: LocalSlack, view: View, *, action: dict[str, Any], state: Any, window: str
) -> None:
    """Use an element of a modal or of the App Home as a person; entered values are sent along.

    Raises:
        SlackError: `action_not_found`, and those of `send_interaction`.
    """
    full = _completed(slack, view.blocks, action)
    values = _with_action(merged(view.values, (state or {}).get("values")), full)
    held = hold(slack, view, values)
    trigger_id = slack.triggers.issue(
        view.user,
        window=window,
        channel=view.channel,
        view_id=view.id if view.type == "modal" else "",
    )
    payload = payloads.block_actions_in_view(slack, view=held, action=full, trigger_id=trigger_id)
    await send_interaction(slack, payload, title=f"block_actions {full['action_id']}")


async def global_shortcut(slack: LocalSlack, *, user: str, callback_id: str, window: str) -> None:
    """Use a shortcut from the global menu as a person."""
    payload = payloads.global_shortcut(
        slack,
        user=user,
        callback_id=callback_id,
        trigger_id=slack.triggers.issue(user, window=window),
    )
    await send_interaction(slack, payload, title=f"shortcut {callback_id}")


async def message_shortcut(
    slack: LocalSlack, message: Message, *, user: str, callback_id: str, window: str
) -> None:
    """Use a shortcut from a message's menu as a person."""
    path = slack.response_urls.issue(
        "app",
        team=slack.workspace.team.id,
        user=user,
        channel=message.channel,
        message_ts=message.ts,
    )
    payload = payloads.message_shortcut(
        slack,
        user=user,
        callback_id=callback_id,
        message=message,
        trigger_id=slack.triggers.issue(user, window=window, channel=message.channel),
        response_url=slack.address + path,
    )
    await send_interaction(slack, payload, title=f"message_action {callback_id}")


async def search_options(
    slack: LocalSlack,
    *,
    user: str,
    block_id: str,
    action_id: str,
    value: str,
    view: View | None,
    message: Message | None,
) -> dict[str, Any]:
    """Return the bot's suggestions for a typed word: `options` or `option_groups`."""
    payload = payloads.block_suggestion(
        slack,
        user=user,
        block_id=block_id,
        action_id=action_id,
        value=value,
        view=view,
        message=message,
    )
    ack = await send_interaction(
        slack,
        payload,
        title=f"block_suggestion {action_id}",
        answerable=True,
        url=slack.manifest.options_url,
    )
    body: Any = ack.body
    if not isinstance(body, dict) or not ({"options", "option_groups"} & set(body)):
        raise SlackError("invalid_answer", "the bot offered neither options nor option_groups")
    return body


def _completed(
    slack: LocalSlack, blocks: list[dict[str, Any]], action: dict[str, Any]
) -> dict[str, Any]:
    """Return an action as Slack sends it: with the facts of its element, and the time."""
    for block, element in elements(blocks):
        if (block["block_id"], element["action_id"]) != (action["block_id"], action["action_id"]):
            continue
        full: dict[str, Any] = {
            "type": element["type"],
            "action_id": element["action_id"],
            "block_id": block["block_id"],
        }
        for name in ("text", "value", "style", "placeholder", "confirm"):
            if name in element:
                full[name] = element[name]
        if element["type"] in HELD:
            _, initial = HELD[element["type"]]
            if initial in element:
                full[initial] = element[initial]
        return full | action | {"type": element["type"], "action_ts": slack.workspace.new_ts()}
    raise SlackError(
        "action_not_found",
        f"nothing here has block_id {action['block_id']} and action_id {action['action_id']}",
    )


def _with_action(values: Values, action: dict[str, Any]) -> Values:
    """Return the state after an action."""
    return merged(values, _overlaid(values, action)) if action["type"] in HELD else values


def _overlaid(values: Values, action: dict[str, Any]) -> Values:
    block = {**values.get(action["block_id"], {}), action["action_id"]: action}
    return {**values, action["block_id"]: block}
