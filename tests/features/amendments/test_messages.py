"""Messages to signers about an amendment hold Slack's limits, and say all that matters."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bolt_understudy.block_kit import total_text
from bot.features.amendments.slack import changes, messages
from bot.features.amendments.use_cases.texts import Change, Texts
from bot.letters.amendment import Amendment, AmendmentKind
from bot.letters.endorsement import State
from bot.letters.letter import Letter
from bot.letters.phases import Phase
from bot.letters.rules import Rules, Silence, WithdrawnEntry
from bot.letters.text import LetterText
from bot.locales import Words, words
from bot.slack.words.rules import before_signing
from tests.support.live_marks import check_message, check_view
from tests.support.pseudo import spoken
from tests.support.reading import count_of_words, fields, words_of
from tests.support.scenes.worst import a_letter, long_words
from tests.support.scenes.worst_facts import NOW, an_endorsement

T = words("en-GB")
UNTIL = NOW + timedelta(days=3)


def worded(body: str, title: str = "One Internet", sender: str = "") -> LetterText:
    return LetterText(title, sender, body)


def an_amendment(number: int = 1, note: str = "Clear words.", **changed: Any) -> Amendment:
    made = Amendment(
        id=f"f{number:025}",
        letter=7,
        kind=AmendmentKind.MATERIAL,
        from_sha256="0" * 64,
        to_sha256="1" * 64,
        meaning=2,
        note=note,
        answer_by=UNTIL,
        made_at=NOW,
    )
    return replace(made, **changed)


def a_change(
    letter: Letter | None = None,
    old: str = "We ask.",
    new: str = "We demand.",
    *,
    state: State = State.ASKED,
    entry: str = "First Member",
    amendments: tuple[Amendment, ...] = (an_amendment(),),
) -> Change:
    letter = letter or a_letter(answer_by=UNTIL, meaning=2)
    return Change(
        endorsement=an_endorsement(entry),
        state=state,
        texts=Texts(letter=letter, old=worded(old), new=worded(new)),
        amendments=amendments,
    )


async def test_short() -> None:
    """A question about a change of meaning has the changed sentences, and at most ninety words."""
    around = "We ask the ministers to keep all quays open. {} We will meet them in the spring."
    old, new = (around.format(f"Nobody {verb} a permit.") for verb in ("wants", "needs"))
    change = a_change(a_letter(title="Open quays", answer_by=UNTIL, meaning=2), old, new)
    _, blocks = await messages.message(T, replace(change, amendments=(an_amendment(note=""),)))

    said = words_of({"blocks": blocks})
    assert said.count("a permit") == 2
    assert "ministers" not in said
    assert "spring" not in said
    assert count_of_words({"blocks": blocks}) <= 90


@spoken
@pytest.mark.parametrize("text", long_words(140))
async def test_worst_messages(t: Words, text: str) -> None:
    """Slack takes every message and every page, whatever was written and however much changed."""
    letter = a_letter(title=text, answer_by=UNTIL, meaning=2)
    long = "\n\n".join([(text * 9)[:1000]] * 90)
    notes = tuple(an_amendment(number, (text * 9)[:600]) for number in range(9))
    for old, new in ((long, long[::2]), ("", long), (long, "")):
        for state in (State.ASKED, State.STANDS):
            change = a_change(
                letter, old, new, state=state, entry=(text * 9)[:1200], amendments=notes
            )
            for ask in (messages.message, messages.again, messages.sooner):
                said, blocks = await ask(t, change)
                assert check_message(blocks) == []
                assert total_text(blocks) < 13_000
                assert 0 < len(said) <= 3900
        for number in (1, 2, 99):
            texts = a_change(letter, old, new).texts
            assert check_view(await changes.page_of(t, texts, number)) == []
    signed = an_endorsement((text * 9)[:1200])
    for after in (signed, replace(signed, ended=State.WITHDRAWN, withdrawn_at=NOW)):
        said, blocks = messages.answered(t, letter, after)
        assert check_message(blocks) == []
        assert 0 < len(said) <= 3900


def test_withdrawn_after_delivery() -> None:
    """A signer who withdraws after delivery from a list that marks is told about the mark."""
    signed = replace(an_endorsement(), ended=State.WITHDRAWN_AFTER_DELIVERY, withdrawn_at=NOW)
    for rule, said in (
        (WithdrawnEntry.MARKED, "stays, marked as withdrawn"),
        (WithdrawnEntry.REMOVED, "is removed from this list"),
    ):
        letter = a_letter(rules=Rules(withdrawn_entry=rule))
        assert said in messages.answered(T, letter, signed)[0]


async def test_asked() -> None:
    """A signer who is asked reads both texts, why, until when, what silence means, and answers."""
    for silence, meant in (
        (Silence.KEEP, "you stay on the list"),
        (Silence.DROP, "comes off the list"),
    ):
        letter = a_letter(answer_by=UNTIL, meaning=2, rules=Rules(silence=silence))
        said, blocks = await messages.message(T, a_change(letter))
        shown = words_of({"blocks": blocks})
        for words_shown in (said, shown):
            for part in ("One Internet", "Clear words.", "We demand.", "13 Mar 2026", meant):
                assert part in words_shown
        pressed = {element["text"]["text"]: element for _, element in fields(blocks)}
        assert list(pressed) == ["Keep my signature", "Withdraw", "What changed", "Read letter"]
        assert pressed["Keep my signature"]["value"].endswith(
            f":{worded('We ask.').sha256}:{worded('We demand.').sha256}"
        )
        assert "confirm" in pressed["Withdraw"]
        assert "confirm" not in pressed["Keep my signature"]


async def test_told() -> None:
    """A signer who is told of a correction has nothing to answer, and can withdraw."""
    kind = AmendmentKind.COSMETIC
    change = a_change(
        a_letter(), state=State.STANDS, amendments=(an_amendment(kind=kind, answer_by=None),)
    )
    said, blocks = await messages.message(T, change)

    assert "You don’t need to do anything." in said
    assert [one["text"]["text"] for _, one in fields(blocks)] == [
        "What changed", "Withdraw", "My signature", "Read letter",
    ]  # fmt: skip


def test_before_the_yes() -> None:
    """Before signing one reads what silence and a late withdrawal mean, by this letter's rules."""
    said = {
        before_signing(T, a_letter(rules=Rules(silence=silence, withdrawn_entry=entry)))
        for silence in Silence
        for entry in WithdrawnEntry
    }
    assert len(said) == 4
    assert "The letter has been delivered, so its text can’t" in before_signing(
        T, a_letter(phase=Phase.LATE, delivered_at=NOW)
    )
