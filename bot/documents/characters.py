"""Characters that can be stored, sent and printed."""

import re

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_NO_CHARACTERS = re.compile(
    "[\ud800-\udfff\ufdd0-\ufdef"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
    )
    + "]"
)


def sound(text: str) -> str:
    """Return a text that can be stored, sent and printed.

    All line ends become line feeds; control characters are removed; lone surrogates and
    noncharacters become U+FFFD.
    """
    # The fast path: a printable text contains nothing to replace.
    if text.isprintable():
        return text
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return _NO_CHARACTERS.sub("\ufffd", _CONTROLS.sub("", _LINE_ENDS.sub("\n", text)))


def one_line(typed: str) -> str:
    """Return typed text as one line that can be stored."""
    return sound(typed).strip()
