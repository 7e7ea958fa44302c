"""Requests to the pages on which people sign: who calls, from where, and what was typed."""

import asyncio
from collections.abc import Collection
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import ClientDisconnect, Request

MOST_BYTES = 16_000
MOST_FIELDS = 30
BODY_S = 5.0
Networks = Collection[IPv4Network | IPv6Network]


class BadRequestError(Exception):
    """Raised with the status that answers a request which no form of ours makes."""


def refuse_other_sites(request: Request, public_url: str) -> None:
    """Refuse a form that a page of another site sent.

    Raises:
        BadRequestError: it was.
    """
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    own = "{0.scheme}://{0.netloc}".format(urlsplit(public_url))
    if site not in {None, "same-origin"} or origin not in {None, own}:
        raise BadRequestError(403)


async def read_form(request: Request) -> dict[str, str]:
    """Return the fields of a form.

    Raises:
        BadRequestError: it is too long, too slow, or no form.
    """
    body = b""
    try:
        async with asyncio.timeout(BODY_S):
            async for part in request.stream():
                body += part
                if len(body) > MOST_BYTES:
                    raise BadRequestError(413)
    except TimeoutError:
        raise BadRequestError(408) from None
    except ClientDisconnect:
        raise BadRequestError(400) from None
    try:
        # A line break in a field would be one in a mail's header.
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        raise BadRequestError(400) from None
    return {name: " ".join(value.split()) for name, value in pairs}


def caller_of(request: Request, trusted: Networks) -> IPv4Address | IPv6Address:
    """Return a caller's address; a forwarded one is believed only from a trusted proxy."""
    forwarded = ",".join(request.headers.getlist("x-forwarded-for"))
    hops = [*forwarded.split(","), request.client.host if request.client else ""]
    found = IPv4Address(0)
    for hop in reversed(hops):
        try:
            found = ip_address(hop.strip())
        except ValueError:
            break
        if not any(found in network for network in trusted):
            break
    return found
