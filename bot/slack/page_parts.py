"""Elements that several modals share."""

from collections.abc import Awaitable, Callable, Collection, Iterable, Iterator
from typing import Any, TypeVar

from bot.letters.draft import ADDRESSEE_MOST, SUBJECT_MOST, Draft
from bot.letters.letter import Letter
from bot.letters.refusals import Reason, Refused
from bot.letters.text import LetterText
from bot.locales import Words
from bot.slack.block_kit import Blocks, View, actions, button, context, modal, section, text_input
from bot.slack.payloads import Click, ClickHandler, Submission, update
from bot.slack.refusal_words import sentence
from bot.slack.text.escaping import TEXT_LIMIT, clip, escape, isolate, plain, width

A = TypeVar("A", Click, Submission)


def head_blocks(t: Words, letter: Letter | LetterText) -> Blocks:
    """Return the addressee and subject of a letter, which people sign; nothing if it has none."""
    blocks: Blocks = []
    if letter.addressee:
        # Translators: who the letter is addressed to.
        blocks.append(context(t("To {who}", who=escape(isolate(letter.addressee)))))
    if letter.subject:
        blocks.append(context(f"*{escape(isolate(letter.subject))}*"))
    return blocks


def addressing_fields(t: Words, letter: Draft | LetterText) -> Blocks:
    """Return the fields for a letter's addressee and subject."""
    return [
        text_input(
            "addressee",
            t("Addressed to"),
            value=letter.addressee,
            most=ADDRESSEE_MOST,
            optional=True,
            multiline=True,
        ),
        text_input("subject", t("Subject"), value=letter.subject, most=SUBJECT_MOST, optional=True),
    ]


def title_block(letter: Letter) -> dict[str, Any]:
    """Return a letter's title as a heading."""
    return {"type": "header", "text": plain(letter.title, 150)}


def arrows(t: Words, action: str, *, back: str | None, on: str | None) -> Blocks:
    """Return previous and next buttons for `action`; one without a value is left out."""
    buttons: Blocks = []
    if back is not None:
        buttons.append(button(t("← Previous"), f"{action}:back", back))
    if on is not None:
        buttons.append(button(t("Next →"), f"{action}:on", on))
    return buttons


def shows(draw: Callable[[Click], Awaitable[View]]) -> ClickHandler:
    """Return a handler that opens the view that `draw` returns."""

    async def show(click: Click) -> None:
        await click.show(await draw(click))

    return show


def turns(draw: Callable[[Click], Awaitable[View]]) -> ClickHandler:
    """Return a handler that shows the view that `draw` returns in the click's modal."""

    async def show(click: Click) -> None:
        await turn(click, await draw(click))

    return show


async def turn(click: Click, view: dict[str, object]) -> None:
    """Show another page in the click's modal, even if the modal was redrawn since the click.

    Raises:
        SlackApiError: Slack refused the page.
    """
    await click.update(view, even_if_changed=True)


def or_as_now(
    act: Callable[[A], Awaitable[Any]], draw: Callable[[A], Awaitable[View]]
) -> Callable[[A], Awaitable[Any]]:
    """Return a handler that draws the state as it is now, and why, if it isn't the one shown."""

    async def handle(asked: A) -> Any:
        try:
            return await act(asked)
        except Refused as refused:
            if refused.refusal.reason not in {Reason.CHANGED_UNSEEN, Reason.ANSWER_UNSEEN}:
                raise
            why = section(f":warning: {escape(sentence(asked.t, refused.refusal))}")
        view = await draw(asked)
        view["blocks"].insert(0, why)
        if isinstance(asked, Submission):
            return update(view)
        return await (asked.show(view) if asked.view is None else turn(asked, view))

    return handle


def page_arrows(t: Words, action: str, of: str, number: int, count: int) -> Blocks:
    """Return previous and next buttons for numbered pages; their values are `of:page`."""
    return arrows(
        t,
        action,
        back=f"{of}:{number - 1}" if number > 1 else None,
        on=f"{of}:{number + 1}" if number < count else None,
    )


def page_foot(t: Words, number: int, count: int, buttons: Blocks) -> Blocks:
    """Return the foot of a page: its number and its buttons."""
    blocks: Blocks = []
    if count > 1:
        which = t("Page {number} of {count}", number=t.number(number), count=t.number(count))
        blocks.append(context(escape(which)))
    if buttons:
        blocks.append(actions(*buttons, block="turn"))
    return blocks


def and_more(t: Words, count: int) -> Blocks:
    """Return a line with the number of omitted items; [] if `count` is not positive."""
    return [] if count <= 0 else [context(t.n("and {count} more", "and {count} more", count))]


def texts(lines: Iterable[str]) -> Iterator[str]:
    """Join lines into as few texts as Slack's length limit allows."""
    text = ""
    for line in lines:
        longer = f"{text}\n{line}" if text else line
        if width(longer) > TEXT_LIMIT:
            yield text
            longer = line
        text = longer
    if text:
        yield text


def both_versions(t: Words, theirs: Collection[str], yours: Collection[str]) -> Blocks:
    """Return the differences between the saved and the typed values, given as lines of `mrkdwn`.

    These blocks are for the top of a form that was not saved, because its data have changed.
    Submitting the form again replaces the saved values.
    """
    warning = t("This changed while you had it open, so your version isn’t saved yet.")
    saved, typed = t("What’s saved"), t("Your version")
    now = [line for line in theirs if line not in yours] or theirs
    mine = [line for line in yours if line not in theirs] or yours
    return [
        section(f":warning: *{escape(warning)}*", "changed"),
        section(clip("\n".join([f"*{saved}*", *now]), TEXT_LIMIT), "saved"),
        section(clip("\n".join([f"*{typed}*", *mine]), TEXT_LIMIT), "yours"),
        context(
            t(
                "To replace what’s saved, press the button again. To keep what’s saved, close this "
                "window."
            )
        ),
    ]


def done_view(t: Words, words: str) -> dict[str, Any]:
    """Return a modal with a result, as `mrkdwn`."""
    return modal(t("Done"), [section(words)], close=t("Close"))


def privacy_buttons(t: Words, letter: Letter | None = None) -> Blocks:
    """Return buttons for the data stored about the reader, and for a letter's privacy notice."""
    buttons: Blocks = [button(t("What we keep about you"), "kept")]
    if letter is not None:
        buttons.append(button(t("Privacy"), "privacy", str(letter.id)))
    return buttons
