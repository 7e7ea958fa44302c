"""No regular expression may cost more than its text is long: people send what they like."""

import ast
import re
import signal
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.machine.patterns import hard_texts, module_patterns
from tests.support.shared import ROOT

LONG = 50_000
MIDDLE, SUSPICIOUS = 5_000, 5
"""A text of a tenth of the length shows what is worth the whole length, in a tenth of the time: what
costs 60 scans at 50,000 characters because it grows with their square costs 6 at 5,000."""
SHORT = 800
MOST = 60
"""Times the longest of a plain scan of as long a text: a hard pattern costs thousands."""
PATTERNS = module_patterns()
INLINE = {"match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer"}


class _TooLongError(Exception):
    pass


@contextmanager
def _at_most(seconds: float) -> Generator[None]:
    """Raise out of a regular expression that takes more of the processor."""

    def give_up(*_: object) -> None:
        raise _TooLongError

    before = signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _cost(pattern: re.Pattern[str], text: str, most: float) -> float:
    """Seconds of the processor that a pattern takes for a text, in each way to use it."""
    begun = time.thread_time()
    with _at_most(most):
        pattern.sub("", text)
        pattern.fullmatch(text)
    return time.thread_time() - begun


def _scan(length: int) -> float:
    """Seconds that a plain scan of a text takes here and now."""
    plain, text = re.compile(r"(?:[a-z]|.)", re.DOTALL), "a1" * (length // 2)
    return min(_cost(plain, text, 60) for _ in range(3))


@pytest.mark.parametrize("place", PATTERNS)
def test_evil_texts(place: str) -> None:
    """A pattern takes no longer for the worst 50,000 characters than some scans of them."""
    pattern = PATTERNS[place]
    short, long = MOST * _scan(SHORT), MOST * _scan(LONG)
    middle = SUSPICIOUS * _scan(MIDDLE)
    # At full length only where a shorter one takes longer than it should.
    shorter = zip(hard_texts(pattern, MIDDLE, 1), hard_texts(pattern, LONG, 1), strict=True)
    for text, whole in shorter:
        if _seems_hard(place, text, middle, long):
            _assert_linear(place, whole, long)
    for text in hard_texts(pattern, SHORT, 3):
        if _seems_hard(place, text, short / 8, long):
            body = text.removesuffix("\0")
            _assert_linear(place, f"{(body * (LONG // len(body)))}\0", long)


def _seems_hard(place: str, text: str, usual: float, most: float) -> bool:
    """Return whether a pattern takes more seconds than usual for a text; fail where it never ends."""
    try:
        return _cost(PATTERNS[place], text, most) > usual
    except _TooLongError:
        pytest.fail(f"{place} never ends for {text[:20]!r}…")


def _assert_linear(place: str, text: str, most: float) -> None:
    for _ in range(2):
        # A second time, in case that the machine was busy with something else.
        try:
            took = _cost(PATTERNS[place], text, most)
        except _TooLongError:
            took = most
        if took < most:
            return
    pytest.fail(f"{place} takes too long for {text[:30]!r}…")


def test_every_pattern_is_seen() -> None:
    """A pattern is at the top of its module, where the test above finds it."""
    inside = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted((ROOT / "bot").rglob("*.py"))
        for node in _inside(path)
    ]
    assert inside == []


def _inside(path: Path) -> Iterator[ast.Call]:
    """Yield calls of `re` that make a pattern again, or inside a function."""
    waiting: list[tuple[ast.AST, bool]] = [(ast.parse(path.read_text(encoding="utf-8")), False)]
    while waiting:
        node, nested = waiting.pop()
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner, name = node.func.value, node.func.attr
            again = name in INLINE or (name == "compile" and nested)
            if again and isinstance(owner, ast.Name) and owner.id == "re":
                yield node
        nested |= isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
        waiting += [(inner, nested) for inner in ast.iter_child_nodes(node)]
