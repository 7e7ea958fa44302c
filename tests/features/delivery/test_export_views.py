"""The pages of a list hold Slack's limits, and give all of it to copy."""

from dataclasses import replace
from typing import Any

import pytest

from bot.features.delivery.list_files import Format
from bot.features.delivery.slack.document_views import failed, file_name, getting, making, sent
from bot.features.delivery.slack.export_views import Chosen, page
from bot.features.delivery.use_cases.exports import Export, Scope
from bot.letters.letter import Tally
from bot.locales import Words, words
from tests.support.live_marks import check_view
from tests.support.pseudo import spoken
from tests.support.reading import words_of
from tests.support.worst import a_letter, long_words
from tests.support.worst_facts import NOW

T = words("en-GB")


def an_export(**changes: Any) -> Export:
    facts: dict[str, Any] = {
        "letter": a_letter(),
        "body": "We ask.",
        "entries": (),
        "proofs": None,
        "embargoed": False,
    }
    return Export(**(facts | changes))


def a_choice(number: int = 1, scope: Scope = Scope.LISTED, form: Format = Format.LINES) -> Chosen:
    return Chosen(letter=7, form=form, scope=scope, page=number, sends=False)


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
    """Slack takes any page of any list."""
    whole = f"{text}\n" * 90 + text * 40
    for form in Format:
        for scope in Scope:
            for embargoed in (True, False):
                export = an_export(letter=a_letter(title=text[:140]), embargoed=embargoed)
                for number in (1, 2, 99):
                    view = page(t, export, a_choice(number, scope, form), whole)
                    assert check_view(view) == []


def test_nothing_is_lost_between_pages() -> None:
    """All pages together are the whole text, and a line stays in one piece where it can."""
    whole = "".join(f"Signatory number {number}\n" for number in range(400)) + "x" * 7000
    view = page(T, an_export(), a_choice(), whole)
    count = int(words_of(view).rpartition("Page 1 of ")[2].split()[0])
    pages = [copied(page(T, an_export(), a_choice(one), whole)) for one in range(1, count + 1)]
    assert "".join(pages) == whole
    assert all(one.endswith("\n") for one in pages[: len(pages) - 3])


def test_command() -> None:
    """Each choice names the command that writes the same to a file."""
    shown = [
        words_of(page(T, export, choice, "A line\n"))
        for export, choice in (
            (an_export(), a_choice()),
            (an_export(), a_choice(scope=Scope.ALL, form=Format.CSV)),
            (an_export(embargoed=True), a_choice(form=Format.MARKDOWN)),
        )
    ]
    assert "undersigned letters export 7 --format lines > list.txt" in shown[0]
    assert "undersigned letters export 7 --format csv --all > list.csv" in shown[1]
    assert "undersigned letters export 7 --format markdown --embargoed > list.md" in shown[2]
    assert "under embargo" in shown[2]


def test_nobody() -> None:
    """An empty list says so."""
    assert "No one is on the list yet." in words_of(page(T, an_export(), a_choice(), ""))


def test_what_an_admin_can_grant() -> None:
    """Where files cannot be sent, the pages say in one line what an admin can grant."""
    without = page(T, an_export(), a_choice(), "A line\n")
    sends = page(T, an_export(), replace(a_choice(), sends=True), "A line\n")
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
