"""Mail addresses as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.letters.mail import LONGEST, normalised
from bot.letters.refusals import Reason, Refused


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ada@example.org", "ada@example.org"),
        (" Ada.Moreau+Letters@Example.ORG ", "ada.moreau+letters@example.org"),
        ("ada@bücher.example", "ada@xn--bcher-kva.example"),
        ("äda@example.org", "äda@example.org"),
    ],
)
def test_normalised(typed: str, kept: str) -> None:
    """Case and the spelling of the domain make no difference; dots and tags do."""
    assert normalised(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "ada",
        "@example.org",
        "ada@",
        "ada@example",
        "ada@@example.org",
        "ada moreau@example.org",
        "Ada <ada@example.org>",
        "ada@example.org, bo@example.org",
        "ada@example.org\nBcc: bo@example.org",
        "a\rda@example.org",
        "ada@127.0.0.1",
        "ada@-example.org",
        ".ada@example.org",
        "a..da@example.org",
        "ada\u2028@example.org",
        f"{'a' * 65}@example.org",
        f"ada@{'a' * 64}.example",
        f"ada@{'.'.join(['b' * 60] * 4)}.example",
        "a" * 100_000 + "@example.org",
    ],
)
def test_no_address(typed: str) -> None:
    """Anything else is refused in words, however long it is."""
    with pytest.raises(Refused) as refused:
        normalised(typed)
    assert refused.value.refusal.reason is Reason.NO_ADDRESS
    with pytest.raises(Refused, match="empty"):
        normalised(" ")


@given(st.text(max_size=40) | st.from_regex(r"[^@]{1,20}@[^@]{1,20}\.[a-z]{2,5}", fullmatch=True))
def test_stays(typed: str) -> None:
    """A kept address is one line, at most as long as a server takes, and its own normal form."""
    try:
        kept = normalised(typed)
    except Refused:
        return
    assert normalised(kept) == kept
    assert len(kept) <= LONGEST
    assert kept.isprintable()
    assert len(kept.split()) == 1
