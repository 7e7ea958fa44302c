"""The endpoint `/api/{method}`, from an HTTP request to Slack's answer."""

import asyncio
import socket
import struct
import time
from typing import Any

import orjson
from aiohttp import web

from bolt_understudy.errors import SlackError
from bolt_understudy.local_slack import LocalSlack
from bolt_understudy.web_api.arguments import Arguments, read_arguments
from bolt_understudy.web_api.faults import Fault
from bolt_understudy.web_api.methods import METHODS
from bolt_understudy.web_api.scopes import check_token, has_scope, missing_scope

LONGEST_SILENCE = 60.0
HTML = (
    "<!DOCTYPE html><html><head><title>Server Error</title></head><body>Server Error</body></html>"
)


class Door:
    """The HTTP side of the Web API."""

    def __init__(self, slack: LocalSlack) -> None:
        self._slack = slack

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Answer one call, or fail it if a fault applies."""
        began = time.perf_counter()
        name = request.match_info["method"]
        fault = self._slack.faults.striking(name)
        try:
            token, args = await read_arguments(request)
        except SlackError as error:
            token, args = "", Arguments({})
            answer, status, headers = error.answer(), 200, dict[str, str]()
        else:
            if fault and not fault.after_accept:
                answer, status, headers = {}, 0, {}
            else:
                answer, status, headers = self._answer(name, token, args)
        failed = fault and _failed_answer(fault)
        if failed is not None:
            answer, status, headers = failed
        self._slack.journal.call(
            method=name,
            args=args.values,
            answer=answer,
            status=status,
            took_ms=(time.perf_counter() - began) * 1000,
            user_agent=request.headers.get("User-Agent", ""),
        )
        if fault and fault.kind in {"timeout", "reset"}:
            return await _break(request, fault)
        if isinstance(answer, str):
            return web.Response(
                text=answer, status=status, content_type="text/html", headers=headers
            )
        return web.Response(
            body=orjson.dumps(answer),
            status=status,
            content_type="application/json",
            charset="utf-8",
            headers=headers,
        )

    def _answer(
        self, name: str, token: str, args: Arguments
    ) -> tuple[dict[str, Any], int, dict[str, str]]:
        slack = self._slack
        method = METHODS.get(name)
        if method is None:
            return {"ok": False, "error": "unknown_method", "req_method": name}, 200, {}
        headers = {"X-Accepted-OAuth-Scopes": ",".join(method.scopes)}
        try:
            check_token(slack, token, method.token)
            headers["X-OAuth-Scopes"] = slack.manifest.scope_list
            posts_to = args.text("channel") if method.tier == "posting" else ""
            if wait := slack.limits.retry_after(name, method.tier, posts_to):
                headers["Retry-After"] = str(wait)
                return {"ok": False, "error": "ratelimited"}, 429, headers
            if method.scopes and not has_scope(slack, *method.scopes):
                raise missing_scope(slack, *method.scopes)
            return method.do(slack, args), 200, headers
        except SlackError as error:
            return error.answer(), 200, headers


def _failed_answer(fault: Fault) -> tuple[dict[str, Any] | str, int, dict[str, str]]:
    """Return a fault's answer, or its description if it answers nothing."""
    match fault.kind:
        case "429":
            headers = {"Retry-After": str(fault.retry_after)}
            return {"ok": False, "error": "ratelimited"}, 429, headers
        case "500":
            return HTML, 500, {}
        case "html":
            return HTML, 200, {}
        case "timeout" | "reset":
            return fault.kind, 0, {}
        case _:
            return {"ok": False, "error": fault.kind}, 200, {}


async def _break(request: web.Request, fault: Fault) -> web.StreamResponse:
    """Wait until the caller gives up, or reset the connection immediately."""
    if fault.kind == "timeout":
        await asyncio.sleep(LONGEST_SILENCE)
    transport = request.transport
    if transport is not None:
        connection = transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
    return web.Response()
