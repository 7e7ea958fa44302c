"""The mail server beside the local Slack."""

from email.message import EmailMessage

import aiosmtplib

from bolt_understudy.mailbox import Mailbox


async def test_mails() -> None:
    """Mails are shown as text, the newest first, with links that can be followed."""
    mailbox = Mailbox()
    assert "No mails yet." in mailbox.page()
    async with mailbox.listening() as port:
        assert mailbox.is_open
        for number in range(3):
            mail = EmailMessage()
            mail["From"], mail["To"] = "letters@undersigned.example", "ada@example.org"
            mail["Subject"] = f"Number {number} <b>"
            mail.set_content(f"Söe https://letters.example/l/abc/?a=1&b={number} <script>")
            mail.add_alternative("<p>A page</p>", subtype="html")
            await aiosmtplib.send(mail, hostname="127.0.0.1", port=port, start_tls=False)
    assert not mailbox.is_open

    page = mailbox.page()
    assert page.index("Number 2 &lt;b&gt;") < page.index("Number 0 &lt;b&gt;")
    address = "https://letters.example/l/abc/?a=1&amp;b=2"
    assert f'<a href="{address}">{address}</a> &lt;script&gt;' in page
    assert "Söe" in page
    assert "<script" not in page
