"""Pages in HTML, Atom and SVG, made from the templates of this room, which escape all text."""

from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("bot.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def render(template: str, **facts: Any) -> bytes:
    """Return a template filled with facts, in UTF-8."""
    return _environment().get_template(template).render(facts).encode()


@cache
def stylesheet() -> str:
    """Return the style of every page."""
    return files("bot.pages").joinpath("page.css").read_text("utf-8")
