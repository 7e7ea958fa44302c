"""The button that deletes a draft, wherever it stands."""

from typing import Any

from bot.letters.letter import Letter
from bot.locales import Words
from bot.slack.block_kit import button, confirm
from bot.slack.text.escaping import clip, isolate


def discard_button(t: Words, letter: Letter) -> dict[str, Any]:
    """Return the button that deletes a draft, after a question."""
    sure = confirm(
        t,
        t("Delete the draft"),
        t(
            "No one has signed “{title}”. You can’t undo this.",
            title=isolate(clip(letter.title, 120)),
        ),
        danger=True,
    )
    return button(t("Delete the draft"), "discard", str(letter.id), style="danger", confirm=sure)
