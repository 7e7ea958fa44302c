"""Work of an operator on personal data: the history of a letter, export, erasure."""

from bot.features.privacy.slack.history_words import act_words, reason_words, who_words
from bot.features.privacy.table import write_history
from bot.features.privacy.use_cases import history
from bot.locales import words
from bot.schema import prepared
from bot.settings import Settings
from bot.storage.database import Database


async def read_history(settings: Settings, letter: int, *, csv: bool) -> str:
    """Return a letter's history, the newest first: as lines, or as CSV.

    Raises:
        Refused: there is no such letter.
    """
    await prepared(settings)
    async with Database(settings.database_url) as database:
        rows = await history.whole(database, letter=letter)
    if csv:
        return write_history(rows)
    t = words("en")
    lines = [
        "  ".join(
            part
            for part in (
                row.entry.at.isoformat(timespec="minutes"),
                who_words(t, row),
                act_words(t, row),
                reason_words(t, row),
            )
            if part
        )
        for row in rows
    ]
    return "".join(f"{line}\n" for line in lines)
