"""The words that a signer reads, to the receipt after an objection, are those kept and shown."""

import re

import pytest

from bot.features.organisations.use_cases import standing
from bot.features.signing.slack import form as views
from bot.features.signing.slack.messages import receipt
from bot.features.signing.slack.thanks import thanks
from bot.features.signing.use_cases import own_signature
from bot.letters.endorsement import Capacity, Facts, Signature
from bot.letters.letter import Letter
from bot.locales import words
from bot.slack.payloads import Caller
from bot.storage.database import Database
from tests.support.letters import (
    MEMBER,
    OTHER_MEMBER,
    a_trigger,
    an_open_letter,
    rows,
    signs,
    the_list,
)
from tests.support.reading import words_of

T = words("en-GB")
NAME = "Mia Harbour"
TYPED = Facts(
    name=NAME, title="Dr", affiliation="Fen College", organisation="Quay Trust", country="Kenya",
    role="Chair", authorised=True,
)  # fmt: skip


@pytest.mark.parametrize("capacity", [one for one in Capacity if one is not Capacity.WITHHELD])
async def test_agrees(database: Database, capacity: Capacity) -> None:
    """The consent is kept as it is read, and names what the list shows: the person or the organisation."""
    letter = await an_open_letter(database)
    signing = views.Signing(
        letter=letter.id, text_sha256=letter.text_sha256, language=letter.language,
        offered=tuple(Capacity), capacity=capacity,
    )  # fmt: skip
    made = views.composed(Caller(actor=MEMBER, t=T, tz="UTC", name=NAME), signing, TYPED)
    assert isinstance(made, Signature)
    form = plain(words_of(views.approval(T, letter, signing, made)))
    await signs(database, MEMBER, letter, made)

    (kept,) = await rows(database, "endorsements")
    assert kept["consent"] == made.consent
    assert made.consent in form
    assert await the_list(database, letter) == [made.entry]
    is_person = capacity is not Capacity.ORGANISATION
    assert (NAME in made.entry) is is_person
    assert ("your name is published" in made.consent) is is_person
    assert ("Your own name isn’t published" in made.consent) is not is_person
    for shown in (form, plain(words_of(thanks(T, made.entry, changed=False)))):
        assert made.entry in shown
        assert "withdraw" in shown
    assert made.entry in await received(database, letter)
    if is_person:
        return

    (party,) = await rows(database, "signatories")
    await standing.object_to(
        database, signatory=party["id"], actor=OTHER_MEMBER, name="An Objector", role="Chair",
        reason="Nobody asked our board about it.", trigger=a_trigger(),
    )  # fmt: skip
    said = await received(database, letter)
    listed = await the_list(database, letter)
    assert (made.entry in listed) is ("off the list" not in said)


async def received(database: Database, letter: Letter) -> str:
    """Read the signer's receipt as it is now."""
    found = await own_signature.receipt(database, letter=letter.id, person=MEMBER.person)
    assert found is not None
    text, blocks = receipt(T, found)
    assert text
    return plain(words_of({"blocks": blocks}))


def plain(said: str) -> str:
    return re.sub("[\u2066-\u2069]", "", said)
