"""The fonts that documents are set in: files of the packages in the extra `documents`."""

from importlib.util import find_spec
from pathlib import Path

TEXT = ("Libertinus Serif", "Amiri", "Noto Sans")
"""Latin, Greek and Cyrillic; Arabic, whose letters can be found again in a PDF; and what is rarer."""

_SCRIPTS = (
    "Hebrew Devanagari Bengali Gujarati Gurmukhi Tamil Telugu Kannada Malayalam Sinhala Oriya Thai "
    "Lao Khmer Myanmar Georgian Armenian Ethiopic Symbols"
)
FAMILIES = (
    *TEXT,
    *(f"Noto Sans {script}" for script in _SCRIPTS.split()),
    "Noto Emoji",
    # Last, because they are large, and each font of the chain is loaded on the way to a later one.
    "Noto Serif SC",
    "Noto Serif KR",
)
"""The families in which each character is looked for, in this order."""

EAST_ASIAN = {"ja": "Noto Serif JP", "ko": "Noto Serif KR"}
"""The family that draws Chinese characters as a language does, by the language."""

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
