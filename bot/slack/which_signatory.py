"""Several signatures fit a name: which one is meant."""

from bot.letters.refusals import Reason, Refusal
from bot.locales import Words
from bot.slack.block_kit import Blocks, View, button, modal, of_row, section
from bot.slack.models.memories import OfLetter
from bot.slack.text.escaping import escape, isolate
from bot.slack.times import moment
from bot.use_cases.pinning import Fitting


class Named(OfLetter):
    """Memory of the question."""

    word: str = ""
    """The command that asked, where it has several."""


def which(t: Words, letter: int, refusal: Refusal, action: str, word: str = "") -> View | None:
    """Those that fit a name, each a click away; None where something else was refused.

    Args:
        t: The words of the one who named it.
        letter: The letter.
        refusal: Why the name was refused.
        action: What a click does; its value is `signatory:endorsement`.
        word: The command that asked, where it has several.
    """
    if refusal.reason is not Reason.SEVERAL_SIGNATORIES:
        return None
    fitting: tuple[Fitting, ...] = refusal.facts["fitting"]
    name = escape(isolate(str(refusal.facts["name"])))
    blocks: Blocks = [section(t("More than one signature matches *{name}*. Which one?", name=name))]
    for number, one in enumerate(fitting):
        row = section(f"*{escape(isolate(one.party.entry))}*\n{_given(t, one)}")
        value = f"{one.party.id}:{one.speaker.id}"
        this = button(t("This one"), f"{action}:{number}", value)
        row["accessory"] = of_row(this, one.party.entry, number)
        blocks.append(row)
    return modal(
        t("Which one?"),
        blocks,
        close=t("Cancel"),
        callback="which",
        meta=Named(letter=letter, word=word).kept(),
    )


def _given(t: Words, one: Fitting) -> str:
    when = moment(t, one.speaker.signed_at)
    if one.speaker.person is None:
        return f"{t('Collected outside Slack')}, {when}"
    return f"<@{one.speaker.person.user}>, {when}"
