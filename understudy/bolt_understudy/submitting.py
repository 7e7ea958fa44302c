"""Submitting or dismissing of a modal, and the effect of the bot's answer on the stack."""

from typing import Any

from bolt_understudy.errors import SlackError
from bolt_understudy.input_rules import refusals
from bolt_understudy.local_slack import LocalSlack
from bolt_understudy.modals import checked_content, close, hold, push_modal, update_view
from bolt_understudy.to_bot import payloads
from bolt_understudy.to_bot.interactions import send_interaction
from bolt_understudy.workspace.inputs import elements, merged
from bolt_understudy.workspace.views import View


async def submit(slack: LocalSlack, view: View, state: Any) -> dict[str, str]:
    """Submit a modal to the bot and apply its answer.

    Returns:
        The errors for the fields, by block id; {} if there are none.

    Raises:
        SlackError: `operation_timeout`, `dispatch_failed`, or `invalid_answer` for an answer
            that Slack cannot apply; the modal stays unchanged.
    """
    view = hold(slack, view, merged(view.values, (state or {}).get("values")))
    if wrong := refusals(view.blocks, view.values):
        return wrong
    trigger_id = slack.triggers.issue(
        view.user, window=view.window, channel=view.channel, view_id=view.id
    )
    payload = payloads.view_submission(
        slack, view=view, trigger_id=trigger_id, response_urls=_response_urls(slack, view)
    )
    ack = await send_interaction(
        slack, payload, title=f"view_submission {view.form()['callback_id']}", answerable=True
    )
    try:
        return _follow(slack, view, ack.body)
    except SlackError as error:
        raise SlackError("invalid_answer", f"{error.error}: {error.detail}") from error


async def dismiss(slack: LocalSlack, view: View, *, whole_stack: bool) -> None:
    """Close a modal, or its whole stack; the bot is notified of views that requested it.

    Raises:
        SlackError: `operation_timeout`, `dispatch_failed`; the modal is closed all the same.
    """
    cleared = whole_stack or bool(view.content.get("clear_on_close"))
    told = slack.workspace.views[view.root] if cleared else view
    close(slack, view, whole_stack=cleared)
    if told.content.get("notify_on_close"):
        payload = payloads.view_closed(slack, view=told, is_cleared=cleared)
        await send_interaction(slack, payload, title=f"view_closed {told.form()['callback_id']}")


def _follow(slack: LocalSlack, view: View, answer: Any) -> dict[str, str]:
    present = slack.workspace.views.get(view.id)
    if not answer:
        close(slack, view)
        return {}
    action: Any = answer.get("response_action") if isinstance(answer, dict) else None
    match action:
        case "clear":
            close(slack, view, whole_stack=True)
        case "update":
            content = checked_content(slack, answer.get("view"), "modal", of=view)
            if present:
                update_view(slack, present, content)
        case "push":
            content = checked_content(slack, answer.get("view"), "modal")
            push_modal(slack, content, on=view)
        case "errors":
            return _field_errors(view, answer.get("errors"))
        case _:
            raise SlackError("invalid_response_action", f"{action!r} is no response_action")
    return {}


def _field_errors(view: View, errors: Any) -> dict[str, str]:
    if not isinstance(errors, dict) or not errors:
        raise SlackError("invalid_errors", "errors must name at least one block")
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if unknown := set(errors) - inputs:
        raise SlackError("invalid_errors", f"no input block is called {', '.join(sorted(unknown))}")
    return {block_id: str(text) for block_id, text in errors.items()}


def _response_urls(slack: LocalSlack, view: View) -> list[dict[str, Any]]:
    """Return a response URL for each chosen conversation whose element requests one."""
    urls: list[dict[str, Any]] = []
    for block, element in elements(view.blocks):
        if not element.get("response_url_enabled"):
            continue
        held = view.values[block["block_id"]][element["action_id"]]
        chosen = held.get("selected_conversation") or held.get("selected_channel")
        if chosen not in slack.workspace.channels:
            continue
        path = slack.response_urls.issue(
            "app", team=slack.workspace.team.id, user=view.user, channel=chosen
        )
        urls.append(
            {
                "block_id": block["block_id"],
                "action_id": element["action_id"],
                "channel_id": chosen,
                "response_url": slack.address + path,
            }
        )
    return urls
