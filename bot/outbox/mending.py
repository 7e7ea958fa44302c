"""Retries of cards that failed while the app could not reach them."""

from datetime import timedelta

from bot.letters import notices
from bot.outbox.errors import Verdict, judge
from bot.storage import outbox, postings
from bot.storage.database import Transaction, writing

EVERY = timedelta(minutes=30)
FOR = timedelta(days=30)
"""Time after the close of its letter during which a card is retried."""

PASSING = frozenset(
    {"access_denied", "app_access_restricted", "channel_is_limited_access", "channel_not_found",
     "ekm_access_denied", "is_archived", "is_inactive", "not_in_channel",
     "posting_to_channel_denied", "restricted_action",
     "restricted_action_non_threadable_channel", "restricted_action_read_only_channel"}
)  # fmt: skip
"""Errors of a channel that its people can fix: by inviting the app, or by a setting."""


@writing
def mend(tx: Transaction) -> int:
    """Queue an update of each card that may succeed by now; return how many.

    Only cards that were posted are retried: whether to post a first card is an organiser's
    decision. A card that keeps failing is reported once per error.
    """
    wrong = [
        posting
        for posting in postings.wrong(tx, tx.now - FOR)
        if posting.error in PASSING or judge(posting.error) not in {Verdict.TARGET, Verdict.BUG}
    ]
    for posting in wrong:
        notice = notices.card(posting.letter, posting.id, posting.channel)
        outbox.owe(tx, posting.workspace, [notice])
    return len(wrong)
