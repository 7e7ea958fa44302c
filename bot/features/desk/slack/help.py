"""`/letter` alone, `help`, `list`, and every word that is none."""

from collections.abc import Sequence
from difflib import get_close_matches

from bot.features.desk.use_cases import home
from bot.features.desk.use_cases.home import HomePage
from bot.letters.letter import Letter
from bot.locales import Words
from bot.slack import letter_picker
from bot.slack.block_kit import Blocks, actions, context, section
from bot.slack.features import Features
from bot.slack.letter_picker import as_typed, command_button, named
from bot.slack.payloads import Command, Reply
from bot.slack.text.escaping import clip, escape, isolate
from bot.slack.words.letter_list import open_row, own_row

MOST_OPEN, MOST_OWN = 8, 6
"""Rows of a list: two blocks each, and short enough for Slack's ceiling on a message's words."""

Entry = tuple[str, str, str]
"""A word, how it is written with an example, what it does."""


def guide(t: Words) -> list[tuple[str, list[Entry]]]:
    """Every word of the command, in groups with a heading."""
    return [
        (
            t("For everyone"),
            [
                ("list", "list", t("letters you can sign")),
                ("read", "read #7", t("read a letter")),
                ("signers", "signers #7", t("see who signed")),
                ("mine", "mine", t("see, change or withdraw your signatures")),
                ("object", "object #7 APC", t("say your organisation should not be listed")),
            ],
        ),
        (
            t("Start a letter"),
            [
                ("new", "new", t("write a letter, or use “Make this a letter” on any message")),
                ("edit", "edit #7", t("edit a draft")),
                ("rules", "rules #7", t("set who is listed, what is public and in what order")),
                ("found", "found #7", t("collect the first signatures before it goes public")),
                ("post", "post #7", t("post it to channels and open it for signatures")),
                ("discard", "discard #7", t("delete a draft")),
            ],
        ),
        (
            t("Run a letter"),
            [
                ("status", "status #7", t("see progress and next steps")),
                (
                    "invitations",
                    "invitations #7",
                    t("invite people to sign and track their answers"),
                ),
                ("history", "history #7", t("who did what, when and why")),
                (
                    "organisations",
                    "organisations #7",
                    t("check organisations that are unconfirmed, disputed or listed twice"),
                ),
                ("remind", "remind #7", t("remind people who haven’t signed")),
                ("pin", "pin #7 APC", t("list a convener first (`unpin` undoes it)")),
                ("organisers", "organisers #7 add @name", t("add or `remove` organisers")),
                ("amend", "amend #7", t("change the text (signers are told or asked)")),
                ("takedown", "takedown #7", t("remove the card from a channel")),
            ],
        ),
        (
            t("Manage the list"),
            [
                ("add", "add #7", t("add signatures collected outside Slack")),
                ("correct", "correct #7 APC", t("correct how someone is listed")),
                ("export", "export #7", t("copy the list")),
            ],
        ),
        (
            t("Finish"),
            [
                ("extend", "extend #7", t("move the deadline")),
                ("close", "close #7", t("stop taking signatures")),
                ("reopen", "reopen #7", t("reopen for signatures")),
                ("deliver", "deliver #7", t("save the final list for delivery")),
                ("delivered", "delivered #7", t("see the delivered copy and later withdrawals")),
                ("late", "late #7", t("open or end late signatures")),
                ("cancel", "cancel #7", t("cancel the letter")),
            ],
        ),
    ]


def help_reply(t: Words, first: str = "", offer: Blocks | None = None) -> Reply:
    """Build the help message, below an opening sentence (`mrkdwn`) with its buttons."""
    said = [first] if first else []
    blocks: Blocks = [section(first)] if first else []
    if offer:
        blocks.append(actions(*offer))
    for heading, entries in guide(t):
        lines = [f"`/letter {example}`  {what}" for _, example, what in entries]
        blocks.append(section("\n".join([f"*{escape(heading)}*", *lines])))
        said += [heading, *lines]
    hint = t(
        "Name a letter by its number or the start of its title. If you leave it out, I’ll pick "
        "the only match or ask."
    )
    blocks.append(context(hint))
    return Reply("\n".join([*said, hint]), blocks)


def register(features: Features) -> None:
    """Register the command's own words, and the buttons that stand for commands."""
    letter_picker.register(features)
    for word in ("", "help"):
        features.on_command(word, _help)
    features.on_command("list", _list)
    features.on_command("?", _unknown)


async def _help(command: Command) -> Reply:
    t = command.caller.t
    return help_reply(t, t("Here’s what you can do:"))


async def _unknown(command: Command) -> Reply:
    """Another word: help, with the word that it may have been."""
    t = command.caller.t
    known = [word for _, entries in guide(t) for word, _, _ in entries] + ["unpin", "help"]
    word = escape(isolate(clip(as_typed(command.word), 60)))
    near = get_close_matches(command.word, known, n=1, cutoff=0.6)
    if not near:
        return help_reply(t, t("I don’t know “{word}”. Here’s what you can do:", word=word))
    first = t("I don’t know “{word}”. Did you mean `/letter {near}`?", word=word, near=near[0])
    line = f"{near[0]} {command.rest}".strip()
    offer = [command_button(t("Yes: {word}", word=near[0]), near[0], words=command.rest)]
    return help_reply(t, first, offer if len(line) <= 1900 else None)


async def _list(command: Command) -> Reply:
    page = await home.page(command.bot.database, actor=command.caller.actor)
    return list_reply(command.caller.t, page)


def list_reply(t: Words, page: HomePage) -> Reply:
    """The open letters, and the reader's own drafts and closed ones."""
    open_ids = {one.id for one in page.open_letters}
    held = {one.letter.id for one in page.signed}
    own = [one for one in page.organised if one.id not in open_ids]
    blocks: Blocks = []
    said: list[str] = []
    if page.open_letters:
        heading = t("Open for signatures")
        blocks.append(section(f"*{escape(heading)}*"))
        for letter in page.open_letters[:MOST_OPEN]:
            blocks += open_row(t, letter, signed=letter.id in held)
        said += [heading, *named(t, page.open_letters, 1700)]
        blocks += _more(t, page.open_letters[MOST_OPEN:])
    else:
        nothing = t("No letters are open for signatures right now.")
        blocks.append(section(escape(nothing)))
        said.append(nothing)
    if own:
        heading = t("Your drafts and finished letters")
        blocks += [{"type": "divider"}, section(f"*{escape(heading)}*")]
        for letter in own[:MOST_OWN]:
            blocks += own_row(t, letter)
        said += [heading, *named(t, own, 1700)]
        blocks += _more(t, own[MOST_OWN:])
    elif page.may_start:
        hint = t("Start a letter with `/letter new`.")
        blocks.append(context(hint))
        said.append(hint)
    return Reply("\n".join(said), blocks)


def _more(t: Words, rest: Sequence[Letter]) -> Blocks:
    """The letters that have no row of their own, by name; each can be named in a command."""
    return [context("\n".join(named(t, rest, 1000)))] if rest else []
