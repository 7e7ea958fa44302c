"""Only the beginning is looked at of a text longer than any name that can be kept."""

from collections.abc import Callable
from functools import partial

import pytest

from bot.letters.entries import ENTRY_MOST
from bot.names.cleaning import LONGEST
from bot.names.filing import (
    collation_key,
    organisation_country,
    organisation_key,
    organisation_sort_name,
    person_sort_name,
    sort_fold,
)
from bot.names.likeness import likeness, person_probe, probes

LOOKS: dict[str, Callable[[str], object]] = {
    "organisation_key": organisation_key,
    "organisation_country": partial(organisation_country, country=""),
    "organisation_sort_name": organisation_sort_name,
    "person_sort_name": person_sort_name,
    "sort_fold": sort_fold,
    "collation_key": partial(collation_key, language="en"),
    "probes": probes,
    "person_probe": person_probe,
    "likeness": partial(likeness, "Open Web Group"),
}


def test_longer_than_what_is_kept() -> None:
    """Any name that may be kept is looked at whole."""
    assert LONGEST > ENTRY_MOST


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
@pytest.mark.parametrize("end", ["(a)", " Inc", ", x", "é", "9", "株式会社"])
def test_long_names(look: Callable[[str], object], end: str) -> None:
    """Text behind the first thousand characters makes no difference, however much there is."""
    start = ("Harbour " + end * LONGEST)[:LONGEST]

    assert look(start + end * 50_000) == look(start)
