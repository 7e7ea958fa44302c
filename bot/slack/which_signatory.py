"""A modal that asks which of several signatures a name means."""

from bot.letters.refusals import Reason, Refusal
from bot.locales import Words
from bot.slack.block_kit import Blocks, View, button, modal, of_row, section
from bot.slack.models.shapes import OfLetter
from bot.slack.text.escaping import escape, isolate, moment
from bot.use_cases.pinning import Fitting


class Named(OfLetter):
    """Memory of the modal."""

    word: str = ""
    """The command that asked the question, if the handler has several commands."""


def which(t: Words, letter: int, refusal: Refusal, action: str, word: str = "") -> View | None:
    """Return a modal that asks which signature is meant; None for any other refusal.

    A click has the id `action` and the value `signatory:endorsement`. `word` is the command that
    asked, if the handler has several.
    """
    if refusal.reason is not Reason.SEVERAL_SIGNATORIES:
        return None
    fitting: tuple[Fitting, ...] = refusal.facts["fitting"]
    name = escape(isolate(str(refusal.facts["name"])))
    blocks: Blocks = [section(t("More than one signature matches *{name}*. Which one?", name=name))]
    for number, one in enumerate(fitting):
        signed, when = one.speaker, moment(t, one.speaker.signed_at)
        by = f"<@{signed.person.user}>" if signed.person else t("Collected outside Slack")
        this = button(t("This one"), f"{action}:{number}", f"{one.party.id}:{signed.id}")
        words = f"*{escape(isolate(one.party.entry))}*\n{by}, {when}"
        blocks.append(section(words, accessory=of_row(this, one.party.entry, number)))
    return modal(
        t("Which one?"),
        blocks,
        close=t("Cancel"),
        callback="which",
        meta=Named(letter=letter, word=word).kept(),
    )
