"""The window in which an organiser asks for the letter as a file."""

import pytest

from bot.features.delivery.slack.document_views import failed, file_name, getting, making, sent
from bot.letters.letter import Tally
from bot.locales import words
from tests.support.live_marks import check_view
from tests.support.scenes.worst import a_letter, long_words
from tests.support.scenes.worst_facts import NOW

T = words("en-GB")


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
