"""Charts show all their bars, whatever else is on them."""

import pytest

from bot.documents.making import Picture
from bot.documents.writers.pictures import drawing
from tests.support.documents.papers import a_paper

INK = 'fill="#3f2a56"'


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("delivered", [False, True], ids=["draft", "delivered"])
def test_each_bar_is_drawn(language: str, *, delivered: bool) -> None:
    """A chart is one picture with a bar for each count above zero."""
    paper = a_paper(language=language, delivered=delivered)
    for which, picture in enumerate((Picture.DAYS_SVG, Picture.COUNTRIES_SVG)):
        drawn, missing = drawing(picture)(paper)
        bars = [count for _, count in paper.charts[which].bars if count]
        assert (drawn.decode().count(INK), missing) == (len(bars), "")
