"""The fonts that documents are set in: files of the packages in the extra `documents`."""

import re
from importlib.util import find_spec
from pathlib import Path

TEXT = ("Libertinus Serif", "Amiri", "Noto Sans")
"""Latin, Greek and Cyrillic; Arabic that can be searched in a PDF; rarer characters."""

_PLAIN = re.compile(
    "[\\s\u0020-\u0377\u037a-\u03e1\u0400-\u052f\u0606-\u06ff\u1e00-\u1eff\u2000-\u2064]+"
)
"""Characters that the fonts of `TEXT` cover as well as any font here does."""

_BLOCKS = {
    "Noto Sans Hebrew": "\u0590-\u05ff",
    "Noto Sans Devanagari": "\u0900-\u097f",
    "Noto Sans Bengali": "\u0980-\u09ff",
    "Noto Sans Gujarati": "\u0a80-\u0aff",
    "Noto Sans Gurmukhi": "\u0a00-\u0a7f",
    "Noto Sans Tamil": "\u0b80-\u0bff",
    "Noto Sans Telugu": "\u0c00-\u0c7f",
    "Noto Sans Kannada": "\u0c80-\u0cff",
    "Noto Sans Malayalam": "\u0d00-\u0d7f",
    "Noto Sans Sinhala": "\u0d80-\u0dff",
    "Noto Sans Oriya": "\u0b00-\u0b7f",
    "Noto Sans Thai": "\u0e00-\u0e7f",
    "Noto Sans Lao": "\u0e80-\u0eff",
    "Noto Sans Khmer": "\u1780-\u17ff",
    "Noto Sans Myanmar": "\u1000-\u109f",
    "Noto Sans Georgian": "\u10a0-\u10ff",
    "Noto Sans Armenian": "\u0530-\u058f",
    "Noto Sans Ethiopic": "\u1200-\u137f",
    "Noto Sans Symbols": "",
    "Noto Emoji": "",
    # Last because they are large: typst loads every font before the one it finds.
    "Noto Serif SC": "\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff00-\uff9f",
    "Noto Serif KR": "\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3\uffa0-\uffdc",
}
"""The other families, with the blocks that each covers as well as any font here does."""
_OF_BLOCK = {family: re.compile(f"[{block}]") for family, block in _BLOCKS.items() if block}
FAMILIES = (*TEXT, *_BLOCKS)
"""All families, in the order in which a character is looked up."""

EAST_ASIAN = {"ja": "Noto Serif JP", "ko": "Noto Serif KR"}
"""The family with a language's variants of Chinese characters, by language."""

PACKAGES = (
    "manimgx_fonts",
    "fontpkg_amiri",
    "pylopdf_fonts_zh_cn",
    "pylopdf_fonts_jp",
    "pylopdf_fonts_ko",
)
"""The packages that hold the files."""


def folders() -> list[str]:
    """Return the folders of the font files."""
    found: list[str] = []
    for package in PACKAGES:
        spec = find_spec(package)
        if spec is not None and spec.origin:
            found.append(str(Path(spec.origin).parent))
    return found


def families(text: str) -> tuple[str, ...]:
    """Return the families needed for a text, in lookup order, so that no other font is loaded."""
    left = _PLAIN.sub("", "".join(set(text)))
    needed: list[str] = [*TEXT]
    for family in _BLOCKS:
        without = _OF_BLOCK[family].sub("", left) if family in _OF_BLOCK else left
        if without != left:
            needed.append(family)
        left = without
    # A rarer character may be in any of them.
    return FAMILIES if left else tuple(needed)
