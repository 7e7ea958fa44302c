"""Reading of logos for the letterhead."""

from bot.documents.paper import Logo

BYTES_MOST = 2_000_000
SIDE_MOST = 6_000
"""The most pixels of a side: a larger image costs memory that a page has no use for."""

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_PNG_SIZE = 16
_JPEG_FRAMES = frozenset({0xC0, 0xC1, 0xC2, 0xC3})


def read_logo(image: bytes, alt: str) -> Logo:
    """Return a PNG or JPEG as a logo; an SVG is refused because its text may be lost in print.

    Raises:
        ValueError: The file is no such picture, or too large; the message says which.
    """
    if len(image) > BYTES_MOST:
        raise ValueError("it has more than 2 MB")
    ending = "png" if image.startswith(_PNG) else "jpg" if image.startswith(_JPEG) else ""
    size = picture_size(image, ending) if ending else None
    if size is None:
        raise ValueError("it is no PNG or JPEG")
    if max(size) > SIDE_MOST:
        raise ValueError(f"it has more than {SIDE_MOST:,} pixels a side")
    return Logo(image=image, ending=ending, alt=alt)


def picture_size(image: bytes, ending: str) -> tuple[int, int] | None:
    """Return the width and height of a picture in pixels, read from its header; None if invalid.

    A PNG has them in its first chunk (PNG 11.2.2), a JPEG in its start of frame (ITU-T T.81,
    B.2.2).
    """
    if ending == "png":
        if image[12:16] != b"IHDR" or len(image) < _PNG_SIZE + 8:
            return None
        wide, high = image[_PNG_SIZE : _PNG_SIZE + 4], image[_PNG_SIZE + 4 : _PNG_SIZE + 8]
        return max(1, int.from_bytes(wide)), max(1, int.from_bytes(high))
    at = 2
    while at + 9 <= len(image) and image[at] == 0xFF:
        if image[at + 1] in _JPEG_FRAMES:
            high, wide = image[at + 5 : at + 7], image[at + 7 : at + 9]
            return max(1, int.from_bytes(wide)), max(1, int.from_bytes(high))
        at += 2 + int.from_bytes(image[at + 2 : at + 4])
    return None
