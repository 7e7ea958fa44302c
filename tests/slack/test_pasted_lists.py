"""Each state of the window that takes pasted lists holds Slack's limits, whatever was pasted."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count

import pytest

from bot.documents.pasted.entries import Entry, Remark, Skip, Skipped
from bot.features.collected.slack.handlers import Signatures, added
from bot.features.collected.use_cases.additions import Brought
from bot.letters.endorsement import SOURCE_MOST, Kind
from bot.letters.entries import ENTRY_MOST, NAME_MOST
from bot.letters.refusals import Reason, Refusal, Refused
from bot.locales import Words, words
from bot.slack.pasting.state import TEXTS_MOST, TYPED_MOST, Item, Pasting
from bot.slack.pasting.views import PAGE, Row, Wording, edit, form, look, problem_of
from bot.slack.text.escaping import fit, isolate
from tests.support.live_marks import check_view, live_marks
from tests.support.pseudo import spoken
from tests.support.reading import words_of
from tests.support.scenes.worst import HOSTILE, a_letter, long_words

T = words("en-GB")


def a_wording(t: Words, rows: Sequence[Row] = (), source: str = "") -> Wording:
    """The words of the window that adds signatures."""
    return replace(Signatures().wording(t, rows), source=source)


def an_item(number: int, text: str, kind: Kind, *, left_out: bool = False) -> Item:
    """An entry of a pasted list."""
    entry = Entry(
        kind=kind, name=text[:NAME_MOST], title=text, affiliation=text, country=text, row=number,
        remarks=((Remark.UNSURE, ""), (Remark.SIGNED_BY, text)),
    )  # fmt: skip
    return Item(key=f"{number:06}", entry=entry, left_out=left_out)


def rows_of(text: str, count: int) -> list[Row]:
    """Rows with all that can be said of one."""
    return [
        Row(
            item=an_item(number, text, kind, left_out=number % 5 == 0),
            entry=text,
            notes=(text, text),
            problem=text if number % 3 == 0 else "",
            alike=(text, text, text),
        )
        for number, kind in enumerate([*Kind] * (count // 2))
    ]


def skipped(text: str) -> Sequence[Skipped]:
    return [Skipped(why=why, row=9, text=text[:200]) for why in Skip] * 4


@spoken
@pytest.mark.parametrize("text", long_words(ENTRY_MOST))
def test_worst(t: Words, text: str) -> None:
    """Slack takes every state of the window, with as much in it as it can hold."""
    letter = a_letter(title=text[:140])
    full = text * 20
    full = full[: fit(full, TYPED_MOST)]
    pasting = Pasting(texts=(full,) * TEXTS_MOST, flip=("abcdef",), page=2)
    source = text[:SOURCE_MOST]
    item = an_item(1, text, Kind.PERSON)
    other = an_item(1, text, Kind.ORGANISATION)
    several = [rows_of(text, count) for count in (0, 2, 12, 700)]
    words_here = a_wording(t, source=source)
    shown = [
        form(t, letter, Pasting(), a_wording(t)),
        form(t, letter, Pasting(), words_here),
        form(t, letter, Pasting(), replace(words_here, source=None)),
        edit(t, letter, pasting, words_here, item),
        edit(t, letter, pasting, words_here, other),
        added(t, letter, Brought(added=140, listed=70), [text * 3] * 30),
        *(
            look(
                t, letter, pasting, a_wording(t, rows, source), rows, skipped(text), [isolate(text)]
            )
            for rows in several
        ),
    ]
    for view in shown:
        assert check_view(view) == []


def test_every_page_is_reached() -> None:
    """Each entry that would be added is on just one page, and those that need a look come first."""
    rows = [
        Row(item=a_plain_item(number, Kind.ORGANISATION), entry=f"«{number}»")
        for number in range(PAGE * 2 + 3)
    ]
    rows[-1] = Row(item=a_plain_item(0, Kind.PERSON), entry="«last»", alike=("Somebody",))
    pages = [
        words_of(look(T, a_letter(), Pasting(page=page), a_wording(T, rows), rows, ()))
        for page in (1, 2, 3)
    ]
    for row in rows:
        assert sum(row.entry in page for page in pages) == 1
    assert "«last»" in pages[0]


def a_plain_item(number: int, kind: Kind, **details: str) -> Item:
    entry = Entry(kind=kind, name="Somebody", row=number, details=details)
    return Item(key=f"{number:06}", entry=entry)


def test_corrections_are_bounded() -> None:
    """A window that can hold no more corrections says so, and loses none."""
    pasting = Pasting(texts=("x",))
    for number in count():
        try:
            pasting = pasting.corrected(f"out:{number:06}")
        except Refused as refused:
            assert refused.refusal.reason is Reason.TOO_MANY_CORRECTIONS  # noqa: PT017 - the loop ends here
            break
    assert len(pasting.out) > 200
    letter = a_letter(title="T" * 140)
    assert check_view(look(T, letter, pasting, a_wording(T), rows_of("x", 2), ())) == []


def test_needs_a_source() -> None:
    """The source of pasted names has to be filled in; a table may say it for each entry."""

    def optional(**details: str) -> bool:
        rows = [Row(item=a_plain_item(1, Kind.PERSON, **details), entry="Somebody")]
        view = look(T, a_letter(), Pasting(), a_wording(T, rows), rows, ())
        blocks = {one.get("block_id", ""): one for one in view["blocks"]}
        return bool(next(blocks[name] for name in blocks if "source" in name).get("optional"))

    assert optional(source="On paper")
    assert not optional()


def test_problems_are_told_to_an_organiser() -> None:
    """A problem is told to the organiser, not to a signer, and a column that is not shown is named."""
    assert problem_of(T, [Refusal(Reason.ORGANISATIONS_ONLY, "kind")]) == (
        "Only organisations can sign this letter."
    )
    assert (
        problem_of(T, [Refusal(Reason.PEOPLE_ONLY, "kind")]) == "Only people can sign this letter."
    )
    assert problem_of(T, [Refusal(Reason.NOT_A_DATE, "given_on")]) == (
        "Column “given_on”: Write the date like this: 2026-03-31."
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_pasted_is_live(text: str) -> None:
    """Entries, remarks and texts stay words."""
    rows = [Row(item=an_item(1, text, Kind.PERSON), entry=text, notes=(text,), problem=text)]
    pasting = Pasting(texts=(text,))
    for view in (
        look(T, a_letter(), pasting, a_wording(T, rows), rows, skipped(text)),
        edit(T, a_letter(), pasting, a_wording(T), rows[0].item),
        added(T, a_letter(), Brought(added=1, listed=1), [text]),
    ):
        assert live_marks(view) == []
