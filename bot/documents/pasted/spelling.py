"""Words as the tables of clues have them."""

from bot.names.folding import fold, words


def spelt(word: str) -> str:
    """Return a word's letters and digits, folded into Latin ones."""
    return "".join(words(fold(word)))


def word_set(table: str) -> frozenset[str]:
    """Return the words of a table, between spaces and line ends."""
    return frozenset(table.split())
