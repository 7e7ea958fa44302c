"""Settings, a part of the letter's window: a line and a Change button for each."""

from collections.abc import Sequence
from typing import Any

from bot.features.desk.use_cases import settings
from bot.features.desk.use_cases.settings import Settings
from bot.letters.letter import Letter
from bot.letters.people import Person
from bot.letters.phases import Action, Phase
from bot.letters.rules import PublicPage
from bot.locales import Words, language_name
from bot.slack.block_kit import Blocks, actions, button, confirm, of_row, section, time_picker
from bot.slack.bot import Bot
from bot.slack.features import Features
from bot.slack.letter_picker import command_button, unveil_button
from bot.slack.payloads import Caller
from bot.slack.text.escaping import TEXT_LIMIT, clip, escape, isolate, moment
from bot.slack.windows import Part, Place, View, frame, may
from bot.slack.words.deadlines import closing_words
from bot.slack.words.rules import RULES, embargo_words, rule_sentences

MOST_NAMED = 12
"""People named in one line."""


def register(features: Features) -> None:
    """Register the part."""
    features.on_part(Part.SETTINGS, _draw)


async def _draw(bot: Bot, caller: Caller, place: Place, said: str) -> View:
    found = await settings.settings(bot.database, letter=place.letter, actor=caller.actor)
    address, can_mail = bot.public_url, bot.keys is not None
    return settings_view(caller.t, found, said, public_url=address, can_mail=can_mail)


def settings_view(
    t: Words, found: Settings, said: str = "", *, public_url: str = "", can_mail: bool = False
) -> View:
    """Return the part, with `said` as the result of the last action."""
    letter = found.letter

    def line(label: str, value: str, word: str, pressed: dict[str, Any] | None = None) -> None:
        """Add a line, with a Change button for the command `word` or with the button `pressed`."""
        if word and pressed is None:
            pressed = of_row(command_button(t("Change"), word, letter.id), label)
        words = clip(f"*{escape(label)}*\n{value}", TEXT_LIMIT)
        blocks.append(section(words, f"set.{word or label[:20]}", pressed))

    def if_may(word: str, *needed: Action) -> str:
        return word if any(may(letter, action) for action in needed) else ""

    blocks: Blocks = []
    changes = "edit" if letter.phase is Phase.DRAFT else if_may("details", Action.DESCRIBE)
    line(t("Letter"), _about(t, letter), changes)
    # A draft's text is in the same form as its title.
    if may(letter, Action.AMEND):
        line(t("Text"), t("Signers we can reach are told about a change, or asked."), "amend")
    closes = f"{moment(t, letter.deadline)}\n{closing_words(t, letter)}".strip()
    if letter.phase.is_delivered:
        line(t("Late signatures"), *_late(t, letter))
    else:
        line(t("Deadline"), closes, if_may("deadline", Action.REOPEN, Action.EXTEND))
    organisers = _people(t, found.organisers)
    line(t("Organisers"), organisers, if_may("organisers", Action.CHANGE_ORGANISERS))
    if may(letter, Action.FOUND) or found.first_signers:
        chosen = _people(t, found.first_signers) or t("None")
        line(t("First signers"), chosen, if_may("found", Action.FOUND))
    blocks += _rules(t, found, public_url, can_mail=can_mail)
    translate = button(t("Change"), "rules.change:translation", f"{letter.id}:translation")
    line(t("Translations"), _translations(t, found), "translation", translate)
    if found.hidden and may(letter, Action.UNVEIL):
        line(t("Embargo"), embargo_words(t, letter), "unveil", unveil_button(t, letter))
    if found.answer_by is not None and may(letter, Action.AMEND):
        until = t("Signers can answer until {when}.", when=moment(t, found.answer_by))
        line(t("Text change"), until, "")
        earlier = t(
            "You can only choose an earlier time, at least one day from now. We’ll tell the "
            "signers who haven’t answered."
        )
        picker = time_picker(found.answer_by, f"answers:{letter.id}")
        picker["confirm"] = confirm(t, t("Change"), earlier)
        blocks.append(actions(picker, block="answers"))
    if last := _last(t, letter):
        blocks.append(actions(*last, block="last"))
    return frame(t, letter, Place(letter=letter.id, part=Part.SETTINGS), blocks, said=said)


def _translations(t: Words, found: Settings) -> str:
    said = [t("Unofficial translations are shown after the letter. People don’t sign them.")]
    earlier = t("This translation belongs to an earlier version of the letter.")
    for one in found.translations:
        line = f"{language_name(one.language)} ({isolate(one.translator)})"
        said.append(line if one.text_sha256 == found.letter.text_sha256 else f"{line}. {earlier}")
    return escape("\n".join(said))


def _late(t: Words, letter: Letter) -> tuple[str, str, dict[str, Any]]:
    if letter.phase is not Phase.LATE:
        label, action, said = t("Open late signatures"), "late:open", t("Off")
        question = t(
            "From now on, people who sign are told they’ll be listed as late signatures. The "
            "delivered copy doesn’t change."
        )
    else:
        label, action = t("Stop late signatures"), "late:close"
        said = t("On")
        question = t.n(
            "{count} signature so far. No one can sign after this, but you can open late "
            "signatures again.",
            "{count} signatures so far. No one can sign after this, but you can open late "
            "signatures again.",
            letter.tally.late,
        )
    return said, "", button(label, action, str(letter.id), confirm=confirm(t, label, question))


def _rules(t: Words, found: Settings, public_url: str, *, can_mail: bool) -> Blocks:
    letter = found.letter
    heading = t("Rules")
    blocks: Blocks = [section(f"*{escape(heading)}*")]
    for name, said in zip(RULES, rule_sentences(t, letter), strict=True):
        pressed, action = None, Action.PUBLISH if name == "page" else Action.SET_RULES
        lines = (
            [said, *_page(t, found, public_url, can_mail=can_mail)] if name == "page" else [said]
        )
        if may(letter, action) and (public_url or name != "page"):
            change = button(t("Change"), f"rules.change:{name}", f"{letter.id}:{name}")
            pressed = of_row(change, said.replace("*", ""))
        blocks.append(section("\n".join(lines), f"rule.{name}", pressed))
    if public_url and letter.rules.page is not PublicPage.OFF:
        blocks.append(actions(command_button(t("Share link"), "share", letter.id), block="share"))
    return blocks


def _page(t: Words, found: Settings, public_url: str, *, can_mail: bool) -> list[str]:
    letter = found.letter
    no_mail = t(
        "People can’t sign on the public page yet. For that, the person who runs Undersigned "
        "needs to set SMTP_URL, MAIL_FROM and SECRET_KEYS."
    )
    if not public_url:
        return [
            t(
                "Public pages aren’t set up here. The person who runs Undersigned can turn them "
                "on with PUBLIC_URL."
            )
        ]
    lines = [] if can_mail else [no_mail]
    if letter.rules.page is PublicPage.OFF:
        return lines
    lines.insert(0, f"{public_url}{letter.page_path}")
    if letter.opened_at is None:
        lines.append(t("The page goes online when you post the first card."))
    if letter.listed_at is None:
        lines.append(t("We’re telling those who signed. The list appears a day later."))
    elif found.appears is not None:
        lines.append(t("The list appears on {when}.", when=moment(t, found.appears)))
    return lines


def _about(t: Words, letter: Letter) -> str:
    lines = [escape(isolate(letter.title))]
    if letter.summary:
        lines.append(escape(isolate(clip(letter.summary, 600))))
    if letter.sender:
        lines.append(t("From {who}", who=escape(isolate(letter.sender))))
    if letter.goal is not None:
        lines.append(t("Goal: {goal}", goal=t.number(letter.goal)))
    return "\n".join(lines)


def _people(t: Words, people: Sequence[Person]) -> str:
    named = [f"<@{one.user}>" for one in people[:MOST_NAMED]]
    if len(people) > MOST_NAMED:
        named.append(t.n("and {count} more", "and {count} more", len(people) - MOST_NAMED))
    return t(", ").join(named)


def _last(t: Words, letter: Letter) -> Blocks:
    buttons: Blocks = []
    if letter.phase is not Phase.DRAFT:
        buttons.append(command_button(t("History"), "history", letter.id))
    if may(letter, Action.UPDATE):
        buttons.append(command_button(t("Update"), "update", letter.id))
    if may(letter, Action.CANCEL):
        buttons.append(command_button(t("Cancel the letter"), "cancel", letter.id, style="danger"))
    return buttons
