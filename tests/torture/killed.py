"""Killed commands: `restore`, `people erase` and `letters document` end at any moment, and run again.

Run: `python -m tests.torture.killed`.
"""

import asyncio
import random
import shutil
import signal
import sqlite3
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.features.lifecycle.use_cases import know_workspace
from bot.storage.database import Database
from bot.storage.privacy.erasure_list import ErasureKind, ErasureList
from tests.support.commands import Finished, undersigned, undersigned_killed
from tests.support.databases import migrated_file, sqlite_url
from tests.support.letters import (
    MEMBER,
    OTHER_MEMBER,
    WORKSPACE,
    a_signature,
    an_open_letter,
    signs,
)
from tests.support.machine.traces import files_with
from tests.torture.report import Report, command

KILLS = 300
WORDS = ("Zelda", MEMBER.person.user)
"""Traces of a person who was erased."""
CHECKS = ("half done", "came back", "not listed", "not done again", "left behind")
FOUND = ["Zelda Quill", "A Member"]


@dataclass(slots=True)
class Killed:
    """Findings after all kills."""

    kills: Counter[str] = field(default_factory=Counter[str])
    faults: Counter[str] = field(default_factory=lambda: Counter(dict.fromkeys(CHECKS, 0)))
    findings: list[str] = field(default_factory=list[str])

    def find(self, fault: str, what: object) -> None:
        """Note a fault."""
        self.faults[fault] += 1
        self.findings.append(f"{fault}: {what}")


def killed(*, kills: int, seed: int) -> Report:
    """Kill commands wherever they are, look at what is left, and run them again."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        found, by_hand = asyncio.run(_killed(Path(name), kills, random.Random(seed)))
    return Report(
        name="killed commands",
        done=", ".join(f"{often} {act}" for act, often in sorted(found.kills.items())),
        zeros=dict(found.faults),
        control="the backup copied to its place by hand",
        caught={"came back": by_hand},
        seconds=time.monotonic() - began,
        seed=seed,
        findings=found.findings[:10],
    )


async def _killed(folder: Path, kills: int, dice: random.Random) -> tuple[Killed, int]:
    stage = _Stage(folder, dice)
    await stage.set_up()
    acts = (stage.restore, stage.erase, stage.document)
    for number in range(3 * kills):
        if stage.found.kills.total() == kills:
            break
        await acts[number % len(acts)]()
    assert stage.found.kills.total() == kills, "too few commands were killed before their end"
    place = stage.fresh() / "undersigned.db"
    await asyncio.to_thread(shutil.copyfile, stage.backup, place)
    return stage.found, len(_names(place) & {FOUND[0]})


class _Stage:
    """A letter that two people signed, a backup from before one of them was erased, and the list."""

    def __init__(self, folder: Path, dice: random.Random) -> None:
        self.found = Killed()
        self._folder, self._dice = folder, dice
        self._template = folder / "undersigned.db"
        self.backup = folder / "backups" / "monday.db"
        self._list = ErasureList(folder / "list" / "undersigned.erasures")
        self._took: defaultdict[str, float] = defaultdict(lambda: 0.3)
        """About how long each command takes, in seconds."""

    async def set_up(self) -> None:
        (await asyncio.to_thread(migrated_file, self._folder)).rename(self._template)
        async with Database(sqlite_url(self._template)) as database:
            await know_workspace(database, workspace=WORKSPACE, name="The Coalition")
            until = datetime.now(UTC) + timedelta(days=30)
            letter = await an_open_letter(database, deadline=until)
            for actor, name in zip((MEMBER, OTHER_MEMBER), FOUND, strict=True):
                await signs(database, actor, letter, a_signature(actor, letter, name=name))
        self.backup.parent.mkdir()
        values = {"DATABASE_URL": sqlite_url(self._template)}
        assert (await undersigned("backup", str(self.backup), **values)).code == 0
        person = f"{WORKSPACE}:{MEMBER.person}"
        self._list.add(datetime.now(UTC), ErasureKind.PERSON, person)

    def fresh(self) -> Path:
        """Return a new empty folder."""
        return Path(tempfile.mkdtemp(dir=self._folder))

    async def restore(self) -> None:
        """The place holds nothing, or all but the person who was erased since."""
        folder = self.fresh()
        place = folder / "undersigned.db"
        words = ("restore", str(self.backup), "--erasures", str(self._list.file))

        def look() -> None:
            if place.exists() and _names(place) != {"", FOUND[1]}:
                self.found.find("came back", _names(place))

        again = await self._kill_and_run_again(words, place, look)
        if again.code and "already" not in again.err:
            self.found.find("not done again", again.err)
        look()
        self._look_for_the_rest(folder)

    async def erase(self) -> None:
        """The person is there, whole, or gone and on the list."""
        folder = self.fresh()
        place = Path(shutil.copy(self._template, folder))
        own = ErasureList(folder / "undersigned.erasures")

        def look() -> None:
            names = _names(place)
            if names not in ({*FOUND}, {"", FOUND[1]}):
                self.found.find("half done", names)
            if FOUND[0] not in names and not (own.file.exists() and own.read()[1]):
                self.found.find("not listed", names)

        words = ("people", "erase", MEMBER.person.user, "--yes")
        again = await self._kill_and_run_again(words, place, look)
        if again.code and "Nothing is kept" not in again.err:
            self.found.find("not done again", again.err)
        self._look_for_the_rest(folder)

    async def document(self) -> None:
        """The file that was there stays, or the new one is whole."""
        file = self.fresh() / "letter.md"
        file.write_text("old")
        texts: list[str] = []
        words = ("letters", "document", "1", "--format", "markdown", "--present", "--force")
        again = await self._kill_and_run_again(
            (*words, "--out", str(file)), self._template, lambda: texts.append(file.read_text())
        )
        texts.append(file.read_text())
        if again.code or FOUND[0] not in texts[-1]:
            self.found.find("not done again", again.err)
        if texts[0] not in {"old", texts[-1]}:
            self.found.find("half done", texts[0])

    async def _kill_and_run_again(
        self, words: tuple[str, ...], place: Path, look: Callable[[], object]
    ) -> Finished:
        """Kill a command at a moment drawn by lot, look at what is left, and run it to its end."""
        act, values = words[0], {"DATABASE_URL": sqlite_url(place)}
        first = await undersigned_killed(self._dice.uniform(0, self._took[act]), *words, **values)
        self.found.kills[act] += first.code == -signal.SIGALRM
        await asyncio.to_thread(look)
        began = time.monotonic()
        again = await undersigned(*words, **values)
        if first.code == -signal.SIGALRM:
            self._took[act] = time.monotonic() - began
        return again

    def _look_for_the_rest(self, folder: Path) -> None:
        left = files_with(folder, *WORDS)
        left |= {one.name for one in folder.iterdir() if one.suffix == ".restoring"}
        if left:
            self.found.find("left behind", left)


def _names(file: Path) -> set[str]:
    """Return the names of a database's signatures; empty ones are erased."""
    with closing(sqlite3.connect(file)) as opened:
        assert opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return {name for (name,) in opened.execute("SELECT name FROM endorsements")}


if __name__ == "__main__":
    command(killed, kills=KILLS)
