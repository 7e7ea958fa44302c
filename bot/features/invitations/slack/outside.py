"""The message that an organiser sends to invited people without an account here."""

from typing import Any

from bot.letters.letter import Letter
from bot.letters.phases import Action
from bot.letters.rules import PublicPage
from bot.locales import Words
from bot.slack.block_kit import context, modal, preformatted, section
from bot.slack.features import Features
from bot.slack.payloads import Click
from bot.slack.text.escaping import escape, moment
from bot.slack.words.phases import title_line
from bot.slack.words.rules import web_words


def register(features: Features) -> None:
    """Register the window with the message to copy."""
    features.on_click("invitations.outside", _message)


async def _message(click: Click) -> None:
    letter = await click.allowed(int(click.value), Action.INVITE)
    await click.show(message_view(click.t, letter))


def message_view(t: Words, letter: Letter) -> dict[str, Any]:
    """Return the message for copying, with instructions to remove a name from the list."""
    to_send = t(
        "Some of the people you invited have no Slack account here. Please send them this message "
        "yourself."
    )
    objects = t(
        "If someone objects, press *⋯* beside their name, then *Remove from list*. That deletes "
        "their name and contact details right away."
    )
    return modal(
        t("Message to send"),
        [
            section(title_line(letter)),
            section(escape(to_send)),
            preformatted(message_words(t, letter)),
            context(objects),
        ],
        close=t("Close"),
    )


def message_words(t: Words, letter: Letter) -> str:
    """Return a mail that invites somebody, with the data stored about them and how to object."""
    who = letter.sender or t("The organisers of this letter")
    responsible = letter.responsible or who
    consent = t(
        "To sign, reply with your name as it should appear on the letter. By signing, you agree "
        "that your name is published with the letter."
    )
    if letter.rules.page is not PublicPage.OFF:
        consent = f"{consent} {web_words(t)}"
    parts = [
        t("You’re invited to sign “{title}”. From: {who}", title=letter.title, who=who),
        letter.summary,
        consent,
        t("Please reply by {when}.", when=moment(t, letter.deadline, letter.tz, plain_text=True)),
        t(
            "Until then, we keep your name and how to reach you on our list of people to "
            "invite. Only the organisers and the person who runs Undersigned can see it. "
            "Responsible: {who}",
            who=responsible,
        ),
        t(
            "If you object, reply “Please delete my name”, and we’ll delete it. Otherwise, we "
            "delete your name from this list 30 days after you answer. If you don’t answer, we "
            "delete it 30 days after the letter ends."
        ),
    ]
    return "\n\n".join(part for part in parts if part)
