"""Each state of the window that takes signatures holds Slack's limits, whatever was pasted."""

from collections.abc import Sequence
from itertools import count

import pytest

from bot.documents.pasted.entries import Entry, Remark, Skip, Skipped
from bot.features.collected.rules import SOURCE_MOST
from bot.features.collected.slack import views as adding_views
from bot.features.collected.use_cases.additions import Brought
from bot.letters.endorsement import Kind
from bot.letters.entries import ENTRY_MOST, NAME_MOST
from bot.letters.refusals import Reason, Refused
from bot.locales import Words, words
from bot.slack.pasting.state import TEXTS_MOST, TYPED_MOST, Item, Pasting
from bot.slack.pasting.views import PAGE, Row
from bot.slack.text.escaping import isolate
from tests.support.live_marks import check_view
from tests.support.pseudo import spoken
from tests.support.reading import words_of
from tests.support.worst import a_letter, long_words

T = words("en-GB")


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
            item=an_item(number, text, kind, left_out=number % 5 == 0) if number % 7 else None,
            kind=kind,
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
    full = (text * 20)[:TYPED_MOST]
    pasting = Pasting(texts=(full,) * TEXTS_MOST, flipped=frozenset({"abcdef"}), page=2)
    source = text[:SOURCE_MOST]
    item = an_item(1, text, Kind.PERSON)
    other = an_item(1, text, Kind.ORGANISATION)
    shown = [
        adding_views.form(t, letter, Pasting()),
        adding_views.form(t, letter, Pasting(), source),
        adding_views.refused(t, letter, pasting, [text] * 21, source),
        adding_views.edit(t, letter, pasting, item, source),
        adding_views.edit(t, letter, pasting, other, source),
        adding_views.added(t, letter, Brought(added=140, listed=70)),
        *(
            adding_views.look(
                t,
                letter,
                pasting,
                rows_of(text, count),
                skipped(text),
                source=source,
                notes=[isolate(text)],
            )
            for count in (0, 2, 12, 700)
        ),
    ]
    for view in shown:
        assert check_view(view) == []


def test_every_page_is_reached() -> None:
    """Each entry that would be added is on just one page, and those that need a look come first."""
    rows = [Row(item=None, kind=Kind.ORGANISATION, entry=f"«{n}»") for n in range(PAGE * 2 + 3)]
    rows[-1] = Row(item=None, kind=Kind.PERSON, entry="«last»", alike=("Somebody",))
    pages = [
        words_of(adding_views.look(T, a_letter(), Pasting(page=page), rows, (), source=""))
        for page in (1, 2, 3)
    ]
    for row in rows:
        assert sum(row.entry in page for page in pages) == 1
    assert "«last»" in pages[0]


def test_corrections_are_bounded() -> None:
    """A window that can hold no more corrections says so, and loses none."""
    pasting = Pasting(texts=("x",))
    for number in count():
        try:
            pasting = pasting.corrected(f"out:{number:06}")
        except Refused as refused:
            assert refused.refusal.reason is Reason.TOO_MANY_CORRECTIONS  # noqa: PT017 - the loop ends here
            break
    assert len(pasting.left_out) > 200
    letter = a_letter(title="T" * 140)
    assert check_view(adding_views.look(T, letter, pasting, rows_of("x", 2), (), source="")) == []


def test_needs_a_source() -> None:
    """The source of pasted names has to be filled in; a table says it for each entry."""

    def optional(*, sourced: bool) -> bool:
        view = adding_views.look(T, a_letter(), Pasting(), (), (), source="", sourced=sourced)
        blocks = {one.get("block_id", ""): one for one in view["blocks"]}
        return bool(next(blocks[name] for name in blocks if "source" in name).get("optional"))

    assert optional(sourced=True)
    assert not optional(sourced=False)
