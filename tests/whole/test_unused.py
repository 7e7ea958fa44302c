"""Dead code that `vulture` cannot see: it goes by the bare name, which others may have too."""

import ast
import re
from collections.abc import Collection, Iterator
from functools import cache
from typing import NamedTuple

from tests.support.shared import ROOT

ALLOWED = {
    "register": "bot/app.py calls it on each module that it was handed",
    "downgrade": "the rehearsal of upgrades goes back with it",
}
"""Names of functions that are used in a way that the sources do not show, with the reason."""
COMMAND = re.compile(r"\.([\w.]+):(\w+)")
"""The path of a command's function below `bot.commands`, as bot/cli.py writes it."""


class Module(NamedTuple):
    """One module's sources."""

    name: str
    package: str
    """The package that its relative imports begin in."""
    tree: ast.Module


def _modules() -> Iterator[Module]:
    """Read every module but migrations, whose functions Alembic calls."""
    places = (ROOT / "bot", ROOT / "understudy" / "bolt_understudy")
    for path in sorted(path for place in places for path in place.rglob("*.py")):
        if "versions" in path.parts:
            continue
        above = ROOT if path.is_relative_to(places[0]) else places[1].parent
        *package, last = path.relative_to(above).with_suffix("").parts
        name = package if last == "__init__" else [*package, last]
        yield Module(".".join(name), ".".join(package), ast.parse(path.read_text()))


def _imports(module: Module) -> dict[str, str]:
    """Return the full path of each name that a module imports."""
    found: dict[str, str] = {}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            found |= {one.asname: one.name for one in node.names if one.asname}
        if isinstance(node, ast.ImportFrom):
            above = module.package.split(".")[: 1 - node.level or None] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            found |= {one.asname or one.name: f"{base}.{one.name}" for one in node.names}
    return found


def _uses(module: Module) -> Iterator[str]:
    """Yield the full path of each name that a module uses; a definition does not use itself."""
    imports = _imports(module)
    yield from imports.values()
    for statement in module.tree.body:
        own = getattr(statement, "name", None)
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id != own:
                yield imports.get(node.id, f"{module.name}.{node.id}")
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                yield f"{imports.get(node.value.id, node.value.id)}.{node.attr}"
            if isinstance(node, ast.Constant) and (found := COMMAND.fullmatch(str(node.value))):
                yield f"bot.commands.{found[1]}.{found[2]}"


def _definitions(tree: ast.Module) -> Iterator[str]:
    """Yield the functions, classes and constants of a module."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (one.id for one in targets if isinstance(one, ast.Name))


def unused(modules: Collection[Module]) -> set[str]:
    """Return the full paths of what modules define at their top and none of them uses."""
    used = {use for module in modules for use in _uses(module)}
    defined = {f"{module.name}.{one}" for module in modules for one in _definitions(module.tree)}
    return {one for one in defined - used if not one.rpartition(".")[2].startswith("__")}


@cache
def _found() -> frozenset[str]:
    return frozenset(unused(list(_modules())))


def test_the_code_uses_all_of_itself() -> None:
    """Every function, class and constant is used by the code itself, not by tests alone."""
    assert {one for one in _found() if one.rpartition(".")[2] not in ALLOWED} == set()


def test_every_allowance_is_needed() -> None:
    """No allowance outlives what it was made for."""
    assert set(ALLOWED) - {one.rpartition(".")[2] for one in _found()} == set()


def test_the_same_name_elsewhere_hides_nothing() -> None:
    """A function that nobody calls is found though another module uses one of the same name."""
    sources = {
        "a": "def find(): ...\ndef kept(): ...",
        "b": "from a import kept\ndef find(): kept()",
        "c": "import b as rows\nrows.find()",
    }
    modules = [Module(name, "", ast.parse(source)) for name, source in sources.items()]

    assert unused(modules) == {"a.find"}
