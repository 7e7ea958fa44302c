"""A small fix that touches many words, a number, a negation or a name is doubted."""

import pytest

from bot.letters.text import LetterText
from bot.letters.text_diff import looks_material

LONG = (
    "We, the undersigned, ask the Ministry to protect the harbour, because everyone who lives "
    "here needs clean water and 30 boats a day are not too many for it."
)


def looks(old: str, new: str, *, title: str = "Peace", sender: str = "Us") -> bool:
    """Return whether a change looks like one of meaning."""
    return looks_material(LetterText.of("Peace", "Us", old), LetterText.of(title, sender, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("harbour", "harbor"),
        ("needs", "need"),
        ("We, the", "We the"),
        ("water and", "water,\n\nAnd"),
        ("protect the", "protect  the"),
    ],
)
def test_small(old: str, new: str) -> None:
    """A typo, a comma and a line break change nothing."""
    assert not looks(LONG, LONG.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("30", "300"),
        ("not ", ""),
        ("needs", "doesn’t need"),
        ("Ministry", "Minister"),
        ("Ministry", "people"),
        ("everyone who lives here", "every boat there is"),
    ],
)
def test_large(old: str, new: str) -> None:
    """A number, a negation, a name or many words change the meaning, wherever they come or go."""
    changed = LONG.replace(old, new)
    assert looks(LONG, changed)
    assert looks(changed, LONG)


@pytest.mark.parametrize(
    ("text", "negation"),
    [
        ("Wir fordern Ruhe, denn das ist hier in der Stadt {}wichtig.", "nicht "),
        ("Il faut que tout cela reste ici comme avant, et ce soit {}clair.", "pas "),
        ("这里的水{}好喝我们都要这样的水大家一起来说吧。", "不"),
    ],
)
def test_negations_of_other_languages(text: str, negation: str) -> None:
    """A single word that turns a sentence round is seen in other languages too."""
    assert looks(text.format(""), text.format(negation))


def test_title_and_sender() -> None:
    """Another title or sender is doubted, however long the letter is."""
    assert looks(LONG, LONG, title="War")
    assert looks(LONG, LONG, sender="Them")
