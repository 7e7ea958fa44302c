"""The window in which an organiser gets the letter as a file."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.documents.making import Failure, available
from bot.documents.paper import ENDING, Format
from bot.documents.paper_words import LANGUAGES
from bot.features.delivery.paper import Late
from bot.letters.letter import Letter
from bot.locales import Words, words
from bot.slack.block_kit import (
    Blocks,
    View,
    actions,
    button,
    context,
    field_block,
    modal,
    option,
    radio,
    section,
)
from bot.slack.models.memories import OfLetter
from bot.slack.models.shapes import OpenView
from bot.slack.text.escaping import escape, isolate
from bot.slack.uploads import SCOPE

_BETWEEN_WORDS = re.compile(r"[^\w]+")

EVERYTHING = "everything"
"""The press pack, as a format to choose."""
_NAME_MOST = 60
_FORMATS = (Format.DOCX, Format.PDF, Format.XLSX, Format.HTML, Format.MARKDOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """The file that somebody wants."""

    letter: int
    what: str
    """A `Format`, or `EVERYTHING`."""
    present: bool
    late: Late
    language: str

    def command(self, *, delivered: bool) -> list[str]:
        """Return the words of the command that makes it, for an organiser."""
        number = str(self.letter)
        if self.what == EVERYTHING:
            made = ["press", number]
        else:
            made = ["document", number, "--format", self.what, "--language", self.language]
        made += ["--late", self.late.value, "--embargoed"]
        return [*made, "--present"] if self.present or not delivered else made


def wish(view: OpenView) -> Wish:
    """Read what was chosen."""
    values = view.values
    return Wish(
        letter=OfLetter.of(view).letter,
        what=values.choice("what"),
        present=values.choice("list") == "present",
        late=Late(values.choice("late") or Late.APART),
        language=values.choice("language") or "en",
    )


def offered() -> list[str]:
    """Return the formats that can be made here, the most wanted first."""
    formats = [form.value for form in _FORMATS if available(form)]
    everything = all(available(form) for form in _FORMATS)
    return [*formats, EVERYTHING] if everything else formats


def getting(t: Words, letter: Letter, *, embargoed: bool) -> View:
    """Ask in which form an organiser wants the letter."""
    said = {
        Format.DOCX.value: option(t("Word"), Format.DOCX, t("To edit it")),
        Format.PDF.value: option(t("PDF"), Format.PDF, t("To send it or print it")),
        Format.XLSX.value: option(
            t("Spreadsheet"), Format.XLSX, t("The list, with a row for each entry")
        ),
        Format.HTML.value: option(t("Web page"), Format.HTML, t("One file, ready to publish")),
        Format.MARKDOWN.value: option(t("Text"), Format.MARKDOWN, t("With Markdown’s marks")),
        EVERYTHING: option(
            t("Everything, as a zip"),
            EVERYTHING,
            t("All of these in seven languages, with charts and a preview image"),
        ),
    }
    choices = {what: said[what] for what in offered()}
    first = Format.PDF.value if Format.PDF.value in choices else Format.DOCX.value
    blocks: Blocks = [
        section(t("Get *{title}* as a file", title=escape(isolate(letter.title)))),
        field_block("what", t("Format"), radio("choice", choices, first)),
    ]
    if letter.delivered_at is not None:
        lists = {
            "copy": option(t("Delivered copy"), "copy"),
            "present": option(t("Today’s list, marked as a draft"), "present"),
        }
        blocks.append(field_block("list", t("Which list?"), radio("choice", lists, "copy")))
    if letter.tally.late:
        late = {
            Late.APART.value: option(t("After the others"), Late.APART),
            Late.DATED.value: option(t("Among the others, each with its day"), Late.DATED),
        }
        blocks.append(
            field_block(
                "late", t("Late signatures on today’s list"), radio("choice", late, "apart")
            )
        )
    blocks.append(field_block("language", t("Language of headings"), _languages(letter)))
    if letter.delivered_at is None:
        blocks.append(context(t("It isn’t delivered yet, so each page says that it’s a draft.")))
    if embargoed:
        blocks.append(
            context(
                t(":lock: The names are under embargo. Only organisers can see this list for now.")
            )
        )
    if EVERYTHING not in choices:
        blocks.append(
            context(
                t(
                    "PDF and spreadsheets aren’t installed here. The person who runs Undersigned can "
                    "add the extra “documents”."
                )
            )
        )
    blocks.append(actions(button(t("Copy the list here"), "export.pages", str(letter.id))))
    return modal(
        t("Get the letter"),
        blocks,
        close=t("Cancel"),
        submit=t("Send me the file"),
        callback="documents.get",
        meta=OfLetter(letter=letter.id).kept(),
    )


def _languages(letter: Letter) -> dict[str, Any]:
    own = letter.language.replace("_", "-").partition("-")[0].lower()
    options = [option(_own_name(language), language) for language in LANGUAGES]
    chosen = next((one for one in options if one["value"] == own), options[0])
    return {
        "type": "static_select",
        "action_id": "choice",
        "options": options,
        "initial_option": chosen,
    }


def _own_name(language: str) -> str:
    name = words(language).locale.get_display_name() or language
    return name[:1].upper() + name[1:]


def making(t: Words, letter: Letter, progress: tuple[int, int] | None = None) -> View:
    """Say that a file is being made, and how far that has come."""
    title = escape(isolate(letter.title))
    said = t(":hourglass_flowing_sand: We’re making your file of *{title}*.", title=title)
    if progress is not None:
        number, count = (t.number(one) for one in progress)
        said = t(
            ":hourglass_flowing_sand: We’re making your file of *{title}*: part {number} of {count}.",
            title=title,
            number=number,
            count=count,
        )
    then = t("It arrives in your messages with Undersigned. You can close this window.")
    return _result(t, [section(said), context(then)])


def sent(t: Words) -> View:
    """Say that the file was sent."""
    return _result(t, [section(t(":white_check_mark: It’s in your messages with Undersigned."))])


def failed(t: Words, why: str) -> View:
    """Say why no file was made or sent; `why` is `mrkdwn`."""
    return _result(t, [section(why)])


def _result(t: Words, blocks: Sequence[dict[str, Any]]) -> View:
    return modal(t("Get the letter"), list(blocks), close=t("Close"), callback="documents.done")


def failure_words(t: Words, failure: Failure) -> str:
    """Say why no file was made and what to do."""
    if failure in {Failure.TOO_SLOW, Failure.TOO_LARGE}:
        return t("The list is too long for this file. Try a spreadsheet or a web page.")
    return t("Sorry, something went wrong on our side. Please try again.")


def upload_words(t: Words, name: str) -> str:
    """Say why Slack did not take a file and what to do, by Slack's name of the error."""
    if name in {"missing_scope", "not_allowed_token_type"}:
        return grant_words(t)
    if name in {"file_uploads_disabled", "file_upload_size_restricted", "restricted_action"}:
        return t("Your workspace doesn’t take this file. Ask a workspace admin to allow it.")
    return t("Slack didn’t take the file. Please try again in a few minutes.")


def grant_words(t: Words) -> str:
    """Say what an admin can grant so that files can be sent."""
    return t(
        "To get files here, ask an admin to give Undersigned the optional permission `{scope}`.",
        scope=SCOPE,
    )


def sent_words(t: Words, letter: Letter) -> str:
    """Return what stands above the file in a direct message; `mrkdwn`."""
    return t("Your file of *{title}*", title=escape(isolate(letter.title)))


def file_name(letter: Letter, what: str) -> str:
    """Return a name for the file, from the letter's title."""
    ending = "zip" if what == EVERYTHING else ENDING[Format(what)]
    plain = unicodedata.normalize("NFKC", letter.title).lower()
    stem = _BETWEEN_WORDS.sub("-", plain).strip("-_")[:_NAME_MOST].strip("-_")
    return f"{stem or f'letter-{letter.id}'}.{ending}"
