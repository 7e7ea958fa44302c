"""Controls for tests and operators: clock, faults, people, channels, connections."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bolt_understudy.errors import SlackError
from bolt_understudy.local_slack import LocalSlack
from bolt_understudy.membership import First, add_member, archive, remove_member
from bolt_understudy.page.requests import Asked, MalformedError
from bolt_understudy.seed import channel_from, plant
from bolt_understudy.to_bot.deliveries import ACK_SECONDS
from bolt_understudy.to_bot.events import emit
from bolt_understudy.web_api.users import user_object
from bolt_understudy.workspace.people import read_person

OK: dict[str, Any] = {"ok": True}
DISCONNECTS = ("warning", "refresh_requested", "link_disabled", "drop")


async def reset(slack: LocalSlack, asked: Asked) -> dict[str, Any]:
    """Delete everything and rebuild the workspace; Socket Mode connections stay open."""
    body = asked.body
    slack.stop_background()
    slack.clock.follow_machine()
    if "now" in body:
        _set_clock(slack, body["now"])
    for part in (slack.journal, slack.transport, slack.limits, slack.faults, slack.response_urls):
        part.clear()
    slack.mailbox.mails.clear()
    slack.triggers.clear()
    slack.installed = True
    slack.limits.enabled = bool(body.get("limits", True))
    match body.get("transport"):
        case None:
            slack.transport.use_socket = slack.manifest.socket_mode
        case "socket" | "http" as transport:
            slack.transport.use_socket = transport == "socket"
        case other:
            raise MalformedError(f"no transport is called {other}")
    slack.transport.request_url = body.get("request_url") or ""
    try:
        patience = float(body.get("patience", ACK_SECONDS))
        slack.triggers.life_seconds = slack.transport.socket.ack_seconds = patience
        plant(
            slack.workspace,
            seed=body.get("seed", "demo"),
            people=body.get("people", ()),
            channels=body.get("channels", ()),
        )
    except ValueError as error:
        raise MalformedError(str(error)) from error
    slack.guide = _guide(slack, body.get("guide"))
    slack.stream.tell("state", {})
    return OK


def _guide(slack: LocalSlack, given: Any) -> dict[str, Any] | None:
    """Return the guide for the page; each step names somebody who is here.

    Raises:
        MalformedError: it has no title or steps, or a step is not `{words, person, place}`.
    """
    if given is None:
        return None
    steps = given.get("steps") if isinstance(given, dict) else None
    if not isinstance(steps, list) or not isinstance(given.get("title"), str):
        raise MalformedError("a guide is {title, steps}")
    for step in steps:
        if not isinstance(step, dict) or not {"words", "place"} <= step.keys():
            raise MalformedError("a step is {words, person, place}")
        if step.get("person") not in slack.workspace.people:
            raise MalformedError(f"nobody here is {step.get('person')}")
    return {"title": given["title"], "steps": steps}


def clock_now(slack: LocalSlack, asked: Asked) -> dict[str, Any]:
    """Return the time."""
    del asked
    return OK | {"now": slack.clock.iso(), "offset": slack.clock.offset}


async def clock(slack: LocalSlack, asked: Asked) -> dict[str, Any]:
    """Move the clock and return the time."""
    if "advance" in asked.body:
        slack.clock.advance(float(asked.body["advance"]))
    if "set" in asked.body:
        _set_clock(slack, asked.body["set"])
    now = {"now": slack.clock.iso(), "offset": slack.clock.offset}
    slack.stream.tell("clock", now)
    return OK | now


async def limits(slack: LocalSlack, asked: Asked) -> dict[str, Any]:
    """Switch the rate limits on or off."""
    slack.limits.enabled = bool(asked.body.get("enabled"))
    return OK


async def faults(slack: LocalSlack, asked: Asked) -> dict[str, Any]:
    """Add one fault, or replace all by the given list."""
    given: Any = asked.body.get("faults", asked.body)
    if isinstance(given, list):
        slack.faults.clear()
    try:
        for fault in given if isinstance(given, list) else [given]:
            slack.faults.add(fault)
    except (ValueError, TypeError) as error:
        raise MalformedError(str(error)) from error
    return OK


async def people(slack: LocalSlack, asked: Asked) -> dict[str, Any]:
    """Add a person (`team_join`) or change one (`user_change`)."""
    workspace = slack.workspace
    known = workspace.people.get(str(asked.body.get("id")))
    try:
        person = read_person(asked.body, known, workspace.team.id)
    except ValueError as error:
        raise MalformedError(str(error)) from error
    workspace.people[person.id] = person
    slack.stream.tell("state", {})
    if person.team == workspace.team.id:
        event: dict[str, Any] = {
            "type": "user_change" if known else "team_join",
            "user": user_object(slack, person, locale=True),
        }
        if known:
            event["cache_ts"] = int(slack.clock.now())
        await _heard(emit(slack, event))
    return OK | {"person": person.page_form(is_stranger=workspace.is_stranger(person.id))}


async def channels(slack: LocalSlack, asked: Asked) -> dict[str, Any]:
    """Add, change or archive a channel, or change its members."""
    body, workspace = asked.body, slack.workspace
    known = workspace.channels.get(str(body.get("id")))
    if known is None:
        try:
            known = channel_from(workspace, body)
        except ValueError as error:
            raise MalformedError(str(error)) from error
        workspace.channels[known.id] = known
    elif changes := {key: body[key] for key in ("name", "topic") if key in body}:
        workspace.channels[known.id] = replace(known, **changes)
    by = str(body.get("as") or next(iter(sorted(known.members)), ""))
    for user in body.get("add", ()):
        await _heard(add_member(slack, workspace.channels[known.id], _known(slack, user), by))
    for user in body.get("remove", ()):
        await _heard(remove_member(slack, workspace.channels[known.id], _known(slack, user)))
    if "archive" in body:
        present = workspace.channels[known.id]
        await _heard(archive(slack, present, archived=bool(body["archive"]), user=by))
    slack.stream.tell("state", {})
    return OK | {"channel": workspace.channels[known.id].page_form()}


async def socket(slack: LocalSlack, asked: Asked) -> dict[str, Any]:
    """End the Socket Mode connections as Slack does, or set the lifetime of new ones."""
    body = asked.body
    if "lifetime" in body:
        slack.transport.socket.lifetime = body["lifetime"]
        return OK
    how = asked.word("disconnect")
    if how not in DISCONNECTS:
        raise MalformedError(f"disconnect is one of {', '.join(DISCONNECTS)}")
    slack.transport.socket.disconnect(how, oldest=bool(body.get("oldest")))
    return OK


async def redeliver(slack: LocalSlack, asked: Asked) -> dict[str, Any]:
    """Send a recorded delivery again, as a retry."""
    body = asked.body
    delivery = slack.transport.sent(int(body.get("record_id", 0)))
    if delivery is None:
        raise SlackError("record_not_found")
    again = replace(
        delivery,
        retry=int(body.get("retry_num", 1)),
        reason=str(body.get("reason") or "http_timeout"),
    )
    ack = await slack.transport.send(again)
    if not ack.ok:
        raise SlackError(ack.error, ack.failure)
    return OK | {"answer": ack.body}


async def install(slack: LocalSlack, asked: Asked) -> dict[str, Any]:
    """Remove the app, with its two events in the requested order; or install it again."""
    order = asked.body.get("events", ["app_uninstalled", "tokens_revoked"])
    slack.installed = bool(asked.body.get("installed"))
    for name in () if slack.installed else order:
        event: dict[str, Any] = {"type": name}
        if name == "tokens_revoked":
            event["tokens"] = {"oauth": [], "bot": [slack.workspace.app.bot_user]}
        await _heard(emit(slack, event))
    return OK


def calls(slack: LocalSlack, asked: Asked) -> dict[str, Any]:
    """Return the Web API calls, oldest first."""
    return OK | {"calls": slack.journal.calls(str(asked.body.get("method") or ""))}


def inspector(slack: LocalSlack, asked: Asked) -> dict[str, Any]:
    """Return the inspector's records after an id, oldest first."""
    return OK | {"records": slack.journal.records(int(asked.body.get("after") or 0))}


async def _heard(first: First) -> None:
    """Wait for an event's first attempt, if there is one."""
    if first is not None:
        await first


def _known(slack: LocalSlack, user: Any) -> str:
    if user not in slack.workspace.people:
        raise SlackError("user_not_found", f"nobody here is {user}")
    return user


def _set_clock(slack: LocalSlack, moment: Any) -> None:
    try:
        slack.clock.set(datetime.fromisoformat(moment))
    except (ValueError, TypeError) as error:
        raise MalformedError(f"{moment!r} is no ISO time") from error
