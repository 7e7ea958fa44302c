"""`/letter help`, and the answer to an unknown word."""

from difflib import get_close_matches

from bot.features.desk.use_cases import home
from bot.locales import Words
from bot.slack import letter_picker
from bot.slack.block_kit import Blocks, actions, context, section
from bot.slack.features import Features
from bot.slack.letter_picker import as_typed, command_button
from bot.slack.payloads import Command, Reply
from bot.slack.text.escaping import clip, escape, isolate

Entry = tuple[str, str]
"""A command as typed, and its effect."""

_UNTAUGHT = {"", "?", "asks"}
"""Words that are never suggested: the bare command, the fallback `?`, and an old name."""


def known_words(features: Features) -> list[str]:
    """Return the words that can be suggested for a mistyped one."""
    return sorted(set(features.commands) - _UNTAUGHT)


def everyones(t: Words) -> list[Entry]:
    """Return the commands for everybody."""
    return [
        ("/letter", t("your letters, and letters you can sign")),
        ("/letter sign", t("sign a letter")),
        ("/letter mine", t("what you signed, to change or withdraw it")),
        ("/letter new", t("start a letter")),
    ]


def organisers(t: Words) -> list[Entry]:
    """Return the additional commands for organisers."""
    return [
        ("/letter status", t("how a letter is doing, with buttons for everything else")),
    ]


def help_reply(
    t: Words, *, runs: bool, first: str = "", offer: Blocks | None = None
) -> Reply:  # fmt: skip
    """Return the help message; `runs` adds the commands for organisers.

    `first` is a sentence at the top (`mrkdwn`), with the buttons of `offer` below.
    """
    entries = everyones(t) + (organisers(t) if runs else [])
    lines = [f"`{typed}`  {escape(what)}" for typed, what in entries]
    lines.append(
        t("Several letters? Add a number or a title: `/letter status #7`.")
        if runs
        else escape(t("You can do all of this on the Home tab too."))
    )
    blocks: Blocks = [section(first)] if first else []
    if offer:
        blocks.append(actions(*offer))
    blocks += [section("\n".join(lines[:-1])), context(lines[-1])]
    return Reply("\n".join([*([first] if first else []), *lines]), blocks)


def register(features: Features) -> None:
    """Register the help commands, and the buttons that run commands."""
    letter_picker.register(features)

    async def unknown(command: Command) -> Reply:
        t, runs = command.t, await _runs(command)
        word = escape(isolate(clip(as_typed(command.word), 60)))
        near = get_close_matches(command.word, known_words(features), n=1, cutoff=0.65)
        if not near:
            return help_reply(t, runs=runs, first=t("I don’t know “{word}”.", word=word))
        first = t("I don’t know “{word}”. Did you mean “{near}”?", word=word, near=near[0])
        line = f"{near[0]} {command.rest}".strip()
        offer = [command_button(t("Use {word}", word=near[0]), near[0], words=command.rest)]
        return help_reply(t, runs=runs, first=first, offer=offer if len(line) <= 1900 else None)

    features.on_command("help", _help)
    features.on_command("?", unknown)


async def _help(command: Command) -> Reply:
    return help_reply(command.t, runs=await _runs(command))


async def _runs(command: Command) -> bool:
    page = await home.page(command.database, actor=command.actor)
    return bool(page.organised)
