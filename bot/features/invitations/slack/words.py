"""Names of the invited."""

from bot.letters.endorsement import Kind
from bot.letters.entries import COUNTRY_MOST, NAME_MOST
from bot.letters.invitation import Invitation
from bot.locales import Words
from bot.slack.text.escaping import clip, escape, isolate


def name_words(t: Words, invitation: Invitation) -> str:
    """Return the name of the invited party and its contact, as `mrkdwn`."""
    mention = f"<@{invitation.account.user}>" if invitation.account else ""
    reached = mention or _typed(invitation.contact, NAME_MOST)
    if invitation.kind is Kind.PERSON and mention:
        return mention
    name = _typed(
        invitation.name if invitation.kind is Kind.PERSON else invitation.organisation, NAME_MOST
    )
    if invitation.country:
        name = f"{name} ({_typed(invitation.country, COUNTRY_MOST)})"
    return t("{name} (contact: {contact})", name=name, contact=reached) if reached else name


def _typed(words: str, most: int) -> str:
    return escape(isolate(clip(words, most))) if words else ""
