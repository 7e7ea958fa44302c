"""The pipeline of those who were asked, in a letter's status."""

from bot.letters.people import Role
from bot.letters.phases import ALLOWED, Action, Phase
from bot.locales import Words
from bot.slack.asking_words import pipeline_words
from bot.slack.choosing import command_button
from bot.slack.elements import Blocks
from bot.slack.text.escaping import escape
from bot.use_cases.status import Status


def pipeline(t: Words, status: Status) -> str:
    """How many of those who were asked stand where, under a heading; empty where nobody was."""
    if not status.asks:
        return ""
    heading = t("Those who were asked")
    words = pipeline_words(t, status.asks, status.awaited)
    return f"*{escape(heading)}*\n{words}"


def asks_button(t: Words, status: Status, phase: Phase) -> Blocks:
    """The way to that list, where it holds somebody or could."""
    could = Role.ORGANISER in ALLOWED[Action.ASK][phase]
    if not (status.asks or could):
        return []
    return [command_button(t("Who was asked"), "asks", status.letter.id)]
