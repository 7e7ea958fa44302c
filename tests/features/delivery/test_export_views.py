"""The pages of a list hold Slack's limits, and give all of it to copy."""

from typing import Any

import pytest

from bot.features.delivery.list_files import Format
from bot.features.delivery.slack.export_views import Chosen, page
from bot.features.delivery.use_cases.exports import Export, Scope
from bot.locales import words
from bot.simulator.block_kit import check_view
from tests.support.reading import words_of
from tests.support.worst import a_letter, long_words

T = words("en-GB")


def an_export(**changes: Any) -> Export:
    facts: dict[str, Any] = {
        "letter": a_letter(),
        "body": "We ask.",
        "entries": (),
        "permissions": None,
        "embargoed": False,
    }
    return Export(**(facts | changes))


def a_choice(number: int = 1, scope: Scope = Scope.LISTED, form: Format = Format.LINES) -> Chosen:
    return Chosen(letter=7, form=form, scope=scope, page=number)


def copied(view: dict[str, Any]) -> str:
    return "".join(
        element["elements"][0]["text"]
        for block in view["blocks"]
        if block["type"] == "rich_text"
        for element in block["elements"]
    )


@pytest.mark.parametrize("text", long_words(300))
def test_worst(text: str) -> None:
    """Slack takes any page of any list."""
    whole = f"{text}\n" * 90 + text * 40
    for form in Format:
        for scope in Scope:
            for embargoed in (True, False):
                export = an_export(letter=a_letter(title=text[:140]), embargoed=embargoed)
                for number in (1, 2, 99):
                    view = page(T, export, a_choice(number, scope, form), whole)
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
