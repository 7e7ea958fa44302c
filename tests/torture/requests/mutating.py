"""Bodies that make no sense, made of some that do."""

import json
import random
from copy import deepcopy
from typing import Any
from urllib.parse import parse_qsl, quote_plus, urlencode

from tests.torture.requests.wire import FORM, JSON

CANARY = "kanarienvogel"
"""A word that is in every body, and must not be in any log."""

ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 2**63, 10**30, 1.5e308, "", " ", CANARY, f"{CANARY}\0", "\u202e" + CANARY,
    CANARY * 400, [], {}, [[]], [{}], {"": ""}, [None], {CANARY: CANARY}, "<!channel>", "../../etc",
    "'; DROP TABLE letters; --", "T0COALITION", "U0NOBODY", "1234.5678.abc", "{}", "[1,", "\ud7ff",
)  # fmt: skip
MOST_DEEP = 3000


def mutated(body: bytes, content_type: str, dice: random.Random) -> tuple[bytes, str]:
    """A body as it was, or less so, and its content type."""
    roll = dice.random()
    if roll < 0.72:
        return _other_values(body, content_type, dice)
    if roll < 0.80:
        return _other_bytes(body, dice), content_type
    if roll < 0.86:
        return _deep(dice)
    if roll < 0.90:
        return body, dice.choice([JSON, FORM, "", "text/plain", "multipart/form-data; boundary=x"])
    if roll < 0.95:
        return _from_nothing(dice)
    return dice.randbytes(dice.randrange(0, 400)) + CANARY.encode(), dice.choice([JSON, FORM])


def _other_values(body: bytes, content_type: str, dice: random.Random) -> tuple[bytes, str]:
    """Change, remove or move some of its values."""
    if content_type == JSON:
        told = _changed(json.loads(body), dice)
        return json.dumps(told).encode(), JSON
    fields = dict(parse_qsl(body.decode()))
    if set(fields) == {"payload"}:
        told = _changed(json.loads(fields["payload"]), dice)
        return b"payload=" + quote_plus(json.dumps(told)).encode(), FORM
    for _ in range(dice.randrange(1, 4)):
        name = dice.choice(list(fields))
        if dice.random() < 0.3:
            del fields[name]
        else:
            fields[name] = str(dice.choice(ODD))
        if not fields:
            break
    return urlencode(fields | {"marked": CANARY}).encode(), FORM


def _changed(told: dict[str, Any], dice: random.Random) -> Any:
    for _ in range(dice.choice([1, 1, 1, 2, 3, 6])):
        places = list(_places(told))
        if not places:
            break
        holder, key = dice.choice(places)
        match dice.randrange(5):
            case 0:
                del holder[key]
            case 1:
                holder[key] = [holder[key]]
            case 2:
                holder[key] = deepcopy(dice.choice(places)[0])
            case _:
                holder[key] = deepcopy(dice.choice(ODD))
    return told | {"marked": CANARY}


def _places(told: Any) -> Any:
    """Everything that holds a value, and under what."""
    pairs = told.items() if isinstance(told, dict) else enumerate(told)
    for key, value in list(pairs):
        yield told, key
        if isinstance(value, dict | list):
            yield from _places(value)


def _other_bytes(body: bytes, dice: random.Random) -> bytes:
    """Some of its bytes are others, or gone."""
    spoilt = bytearray(body)
    for _ in range(dice.randrange(1, 6)):
        place = dice.randrange(len(spoilt))
        match dice.randrange(4):
            case 0:
                spoilt[place] = dice.randrange(256)
            case 1:
                spoilt[place:place] = dice.choice([b"%FF", b"%", b"%0", b"&", b"=", b"+", b"\xff"])
            case 2:
                del spoilt[place : place + dice.randrange(1, 40)]
            case _:
                spoilt[place:place] = spoilt[place : place + 60]
        if not spoilt:
            break
    return bytes(spoilt)


def _deep(dice: random.Random) -> tuple[bytes, str]:
    """Very many levels; or very much of one thing."""
    levels = dice.randrange(10, MOST_DEEP)
    deep = dice.choice(['{"view":', "[", '{"event":{"type":'])
    text = deep * levels + f'"{CANARY}"' + ("}" * deep.count("{") + "]" * deep.count("[")) * levels
    if dice.random() < 0.1:
        text = json.dumps({"type": "block_actions", "actions": [CANARY] * 30_000})
    return (text.encode(), JSON) if dice.random() < 0.5 else (b"payload=" + text.encode(), FORM)


def _from_nothing(dice: random.Random) -> tuple[bytes, str]:
    """A payload with the least that a listener looks at, and nonsense in it."""
    kind = dice.choice(
        ["block_actions", "view_submission", "view_closed", "shortcut", "message_action",
         "block_suggestion", "event_callback", "dialog_submission", "url_verification", CANARY]
    )  # fmt: skip
    told: dict[str, Any] = {"type": kind, "marked": CANARY}
    for name in ("actions", "view", "user", "team", "event", "event_id", "trigger_id",
                 "callback_id", "container", "challenge", "ssl_check", "authorizations"):  # fmt: skip
        if dice.random() < 0.6:
            told[name] = dice.choice(ODD)
    if dice.random() < 0.5:
        told["actions"] = [{"action_id": dice.choice(["sign", "sign.more", CANARY]),
                            "type": "button", "value": dice.choice(ODD)}]  # fmt: skip
        told["user"] = {"id": dice.choice(["U0MEMBER1", dice.choice(ODD)])}
    if kind == "event_callback":
        told["event"] = {"type": "app_home_opened", "user": dice.choice(ODD), "tab": "home"}
    return json.dumps(told).encode(), JSON
