"""Screens as Slack checks them: `blocks.validate` takes each one, and says what it would refuse.

https://docs.slack.dev/reference/methods/blocks.validate
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import orjson
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.doctor.findings import Finding, fine, skipped, wrong
from bot.features.cards.slack import views as cards
from bot.features.cards.slack.card import card
from bot.features.delivery.slack import document_views as documents
from bot.features.delivery.slack import views as delivery
from bot.features.drafts.slack import first_signer_views as first_signers
from bot.features.drafts.slack import views as drafts
from bot.features.invitations.slack import views as invitations
from bot.features.letter_rules.slack import views as rules
from bot.features.lifecycle.slack import views as lifecycle
from bot.letters.draft import Draft
from bot.letters.letter import Letter, Signers, Tally
from bot.letters.phases import Phase
from bot.locales import Words, words
from bot.logs import name_of
from bot.settings import Settings

BETWEEN_S = 1.0
TIMEOUT_S = 10
SHOWN = 3
"""Faults of one screen that are named."""
_NOW = datetime(2026, 3, 3, 10, tzinfo=UTC)
_POSTING = "01HQ0000000000000000000000"

View = dict[str, Any]
Screen = tuple[str, str, object]
"""A name, the argument of `blocks.validate` that takes it, and what it is."""


def _letter() -> Letter:
    return Letter(
        id=7,
        workspace="T0000000000",
        title="A letter with signs of its own: <&> *bold* `code` 签",
        summary="Please sign. " * 20,
        sender="A coalition & friends",
        language="en",
        text_sha256="0" * 64,
        signers=Signers.EVERYONE,
        goal=50,
        deadline=_NOW + timedelta(days=20),
        closes_at=_NOW + timedelta(days=20),
        phase=Phase.OPEN,
        tally=Tally(people=12, organisations=30),
        created_at=_NOW,
    )


_OF_A_LETTER: dict[str, Callable[[Words, Letter], View]] = {
    "rules": rules.form,
    "rules saved": rules.saved,
    "deadline": lambda t, letter: lifecycle.deadline(t, letter, _NOW, closes=True),
    "cancelling": lifecycle.cancelling,
    "cancelled": lifecycle.cancelled,
    "organisers": lambda t, letter: lifecycle.organisers(t, letter, []),
    "post": lambda t, letter: cards.form(t, letter, []),
    "posted": lambda t, letter: cards.posted(t, letter, ["C0000000000"], []),
    "cards": lambda t, letter: cards.cards_list(t, letter, []),
    "late signatures": delivery.opening,
    "end of late signatures": delivery.ending,
    "get the letter": lambda t, letter: documents.getting(t, letter, embargoed=True),
    "invite people": invitations.people_form,
    "invite an organisation": invitations.organisation_form,
    "first signers": lambda t, letter: first_signers.form(t, letter, []),
    "delete a draft": drafts.discard_question,
}


def screens() -> Iterator[Screen]:
    """Give the screens that need no signatures, in English and in a language that is longer."""
    letter = _letter()
    for language in ("en-US", "fr-FR"):
        t = words(language)
        for name, draw in _OF_A_LETTER.items():
            yield f"{name} ({language})", "view", draw(t, letter)
        draft = Draft(title=letter.title, body="# One\n\nTwo *three*.", deadline=letter.deadline)
        yield f"new letter ({language})", "view", drafts.form(t, draft, whole=True)
        for phase in (Phase.OPEN, Phase.CLOSING, Phase.CLOSED, Phase.DELIVERED, Phase.CANCELLED):
            text, blocks = card(t, replace(letter, phase=phase), _POSTING, phase)
            message = {"text": text, "blocks": list(blocks)}
            yield f"card, {phase.value} ({language})", "message", message


async def screen_checks(settings: Settings, between_s: float = BETWEEN_S) -> AsyncIterator[Finding]:
    """Send every screen to Slack's own check.

    Args:
        settings: The settings.
        between_s: Seconds between two of them; Slack answers about one a second.
    """
    client = AsyncWebClient(base_url=settings.slack_api_url, timeout=TIMEOUT_S, retry_handlers=[])
    refused = taken = 0
    for name, kind, what in screens():
        try:
            await client.api_call("blocks.validate", json={kind: orjson.dumps(what).decode()})
        except SlackApiError as error:
            error_name = name_of(error)
            if not error_name.startswith("invalid_"):
                yield skipped("screens", f"Slack checks no screens now ({error_name}).")
                return
            refused += 1
            yield wrong(
                "screens",
                f"Slack refuses the screen “{name}”: {_said(error)}",
                "Tell the developers which version this is (`undersigned --version`).",
            )
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            yield skipped("screens", f"Slack didn't answer ({name_of(error)}).")
            return
        else:
            taken += 1
        await asyncio.sleep(between_s)
    if not refused:
        yield fine("screens", f"Slack takes all {taken} screens that were sent.")


def _said(error: SlackApiError) -> str:
    data: Any = error.response.data
    errors = data.get("errors") if isinstance(data, dict) else None
    said = [
        f"{one.get('pointer', '')}: {one.get('message', '')}"
        for one in (errors or [])[:SHOWN]
        if isinstance(one, dict)
    ]
    return "; ".join(said) or name_of(error)
