"""Values of any type that a screen is drawn from, made up from the type alone.

Nothing names a screen or its facts here: one that is added tomorrow is drawn like all others.
"""

import collections.abc as shapes
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from inspect import Parameter, signature
from itertools import count
from types import UnionType
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from bot.letters.phases import Phase
from bot.letters.refusals import Reason, Refusal
from bot.locales import Words
from bot.slack.block_kit import button, section
from bot.slack.models.values import Shape
from bot.slack.windows import Part
from bot.use_cases.pinning import Fitting

NOW = datetime(2026, 3, 3, 10, tzinfo=UTC)
TEXT = "The <Society> of *signs* & `words` 签"
_FIXED: dict[object, Any] = {
    int: 7,
    float: 0.5,
    bool: True,
    bytes: b"0",
    datetime: NOW + timedelta(days=20),
    date: NOW.date(),
    timedelta: timedelta(hours=36),
    Phase: Phase.OPEN,
    Part: Part.SIGNERS,
    Any: TEXT,
}
_BY_NAME = {
    "language": "en",
    "tz": "Europe/Berlin",
    "country": "DE",
    "channel": "C0000000000",
    "user": "U0000000000",
    "kind": "organisation",
    "standing": "listed",
    "entries": '[{"convener": true, "kind": "person", "entry": "Somebody"}]',
}
"""Text that cannot be any text, by the name of its field."""
_IN_A_ROW = frozenset({"back", "offer"})
"""Names of parameters that take what stands in a row of buttons; others take blocks."""


class Samples:
    """Makes one value after another; no two that tell things apart are the same."""

    def __init__(self, t: Words) -> None:
        """Take the language that screens are drawn in."""
        self._numbers = count(1)
        self._fixed = {**_FIXED, Words: t}
        # The one that has a screen of its own.
        facts = {"name": TEXT, "fitting": self.of(tuple[Fitting, ...])}
        self._fixed[Refusal] = Refusal(Reason.SEVERAL_SIGNATORIES, facts=facts)

    def drawn(self, draw: Callable[..., Any]) -> Any:
        """Call a function with a value for each of its parameters."""
        hints = get_type_hints(draw)
        given: list[Any] = []
        named: dict[str, Any] = {}
        for name, parameter in signature(draw).parameters.items():
            if parameter.kind is Parameter.KEYWORD_ONLY:
                named[name] = self.of(hints[name], name)
            elif parameter.kind is not Parameter.VAR_KEYWORD:
                given.append(self.of(hints[name], name))
        return draw(*given, **named)

    def of(self, hint: Any, name: str = "") -> Any:
        """Make a value of a type.

        Args:
            hint: The type.
            name: The field or the parameter that it is for.

        Raises:
            TypeError: No value of this type can be made up.
        """
        if hint is str:
            return self._text(name)
        if hint is int and name in {"id", "at_page"}:
            # A list has a first page.
            return 1 if name == "at_page" else next(self._numbers)
        if hint == dict[str, Any]:
            return self._block(name)
        if hint in self._fixed:
            return self._fixed[hint]
        if get_origin(hint) is not None:
            return self._compound(hint, name)
        if isinstance(hint, type) and issubclass(hint, Enum):
            return next(iter(hint))
        if isinstance(hint, type) and issubclass(hint, tuple) and hint is not tuple:
            hints = get_type_hints(hint)
            return hint(*(self.of(kind, field) for field, kind in hints.items()))
        if is_dataclass(hint) or (isinstance(hint, type) and issubclass(hint, Shape)):
            make, hints = cast("Callable[..., Any]", hint), get_type_hints(hint)
            names = (
                [one.name for one in fields(hint) if one.init]
                if is_dataclass(hint)
                else hint.model_fields
            )
            return make(**{one: self.of(hints[one], one) for one in names})
        raise TypeError(f"no sample of {hint} for {name}")

    def _compound(self, hint: Any, name: str) -> Any:
        origin, inner = get_origin(hint), get_args(hint)
        if origin in {Union, UnionType}:
            return self.of(next(one for one in inner if one is not type(None)), name)
        if origin is tuple and inner[-1] is not Ellipsis:
            return tuple(self.of(one, name) for one in inner)
        if origin in {dict, shapes.Mapping}:
            return {self.of(inner[0], name): self.of(inner[1], name)}
        if origin is shapes.Callable:
            return self._answering(inner[1], name)
        two: list[Any] = [self.of(inner[0], name) for _ in range(2)]
        if origin in {shapes.Sequence, shapes.Iterable}:
            return two
        make = cast("Callable[..., Any]", origin)
        return make(two)

    def _answering(self, hint: Any, name: str) -> Callable[..., Any]:
        def answer(*_: object) -> Any:
            return self.of(hint, name)

        return answer

    def _text(self, name: str) -> str:
        number = next(self._numbers)
        if name == "id" or name.endswith("sha256"):
            return f"{number:026}"
        return _BY_NAME.get(name, f"{TEXT} {number}")

    def _block(self, name: str) -> dict[str, Any]:
        if name in _IN_A_ROW:
            return button("OK", f"sample:{next(self._numbers)}")
        return section(TEXT)
