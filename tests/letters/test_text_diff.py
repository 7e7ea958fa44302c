"""The changes of an amendment: none lost, none made up, and found quickly in any text."""

import random
import time
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.letters.text import canonical, paragraphs, parts
from bot.letters.text_diff import Kind, Passage, difference
from tests.support.scenes.published import LETTERS, Published

MARKS = {Kind.SAME: "{}", Kind.REMOVED: "[-{}-]", Kind.ADDED: "{{+{}+}}"}
MOST = 100_000
LONG = MOST // 3
"""The number of characters that shows a search that grows with their square."""

words = st.sampled_from(
    [
        "the",
        "a",
        "right",
        "rights",
        "don’t",
        "don't",
        "**now**",
        "呼吁",
        "é",
        "👩‍👩‍👧",
        "#️⃣",
        "\\*",
        ".",
    ]
)
texts = st.lists(words | st.sampled_from(["\n", "\n\n", "\n\n\n", "```\n", "\n- ", " "])).map(
    " ".join
)
amended = st.tuples(texts | st.text(), texts | st.text()) | st.tuples(
    texts, texts, texts, texts
).map(lambda part: (part[0] + part[1] + part[3], part[0] + part[2] + part[3]))


def one_side(passages: tuple[Passage, ...], kind: Kind) -> str:
    return "".join(
        piece.text
        for passage in passages
        for piece in (*passage.pieces, *passage.line_ends)
        if piece.kind in {Kind.SAME, kind}
    )


def marked(old: str, new: str) -> list[str]:
    """The changed passages, with what went in [- -] and what came in {+ +}."""
    return [
        "".join(MARKS[piece.kind].format(piece.text) for piece in passage.pieces)
        for passage in difference(old, new)
        if passage.changed
    ]


@given(amended)
def test_both_texts_are_in_it(texts: tuple[str, str]) -> None:
    """Parts that stayed and went are the old text; parts that stayed and came are the new one."""
    old, new = texts
    passages = difference(old, new)
    assert one_side(passages, Kind.REMOVED) == canonical(old)
    assert one_side(passages, Kind.ADDED) == canonical(new)


@given(amended)
def test_passages_are_parts(texts: tuple[str, str]) -> None:
    """Each side of the passages is the paragraphs and list items of that text, one by one."""
    passages = difference(*texts)
    for kind, text in zip((Kind.REMOVED, Kind.ADDED), texts, strict=True):
        sides = ["".join(piece.text for piece in passage.side(kind)) for passage in passages]
        assert [side for side in sides if side] == [part for part, _ in parts(text)]


@given(amended)
def test_pieces_alternate(texts: tuple[str, str]) -> None:
    """No piece is empty or beside one of its kind, and what went is before what came."""
    for passage in difference(*texts):
        kinds = [piece.kind for piece in passage.pieces]
        assert all(piece.text for piece in (*passage.pieces, *passage.line_ends))
        assert all(
            one is not other and (one, other) != (Kind.ADDED, Kind.REMOVED)
            for one, other in pairwise(kinds)
        )
        assert passage.changed == (kinds != [Kind.SAME])


@given(texts | st.text(), st.sampled_from(["", "\n", "\n\n", " \n"]))
def test_equal_texts(text: str, more: str) -> None:
    """Equal texts have no changed passage, nor have those whose canonical form is the same."""
    assert marked(text, text) == []
    assert marked(text, f"{canonical(text)}{more}".replace("\n", "\r\n")) == []


@given(amended)
def test_empty_lines_are_not_shown(texts: tuple[str, str]) -> None:
    """More empty lines between the same paragraphs are no changed passage."""
    old = texts[0]
    assert marked(old, "\n\n\n\n".join(paragraphs(old))) == []


@given(st.lists(st.integers(0, 30), min_size=2), st.data())
def test_one_word(numbers: list[int], data: st.DataObject) -> None:
    """One word for another is all that is shown, whatever else the letter says."""
    old = [f"word{number}" for number in numbers]
    place = data.draw(st.integers(0, len(old) - 1))
    new = [*old[:place], "other", *old[place + 1 :]]

    found = difference(" ".join(["We say at length:", *old]), " ".join(["We say at length:", *new]))

    changed = [
        piece for passage in found for piece in passage.pieces if piece.kind is not Kind.SAME
    ]
    assert [piece.text for piece in changed] == [old[place], "other"]


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        (
            "We ask the Council to act.",
            "We urge the Union to act now.",
            ["We [-ask-]{+urge+} the [-Council-]{+Union+} to act{+ now+}."],
        ),
        ("First.\n\nLast.", "First.\n\nBetween.\n\nLast.", ["{+Between.+}"]),
        ("First.\n\nBetween.\n\nLast.", "First.\n\nLast.", ["[-Between.-]"]),
        (
            "A paragraph about cats and dogs.",
            "Nothing like it whatsoever, friends!",
            ["[-A paragraph about cats and dogs.-]", "{+Nothing like it whatsoever, friends!+}"],
        ),
        (
            "We ask for the privacy of all people.",
            "They ask the Council to protect each of its whistleblowers.",
            [
                "[-We ask for the privacy of all people.-]",
                "{+They ask the Council to protect each of its whistleblowers.+}",
            ],
        ),
        (
            "We ask the Council to act.\n\nWe ask the Parliament to vote.",
            "We ask the Council to act. We ask the Parliament to vote.",
            [
                "[-We ask the Council to act.-]",
                "We ask the {+Council to act. We ask the +}Parliament to vote.",
            ],
        ),
        (
            "It is about the rights of children.",
            "Another beginning was written here.\n\nIt is about the rights of all children.",
            [
                "{+Another beginning was written here.+}",
                "It is about the rights of {+all +}children.",
            ],
        ),
        ("We don't yield.", "We don’t yield.", ["We [-don't-]{+don’t+} yield."]),
        (
            "我们呼吁理事会采取行动。",
            "我们敦促理事会采取行动。",
            ["我们[-呼吁-]{+敦促+}理事会采取行动。"],
        ),
        ("Press #️⃣ to sign.", "Press *️⃣ to sign.", ["Press [-#️⃣-]{+*️⃣+} to sign."]),
        ("It says \\*so\\*.", "It says *so*.", ["It says [-\\*so\\*-]{+*so*+}."]),
        (
            "It was written in a hurry by us.",
            "It was typed as a list by us.",
            ["It was [-written in a hurry-]{+typed as a list+} by us."],
        ),
        ("One text", "", ["[-One text-]"]),
        ("", "One text", ["{+One text+}"]),
    ],
)
def test_known_differences(old: str, new: str, shown: list[str]) -> None:
    """Words are whole, chance likeness between changes is not shown, paragraphs meet their like."""
    assert marked(old, new) == shown


@pytest.mark.parametrize("letter", LETTERS, ids=str)
def test_a_word_everywhere(letter: Published) -> None:
    """In a long letter a name that changes in every paragraph is all that is shown of each."""
    old = letter.text.replace(" the ", " the Forum’s ")
    found = difference(old, old.replace("Forum’s", "Council’s"))

    changed = [
        piece for passage in found for piece in passage.pieces if piece.kind is not Kind.SAME
    ]
    assert len(changed) > 20
    assert {piece.text for piece in changed} == {"Forum’s", "Council’s"}


def repetitive(parts: list[str], between: str, changed: float) -> tuple[str, str]:
    """A long text made of few different parts, and another like it."""
    chance = random.Random(7)
    old = [chance.choice(parts) for _ in range(LONG // (len(parts[0]) + len(between)))]
    new = [chance.choice(parts) if chance.random() < changed else part for part in old]
    return between.join(old)[: LONG - 1], between.join(new)[: LONG - 1]


def anchored(side: int) -> str:
    """A text of the most characters in which each 32nd is the only one of its kind."""
    chance = random.Random(side)
    return "".join(
        chr(0x4E00 + number) + "".join(chance.choice("的是") for _ in range(31))
        for number in range(MOST // 32)
    )[: MOST - 1]


HARDEST: dict[str, Callable[[], tuple[str, str]]] = {
    "two words": lambda: repetitive(["a", "b"], " ", 1),
    "two words, some changed": lambda: repetitive(["a", "b"], " ", 0.2),
    "two paragraphs": lambda: repetitive(["a", "b"], "\n\n", 1),
    "one paragraph often": lambda: ("a\n\n" * (LONG // 3), "a\n\n" * (LONG // 3 - 999)),
    "ideographs, some changed": lambda: repetitive([chr(0x4E00 + n) for n in range(400)], "", 0.2),
    "long words, some changed": lambda: repetitive([f"word{n}" for n in range(100, 400)], " ", 0.1),
    "every second paragraph": lambda: repetitive([f"p{n}" for n in range(1000, 9999)], "\n\n", 0.5),
    "as many comparisons as may be": lambda: (anchored(1), anchored(2)),
    "nothing but stops": lambda: repetitive(["*", "-", "\\"], "", 0.5),
}


MOSTLY_STAYED = {"ideographs, some changed", "long words, some changed"}


@pytest.mark.parametrize("hardest", HARDEST)
def test_long_letters_are_quick(hardest: str) -> None:
    """Long texts take seconds at most, however repetitive, and the longest by the worst case.

    Where a tenth of one changed, most of it is shown as what stayed.
    """
    old, new = HARDEST[hardest]()
    assert LONG - 40 < len(canonical(old)) <= MOST
    started = time.process_time()

    passages = difference(old, new)

    assert time.process_time() - started < 10 * max(1 / 3, len(old) / MOST)
    assert one_side(passages, Kind.REMOVED) == canonical(old)
    assert one_side(passages, Kind.ADDED) == canonical(new)
    if hardest in MOSTLY_STAYED:
        pieces = [piece for passage in passages for piece in passage.pieces]
        assert sum(len(one.text) for one in pieces if one.kind is Kind.SAME) > LONG * 0.6


def test_items_of_a_list_are_compared_one_by_one() -> None:
    """One changed item of a list is one change, and empty lines between items are none."""
    tight = "1. **One.** The first.\n2. **Two.** The second.\n3. **Three.** The last.\n\nThe end."
    loose = tight.replace("\n", "\n\n").replace("The second", "A second")
    changed = [passage for passage in difference(tight, loose) if passage.changed]
    assert [("".join(piece.text for piece in one.side(Kind.ADDED))) for one in changed] == [
        "2. **Two.** A second."
    ]
