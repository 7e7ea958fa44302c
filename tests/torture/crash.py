"""The common parts of the crash tortures: a letter, a crowd that signs, and replicas to kill."""

import asyncio
import json
import random
from collections.abc import AsyncGenerator, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.features.cards import use_cases as cards
from bot.features.drafts.use_cases import drafts
from bot.features.letter_rules import use_cases as letter_rules
from bot.features.lifecycle import use_cases as lifecycle
from bot.letters.draft import Draft
from bot.letters.people import Actor, Membership, Person
from bot.letters.rules import Rules
from bot.storage.database import Database
from tests.support.commands import free_port
from tests.support.reading import words_of
from tests.support.scenes.desk import Refused
from tests.support.shared import ROOT
from tests.support.simulator import Simulator, running_simulator
from tests.support.stories import CHANNEL, sign_as_oneself, sign_for
from tests.torture.crowd import Crowd, Form, entry_in, person, trigger, user
from tests.torture.judge import Verdict, judge
from tests.torture.processes.replicas import Main, Replica
from tests.torture.processes.servers import serve
from tests.torture.requests.wire import PATH, Line, request, signing

MANIFEST = ROOT / "manifests" / "http.json"
WORKSPACE = "T0COALITION"
FIRST, SECOND, ORGANISATION = "987654", "876543", "765432"
"""Digits of the two who fill the forms by hand, and of the organisation of the second."""
AT_ONCE = 32
JITTER_S = 0.02
KEEPER_S = 0.1
START_S = 0.6
"""About what a start takes: some kills strike within it."""
STRUCK_AT_START = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A local Slack, a letter whose card is up, replicas that serve, and a crowd to sign."""

    url: str
    simulator: Simulator
    replicas: Sequence[Replica]
    crowd: Crowd
    asked: set[str]
    """The triggers of all that was ever sent."""
    dice: random.Random


@asynccontextmanager
async def staged(
    url: str,
    folder: Path,
    *,
    people: int,
    replicas: int,
    dice: random.Random,
    mortal: bool = False,
    by_its_clock: bool = False,
    more: Mapping[str, str] | None = None,
    rules: Rules | None = None,
) -> AsyncGenerator[Stage]:
    """Set the stage on a migrated database; two have signed by hand when it is ready.

    Args:
        url: The database.
        folder: For the words of the replicas.
        people: How many the crowd has.
        replicas: How many serve.
        dice: Decides who and when.
        mortal: Replicas may end by themselves.
        by_its_clock: Replicas follow the local Slack's clock.
        more: Further settings of the replicas.
        rules: The letter's, if they are not the usual ones.
    """
    ports = [free_port() for _ in range(replicas)]
    address = f"http://127.0.0.1:{ports[0]}{PATH}"
    numbers = [int(FIRST), int(SECOND), *range(people)]
    async with running_simulator(manifest=MANIFEST, request_url=address) as simulator:
        await simulator.reset(
            seed="demo",
            people=[person(number) for number in numbers],
            transport="http",
            request_url=address,
            limits=False,
        )
        stage = Stage(
            url=url,
            simulator=simulator,
            replicas=[
                Replica(
                    main=serve,
                    settings=_settings(simulator, url, port, by_its_clock=by_its_clock)
                    | dict(more or {}),
                    log=folder / f"{port}.log",
                    mortal=mortal,
                )
                for port in ports
            ],
            crowd=Crowd(forms=[], ports=ports, dice=dice),
            asked={trigger(number) for number in range(people)},
            dice=dice,
        )
        await post_a_letter(url, rules)
        for replica in stage.replicas:
            replica.start()
        try:
            await ready(stage)
            await _fill_in(stage)
            yield stage
        finally:
            for replica in stage.replicas:
                replica.stop()


def _settings(simulator: Simulator, url: str, port: int, *, by_its_clock: bool) -> dict[str, str]:
    clock = {"UNDERSIGNED_CLOCK": f"{simulator.address}/_sim/clock"} if by_its_clock else {}
    return clock | {
        "SLACK_BOT_TOKEN": simulator.bot_token,
        "SLACK_SIGNING_SECRET": simulator.signing_secret,
        "SLACK_API_URL": simulator.api_url,
        "DATABASE_URL": url,
        "PORT": str(port),
    }


async def post_a_letter(url: str, rules: Rules | None = None) -> None:
    """A letter whose card is owed to the demo's channel, with rules of its own if there are any."""
    actor = Actor(
        workspace=WORKSPACE,
        person=Person(WORKSPACE, "U0ORGANISER"),
        membership=Membership.MEMBER,
    )
    draft = Draft(
        title="One Internet",
        body="We, the undersigned, ask for one Internet.",
        deadline=datetime.now(UTC) + timedelta(days=14),
    )
    async with Database(url) as database:
        await lifecycle.know_workspace(database, workspace=WORKSPACE, name="The Coalition")
        letter = await drafts.create(database, actor=actor, draft=draft, trigger="draft")
        await cards.post(
            database,
            letter=letter,
            actor=actor,
            channels=["C0OPENINTERNET"],
            public=["C0OPENINTERNET"],
            trigger="post",
        )
        if rules is not None:
            await letter_rules.set_rules(
                database, letter=letter, actor=actor, rules=rules, responsible="A Trust"
            )


async def ready(stage: Stage) -> None:
    """Wait until the servers take what is signed: until they are ready they answer 503."""
    body = b"ssl_check=1"
    for port in stage.crowd.ports:
        line = Line()
        for _ in range(400):
            came = await line.ask(port, request(body, signing(body)))
            if came is not None and came.status == 200:
                break
            await asyncio.sleep(0.05)
        line.hang_up()


async def _fill_in(stage: Stage) -> None:
    """Two people sign by hand; what Slack sent for them is the form that the crowd sends."""
    simulator, crowd = stage.simulator, stage.crowd
    for digits, organisation in ((FIRST, ""), (SECOND, ORGANISATION)):
        signer = simulator.person(user(int(digits)))
        await simulator.change_channel("C0OPENINTERNET", add=[signer.id])
        await signer.sees("One Internet", channel=CHANNEL, within=30)
        for left in reversed(range(5)):
            # A busy machine may take more than Slack's three seconds.
            with suppress(Refused) if left else nullcontext():
                if organisation:
                    await sign_for(signer, f"Organisation {organisation}")
                else:
                    await sign_as_oneself(signer)
                break
        submissions = [
            record
            for record in await simulator.records(kind="interactive")
            if record["payload"]["type"] == "view_submission"
        ]
        sent, answer = submissions[-1]["payload"], submissions[-1]["answer"]
        stage.asked.add(sent["trigger_id"])
        crowd.thanked[signer.id] = entry_in(words_of(answer["view"]))
        crowd.forms.append(Form(json.dumps(sent), digits, organisation))


@dataclass(frozen=True, slots=True, kw_only=True)
class Storm:
    """The course of a storm, and the judge's verdict after it."""

    thanked: int
    kills: int
    unanswered: int
    """Tries that were cut off, or told that something went wrong, and sent again."""
    refused: Sequence[str]
    """The refusals of those who were never thanked."""
    verdict: Verdict

    @property
    def done(self) -> str:
        """Return what was done."""
        return (
            f"{self.thanked:,} signatures thanked for, {self.kills} SIGKILLs, "
            f"{self.unanswered:,} tries unanswered and sent again"
        )

    @property
    def findings(self) -> list[str]:
        """The first of what went wrong, in words."""
        return [*self.verdict.findings, *self.refused[:5]]

    @property
    def zeros(self) -> dict[str, int]:
        """Return what must not have happened, and how often it did."""
        return {**self.verdict.faults, "refused": len(self.refused)}


async def storm(
    stage: Stage,
    numbers: range,
    *,
    kills: int,
    main: Main = serve,
    meanwhile: Callable[[], Coroutine[Any, Any, None]] | None = None,
) -> Storm:
    """The crowd signs while replicas are killed at random moments; then all is judged.

    Args:
        stage: Where.
        numbers: Who signs, of the crowd.
        kills: How often a replica is killed, spread over all the signatures.
        main: What the replicas run.
        meanwhile: What else strikes; it is waited for.
    """
    crowd, dice = stage.crowd, stage.dice
    cut_off = crowd.unanswered
    for replica in stage.replicas:
        replica.stop()
        replica.main = main
        replica.start()
    keeper = asyncio.create_task(_keep(stage.replicas))
    async with asyncio.TaskGroup() as group:
        group.create_task(crowd.sign(numbers, AT_ONCE))
        group.create_task(_strike(stage, len(numbers), kills))
        if meanwhile is not None:
            group.create_task(meanwhile())
    # Whatever was answered is sent once more: it must be answered alike, and change nothing.
    await crowd.sign(dice.sample(numbers, len(numbers) // 20), AT_ONCE)
    keeper.cancel()
    for replica in stage.replicas:
        replica.kill()
    return Storm(
        thanked=len(crowd.thanked),
        kills=kills + len(stage.replicas),
        unanswered=crowd.unanswered - cut_off,
        refused=crowd.refused,
        verdict=await judge(stage.url, asked=stage.asked, acknowledged=crowd.thanked),
    )


async def _keep(replicas: Sequence[Replica]) -> None:
    """Start any replica again that ended by itself, as platforms do."""
    while True:
        for replica in replicas:
            if replica.mortal and not replica.is_alive:
                replica.start()
        await asyncio.sleep(KEEPER_S)


async def _strike(stage: Stage, signatures: int, kills: int) -> None:
    """Kill any replica, after some signature or other; now and then also while it starts."""
    crowd, dice = stage.crowd, stage.dice
    already = len(crowd.thanked)
    struck_at_start = round(kills * STRUCK_AT_START)
    moments = sorted(dice.sample(range(signatures), kills - struck_at_start))
    twice = set(dice.sample(moments, struck_at_start))
    for moment in moments:
        await crowd.have_answered(already + moment)
        replica = dice.choice(stage.replicas)
        for delay in (JITTER_S, START_S) if moment in twice else (JITTER_S,):
            await asyncio.sleep(dice.uniform(0, delay))
            replica.kill()
            replica.start()
