"""Names of a letter's details, for their form and for the history."""

from bot.locales import Words


def detail_words(t: Words) -> dict[str, str]:
    """Return the label of each field of `Details`, in its order."""
    return {
        "summary": t("Summary"),
        "goal": t("Goal"),
        "responsible": t("Who is responsible for the names on this letter"),
    }
