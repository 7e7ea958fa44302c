"""A language that is 40 % longer than English, to see which screens have no room for others."""

from gettext import NullTranslations

import pytest

from bot.locales import Words

MORE = 0.4
PADDING = "ȧēīőů ḁëìøü áęįœų "


class _Longer(NullTranslations):
    def gettext(self, message: str) -> str:
        room = max(1, round(len(message) * MORE))
        return message + (PADDING * (room // len(PADDING) + 1))[:room]

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:  # noqa: ARG002 - gettext names it
        return self.gettext(message)


class Pseudo(Words):
    """The words of English with another two for every five."""

    def __init__(self) -> None:
        """Take English dates and numbers."""
        super().__init__("en-GB")
        self._catalogue = _Longer()


spoken = pytest.mark.parametrize("t", [Pseudo()], ids=["longer"])
"""A test of screens in a language that needs more room: what has room for it has room for English."""
