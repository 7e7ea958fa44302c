"""A letter pasted from a mail is left alone; what belongs to the mail is told from it."""

import pytest

from bot.documents.mail import Part, read_mail

SPACE = " "
LETTER = """\
Dear Minister,

We ask you to keep the three harbour libraries open.

## What we ask

1. Fund them until 2028.
2. Publish the plan.

From: our harbour to yours, this concerns everyone.

Yours sincerely,
"""
GMAIL = f"""\
Hi all,
here is the draft we spoke about.

---------- Forwarded message ---------
From: Ada Quill <ada@tide.example>
Date: Tue, 3 Mar 2026 at 10:12
Subject: Fwd: Keep the harbour libraries open
To: <coalition@tide.example>

{LETTER}
--{SPACE}
Ada Quill
Tide Lab
+44 20 7946 0000
"""
OUTLOOK = f"""\
**Von:** Ada Quill <ada@tide.example>
**Gesendet:** Dienstag, 3. März 2026 10:12
**An:** Koalition <koalition@tide.example>
**Cc:** Bo Lund
**Betreff:** WG: Keep the harbour libraries open

Liebe Kolleginnen und Kollegen,

anbei der Entwurf unseres Briefs, bitte bis Freitag ansehen.

{LETTER}
Viele Grüße
Ada Quill
Tide Lab
"""
APPLE = f"""\
Début du message transféré :

**De :** Ada Quill <ada@tide.example>
**Objet :** Keep the harbour libraries open
**Date :** 3 mars 2026 à 10:12:44 UTC+1
**À :** Coalition <coalition@tide.example>

Bonjour à tous,

{LETTER}
Bien cordialement,
Ada Quill

Envoyé de mon iPhone
"""
THUNDERBIRD = f"""\
-------- Mensaje reenviado --------
Asunto: Keep the harbour libraries open
Fecha: Tue, 3 Mar 2026 10:12:44 +0100
De: Ada Quill <ada@tide.example>
Para: coalición@tide.example

{LETTER}"""


def quoted(text: str) -> str:
    return "".join(f"> {line}".rstrip() + "\n" for line in text.splitlines())


ANSWERED = {
    "en": "On Tue, 3 Mar 2026 at 10:12, Ada Quill <ada@tide.example> wrote:",
    "en, wrapped": "On Tue, 3 Mar 2026 at 10:12, Ada Quill of the Tide Lab\n<ada@tide.example> wrote:",
    "de": "Am Di., 3. März 2026 um 10:12 Uhr schrieb Ada Quill <ada@tide.example>:",
    "fr": "Le mar. 3 mars 2026 à 10:12, Ada Quill <ada@tide.example> a écrit :",
    "es": "El mar, 3 mar 2026 a las 10:12, Ada Quill (<ada@tide.example>) escribió:",
}


@pytest.mark.parametrize(
    ("pasted", "parts", "subject"),
    [
        (GMAIL, [Part.HEADER, Part.SIGNATURE], True),
        (OUTLOOK, [Part.HEADER, Part.GREETING, Part.SIGNATURE], True),
        (APPLE, [Part.HEADER, Part.GREETING, Part.SIGNATURE], True),
        (THUNDERBIRD, [Part.HEADER], True),
        (f"{LETTER}\nSent from my iPhone\n", [Part.SIGNATURE], False),
        *(
            (f"{said}\n\n{quoted(LETTER)}", [Part.HEADER, Part.QUOTES], False)
            for said in ANSWERED.values()
        ),
        (f"{LETTER}\n{OUTLOOK[:180]}\n\nDanke!\n", [Part.EARLIER], False),
        *(
            (f"{LETTER}\n{said}\n> Shall we?\n", [Part.EARLIER], False)
            for said in ANSWERED.values()
        ),
        (
            f"Looks good!\n\n{ANSWERED['en']}\n{quoted(GMAIL)}",
            [Part.HEADER, Part.QUOTES, Part.HEADER, Part.SIGNATURE],
            True,
        ),
    ],
)
def test_mails(pasted: str, parts: list[Part], subject: bool) -> None:  # noqa: FBT001 - a case
    """Of mails of several programs and languages the letter is left, and its title."""
    for typed in (pasted, pasted.replace("<", "\\<").replace(">", "\\>").replace("--", "\\--")):
        found = read_mail(typed)
        assert found.body.replace("\\", "") == LETTER
        assert [one.part for one in found.left_out] == parts
        assert found.subject == ("Keep the harbour libraries open" if subject else "")


def test_a_letter_is_left_alone() -> None:
    """A text that is no mail stays as it is, also with a salutation, a closing and a colon."""
    for text in (LETTER, f"To: the Minister\n\n{LETTER}", f"{LETTER}Ada Quill\nBo Lund\n"):
        assert read_mail(text).left_out == ()
        assert read_mail(text).body == text


FRONT = "---\nid: ferry\ntitle: Keep the harbour libraries open\ntags: [sea]\n---\n"
HELLO = """\
Hello to all readers, keepers and friends of the harbour libraries on this list of ours,

There is an open letter going around, and I invite you to read it. It includes the text below. Ada
"""
FORWARDED = GMAIL.partition("\n\n")[2].partition("Dear Minister")[0]
DEMAND = "“We, the undersigned readers, urge the harbour office to keep the three libraries open.\n\nThey belong to all who live by the sea, and we ask twice, as those before us did. Please write to us with a day.”\n"


def test_front_matter() -> None:
    """Facts above a pasted file are left out with a note, and its title is the letter's."""
    found = read_mail(f"{FRONT}\n{LETTER}")
    assert (found.body, found.subject) == (LETTER, "Keep the harbour libraries open")
    assert [one.part for one in found.left_out] == [Part.INTRODUCTION]
    assert found.left_out[0].put_back(found.body) == f"{FRONT}\n{LETTER}"
    ruled = f"---\n\n{LETTER}\n---\n\nTo be continued.\n"
    assert read_mail(ruled).left_out == ()


def test_a_note_above_the_undersigned() -> None:
    """In a mail, the note above "We, the undersigned" is left out; an opening without it stays."""
    found = read_mail(f"{FORWARDED}{HELLO}\n{DEMAND}")
    assert found.body == DEMAND
    assert [one.part for one in found.left_out] == [Part.HEADER, Part.INTRODUCTION]
    opening = "Three libraries have closed since the plan for the harbour was made public.\n\n"
    assert read_mail(f"{FORWARDED}{opening}{DEMAND}").body == f"{opening}{DEMAND}"
    assert read_mail(f"{opening}{DEMAND}").left_out == ()


def test_quotes_in_quotes() -> None:
    """Marks of a quote in a quote are one note, and Undo puts back all of them."""
    found = read_mail(quoted(quoted(LETTER)))
    assert (found.body, [one.part for one in found.left_out]) == (LETTER, [Part.QUOTES])
    assert found.left_out[0].put_back("We ask.\n") == "> > We ask.\n"
    typed = "\\\n".join(f"\\> {line}" for line in ("We ask.", "", "You answer."))
    assert read_mail(typed).body == "We ask.\n\nYou answer.\n"


def test_contacts_below_a_letter() -> None:
    """Lines below a mailed letter that say only how to reach somebody are left out."""
    reached = "Contact: Ada Quill\\\nWebsite: tide.example\n"
    found = read_mail(f"{FORWARDED}{DEMAND}\n{reached}")
    assert (found.body, found.left_out[-1].part) == (DEMAND, Part.SIGNATURE)
    asked = f"{DEMAND}\nContact: Ada Quill\\\nWe hope for an answer.\n"
    assert read_mail(f"{FORWARDED}{asked}").body == asked
    assert read_mail(f"{DEMAND}\n{reached}").left_out == ()


def test_header_lines() -> None:
    """A subject keeps its brackets and its second line; fields of no reader are in the header too."""
    told = "\\[Harbour\\] A letter, open and long, from all who read beside the sea and ask"
    fields = "From: ada@tide.example\\\nMessage-ID: 7\\\nTo: Bo\\\nX-List: tide\\\n"
    found = read_mail(f"{fields}Subject: {told}\\\nfor more of it\n\n{LETTER}")
    assert found.subject.replace("\\", "") == f"{told.replace(chr(92), '')} for more of it"
    assert (found.body, [one.part for one in found.left_out]) == (LETTER, [Part.HEADER])
    found = read_mail(f"{fields}Subject: {told}\n{LETTER}")
    assert found.body == LETTER


@pytest.mark.parametrize("pasted", [GMAIL, OUTLOOK, APPLE, f"{ANSWERED['en']}\n\n{quoted(LETTER)}"])
def test_undone(pasted: str) -> None:
    """Every part can be put back, and then all words are there again."""
    found = read_mail(pasted)
    body = found.body
    for one in reversed(found.left_out):
        body = one.put_back(body)
    assert body.split() == pasted.split()
