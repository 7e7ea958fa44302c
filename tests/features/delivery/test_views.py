"""An organiser's views of a delivered copy hold Slack's limits, and nothing in them is live."""

from dataclasses import replace
from typing import Any

import pytest

from bot.features.delivery.rules import DeliveredCopy, canonical_entries, with_hash
from bot.features.delivery.slack import views
from bot.features.delivery.use_cases.handover import PAGE, Delivered, LastLook
from bot.features.desk.use_cases.needs import Need, NeedKind
from bot.letters.endorsement import State
from bot.letters.letter import Letter, Tally
from bot.letters.people import Person
from bot.letters.phases import Phase
from bot.letters.rules import Embargo, Hidden, Rules, WithdrawnEntry
from bot.letters.text import LetterText
from bot.locales import Words, words
from bot.slack.windows import Part, Place
from bot.slack.words.rules import embargo_words
from tests.support.live_marks import check_view
from tests.support.pseudo import spoken
from tests.support.reading import fields, words_of
from tests.support.scenes.worst import HOSTILE, a_letter, long_words
from tests.support.scenes.worst_facts import NOW, a_listed, a_signatory, an_endorsement

T = words("en-GB")


PLACE = Place(letter=7, part=Part.DELIVERY)
OPEN = (
    NeedKind.OBJECTION,
    NeedKind.WAITING,
    NeedKind.ALIKE,
    NeedKind.AWAITING,
    NeedKind.INVITED,
)


def a_look(letter: Letter, *needs: Need, **more: Any) -> LastLook:
    """Make a last look at a letter, with nobody on its list."""
    usual: dict[str, Any] = {"waits": False, "behind": 0, "listed": (), "more": False}
    return LastLook(letter=letter, needs=needs, **(usual | more))


def a_delivered(
    entry: str = "First Member", *, signed: int = 1, withdrawn: int = 0, **changes: object
) -> Delivered:
    """Make a letter that was delivered with so many entries, some withdrawn since."""
    entries = canonical_entries(
        a_listed(a_signatory(entry, number), an_endorsement(entry, number))
        for number in range(signed)
    )
    letter: Letter = a_letter(phase=Phase.DELIVERED, delivered_at=NOW, **changes)
    copy = DeliveredCopy(
        letter=letter.id, text=LetterText(letter.title, letter.sender, "We ask.\n"),
        entries=entries, people=signed, organisations=0,
        by=Person("T0COALITION", "U0ORGANISER"), cut_at=NOW, clock="postgresql",
    )  # fmt: skip
    gone = replace(
        an_endorsement(entry), withdrawn_at=NOW, ended=State.WITHDRAWN_AFTER_DELIVERY
    )  # fmt: skip
    return Delivered(letter=letter, copies=(with_hash(copy),), withdrawn=(gone,) * withdrawn)


@spoken
@pytest.mark.parametrize("text", long_words(1200))
def test_worst(t: Words, text: str) -> None:
    """Slack takes every view of a delivery, whatever people are called."""
    found = a_delivered(text, signed=95, withdrawn=200, title=text[:140])
    letter = replace(found.letter, tally=Tally(people=10**6, waiting=10**6), phase=Phase.CLOSED)
    needs = [Need(kind=kind, letter=letter, entry=text, count=10**6) for kind in OPEN] * 9
    listed = tuple(a_listed(a_signatory(text, n), an_endorsement(text, n)) for n in range(PAGE))
    look = a_look(letter, *needs, listed=listed, more=True, behind=10**6, hidden=True)

    for view in (
        views.last_look(t, look, replace(PLACE, at="1"), "Saved."),
        views.delivered(t, found, PLACE, ""),
        *(views.list_page(t, found.letter, found.copy, number) for number in range(6)),
        views.text_page(t, found.copy, 9),
    ):
        assert check_view(view) == []
        assert "<!channel>" not in str(
            [block.get("text") for block in view["blocks"] if "mrkdwn" in str(block)]
        )


def test_last_look() -> None:
    """Before the yes: what is still open, each with its Review, the list, and the count."""
    letter = a_letter(phase=Phase.CLOSED, tally=Tally(people=2, organisations=15, waiting=3))
    needs = [Need(kind=OPEN[0], letter=letter, entry="Web Group")]
    needs += [Need(kind=kind, letter=letter, count=3) for kind in OPEN[1:]]
    listed = tuple(
        a_listed(a_signatory(name, number), an_endorsement(name, number))
        for number, name in enumerate(("Ada King", "Grace Park"))
    )
    view = views.last_look(T, a_look(letter, *needs, listed=listed, behind=4), PLACE, "")

    shown = words_of(view).replace("\u2068", "").replace("\u2069", "")
    order = (
        "Web Group*: someone objects",
        "3 entries* aren’t on the list yet",
        "3 groups* of similar names",
        "3 invitations* are waiting for approval",
        "3 invitations* have no answer",
        "The list as it will be delivered",
        "Ada King\nGrace Park",
        "17 signatures: 15 organisations, 2 people",
        "4 signatures are for an earlier version",
    )
    places = [shown.index(part) for part in order]
    assert places == sorted(places)
    pressed = [one["text"]["text"] for _, one in fields(view["blocks"])]
    assert pressed[5:] == ["Review"] * len(OPEN) + ["Deliver"]
    values = [one.get("value") for _, one in fields(view["blocks"])]
    assert f"{letter.id}:invited:awaiting:1" in values


def test_no_button_while_answers_are_awaited() -> None:
    """While signers may answer a text change there is no Deliver, and Review leads to the time."""
    letter = a_letter(phase=Phase.CLOSED)
    need = Need(kind=NeedKind.UNANSWERED, letter=letter, count=2, until=NOW)
    view = views.last_look(T, a_look(letter, need, waits=True), PLACE, "")

    assert "2 signers* can still answer the text change until" in words_of(view)
    [review] = [one for _, one in fields(view["blocks"])][5:]
    assert review["value"] == f"{letter.id}:settings:"


def test_hidden_names_are_told() -> None:
    """Before delivery: it is said that names are still hidden."""
    rules = Rules(embargo=Embargo(hides=Hidden.NAMES, until_listed=30))
    letter = a_letter(phase=Phase.CLOSED, rules=rules)

    assert "The names are hidden" in words_of(
        views.last_look(T, a_look(letter, hidden=True), PLACE, "")
    )
    after = embargo_words(T, replace(letter, phase=Phase.DELIVERED))
    assert after == "The names are hidden. They appear when an organiser shows them."


def test_copy_says_all() -> None:
    """The copy has counts and the time; both hashes and which clock said so are behind Details."""
    found = a_delivered(signed=2)
    shown = words_of(views.delivered(T, found, PLACE, ""))

    details = words_of(views.details_page(T, found.copy))
    assert "2 signatures" in shown
    for part in (found.copy.copy_sha256, found.copy.text.sha256):
        assert part in details
        assert part not in shown
    assert "withdrawn" not in shown.casefold()
    pressed = [
        one["text"]["text"] for _, one in fields(views.delivered(T, found, PLACE, "")["blocks"])
    ]
    assert pressed[5:] == ["The list", "The text", "Details", "Get the letter"]


@pytest.mark.parametrize(
    ("rule", "then"),
    [
        (WithdrawnEntry.REMOVED, "is removed from this list"),
        (WithdrawnEntry.MARKED, "marked as withdrawn"),
    ],
)
def test_withdrawn_after_delivery(rule: WithdrawnEntry, then: str) -> None:
    """A signer who withdrew since is named, and what became of their entry on the living list."""
    shown = words_of(
        views.delivered(T, a_delivered(withdrawn=1, rules=Rules(withdrawn_entry=rule)), PLACE, "")
    )

    assert "1 signer withdrew after delivery." in shown
    assert "First Member" in shown
    assert then in shown


def test_every_entry_is_on_a_page() -> None:
    """The pages together are the list as it was cut."""
    found = a_delivered(signed=65)
    shown = [words_of(views.list_page(T, found.letter, found.copy, number)) for number in (1, 2, 3)]

    assert [text.count("First Member") for text in shown] == [30, 30, 5]


@pytest.mark.parametrize("typed", HOSTILE)
def test_nothing_typed_is_live(typed: str) -> None:
    """An entry that reads like a mention is words on the delivered list."""
    found = a_delivered(typed)
    view = views.list_page(T, found.letter, found.copy, 1)

    assert all(
        block["text"]["type"] == "plain_text" or typed not in block["text"]["text"]
        for block in view["blocks"]
        if block["type"] == "section"
    )
