"""State charts, the table of who may do what and the list of modules, made from the code itself.

`make charts` writes them between their marks in the documents; a test holds them equal.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path

from bot.letters import endorsement, invitation, phases, standing
from bot.letters.people import Role
from bot.letters.rules import Confirmation
from tests.support.shared import ROOT

DOCUMENTS = (ROOT / "ARCHITECTURE.md", ROOT / "docs" / "modules.md")
_MARKED = re.compile(r"(<!-- chart: (\w+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)

Moves = Mapping[tuple[StrEnum, StrEnum], StrEnum]


def chart(moves: Moves) -> str:
    """Each state, what leads out of it, and where to; a state that nothing leaves is an end."""
    states = list(dict.fromkeys([*(state for state, _ in moves), *moves.values()]))
    wide = max(len(state.value) for state in states)
    widest = max(len(what.value) for _, what in moves)
    lines: list[str] = []
    for state in states:
        ways = [(what, to) for (origin, what), to in moves.items() if origin is state]
        if not ways:
            lines.append(f"{state.value:<{wide}}  ■")
        for number, (what, to) in enumerate(ways):
            name = state.value if number == 0 else ""
            back = " ↺" if to is state else f"▶ {to.value}"
            lines.append(
                f"{name:<{wide}}  ── {what.value} {'─' * (widest - len(what.value))}─{back}"
            )
    return "\n".join(lines)


def letter_chart() -> str:
    """The phases of a letter."""
    return _fenced(chart({(a, b): to for (a, b), to in phases.MOVES.items()}))


def endorsement_chart() -> str:
    """The states of an endorsement."""
    return _fenced(chart({(a, b): to for (a, b), to in endorsement.MOVES.items()}))


def invitation_chart() -> str:
    """The states of an ask, and who may say what leads there."""
    moves: dict[tuple[StrEnum, StrEnum], StrEnum] = {
        (state, saying): to for (state, saying), to in invitation.MOVES.items()
    }
    voices = "\n".join(
        f"{saying.value:<9} by {', '.join(sorted(voice.value for voice in said))}"
        for saying, said in invitation.AUTHORS.items()
    )
    return _fenced(f"{chart(moves)}\n\n{voices}")


def standing_table() -> str:
    """Write the table from a letter's rule and its confirmations to an organisation's standing."""
    rows: list[tuple[str, ...]] = [
        ("", "nobody yet", "a second person", "an organiser", "both of them")
    ]
    for confirmation in Confirmation:
        cells = (
            standing.organisation_standing(
                confirmation, voices=voices, by_organiser=organiser, objections=0, removed=False
            ).value
            for voices, organiser in ((1, False), (2, False), (1, True), (2, True))
        )
        rows.append((confirmation.value, *cells))
    return _table(rows)


def allowed_table() -> str:
    """Write the table of actions by phase: nobody, organisers, first signers too, or anybody."""
    who = {
        frozenset[Role](): "",
        frozenset({Role.ORGANISER}): "organisers",
        frozenset({Role.ORGANISER, Role.FIRST_SIGNER}): "first signers",
        frozenset(Role) - {Role.SIGNER, Role.STRANGER}: "all",
        frozenset(Role) - {Role.STRANGER}: "all, signers",
    }
    rows = [("", *(phase.value for phase in phases.Phase))]
    for action, cells in phases.ALLOWED.items():
        rows.append((action.value, *(who[cells[phase]] for phase in phases.Phase)))
    return _table(rows)


def modules_list() -> str:
    """Each room and the modules in it, with the first line of what each says of itself."""
    rooms: defaultdict[str, list[Path]] = defaultdict(list)
    for path in sorted(
        [*ROOT.glob("bot/**/*.py"), *ROOT.glob("understudy/bolt_understudy/**/*.py")]
    ):
        room = path.parent.relative_to(ROOT).as_posix()
        if not path.stem.startswith("__") and not room.startswith("bot/storage/migrations"):
            rooms[room].append(path)
    return "\n".join(
        line for room, paths in sorted(rooms.items()) for line in (f"- `{room}/`", *_each(paths))
    )


def _each(paths: list[Path]) -> Iterator[str]:
    """A module of one class often says what it is for there."""
    for path in paths:
        module = ast.parse(path.read_text())
        defined = [one for one in module.body if isinstance(one, ast.ClassDef | ast.FunctionDef)]
        said = next(filter(None, map(ast.get_docstring, (module, *defined))), "")
        yield f"  - {path.stem}: {said.splitlines()[0]}" if said else f"  - {path.stem}"


def _table(rows: list[tuple[str, ...]]) -> str:
    head, *body = (f"| {' | '.join(row)} |" for row in rows)
    return "\n".join([head, f"|{'---|' * len(rows[0])}", *body])


def _fenced(text: str) -> str:
    return f"```\n{text}\n```"


CHARTS: dict[str, Callable[[], str]] = {
    "letter": letter_chart,
    "endorsement": endorsement_chart,
    "ask": invitation_chart,
    "standing": standing_table,
    "allowed": allowed_table,
    "modules": modules_list,
}


def drawn(document: str) -> str:
    """A document with every chart that it names as the code's tables are now."""
    return _MARKED.sub(lambda found: f"{found[1]}{CHARTS[found[2]]()}\n{found[4]}", document)


def named(document: str) -> list[str]:
    """The charts that a document shows."""
    return [found[2] for found in _MARKED.finditer(document)]


def write(paths: tuple[Path, ...] = DOCUMENTS) -> None:
    """Renews the charts in the documents."""
    for path in paths:
        path.write_text(drawn(path.read_text()))


if __name__ == "__main__":
    write()
