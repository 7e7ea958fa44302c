"""Checks of the process on this machine, through its `/readyz`."""

import errno
import socket
from collections.abc import AsyncIterator

import aiohttp
from pydantic import BaseModel, ConfigDict

from bot.doctor.findings import Finding, fine, skipped, wrong
from bot.settings import Settings

TIMEOUT_S = 2


class _Refused(BaseModel):
    """Numbers of requests refused since the last accepted one, by their `Doubt`."""

    model_config = ConfigDict(frozen=True)

    secret: int = 0
    clock: int = 0


class _Readiness(BaseModel):
    """The response of `/readyz`; fields without a check of their own are printed unchanged."""

    model_config = ConfigDict(frozen=True, extra="allow")

    ready: bool
    refused: _Refused = _Refused()


def _listen(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    socket.create_server((host, port), family=family).close()


async def process_checks(settings: Settings) -> AsyncIterator[Finding]:
    """Check with the process at this machine's port whether it is ready."""
    port = settings.health_port or settings.port
    host = "127.0.0.1" if settings.host in {"0.0.0.0", "::"} else settings.host  # noqa: S104 - the setting
    try:
        _listen(host, port)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            said = f"No process can listen at port {port} of {settings.host} ({error.strerror})."
            do = "Set HOST to 127.0.0.1 or 0.0.0.0, and the port to one above 1023."
            yield wrong("process", said, do)
            return
    else:
        yield skipped("process", f"No process answers at port {port} of this machine.")
        try:
            _listen(host, settings.metrics_port or 0)
        except OSError as error:
            said = (
                f"No process can listen at METRICS_PORT {settings.metrics_port} ({error.strerror})."
            )
            yield wrong("process", said, "Stop the program that has it, or set another port.")
        return
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}/readyz"
    timeout = aiohttp.ClientTimeout(total=TIMEOUT_S)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.get(address) as answer,
        ):
            said = _Readiness.model_validate_json(await answer.read())
    except (aiohttp.ClientError, TimeoutError, ValueError, OSError):
        yield wrong(
            "process",
            f"Another program has port {port}.",
            "Stop it, or set PORT (HEALTH_PORT for `run` and `worker`) to another port.",
        )
        return
    if said.refused.secret:
        yield wrong(
            "signing_secret",
            f"Requests signed with a secret other than SLACK_SIGNING_SECRET: {said.refused.secret}.",
            "Copy the secret again from “Basic Information”, “App Credentials”, and start the "
            "process again.",
        )
    if said.refused.clock:
        yield wrong(
            "clock",
            f"Requests refused because their time was off: {said.refused.clock}.",
            "Have this machine set its clock automatically (NTP).",
        )
    if said.ready:
        yield fine("process", "The process here is ready.")
    else:
        facts = ", ".join(f"{name}: {value}" for name, value in (said.model_extra or {}).items())
        yield wrong("process", f"The process here isn't ready: {facts}.", "Its log says why.")


async def page_checks(settings: Settings) -> AsyncIterator[Finding]:
    """Check that PUBLIC_URL leads to this installation's pages."""
    # Nobody has this address, so that a page says so.
    address, timeout = f"{settings.public_url}/l/00000000", aiohttp.ClientTimeout(total=TIMEOUT_S)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.get(address, allow_redirects=False) as answer,
        ):
            policy = answer.headers.get("Content-Security-Policy", "")
            if answer.status == 404 and policy.startswith("default-src 'none'; style-src 'self'"):
                yield fine("public_url", "Public pages can be reached at PUBLIC_URL.")
                return
            why = f"answers {answer.status}"
    except (aiohttp.ClientError, TimeoutError, OSError):
        why = "can't be reached"
    yield wrong(
        "public_url",
        f"{address} {why}, so public pages can't be reached at PUBLIC_URL.",
        "Start the process, and have the server in front of it pass /l/ on to PORT.",
    )
