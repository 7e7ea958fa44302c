"""Pictures of a paper: signatures by day and by country, and a preview for social media."""

from collections.abc import Callable

from bot.documents.direction import direction_of
from bot.documents.figures import figure
from bot.documents.making import Picture
from bot.documents.paper import Paper
from bot.documents.writers.pdf import primary_language
from bot.documents.writers.typesetting import typeset

_CHART_PPI, _PREVIEW_PPI = 192, 72
_CHARTS = {
    Picture.DAYS_PNG: 0,
    Picture.DAYS_SVG: 0,
    Picture.COUNTRIES_PNG: 1,
    Picture.COUNTRIES_SVG: 1,
}


def drawing(what: str) -> Callable[[Paper], tuple[bytes, str]]:
    """Return a function that returns a picture, and a character that no font has or "".

    Raises:
        ValueError: There is no such picture.
    """
    picture = Picture(what)
    if picture is Picture.PREVIEW_PNG:
        return _preview
    return lambda paper: _chart(paper, picture)


def _chart(paper: Paper, picture: Picture) -> tuple[bytes, str]:
    chart = paper.charts[_CHARTS[picture]]
    form = "svg" if picture.value.endswith(".svg") else "png"
    upright = picture in {Picture.DAYS_PNG, Picture.DAYS_SVG}
    data = {
        "title": chart.title,
        "letter": paper.title,
        "bars": [[label, count, figure(count, paper.language)] for label, count in chart.bars],
        "beside": chart.beside,
        "upright": upright,
        "draft": paper.draft,
        "lang": primary_language(paper.language),
        "direction": paper.direction,
    }
    made = typeset("chart.typ", data, form, ppi=_CHART_PPI)
    (page,) = made.pages
    return page, made.missing


def _preview(paper: Paper) -> tuple[bytes, str]:
    data = {
        "title": paper.title,
        "title_direction": direction_of(paper.title, paper.text_direction),
        "letterhead": paper.letterhead,
        "count": paper.count,
        "draft": paper.draft,
        "lang": primary_language(paper.language),
        "direction": paper.direction,
    }
    made = typeset("preview.typ", data, "png", ppi=_PREVIEW_PPI)
    (page,) = made.pages
    return page, made.missing
