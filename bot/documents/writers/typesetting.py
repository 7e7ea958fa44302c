"""Typesetting of documents and charts with Typst, whose input is data, never markup."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Literal

import orjson
import typst

from bot.documents.writers.fonts import families, folders

Standard = Literal["ua-1", "a-2a"]


@dataclass(frozen=True, slots=True)
class Typeset:
    """The result of typesetting."""

    pages: tuple[bytes, ...]
    """One file for PDF, one for each page for pictures."""
    missing: str = ""
    """A character that no font has, for which the standards were given up; else ""."""


def typeset(
    template: str,
    data: Mapping[str, Any],
    form: Literal["pdf", "png", "svg"],
    *,
    standards: Sequence[Standard] = (),
    ppi: float = 144,
) -> Typeset:
    """Typeset a template with data.

    Args:
        template: The name of a `.typ` file beside this module.
        data: Its content, as JSON.
        form: `pdf`, `png` or `svg`.
        standards: The PDF standards to meet. A character that no font has makes that impossible:
            then the file is made without them, and the result names the character.
        ppi: The resolution of pictures, in pixels per inch.
    """
    source = files("bot.documents.writers").joinpath(template).read_bytes()
    fonts = typst.Fonts(include_system_fonts=False, font_paths=folders())
    paper = orjson.dumps(data).decode()
    words = {"paper": paper, "fonts": orjson.dumps(families(paper)).decode()}

    def compiled(asked: Sequence[Standard]) -> tuple[bytes, ...]:
        compiler = typst.Compiler(
            source, font_paths=fonts, ignore_system_fonts=True, sys_inputs=words
        )
        return _pages(compiler.compile(format=form, ppi=ppi, pdf_standards=list(asked)))

    try:
        return Typeset(compiled(standards))
    except typst.TypstError as error:
        if not standards or "could not be displayed" not in error.message:
            raise
        _, _, rest = error.message.partition('"')
        return Typeset(compiled(()), rest.partition('"')[0])


def _pages(made: bytes | list[bytes] | None) -> tuple[bytes, ...]:
    if made is None:
        return ()
    return (made,) if isinstance(made, bytes) else tuple(made)
