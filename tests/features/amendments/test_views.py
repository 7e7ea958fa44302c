"""An organiser's views of an amendment hold Slack's limits, and say what it will do."""

from bisect import bisect
from datetime import timedelta

import orjson
import pytest

from bot.features.amendments.slack import views
from bot.features.amendments.slack.changes import pages_of
from bot.features.amendments.use_cases.proposals import Audience, Opening, Prospect
from bot.features.amendments.use_cases.texts import Texts
from bot.letters.amendment import AmendmentKind, Proposal
from bot.letters.letter import Letter
from bot.letters.people import Person
from bot.letters.rules import Rules, Silence
from bot.locales import Words, words
from bot.slack.text.rich_text import fits_form
from tests.features.amendments.test_messages import worded
from tests.support.live_marks import check_view
from tests.support.pseudo import spoken
from tests.support.scenes.worst import a_letter, long_words
from tests.support.scenes.worst_facts import NOW

T = words("en-GB")
LARGEST_VIEW = 250_000
UNTIL = NOW + timedelta(days=3)


def a_prospect(
    kind: AmendmentKind = AmendmentKind.MATERIAL,
    letter: Letter | None = None,
    *,
    old: str = "We ask.",
    new: str = "We demand.",
    note: str = "Clear words.",
    audience: tuple[int, int, int] = (2, 3, 0),
    unanswered: int = 0,
    looks_material: bool = False,
) -> Prospect:
    letter = letter or a_letter()
    asked, told, collected = audience
    return Prospect(
        letter=letter,
        proposal=Proposal(
            id="f" * 32,
            letter=letter.id,
            kind=kind,
            from_sha256="0" * 64,
            text=worded(new),
            note=note,
            answer_by=UNTIL if kind is AmendmentKind.MATERIAL else None,
            by=Person("T0COALITION", "U0ORGANISER"),
        ),
        texts=Texts(letter=letter, old=worded(old), new=worded(new)),
        looks_material=looks_material,
        audience=Audience(asked=asked, told=told, collected=collected),
        unanswered=unanswered,
    )


@spoken
@pytest.mark.parametrize("text", long_words(140))
async def test_worst_views(t: Words, text: str) -> None:
    """Slack takes the form, each page of the preview, and the last word, whatever was written."""
    letter, note = a_letter(title=text), (text * 9)[:600]
    long = "\n\n".join([(text * 9)[:1000]] * 60)
    changed = await pages_of(t, a_prospect(letter=letter, old=long, new=long[::2]).texts)
    thousands = bisect(range(1, 61), False, key=lambda n: not fits_form(long[: n * 1000]))
    body = long[: thousands * 1000]
    opening = Opening(letter=letter, text=worded(body, text[:140], text[:120]), answer_by=UNTIL)
    for kind in AmendmentKind:
        found = a_prospect(
            kind, letter, old=long, new=long[::2], note=note, audience=(9, 9, 9), unanswered=9
        )
        for number in (1, 2, 999):
            shown = views.preview(t, found, changed, number)
            assert check_view(shown) == []
            assert len(orjson.dumps(shown)) < LARGEST_VIEW
        for written in (None, a_prospect(kind, letter, new=body, note=note).proposal):
            assert check_view(views.form(t, opening, written)) == []
    assert check_view(views.amended(t, letter, 10_000_000)) == []


def test_effects() -> None:
    """Before the yes it says how many are asked or told, until when, and what silence means."""
    kept = views.effects(T, a_prospect(audience=(2, 3, 4), unanswered=1))
    assert kept[0] == "2 signers will be asked to keep or withdraw their signatures."
    assert "13 Mar 2026" in kept[1]
    assert "don’t answer stay" in kept[1]
    assert kept[2].startswith("4 signatures were collected outside Slack")
    assert kept[3].startswith("1 signer still hasn’t answered")
    dropping = a_letter(rules=Rules(silence=Silence.DROP))
    assert "in time are removed" in views.effects(T, a_prospect(letter=dropping))[1]
    corrected = views.effects(T, a_prospect(AmendmentKind.COSMETIC))
    assert corrected[1] == "3 signers will get a message showing what changed."
    assert len(corrected) == 2
    doubtful = views.effects(T, a_prospect(AmendmentKind.COSMETIC, looks_material=True))
    assert doubtful == ["*This looks like a change of meaning.*", *corrected]


def test_nobody() -> None:
    """Without signatures it says that nobody is asked."""
    assert views.effects(T, a_prospect(audience=(0, 0, 0)))[0].startswith("No messages go out")
