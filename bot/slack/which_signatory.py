"""Commands about an entry: the name that it is found by, and which of several it means."""

from collections.abc import Awaitable, Callable

from bot.letters.letter import Letter
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refusal, Refused
from bot.locales import Words
from bot.slack.block_kit import Blocks, View, button, modal, of_row, section
from bot.slack.features import CommandHandler
from bot.slack.letter_picker import as_typed, choose, parted
from bot.slack.models.shapes import OfLetter
from bot.slack.payloads import Command, Reply
from bot.slack.text.escaping import escape, isolate, moment
from bot.slack.words.rules import where_from
from bot.use_cases.pinning import Fitting


class Named(OfLetter):
    """Memory of the modal."""

    word: str = ""
    """The command that asked the question, if the handler has several commands."""


def for_named(
    action: Action,
    act: Callable[[Command, Letter, str], Awaitable[Reply | View]],
    again: str,
    unnamed: Callable[[Command, Letter], Awaitable[Reply | View]],
) -> CommandHandler:
    """Return the handler of `word [#7] NAME`, which answers with a reply or opens a view.

    `act` gets the name, and `unnamed` answers a command without one. If several entries have the
    name, a click on one of them has the action id `again`.
    """

    async def handle(command: Command) -> Reply | None:
        reference, words = parted(command.rest)
        name = as_typed(words)
        letter = await choose(command, action, reference=reference, words=name)
        if isinstance(letter, Reply):
            return letter
        try:
            answer = await (act(command, letter, name) if name else unnamed(command, letter))
        except Refused as refused:
            told = action is not Action.OBJECT
            several = which(command.t, letter.id, refused.refusal, again, command.word, told=told)
            if several is None:
                raise
            answer = several
        if isinstance(answer, Reply):
            return answer
        await command.open(answer)
        return None

    return handle


def which(
    t: Words, letter: int, refusal: Refusal, action: str, word: str = "", *, told: bool = True
) -> View | None:
    """Return a modal that asks which signature is meant; None for any other refusal.

    A click has the id `action` and the value `signatory:endorsement`. `word` is the command that
    asked, if the handler has several. `told`: whether it says who signed, and when.
    """
    if refusal.reason is not Reason.SEVERAL_SIGNATORIES:
        return None
    fitting: tuple[Fitting, ...] = refusal.facts["fitting"]
    name = escape(isolate(str(refusal.facts["name"])))
    blocks: Blocks = [section(t("More than one signature matches *{name}*. Which one?", name=name))]
    for number, one in enumerate(fitting):
        signed, when = one.speaker, moment(t, one.speaker.signed_at)
        by = signed.signature.told if signed.signature.is_withheld else where_from(t, signed)
        this = button(t("This one"), f"{action}:{number}", f"{one.party.id}:{signed.id}")
        words = f"*{escape(isolate(one.party.entry))}*" + (f"\n{by}, {when}" if told else "")
        blocks.append(section(words, accessory=of_row(this, one.party.entry, number)))
    return modal(
        t("Which one?"),
        blocks,
        close=t("Cancel"),
        callback="which",
        meta=Named(letter=letter, word=word).kept(),
    )
