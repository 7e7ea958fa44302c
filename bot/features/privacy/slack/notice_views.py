"""The Privacy window of a letter, and the form that names who is responsible."""

from bot.features.privacy.use_cases.notice import Notice
from bot.letters.letter import Letter
from bot.letters.rules import WithdrawnEntry
from bot.locales import Words
from bot.slack.block_kit import Blocks, View, actions, button, modal, section
from bot.slack.text.escaping import escape, isolate
from bot.slack.words.letter_list import title_line


def notice_view(t: Words, found: Notice) -> View:
    """Say who is responsible, what is published, how long the rest is kept, and how to leave."""
    letter = found.letter
    blocks: Blocks = [section(title_line(letter))]
    for heading, lines in (
        (t("Who is responsible"), [_responsible(t, found)]),
        (t("What is published"), _published(t)),
        (t("What only organisers see"), _kept(t)),
        (t("How long we keep it"), _long(t)),
        (t("How to leave"), _leaving(t, letter)),
    ):
        said = "\n".join(f"• {line}" for line in lines)
        blocks.append(section(f"*{escape(heading)}*\n{said}"))
    buttons = [button(t("What we keep about you"), "kept")]
    if found.may_change:
        buttons.append(button(t("Change who’s responsible"), "details", str(letter.id)))
    blocks.append(actions(*buttons, block="privacy"))
    return modal(t("Privacy"), blocks, close=t("Close"), callback="privacy")


def _responsible(t: Words, found: Notice) -> str:
    if found.letter.responsible:
        return escape(isolate(found.letter.responsible))
    who = t(", ").join(f"<@{person.user}>" for person in found.organisers)
    return t("The organisers of this letter: {who}", who=who)


def _published(t: Words) -> list[str]:
    return [
        escape(t("Your entry, exactly as you approved it. For an organisation: not your name.")),
        escape(t("It appears on the list here, and on the letter when it’s delivered.")),
    ]


def _kept(t: Words) -> list[str]:
    return [
        escape(t("Your Slack account, your role, and when you signed, changed or withdrew.")),
        escape(t("The text that you signed, and what you agreed to.")),
        escape(t("The person who runs Undersigned can see it too. No one else can.")),
    ]


def _long(t: Words) -> list[str]:
    return [
        escape(t("Your signature: as long as the letter is kept here.")),
        escape(t("After you withdraw or are removed: 30 days. Then your words are erased.")),
        escape(t("We keep a code that recognises a removed entry. It says nothing about you.")),
        escape(t("An entry in a delivered copy stays there, unless you have it deleted.")),
    ]


def _leaving(t: Words, letter: Letter) -> list[str]:
    after = t("After delivery, your signature comes off this list. The copy can’t change.")
    if letter.rules.withdrawn_entry is WithdrawnEntry.MARKED:
        after = t("After delivery, this list shows your signature as withdrawn.")
    return [
        escape(t("Press My signature on the card, then Withdraw. You can do it at any time.")),
        escape(after),
        escape(t("To have everything deleted: What we keep about you, then Delete.")),
    ]
