"""Subjects of mails, as a server that takes no UTF-8 gets them."""

from email import message_from_bytes
from email.policy import SMTP

import pytest

from bot.courier.mail_courier import compose
from bot.letters.ids import new_id
from bot.letters.mail import Mail
from tests.support.clock import START


@pytest.mark.parametrize(
    "title", ["A letter for one open Internet", "Одно письмо " * 12, "签 " * 70]
)
def test_subject(title: str) -> None:
    """A long subject arrives with all of its spaces, and no line of it is too long."""
    subject = f"Your signature on “\u2068{title}\u2069” wasn’t approved"
    content = Mail(subject=subject, paragraphs=("No.",))
    sent = compose(
        content, notice=new_id(START), language="en", sender="a@b.example", to="c@d.example"
    )
    raw = sent.as_bytes(policy=SMTP.clone(cte_type="7bit"))
    assert message_from_bytes(raw, policy=SMTP)["Subject"] == subject
    head, _, _ = raw.partition(b"\r\n\r\n")
    assert max(map(len, head.split(b"\r\n"))) <= 78
