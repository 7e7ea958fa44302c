"""Syscall sweep: each call to the kernel with which a signature is written fails once, or kills.

Run: `python -m tests.torture.syscalls`.
"""

import asyncio
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count, cycle
from pathlib import Path

from bot.features.lifecycle import use_cases as lifecycle
from bot.letters.letter import Letter
from bot.storage.database import Database
from tests.support.databases import copied, migrated_file, sqlite_url
from tests.support.letters import WORKSPACE, an_open_letter
from tests.torture.judge import FAULTS, Verdict, judge
from tests.torture.processes.replicas import FORKS
from tests.torture.processes.victim import GO, READY, Part, live, trigger
from tests.torture.report import Report, command
from tests.torture.strace import calls, missing, traced

INJECTIONS = 1_600
"""Enough for each call of each way to sign, with each harm."""
AT_ONCE = 2
PATIENCE_S = 30.0
HARMS = ("signal=SIGKILL", "error=EIO", "error=ENOSPC")
PARTS = {
    "the first": Part(before=range(0), after=range(1)),
    "one more": Part(before=range(1), after=range(1, 2)),
    "a batch": Part(before=range(1), after=range(1, 9)),
    "a batch that is written back": Part(before=range(3), after=range(3, 9), checkpoint=4),
}
CARELESS = replace(PARTS["a batch"], carelessly=True)
FILES = ("letters.sqlite3", "letters.sqlite3-wal", "letters.sqlite3-shm", "letters.sqlite3-journal")


@dataclass(frozen=True, slots=True)
class Injection:
    """The harm and its place: it strikes the n-th call of that name."""

    part: Part
    call: str
    when: int
    harm: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of one injection."""

    struck: bool
    stuck: bool
    verdict: Verdict


@dataclass(slots=True)
class Sweep:
    """The outcome of all of them."""

    struck: Counter[str] = field(default_factory=Counter[str])
    """The number of times that each harm struck."""
    calls: set[str] = field(default_factory=set[str])
    zeros: Counter[str] = field(
        default_factory=lambda: Counter(dict.fromkeys((*FAULTS, "stuck"), 0))
    )
    findings: list[str] = field(default_factory=list[str])

    def add(self, injection: Injection, outcome: Outcome) -> None:
        """Count one more."""
        if outcome.struck:
            self.struck[injection.harm] += 1
            self.calls.add(injection.call)
        self.zeros.update(outcome.verdict.faults)
        self.zeros["stuck"] += outcome.stuck
        if outcome.stuck or not outcome.verdict.is_clean:
            self.findings.append(f"{injection}: {outcome}")


def syscalls(*, injections: int, seed: int) -> Report:
    """Break the kernel's answers under signatures that are being written, one by one."""
    began = time.monotonic()
    reason = missing()
    assert not reason, reason
    with tempfile.TemporaryDirectory() as name:
        stage = _Stage(Path(name))
        plan = stage.plan(random.Random(seed))
        swept = Sweep()
        with ThreadPoolExecutor(AT_ONCE) as threads:
            while (left := injections - swept.struck.total()) > 0:
                chosen = [next(plan) for _ in range(left)]
                for injection, outcome in zip(
                    chosen, threads.map(stage.strike, chosen), strict=True
                ):
                    swept.add(injection, outcome)
        fell = stage.control()
    harms = ", ".join(f"{often} {harm}" for harm, often in sorted(swept.struck.items()))
    return Report(
        name="syscall sweep",
        done=f"{swept.struck.total():,} injections ({harms}) into {', '.join(sorted(swept.calls))} "
        f"of {len(PARTS)} ways to sign",
        zeros=swept.zeros,
        control="a file without a journal, killed at every third write",
        caught={"half written": sum(not outcome.verdict.is_clean for outcome in fell)},
        seconds=time.monotonic() - began,
        seed=seed,
        findings=swept.findings[:10],
    )


class _Stage:
    """A file with an open letter, of which every victim gets a copy."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._template = migrated_file(folder)
        self._numbers = count()
        self.letter = asyncio.run(self._open_a_letter())

    async def _open_a_letter(self) -> Letter:
        async with Database(sqlite_url(self._template)) as database:
            await lifecycle.know_workspace(database, workspace=WORKSPACE, name="The Coalition")
            return await an_open_letter(database, deadline=datetime.now(UTC) + timedelta(days=30))

    def plan(self, dice: random.Random) -> Iterator[Injection]:
        """Each call of each way to sign with each harm, in any order, and all over again."""
        found = [
            Injection(part, call, when + 1, harm)
            for part in PARTS.values()
            for call, often in self._calls_of(part).items()
            for when in range(often)
            for harm in HARMS
        ]
        dice.shuffle(found)
        return cycle(found)

    def _calls_of(self, part: Part) -> Counter[str]:
        """The calls that concern the database's files, of a run that nobody disturbs."""
        victim = _Victim(self._fresh(), self.letter, part)
        victim.run()
        assert len(victim.thanked) == len(part.before) + len(part.after)
        return Counter(call.name for call in calls(victim.log) if call.begins)

    def strike(self, injection: Injection) -> Outcome:
        """Do it to a fresh victim, and judge what is left."""
        victim = _Victim(self._fresh(), self.letter, injection.part)
        victim.run(f"--inject={injection.call}:{injection.harm}:when={injection.when}")
        return Outcome(victim.was_struck, victim.is_stuck, victim.judged())

    def control(self) -> list[Outcome]:
        """Victims without a journal, each killed at another of the writes."""
        writes = self._calls_of(CARELESS)["pwrite64"]
        return [
            self.strike(Injection(CARELESS, "pwrite64", when + 1, HARMS[0]))
            for when in range(1, writes, 3)
        ]

    def _fresh(self) -> Path:
        folder = self._folder / str(next(self._numbers))
        folder.mkdir()
        return copied(self._template, folder)


class _Victim:
    """One that signs on a file of its own, and what it says."""

    def __init__(self, file: Path, letter: Letter, part: Part) -> None:
        self.url = sqlite_url(file)
        self.log = file.with_name("calls")
        self.thanked: dict[str, str] = {}
        self.is_stuck = False
        self._files = [file.with_name(name) for name in FILES]
        self._letter, self._part = letter, part
        self._ours, self._its = FORKS.Pipe()

    @property
    def was_struck(self) -> bool:
        """Return whether the harm came to pass."""
        said = self.log.read_text(errors="replace")
        return "INJECTED" in said or "killed by SIGKILL" in said

    def run(self, *options: str) -> None:
        """Let it sign under strace, to its end."""
        process = FORKS.Process(target=live, args=(self.url, self._letter, self._part, self._its))
        process.start()
        self._its.close()
        assert process.pid is not None
        self._hear(until=READY)
        with traced(process.pid, self.log, paths=self._files, options=options):
            self._ours.send(GO)
            with suppress(EOFError, ConnectionError):
                self._hear(until="")
            process.join(PATIENCE_S)
            self.is_stuck = process.is_alive()
            process.kill()
            process.join()
        self._ours.close()

    def _hear(self, until: str) -> None:
        """Notes who was thanked, until a word comes or nothing can come any more."""
        while self._ours.poll(PATIENCE_S):
            said = self._ours.recv()
            if said == until:
                return
            who, entry = said
            self.thanked[who] = entry

    def judged(self) -> Verdict:
        """Judge what its file holds, in a process that starts now."""
        numbers: Sequence[int] = [*self._part.before, *self._part.after]
        asked = {trigger(number) for number in numbers}
        return asyncio.run(judge(self.url, asked=asked, acknowledged=self.thanked))


if __name__ == "__main__":
    command(syscalls, injections=INJECTIONS)
