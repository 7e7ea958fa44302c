"""The result of adding collected signatures, and the statement that an organiser confirms."""

from bot.features.collected.use_cases.additions import Brought
from bot.letters.letter import Letter
from bot.locales import Words
from bot.slack.block_kit import Blocks, View, context, modal, section
from bot.slack.page_parts import texts
from bot.slack.text.escaping import escape, plain
from bot.slack.words.phases import title_line


def agreed_words(t: Words, *, again: bool = False) -> str:
    """Return the organiser's statement that all signers agreed; it is saved with each signature.

    `again` says that some of them had withdrawn.
    """
    said = t(
        "By adding these signatures, you confirm that everyone listed agreed to be published with "
        "the letter. That includes the web, if the letter has a public page."
    )
    return f"{said} {t('Those who withdrew before have agreed again.')}" if again else said


def added(t: Words, letter: Letter, brought: Brought, problems: list[str]) -> View:
    """Return the view with the number of added and waiting signatures, and with `problems`.

    `problems` are the entries that could not be added, as plain text.
    """
    said = t.n("{count} signature added.", "{count} signatures added.", brought.added)
    blocks: Blocks = [section(title_line(letter)), section(f":white_check_mark: {escape(said)}")]
    waits = brought.added - brought.listed
    if waits:
        waiting = t.n(
            "{count} of them isn’t on the list yet. It needs to be confirmed first.",
            "{count} of them aren’t on the list yet. They need to be confirmed first.",
            waits,
        )
        blocks.append(context(escape(waiting)))
    if problems:
        lost = t.n("{count} entry wasn’t added:", "{count} entries weren’t added:", len(problems))
        blocks += [
            {"type": "section", "text": plain(text)} for text in texts([lost, *problems[:20]])
        ]
    return modal(t("Added"), blocks, close=t("Done"))
