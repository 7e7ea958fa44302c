"""The report of a torture, how it is shown, and how one is started from the command line."""

import argparse
import random
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The outcome of one torture and of its control."""

    name: str
    done: str
    """The work that was done, with its figures."""
    zeros: Mapping[str, int]
    """The outcomes that must not happen, and how often they did."""
    control: str
    """The part that was broken on purpose."""
    caught: Mapping[str, int]
    """The number of faults in the control; without any the torture proves nothing."""
    seconds: float
    seed: int
    findings: Sequence[str] = ()
    """The first of what went wrong, in words."""

    @property
    def holds(self) -> bool:
        """Return whether the guarantee held, and the torture is known to be able to say so."""
        return not any(self.zeros.values()) and bool(self.caught) and all(self.caught.values())


Torture = Callable[..., Report]
"""Takes its figures and `seed` as keywords."""


def show(reports: Sequence[Report]) -> None:
    """Print the table of what was done, what was found, and what the controls found."""
    table = Table(title="Torture", show_lines=True)
    for column in ("torture", "what was done", "what was found", "the control", "seconds", "seed"):
        table.add_column(column, justify="right" if column in {"seconds", "seed"} else "left")
    for report in reports:
        table.add_row(
            report.name if report.holds else f"{report.name} FAILED",
            report.done,
            _counts(report.zeros),
            f"{report.control}: {_counts(report.caught)}",
            f"{report.seconds:.0f}",
            str(report.seed),
        )
    console = Console(width=140)
    console.print(table)
    for report in reports:
        for finding in report.findings:
            console.print(f"{report.name}: {finding}", markup=False)


def _counts(found: Mapping[str, int]) -> str:
    return ", ".join(f"{how_often:,} {what}" for what, how_often in found.items())


def command(torture: Torture, **figures: int) -> None:
    """Run one torture from the command line; each of its figures is an option."""
    parser = argparse.ArgumentParser(description=torture.__doc__)
    for name, usual in figures.items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=int, default=usual)
    parser.add_argument("--seed", type=int, default=a_seed(), help="as printed by an earlier run")
    report = torture(**vars(parser.parse_args()))
    show([report])
    sys.exit(not report.holds)


def a_seed() -> int:
    """A seed to try: print it, so that a run can be repeated."""
    return random.SystemRandom().randrange(1_000_000)
