"""The direction of a text comes from its first strong character."""

import pytest

from bot.documents.direction import Direction, direction_of, direction_of_language

LTR, RTL = Direction.LTR, Direction.RTL


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Web Group", LTR),
        ("جمعية الحقوق الرقمية 2024", RTL),
        ("350 منظمة", RTL),
        ("(2019) בית הספר", RTL),
        ("«Свободный интернет» جمعية", LTR),
        ("\u2068Web\u2069 جمعية", RTL),
        ("\u202eabc", LTR),
        ("", LTR),
        ("2024 – !", LTR),
    ],
)
def test_first_strong_character_decides(text: str, direction: Direction) -> None:
    """Digits, punctuation and what is isolated decide nothing."""
    assert direction_of(text) is direction


def test_nothing_strong() -> None:
    """Text with no strong character takes the direction around it."""
    assert direction_of("350", RTL) is RTL


def test_languages() -> None:
    """A language is known with or without its country."""
    assert [direction_of_language(one) for one in ("ar", "ar-EG", "he", "fa_IR", "en", "zh")] == [
        RTL, RTL, RTL, RTL, LTR, LTR,
    ]  # fmt: skip
