"""The pages of a list hold Slack's limits, and give all of it to copy."""

from dataclasses import replace
from typing import Any

import pytest

from bot.features.delivery.list_files import Format
from bot.features.delivery.slack.copied_pages import Place, cut
from bot.features.delivery.slack.document_views import failed, file_name, getting, making, sent
from bot.features.delivery.slack.export_views import TRAIL_MOST, Chosen, page
from bot.features.delivery.use_cases.exports import Scope, Stretch
from bot.letters.letter import Tally
from bot.locales import Words, words
from tests.support.live_marks import check_view
from tests.support.pseudo import spoken
from tests.support.reading import words_of
from tests.support.scenes.worst import a_letter, long_words
from tests.support.scenes.worst_facts import NOW, a_listed, a_signatory, an_endorsement

T = words("en-GB")


def an_export(*listed: str, **changes: Any) -> Stretch:
    entries = [
        a_listed(a_signatory(entry, number), an_endorsement(entry, number))
        for number, entry in enumerate(listed, start=1)
    ]
    facts: dict[str, Any] = {
        "letter": a_letter(),
        "body": "We ask.",
        "entries": tuple(entries),
        "proofs": None,
        "embargoed": False,
        "now": NOW,
        "before": None,
        "more": False,
    }
    return Stretch(**(facts | changes))


def a_choice(scope: Scope = Scope.LISTED, form: Format = Format.LINES, **changes: Any) -> Chosen:
    return Chosen(letter=7, form=form, scope=scope, sends=False, **changes)


def copied(view: dict[str, Any]) -> str:
    return "".join(
        element["elements"][0]["text"]
        for block in view["blocks"]
        if block["type"] == "rich_text"
        for element in block["elements"]
    )


@spoken
@pytest.mark.parametrize("text", long_words(300))
def test_worst(t: Words, text: str) -> None:
    """Slack takes any page of any list, with as long a trail as a window remembers."""
    far = Place(after="f" * 32, off_list=True, skip=123456, marked=True)
    for form in Format:
        for scope in Scope:
            for embargoed in (True, False):
                export = an_export(
                    *[text] * 90,
                    letter=a_letter(title=text[:140]),
                    body=text * 40,
                    embargoed=embargoed,
                    proofs={} if scope is Scope.ALL else None,
                    more=embargoed,
                )
                choice = a_choice(scope, form)
                for _ in range(3):
                    view = page(t, export, choice)
                    assert check_view(view) == []
                    choice = choice.turned(str(cut(form, export, choice.place)[1] or Place()))
                last = replace(choice, number=12345, place=far, back=(far,) * TRAIL_MOST)
                assert check_view(page(t, export, last)) == []


def behind(whole: Stretch, place: Place) -> Stretch:
    """The rest of a list, from a place on."""
    had = next((n for n, one in enumerate(whole.entries, 1) if one.id == place.after), 0)
    return replace(whole, entries=whole.entries[had:])


def test_there_and_back() -> None:
    """The window turns on to the end and back to the beginning, page by page."""
    whole = an_export(*(f"Signatory number {number} of this list" for number in range(190)))
    choice, seen = a_choice(), list[str]()
    turns: list[str] = []
    while not seen or "Next →" in turns:
        if seen:
            choice = choice.turned(turns[turns.index("Next →") + 1])
        view = page(T, behind(whole, choice.place), choice)
        seen.append(copied(view))
        (row,) = [block for block in view["blocks"] if block.get("block_id") == "turn"]
        turns = [said for one in row["elements"] for said in (one["text"]["text"], one["value"])]
        assert ("← Previous" in turns) == (len(seen) > 1)
    assert len(seen) > 2
    assert "".join(seen) == "".join(f"{one.entry}\n" for one in whole.entries)
    for text in reversed(seen[:-1]):
        choice = choice.turned("back")
        assert copied(page(T, behind(whole, choice.place), choice)) == text
    assert (choice.number, choice.back) == (1, ())


def test_a_long_entry_goes_over_several_pages() -> None:
    """An entry that is longer than a page loses nothing."""
    export, place, text = an_export("x" * 7000), Place(), ""
    while place is not None:
        more, place = cut(Format.LINES, export, place)
        text += more
    assert text == "x" * 7000 + "\n"


def test_embargoed() -> None:
    """Under an embargo the page says so."""
    shown = words_of(page(T, an_export("An entry", embargoed=True), a_choice(form=Format.MARKDOWN)))
    assert "under embargo" in shown


def test_nobody() -> None:
    """An empty list says so."""
    assert "No one is on the list yet." in words_of(page(T, an_export(), a_choice()))


def test_what_an_admin_can_grant() -> None:
    """Pages without the right to send files say in one line what an admin can grant."""
    without = page(T, an_export("An entry"), a_choice())
    sends = page(T, an_export("An entry"), replace(a_choice(), sends=True))
    assert "optional permission `files:write`" in words_of(without)
    assert "files:write" not in words_of(sends)


@pytest.mark.parametrize("text", long_words(140))
@pytest.mark.parametrize("late", [0, 3])
def test_getting_is_taken(text: str, late: int) -> None:
    """Slack takes the window that asks for a file, of any letter in any phase."""
    tally = Tally(people=2, late_people=late)
    for delivered_at in (None, NOW):
        letter = a_letter(title=text, tally=tally, delivered_at=delivered_at, language="ar")
        view = getting(T, letter, embargoed=True)
        assert check_view(view) == []
        fields = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
        assert fields == {
            "what", "language", *(["late"] if late else []), *(["list"] if delivered_at else []),
        }  # fmt: skip
        for shown in (making(T, letter, (3, 7)), sent(T), failed(T, "Why.")):
            assert check_view(shown) == []


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("An Open Web!", "an-open-web.pdf"),
        ("إنترنت مفتوح", "إنترنت-مفتوح.pdf"),
        ("../../etc/passwd", "etc-passwd.pdf"),
        ("???", "letter-7.pdf"),
    ],
)
def test_file_names(title: str, name: str) -> None:
    """A file is named after its letter, by letters and digits alone."""
    assert file_name(a_letter(title=title), "pdf") == name
