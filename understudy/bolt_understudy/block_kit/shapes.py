"""Small checks of which the check of every Block Kit object is composed.

A check is called with a value, the JSON pointer to it, and the list to which it adds problems. The
sentences are Slack's own where those are known.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason why Slack refuses a payload.

    `pointer` is a JSON pointer into the arguments of the API call: it begins with `/blocks` or
    `/view`. A field that is missing or unknown is named in `message`; the pointer is that of the
    object.
    """

    message: str
    pointer: str

    def __str__(self) -> str:
        return f"{self.message} [json-pointer:{self.pointer}]"


Found: TypeAlias = list[Problem]
Check: TypeAlias = Callable[[Any, str, Found], None]
Rule: TypeAlias = Callable[[dict[str, Any], str, Found], None]


class Kind(NamedTuple):
    """An object that Slack identifies by its `type`, with its check."""

    name: str
    check: Check


def characters(most: int | None = None, *, least: int = 0) -> Check:
    """Return the check of a string of `least` to `most` characters; without `most`, any number."""

    def check(value: Any, pointer: str, found: Found) -> None:
        if not isinstance(value, str):
            found.append(Problem("must provide a string", pointer))
        elif len(value) < least:
            found.append(Problem(f"must be more than {least - 1} characters", pointer))
        elif most is not None and len(value) > most:
            found.append(Problem(f"must be less than {most + 1} characters", pointer))

    return check


def pattern(expression: str, sentence: str) -> Check:
    """Return the check of a string that fully matches `expression`; `sentence` states the form."""
    compiled = re.compile(expression, re.ASCII)

    def check(value: Any, pointer: str, found: Found) -> None:
        if not isinstance(value, str) or compiled.fullmatch(value) is None:
            found.append(Problem(sentence, pointer))

    return check


def choice(*allowed: str) -> Check:
    """Return the check that a value is one of the words `allowed`."""

    def check(value: Any, pointer: str, found: Found) -> None:
        if value not in allowed:
            found.append(Problem(f"must be one of: {', '.join(allowed)}", pointer))

    return check


def integer(least: int | None = None, most: int | None = None) -> Check:
    """Return the check of a whole number within inclusive bounds."""

    def check(value: Any, pointer: str, found: Found) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            found.append(Problem("must provide an integer", pointer))
        elif least is not None and value < least:
            found.append(Problem(f"must be greater than {least - 1}", pointer))
        elif most is not None and value > most:
            found.append(Problem(f"must be less than {most + 1}", pointer))

    return check


def number(value: Any, pointer: str, found: Found) -> None:
    """Check a whole or fractional number."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        found.append(Problem("must provide a number", pointer))


def flag(value: Any, pointer: str, found: Found) -> None:
    """Check a boolean."""
    if not isinstance(value, bool):
        found.append(Problem("must provide a boolean", pointer))


def items(each: Check, most: int | None = None, *, least: int = 0) -> Check:
    """Return the check of a list of `least` to `most` items; items of a longer list are skipped."""

    def check(value: Any, pointer: str, found: Found) -> None:
        if not isinstance(value, list):
            found.append(Problem("must provide an array", pointer))
        elif len(value) < least:
            found.append(Problem(f"no fewer than {least} items allowed", pointer))
        elif most is not None and len(value) > most:
            found.append(Problem(f"no more than {most} items allowed", pointer))
        else:
            for index, item in enumerate(value):
                each(item, f"{pointer}/{index}", found)

    return check


def record(
    required: Mapping[str, Check],
    optional: Mapping[str, Check] | None = None,
    *rules: Rule,
    ignored: Collection[str] | None = (),
) -> Check:
    """Return the check of an object with these fields and no others.

    The rules are checked only if every field is valid by itself, so they may rely on the shape.
    Fields in `ignored` may have any value; None allows every unknown field, for objects whose
    fields are nowhere fully documented.
    """
    fields = {**required, **(optional or {})}

    def check(value: Any, pointer: str, found: Found) -> None:
        if not isinstance(value, dict):
            found.append(Problem("must provide an object", pointer))
            return
        before = len(found)
        for name, part in value.items():
            known = fields.get(name)
            if known is not None:
                known(part, f"{pointer}/{name}", found)
            elif ignored is not None and name not in ignored:
                found.append(Problem(f"invalid additional property: {name}", pointer))
        for name in required:
            if name not in value:
                found.append(Problem(f"missing required field: {name}", pointer))
        if len(found) == before:
            for rule in rules:
                rule(value, pointer, found)

    return check


def kind(
    name: str,
    required: Mapping[str, Check],
    optional: Mapping[str, Check] | None = None,
    *rules: Rule,
    closed: bool = True,
) -> Kind:
    """Return the check of an object whose `type` is `name`; other arguments are as in `record`."""
    ignored = ("type",) if closed else None
    return Kind(name, record(required, optional, *rules, ignored=ignored))


def one_of(*kinds: Kind) -> Check:
    """Return the check of an object of one of these kinds, by its `type`."""
    by_name = {each.name: each.check for each in kinds}

    def check(value: Any, pointer: str, found: Found) -> None:
        if not isinstance(value, dict):
            found.append(Problem("must provide an object", pointer))
        elif "type" not in value:
            found.append(Problem("missing required field: type", pointer))
        elif not isinstance(value["type"], str):
            found.append(Problem("must provide a string", f"{pointer}/type"))
        elif value["type"] not in by_name:
            found.append(Problem(f"unsupported type: {value['type']}", f"{pointer}/type"))
        else:
            by_name[value["type"]](value, pointer, found)

    return check


def either(*names: str) -> Rule:
    """Return the rule that at least one of the fields is present."""

    def rule(value: dict[str, Any], pointer: str, found: Found) -> None:
        if not any(name in value for name in names):
            found.append(Problem(f"missing required field: {' or '.join(names)}", pointer))

    return rule


def exactly_one(*names: str) -> Rule:
    """Return the rule that exactly one of the fields is present."""

    def rule(value: dict[str, Any], pointer: str, found: Found) -> None:
        if sum(name in value for name in names) != 1:
            found.append(Problem(f"must provide exactly one of: {', '.join(names)}", pointer))

    return rule


def in_order(least: str, most: str) -> Rule:
    """Return the rule that the number in one field is not greater than that in the other."""

    def rule(value: dict[str, Any], pointer: str, found: Found) -> None:
        if least in value and most in value and float(value[least]) > float(value[most]):
            found.append(Problem(f"must not be greater than {most}", f"{pointer}/{least}"))

    return rule
