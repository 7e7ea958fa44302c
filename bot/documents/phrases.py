"""Phrases of a paper: headings, counts, and the words for marks, columns and cells."""

from datetime import date

from bot.documents.figures import figure
from bot.documents.paper import Mark
from bot.documents.paper_words import PaperWords


def list_heading(words: PaperWords) -> str:
    """Return the heading of the whole list."""
    return words.say("heading", "Signatories")


def news_heading(words: PaperWords, day: date) -> str:
    """Return the heading of the organisers' update."""
    return words.say("heading", "Update from the organisers, {day}", day=words.day(day))


def conveners_heading(words: PaperWords) -> str:
    """Return the heading of the conveners."""
    return words.say("heading", "Conveners")


def group_heading(words: PaperWords, *, organisations: bool, after: date | None) -> str:
    """Return the heading of a group.

    `organisations`: whether it is a group of organisations, not of people. `after`: the day of
    delivery for a group of late signatures.
    """
    if after is None:
        return (
            words.say("heading", "Organisations")
            if organisations
            else words.say("heading", "People")
        )
    day = words.day(after)
    if organisations:
        return words.say("heading", "Organisations that signed after {day}", day=day)
    return words.say("heading", "People who signed after {day}", day=day)


def late_heading(words: PaperWords, after: date) -> str:
    """Return the heading of signatures after a day, in a letter without groups."""
    return words.say("heading", "Signed after {day}", day=words.day(after))


def unlisted_heading(words: PaperWords) -> str:
    """Return the heading of entries that only organisers see."""
    return words.say("heading", "Not on the list")


def count_phrase(
    words: PaperWords, *, organisations: int, people: int, countries: int, withheld: int = 0
) -> str:
    """Return how many signed, without zeros: "47 organisations from 23 countries".

    `withheld` is how many of the people withhold their names.
    """
    if withheld:
        counted = count_phrase(
            words, organisations=organisations, people=people, countries=countries
        )
        without = words.number("count", "{count} name withheld", "{count} names withheld", withheld)
        return words.say("count", "{counted} ({withheld})", counted=counted, withheld=without)
    parts = {
        "organisations": words.number(
            "count", "{count} organisation", "{count} organisations", organisations
        ),
        "people": words.number("count", "{count} person", "{count} people", people),
        "countries": words.number("after from", "{count} country", "{count} countries", countries),
    }
    if not organisations and not people:
        return words.say("count", "No signatures yet")
    if not countries:
        if organisations and people:
            return words.say("count", "{organisations} and {people}", **parts)
        return parts["organisations"] if organisations else parts["people"]
    if organisations and people:
        return words.say("count", "{organisations} and {people} from {countries}", **parts)
    if organisations:
        return words.say("count", "{organisations} from {countries}", **parts)
    return words.say("count", "{people} from {countries}", **parts)


def note_words(words: PaperWords, mark: Mark) -> str:
    """Return the explanation of a mark."""
    if mark is Mark.EARLIER:
        return words.say("note", "Signed an earlier version of this letter.")
    return words.say("note", "Withdrew after the letter was delivered.")


def others_words(words: PaperWords, count: int) -> str:
    """Return how many entries are only in the annex."""
    return words.number("count", "and {count} other", "and {count} others", count)


def annex_heading(words: PaperWords) -> str:
    """Return the heading of the whole list after a part of it."""
    return words.say("heading", "Annex: all signatories")


def translation_words(words: PaperWords, language: str, who: str, *, earlier: bool) -> list[str]:
    """Return what a translation is, who made it, and whether it is one of an earlier version."""
    said = [words.say("translation", "Unofficial translation: {language}", language=language)]
    if who:
        said.append(words.say("translation", "Translated by {who}", who=f"\u2068{who}\u2069"))
    behind = words.say("translation", "It belongs to an earlier version of the letter.")
    return [*said, behind] if earlier else said


def dated_words(words: PaperWords, place: str, day: str) -> str:
    """Return a day in words, after its place if there is one."""
    where = f"\u2068{place}\u2069"
    return words.say("date", "{place}, {day}", place=where, day=day) if place else day


def copies_words(words: PaperWords, who: str) -> str:
    """Return who gets a copy of the letter, in lines."""
    return words.say("letter", "Copies to: {who}", who=_in_lines(who))


def press_words(words: PaperWords, who: str) -> str:
    """Return whom the press can ask, in lines."""
    return words.say("letter", "Contact for the press: {who}", who=_in_lines(who))


def _in_lines(who: str) -> str:
    lines = [f"\u2068{line}\u2069" for line in who.splitlines()]
    return "\n".join(["", *lines] if len(lines) > 1 else lines)


def identification_words(words: PaperWords) -> str:
    """Return the line about the affiliations of the whole list."""
    return words.say("letter", "Affiliations are given for identification only.")


def signed_words(words: PaperWords, day: date) -> str:
    """Return the phrase with the day of a signature, to be placed after its entry."""
    return words.say("entry", "signed {day}", day=words.day(day))


def withheld_words(words: PaperWords) -> str:
    """Return the words in place of a withheld name."""
    return words.say("entry", "Name withheld")


def represented_words(words: PaperWords, name: str, role: str) -> str:
    """Return who represents an organisation, to be placed after its name."""
    who = ", ".join(filter(None, (name, role)))
    return words.say("entry", "represented by {who}", who=who)


def draft_words(words: PaperWords, *, delivered: bool) -> str:
    """Return the label of a list that is not the delivered copy."""
    if delivered:
        return words.say("draft", "Draft: today’s list, not the delivered copy")
    return words.say("draft", "Draft, not delivered")


def page_words(words: PaperWords) -> str:
    """Return the phrase with the page number, with placeholders `{page}` and `{pages}`."""
    return words.say("footer", "Page {page} of {pages}")


def column_heading(words: PaperWords, column: str) -> str:
    """Return a column's readable heading by its name in CSV."""
    known = {
        "entry": words.say("column", "Entry"),
        "kind": words.say("column", "Kind"),
        "convener": words.say("column", "Convener"),
        "late": words.say("column", "After delivery"),
        "withdrawn": words.say("column", "Withdrawn"),
        "earlier_version": words.say("column", "Earlier version"),
        "name": words.say("column", "Name"),
        "title": words.say("column", "Title"),
        "affiliation": words.say("column", "Affiliation"),
        "organisation": words.say("column", "Organisation"),
        "country": words.say("column", "Country"),
        "via": words.say("column", "Through"),
        "sort_under": words.say("column", "Sorted as"),
        "text_sha256": words.say("column", "Version of the text (SHA-256)"),
    }
    # Columns only organisers see are in English, as are their screens.
    return known.get(column, column.replace("_", " ").capitalize())


def cell_words(words: PaperWords) -> tuple[tuple[str, str], ...]:
    """Return the translations of cells with a fixed vocabulary, each with its value in CSV."""
    return (
        ("organisation", words.say("cell", "organisation")),
        ("person", words.say("cell", "person")),
        ("yes", words.say("cell", "yes")),
    )


def by_day_title(words: PaperWords) -> str:
    """Return the title of the chart by day."""
    return words.say("chart", "Signatures by day")


def by_country_title(words: PaperWords) -> str:
    """Return the title of the chart by country."""
    return words.say("chart", "Signatures by country")


def other_countries(words: PaperWords) -> str:
    """Return the label for all countries without a bar of their own."""
    return words.say("chart", "Other countries")


def no_country(words: PaperWords, count: int) -> str:
    """Return how many signatures have no country."""
    return words.say("chart", "No country given: {count}", count=figure(count, words.language))


def not_public_words(words: PaperWords) -> str:
    """Return the note in place of names that a page doesn't show."""
    return words.say("page", "The names are not public now.")


def cancelled_words(words: PaperWords) -> str:
    """Return the note on the page of a letter that was cancelled."""
    return words.say("page", "This letter was cancelled.")


def foot_words(words: PaperWords, *, responsible: str, contact: str) -> list[str]:
    """Return who is responsible for a letter's names, and who runs its page."""
    # In isolates, so that names of another direction don't reverse the words around them.
    who, host = (f"\u2068{name}\u2069" for name in (responsible, contact))
    said = [words.say("page", "Responsible for the names: {who}", who=who)]
    page = words.say("page", "The letter’s page is run by: {who}", who=host)
    return [*said, page] if contact else said


def gone_words(words: PaperWords) -> str:
    """Return the sentence at the address of a page that was turned off."""
    return words.say("page", "This letter is no longer on the web.")


def unknown_words(words: PaperWords) -> str:
    """Return the sentence at an address without a letter."""
    return words.say("page", "There is no letter at this address.")


def read_words(words: PaperWords) -> str:
    """Return the label of a link to the letter."""
    return words.say("page", "Read the letter")


def who_signed_words(words: PaperWords) -> str:
    """Return the label of a link to the list."""
    return words.say("page", "See who signed")


def event_words(words: PaperWords) -> dict[str, str]:
    """Return the names of a letter's milestones in its feed."""
    return {
        "opened": words.say("feed", "Open for signatures"),
        "amended": words.say("feed", "The text changed"),
        "closed": words.say("feed", "Closed"),
        "delivered": words.say("feed", "Delivered"),
    }
