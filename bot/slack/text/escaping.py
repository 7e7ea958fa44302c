"""Escaping of people's words for Slack, without pings or links, and cutting to Slack's limits."""

import re
import unicodedata
from datetime import datetime
from typing import Any

from bot.locales import Words

TEXT_LIMIT = 3000
"""Most characters of a text object (SLACK.md, elements and composition objects)."""

_JOINER = "\u200d"
_VIRAMA = 9
"""The canonical combining class of viramas, which join two consonants into one shape."""
_FIRST_STRONG_ISOLATE = "\u2068"
_POP_ISOLATE = "\u2069"
_OPENED = re.compile("[\u2066-\u2068]")
_DIRECTION_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_PARAGRAPH_ENDS = re.compile("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_TOKEN_MARKS = re.compile(r"[\^|]")
_ISOLATED = re.compile("\u2068([^\u2069]*)")
_PARTS = re.compile(r"[^\^|\n]+")
_MARKS = re.compile("[*_~`\uff0a\uff3f\uff40]|:[^\\s:]{1,100}:")
_DEAD = "<!date^00000000^{_}|"
_DEAD_WORDS = re.compile(re.escape(_DEAD) + "([^<>]*)>")
_TOKEN = re.compile(r"<[!@#a-z][^<>]*>")
_ENTITY = re.compile(r"&(?:amp|lt|gt);")
_MARKED = re.compile(r"[*`]|:([a-z_]+):")
_EMOJI = {
    "eyes": "👀",
    "hourglass": "⌛",
    "hourglass_flowing_sand": "⏳",
    "leftwards_arrow_with_hook": "↩️",
    "lock": "🔒",
    "mag": "🔍",
    "no_entry_sign": "🚫",
    "point_right": "👉",
    "warning": "⚠️",
    "white_check_mark": "✅",
    "white_circle": "⚪",
}


def escape(text: str) -> str:
    """Escape a text for `mrkdwn`, so that no markup that people typed works.

    `&`, `<` and `>` become entities. Slack has no escape for its marks (`*`, `_`, `~`, backticks,
    `:smile:`), but shows the fallback of a date that it can't format as plain text (jsx-slack,
    about-escape-and-exact-mode). So in people's words, which `isolate` marks, everything from the
    first mark to the last is written as such a fallback.
    """
    entities = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _ISOLATED.sub(_without_marks, entities) if _MARKS.search(entities) else entities


def _without_marks(isolated: re.Match[str]) -> str:
    def dead(part: re.Match[str]) -> str:
        words = part[0]
        marks = [*_MARKS.finditer(words)]
        if not marks:
            return words
        start, end = marks[0].start(), marks[-1].end()
        return f"{words[:start]}{_DEAD}{words[start:end]}>{words[end:]}"

    return _FIRST_STRONG_ISOLATE + _PARTS.sub(dead, isolated[1])


def plain(text: str, limit: int = TEXT_LIMIT) -> dict[str, Any]:
    """Return a `plain_text` object, clipped to `limit`, in which `:smile:` stays as typed."""
    return {"type": "plain_text", "text": clip(text, limit), "emoji": False}


def mrkdwn(text: str) -> dict[str, Any]:
    """Return a `mrkdwn` object in which bare addresses and `@here` have no effect.

    If people's words have marks and no date or mention needs `mrkdwn`, the object is plain text
    without our own emphasis. Escape people's words before they go into `text`.
    """
    if _DEAD in text:
        words = _DEAD_WORDS.sub(lambda found: found[1], text)
        if "<" not in words:
            return plain(unescaped(_words_only(text)))
        text = clip(text, TEXT_LIMIT)
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _words_only(text: str) -> str:
    """Return `mrkdwn` without our own markup; people's words stay as typed."""

    def unmarked(words: str) -> str:
        return _MARKED.sub(lambda mark: _EMOJI.get(mark[1], mark[0]) if mark[1] else "", words)

    said: list[str] = []
    at = 0
    for dead in _DEAD_WORDS.finditer(text):
        said += [unmarked(text[at : dead.start()]), dead[1]]
        at = dead.end()
    return "".join([*said, unmarked(text[at:])])


def unescaped(text: str) -> str:
    """Return a text with Slack's entities decoded."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def isolate(name: str) -> str:
    """Return a name in a direction isolate, so that it cannot change the direction of other words.

    Direction controls are dropped, except the harmless marks (LRM, RLM, ALM). Line ends, which
    would end the isolate, become spaces.
    """
    name = _DIRECTION_CONTROLS.sub("", _PARAGRAPH_ENDS.sub(" ", name))
    return f"{_FIRST_STRONG_ISOLATE}{name}{_POP_ISOLATE}"


def clip(text: str, limit: int) -> str:
    """Cut a text to `limit` UTF-16 units, with an ellipsis if something was cut.

    Graphemes, isolates, entities and Slack's references stay intact.
    """
    if width(text) <= limit:
        return text
    for room in range(limit - 1, -1, -1):
        kept, end = _whole(text, text[: fit(text, room)])
        kept = kept.rstrip()
        open_isolates = len(_OPENED.findall(kept)) - kept.count(_POP_ISOLATE)
        clipped = f"{kept}…{end}{_POP_ISOLATE * open_isolates}"
        if width(clipped) <= limit:
            return clipped
    return ""


def _whole(text: str, kept: str) -> tuple[str, str]:
    """Return the kept text without a cut reference or entity, and the text that closes it.

    People's words inside a reference are cut, not dropped; the second value closes the reference.
    """
    kept = kept[: _start_of_halved(_ENTITY, "&", text, kept)]
    at = _start_of_halved(_TOKEN, "<", text, kept)
    if at < len(kept) and kept.startswith(_DEAD, at):
        return kept, ">"
    return kept[:at], ""


def _start_of_halved(pattern: re.Pattern[str], sign: str, text: str, kept: str) -> int:
    at = kept.rfind(sign)
    found = pattern.match(text, at) if at >= 0 else None
    return at if found is not None and found.end() > len(kept) else len(kept)


def date_token(unix: int, date_format: str, fallback: str) -> str:
    """Return a time for `mrkdwn` that each reader sees in their own time zone.

    `unix` is in seconds. `date_format` combines words with Slack's `{date_long}`, `{time}`
    and so on. `fallback` is for clients that cannot show dates, and should contain its time zone.
    """
    words, instead = (_TOKEN_MARKS.sub(" ", escape(part)) for part in (date_format, fallback))
    return f"<!date^{unix}^{words}|{instead}>"


def width(text: str) -> int:
    """Return the length of a text in UTF-16 units.

    Slack counts "characters" without saying which; this is the strictest reading, in which an
    emoji counts as two.
    """
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def fit(text: str, limit: int) -> int:
    """Count the code points that fit in `limit` UTF-16 units without breaking a grapheme.

    The result is 0 if not even the first grapheme fits.
    """
    end = used = 0
    for character in text:
        used += 1 + (character > "\uffff")
        if used > limit:
            break
        end += 1
    while 0 < end < len(text) and _joined(text, end):
        end -= 1
    return end


def _joined(text: str, at: int) -> bool:
    """Return whether the characters on both sides of a position belong to one grapheme.

    In doubt it returns True, because an early cut is harmless while a broken character is visible.
    """
    before, after = text[at - 1], text[at]
    if before == "\r" and after == "\n":
        return True
    if (
        before == _JOINER
        or (
            unicodedata.category(after).startswith("M")
            or after in "\u200c\u200d\u0e33\u0eb3\uff9e\uff9f"
            or "\U0001f3fb" <= after <= "\U0001f3ff"  # skin tones
            or "\U000e0020" <= after <= "\U000e007f"
        )
        or "\udc00" <= after <= "\udfff"
    ):
        return True
    if unicodedata.combining(before) == _VIRAMA and unicodedata.category(after) == "Lo":
        return True
    if _is_flag_letter(before) and _is_flag_letter(after):
        start = at
        while start and _is_flag_letter(text[start - 1]):
            start -= 1
        return (at - start) % 2 == 1
    return _is_hangul_pair(before, after)


def _is_flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _is_hangul_pair(before: str, after: str) -> bool:
    leading = "\u1100" <= before <= "\u115f" or "\ua960" <= before <= "\ua97c"
    syllable = "\uac00" <= after <= "\ud7a3"
    vowel_or_tail = "\u1160" <= after <= "\u11ff" or "\ud7b0" <= after <= "\ud7fb"
    hangul = leading or "\u1160" <= before <= "\u11ff" or "\uac00" <= before <= "\ud7fb"
    follows = leading and (syllable or "\u1100" <= after <= "\u115f")
    return follows or (hangul and vowel_or_tail)


def moment(t: Words, at: datetime, tz: str = "UTC", *, plain_text: bool = False) -> str:
    """Return a time with its weekday, as text.

    In `mrkdwn` it is in the reader's own zone; plain text is in `tz`, and includes the zone. The
    tokens that end in `_pretty` would say "yesterday" or "tomorrow" in messages that stay.
    """
    if plain_text:
        return t.moment(at, tz)
    return date_token(int(at.timestamp()), "{date_long}, {time}", t.moment(at, tz))
