"""Sentences about invitations and their states."""

from bot.features.invitations.slack.messages import day_words
from bot.letters.endorsement import Kind
from bot.letters.invitation import Invitation, InvitationState
from bot.letters.lines import COUNTRY_MOST, NAME_MOST
from bot.locales import Words
from bot.slack.text.escaping import clip, escape, isolate
from bot.slack.times import moment


def name_words(t: Words, invitation: Invitation) -> str:
    """Name the invited, and through whom; `mrkdwn`."""
    mention = "" if invitation.person is None else f"<@{invitation.person.user}>"
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


def state_words(t: Words, invitation: Invitation) -> str:
    """Name an invitation's state, and since when; `mrkdwn`."""
    since = moment(t, invitation.answered_at or invitation.invited_at)
    match invitation.state:
        case InvitationState.INVITED:
            return t(":white_circle: Invited {when}", when=since)
        case InvitationState.READING:
            return t(":eyes: Reading since {when}", when=since)
        case InvitationState.AWAITING:
            return t(
                ":hourglass_flowing_sand: Needs approval by {day}", day=day_words(t, invitation)
            )
        case InvitationState.DECLINED:
            return t(":no_entry_sign: Declined {when}", when=since)
        case InvitationState.SIGNED:
            return t(":white_check_mark: Signed {when}", when=since)
