"""A published letter, from nothing to the list that its conveners published."""

import random
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.features.collected.rules import SignatureRow
from bot.letters.rules import Confirmation, Rules
from bot.letters.text import split_title
from tests.flows.conftest import RunningBot
from tests.support.commands import undersigned
from tests.support.people import Person
from tests.support.scenes.published import LETTERS, ORGANISATIONS, Published
from tests.support.scenes.signature_tables import write_signatures
from tests.support.stories import CHANNEL, a_posted_letter

BRACKETED_COUNTRY = re.compile(r"^(?P<name>.+) \((?P<country>Paraguay)\)$")

OTHER_SEVENTEEN = [
    "Zentrum für Netzpolitik",
    "Bits of Freedom",
    "European Digital Rights",
    "Électroniciens sans frontières",
    "The Tor Project",
    "Åpen Teknologi",
    "R3D: Red en Defensa de los Derechos Digitales",
    "Access Now",
    "ARTICLE 19",
    "7amleh",
    "The Internet Society",
    "Zamleh Labs",
    "Open Rights Group",
    "OpenMedia",
    "Ångström Laboratory",
    "Ludwig van Beethoven",
    "Ada Lovelace, Analyst",
]


async def sign_entry(person: Person, entry: str, *, for_organisation: bool) -> None:
    """Sign so that the entry reads as given, through the form as a person would."""
    await person.click("Sign", channel=CHANNEL)
    await person.sees_modal("Sign the letter")
    fields: dict[str, Any]
    if for_organisation:
        await person.fill({"How are you signing?": "For my organisation"})
        await person.sees("Organisation")
        named, _, via = entry.partition(" via ")
        found = BRACKETED_COUNTRY.match(named)
        fields = {
            "Organisation": found["name"] if found else named,
            "Country": found["country"] if found else "",
            "Signing through": via,
            "Your role there": "Director",
            "Authorisation": ["I’m authorised to sign for this organisation"],
        }
    else:
        name, _, title = entry.partition(", ")
        if title:
            await person.fill({"How are you signing?": "With title or affiliation"})
            await person.sees("Affiliation")
        fields = {"Your name": name} | ({"Title": title} if title else {})
    await person.fill(fields)
    assert await person.submit() is None
    await person.sees(entry)
    assert await person.submit() is None
    await person.sees_modal("Signed")


async def gather(bot: RunningBot, entries: list[str], seed: int, **letter: Any) -> int:
    """Have 17 people sign in shuffled order; return the letter's number."""
    for number in range(len(entries)):
        await bot.simulator.change_person(
            f"U0SIGNER{number}", real_name=f"Signer {number}", tz="Europe/Berlin", role="Member"
        )
    await bot.simulator.change_channel(
        "C0OPENINTERNET", add=[f"U0SIGNER{number}" for number in range(len(entries))]
    )
    number = await a_posted_letter(bot, **letter)
    order = list(enumerate(entries))
    random.Random(seed).shuffle(order)
    for place, entry in order:
        signer = bot.person(f"U0SIGNER{place}")
        await sign_entry(signer, entry, for_organisation=place < ORGANISATIONS)
    return number


async def the_entries(bot: RunningBot, number: int) -> str:
    """The list as the command line writes it."""
    here = bot.settings.database_url
    return (await undersigned("letters", "export", str(number), DATABASE_URL=here)).out


def row_of(entry: str, place: int) -> SignatureRow:
    """A published entry as an organiser writes it into a table."""
    named, _, via = entry.partition(" via ")
    found = BRACKETED_COUNTRY.match(named)
    row = SignatureRow(kind="organisation", source="The published list", ground="public_statement")
    row = replace(row, given_by="Its own site", given_role="Publisher", given_on="2026-03-01")
    if place < ORGANISATIONS:
        name, country = (found["name"], found["country"]) if found else (named, "")
        return replace(row, organisation=name, country=country, via=via)
    name, _, title = entry.partition(", ")
    return replace(row, kind="person", name=name, title=title)


@pytest.mark.parametrize("letter", LETTERS, ids=str)
async def test_gathered_as_a_table(
    running_bot: RunningBot, tmp_path: Path, letter: Published
) -> None:
    """The published list, gathered elsewhere and added as a table by the command line, is the same."""
    title, body = split_title(letter.text)
    rules = Rules(confirmation=Confirmation.ORGANISER)
    number = await a_posted_letter(running_bot, title=title, body=body, rules=rules)
    rows = [row_of(entry, place) for place, entry in enumerate(letter.names)]
    random.Random(4).shuffle(rows)
    table = tmp_path / "signatures.csv"
    table.write_bytes(write_signatures(rows).encode())
    words = ("letters", "add", str(number), str(table), "--organiser", "U0ORGANISER", "--yes")
    added = await undersigned(*words, DATABASE_URL=running_bot.settings.database_url)
    assert (added.code, added.err) == (0, "")
    assert added.out.endswith("Added: 17. On the list: 17.\n")

    await running_bot.organiser.command(CHANNEL, f"/letter pin {letter.convener}")
    await running_bot.organiser.sees("Moved to the top", channel=CHANNEL)

    written = await the_entries(running_bot, number)
    assert written.encode() == letter.signatories.read_bytes()


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("letter", LETTERS, ids=str)
async def test_reproduced(running_bot: RunningBot, seed: int, letter: Published) -> None:
    """17 people sign in any order, the convener is pinned, and the exported list is the published one."""
    title, body = split_title(letter.text)
    number = await gather(running_bot, letter.names, seed, title=title, body=body)

    await running_bot.organiser.command(CHANNEL, f"/letter pin {letter.convener}")
    await running_bot.organiser.sees("Moved to the top", channel=CHANNEL)

    exported_list = await the_entries(running_bot, number)

    assert exported_list.encode() == letter.signatories.read_bytes()


async def test_any_other_17(running_bot: RunningBot) -> None:
    """The order is a rule: other names fall into place too."""
    number = await gather(running_bot, OTHER_SEVENTEEN, 3)

    entries = (await the_entries(running_bot, number)).splitlines()

    assert entries == [
        "7amleh",
        "Access Now",
        "Ångström Laboratory",
        "Åpen Teknologi",
        "ARTICLE 19",
        "Bits of Freedom",
        "Électroniciens sans frontières",
        "European Digital Rights",
        "The Internet Society",
        "OpenMedia",
        "Open Rights Group",
        "R3D: Red en Defensa de los Derechos Digitales",
        "The Tor Project",
        "Zamleh Labs",
        "Zentrum für Netzpolitik",
        "Ludwig van Beethoven",
        "Ada Lovelace, Analyst",
    ]
