"""The history says which rule of a letter changed, from what to what."""

from datetime import timedelta

from bot.features.letter_rules import use_cases as letter_rules
from bot.features.privacy.slack.history_words import act_words
from bot.features.privacy.use_cases import history
from bot.letters.rules import Confirmation, Embargo, Hidden, Rules
from bot.locales import words
from bot.storage.database import Database
from tests.support.clock import START
from tests.support.letters import ORGANISER, an_open_letter


async def test_from_what_to_what(database: Database) -> None:
    """Each changed rule is there with its old and its new sentence, and no other one is."""
    letter = await an_open_letter(database)
    hidden = Embargo(hides=Hidden.NAMES, until=START + timedelta(days=2), until_listed=5)
    for rules in (Rules(confirmation=Confirmation.SECOND, embargo=hidden), Rules(embargo=hidden)):
        await letter_rules.set_rules(database, letter=letter.id, actor=ORGANISER, rules=rules)
    later, first = (await history.newest(database, letter=letter.id, actor=ORGANISER))[:2]
    t = words("en-GB")

    was = "An organisation is listed once a second person there signs too."
    now = "An organisation is listed as soon as one person signs for it."
    assert act_words(t, later).splitlines() == ["Rules changed", f"{was} → {now}"]
    _, _, embargo = act_words(t, first).splitlines()
    assert embargo.startswith(
        "Everyone can see who signed. → The names are hidden. They appear on "
    )
    assert "or once 5 people have signed" in embargo
