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
            t("Everybody"),
            [
                ("list", "list", t("what is open for signatures")),
                ("read", "read #7", t("the whole letter")),
                ("signers", "signers #7", t("who signed it")),
                ("mine", "mine", t("what you signed, to change it or take it back")),
                ("object", "object #7 APC", t("your organisation should not be on it")),
            ],
        ),
        (
            t("To start a letter"),
            [
                ("new", "new", t("write one; or choose “Make this a letter” on a message")),
                ("edit", "edit #7", t("change a draft")),
                ("rules", "rules #7", t("how signatures are trusted, shown and ordered")),
                ("found", "found #7", t("choose who signs before its card is public")),
                ("post", "post #7", t("put its card in channels; this opens it")),
                ("discard", "discard #7", t("throw a draft away")),
            ],
        ),
        (
            t("To run it"),
            [
                ("status", "status #7", t("how it stands, and what to do next")),
                ("invitations", "invitations #7", t("whom you asked, and where that stands")),
                ("history", "history #7", t("who did what, when and why")),
                (
                    "organisations",
                    "organisations #7",
                    t("who waits, is contested, or stands twice"),
                ),
                ("remind", "remind #7", t("ask those who have not signed")),
                ("pin", "pin #7 APC", t("put a convener at the top; `unpin` undoes it")),
                ("organisers", "organisers #7 add @name", t("who else runs it; or `remove`")),
                ("amend", "amend #7", t("change its text openly: signers are told or asked")),
                ("takedown", "takedown #7", t("take its card out of a channel")),
            ],
        ),
        (
            t("Its list"),
            [
                ("add", "add #7", t("add signatures that were given elsewhere")),
                ("correct", "correct #7 APC", t("correct a line, with its signer’s yes")),
                ("export", "export #7", t("take the list out, to copy it")),
            ],
        ),
        (
            t("To end it"),
            [
                ("extend", "extend #7", t("give it more time")),
                ("close", "close #7", t("take no more signatures")),
                ("reopen", "reopen #7", t("take them again")),
                ("deliver", "deliver #7", t("cut the list that is handed over")),
                ("delivered", "delivered #7", t("what was handed over, and who withdrew since")),
                ("late", "late #7", t("open the late list, or end it")),
                ("cancel", "cancel #7", t("call it off, with a word of why")),
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
        "A letter is named by its number or by how its title begins. Without a name, I take the only "
        "one that fits, or ask."
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
    return help_reply(t, t("Here is what I can do:"))


async def _unknown(command: Command) -> Reply:
    """Another word: help, with the word that it may have been."""
    t = command.caller.t
    known = [word for _, entries in guide(t) for word, _, _ in entries] + ["unpin", "help"]
    word = escape(isolate(clip(as_typed(command.word), 60)))
    near = get_close_matches(command.word, known, n=1, cutoff=0.6)
    if not near:
        return help_reply(t, t("I do not know “{word}”. Here is what I can do:", word=word))
    first = t("I do not know “{word}”. Did you mean `/letter {near}`?", word=word, near=near[0])
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
        nothing = t("No letter is open for signatures now.")
        blocks.append(section(escape(nothing)))
        said.append(nothing)
    if own:
        heading = t("Yours: drafts and letters that have ended")
        blocks += [{"type": "divider"}, section(f"*{escape(heading)}*")]
        for letter in own[:MOST_OWN]:
            blocks += own_row(t, letter)
        said += [heading, *named(t, own, 1700)]
        blocks += _more(t, own[MOST_OWN:])
    elif page.may_start:
        hint = t("`/letter new` starts a letter.")
        blocks.append(context(hint))
        said.append(hint)
    return Reply("\n".join(said), blocks)


def _more(t: Words, rest: Sequence[Letter]) -> Blocks:
    """The letters that have no row of their own, by name; each can be named in a command."""
    return [context("\n".join(named(t, rest, 1000)))] if rest else []
