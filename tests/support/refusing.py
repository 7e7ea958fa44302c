from collections.abc import Awaitable

import pytest

from bot.letters.refusals import Reason, Refusal, Refused


async def refused(story: Awaitable[object], reason: Reason) -> Refusal:
    """The refusal that a story ends in, which has this reason."""
    with pytest.raises(Refused) as caught:
        await story
    assert caught.value.refusal.reason is reason
    return caught.value.refusal
