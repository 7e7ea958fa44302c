"""A Slack that says yes to everything, right away: the bench measures the bot, not Slack.

Not for tests: there the local Slack is used, which refuses what Slack refuses.
"""

import asyncio
import os
import sys
from collections import Counter
from urllib.parse import parse_qs

import orjson

_TAKES_S = float(os.environ.get("SLACK_TAKES_MS", "0")) / 1000
"""The time each call takes; none for the bench that measures the bot alone."""
_calls: Counter[str] = Counter()


def _answer(path: str, query: str, body: bytes) -> dict[str, object]:
    method = path.rpartition("/")[2]
    if method == "auth.test":
        return {"ok": True, "team_id": "T1", "team": "Bench", "user_id": "UBOT", "bot_id": "B1"}
    if method == "users.info":
        user = (parse_qs(query or body.decode()).get("user") or ["U0"])[0]
        return {
            "ok": True,
            "user": {
                "id": user,
                "team_id": "T1",
                "tz": "Europe/Berlin",
                "locale": "en-US",
                "profile": {"real_name": f"Signer {user}"},
            },
        }
    return {"ok": True, "ts": "1.2", "channel": "D1", "view": {"id": "V1"}}


async def _serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            line, _, headers = head.partition("\r\n")
            length = next(
                (
                    int(value)
                    for name, _, value in (one.partition(":") for one in headers.split("\r\n"))
                    if name.lower() == "content-length"
                ),
                0,
            )
            body = await reader.readexactly(length) if length else b""
            path, _, query = line.split(" ")[1].partition("?")
            if path.endswith("bench.calls"):
                answer = orjson.dumps(_calls)
            else:
                _calls[path.rpartition("/")[2]] += 1
                await asyncio.sleep(_TAKES_S)
                answer = orjson.dumps(_answer(path, query, body))
            writer.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                % (len(answer), answer)
            )
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def main(port: int) -> None:
    """Serve until it is ended."""
    server = await asyncio.start_server(_serve, "127.0.0.1", port)
    print("ready", flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
