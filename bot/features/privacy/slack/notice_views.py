"""The Privacy window of a letter."""

from bot.features.privacy.use_cases.notice import Notice
from bot.letters.rules import WithdrawnEntry
from bot.locales import Words
from bot.slack.block_kit import Blocks, View, actions, button, modal, section
from bot.slack.text.escaping import escape, isolate
from bot.slack.words.phases import title_line


def notice_view(t: Words, found: Notice) -> View:
    """Return who is responsible, what is published, how long data is kept, and how to withdraw."""
    letter = found.letter
    blocks: Blocks = [section(title_line(letter))]
    who = t(", ").join(f"<@{person.user}>" for person in found.organisers)
    responsible = t("The organisers of this letter: {who}", who=who)
    if letter.responsible:
        responsible = escape(isolate(letter.responsible))
    after = t("After delivery, your signature comes off this list. The copy can’t change.")
    if letter.rules.withdrawn_entry is WithdrawnEntry.MARKED:
        after = t("After delivery, this list shows your signature as withdrawn.")
    sections: dict[str, list[str]] = {
        t("What is published"): [
            t(
                "Your entry, exactly as you approved it. If you sign for an organisation, your own "
                "name isn’t published."
            ),
            t("It appears on the list here, and on the letter when it’s delivered."),
        ],
        t("What organisers see"): [
            t("Your Slack account, your role, and when you signed, changed or withdrew."),
            t("Anyone who starts to sign for your organisation can see your name and the day."),
            t("The text that you signed, and what you agreed to."),
            t("The person who runs Undersigned can see all of this too."),
        ],
        t("How long we keep it"): [
            t("Your signature: as long as the letter is kept here."),
            t("After you withdraw or are removed: 30 days. Then we erase what you entered."),
            t("We keep a code that recognises a removed entry. It doesn’t reveal who you are."),
            t("An entry in a delivered copy stays there, unless you have it deleted."),
        ],
        t("How to leave"): [
            t(
                "Press *Sign* or *My signature* on the card, then *Withdraw*. You can do this at "
                "any time."
            ),
            after,
            t("To have everything deleted, press *What we keep about you*, then *Delete*."),
        ],
    }
    blocks.append(section(f"*{escape(t('Who is responsible'))}*\n• {responsible}"))
    for heading, lines in sections.items():
        said = "\n".join(f"• {escape(line)}" for line in lines)
        blocks.append(section(f"*{escape(heading)}*\n{said}"))
    buttons = [button(t("What we keep about you"), "kept")]
    if found.may_change:
        buttons.append(button(t("Change who’s responsible"), "details", str(letter.id)))
    blocks.append(actions(*buttons, block="privacy"))
    return modal(t("Privacy"), blocks, close=t("Close"), callback="privacy")
