"""Notes beside a name on how someone signs, and for whom."""

from bot.documents.pasted.spelling import word_set
from bot.names.folding import fold, unaccented

_PERSONAL = (
    "personal capacity", "individual capacity", "private capacity", "private individual",
    "as an individual", "as individual", "for identification only", "identification purposes",
    "for identification", "affiliation for id", "id purposes only", "titre personnel",
    "titre individuel", "qualite personnelle", "titulo personal", "titulo individual",
    "caracter personal", "calidad personal", "titulo pessoal", "carater pessoal",
    "capacidade pessoal", "titulo de identificacao", "efectos de identificacion",
    "fins d'identification", "v lichnom kachestve", "kak chastnoe litso", "ot svoego imeni",
    "personliche", "personally", "personal title",
)  # fmt: skip
_ALONE = word_set(
    "individual individually individuel individuelle personal individuo pessoal lichno"
)
_PERSONAL_IN_SCRIPTS = ("بصفته الشخصيه", "بصفتها الشخصيه", "بصفه شخصيه", "صفه شخصيه", "个人身份",
    "個人身份", "個人名義", "个人名义")  # fmt: skip
_PRONOUNS = word_set(
    "he him his she her hers they them theirs ze zir ella elle il lui el elu iel ele dele dela"
)
BEHALF = (
    " on behalf of ", " signing for ", " au nom de ", " au nom du ", " au nom des ", " pour le compte de ",
    " en nombre de ", " en representación de ", " en representacion de ", " em nome de ", " em nome da ",
    " em nome do ", " em representação de ", " em representação da ", " от имени ", " نيابة عن ", " بالنيابة عن ",
    " باسم ", " im namen von ", " representing ", " representante de ",
)  # fmt: skip
"""Phrases between a signer and their organisation, each with its spaces."""
VIA = (
    " via ",
    " vía ",
    " через ",
    " par l’intermédiaire de ",
    " por intermedio de ",
    " por meio de ",
)
"""Phrases between an organisation and the coalition that it signs through."""
SIGNED_BY = (
    "represented by", "signed by", "rep. by", "contact:", "per ", "représentée par", "représenté par",
    "représentés par", "representada por", "representado por", "firmado por", "assinado por", "в лице",
    "представитель", "ممثلة ب", "ويمثلها", "代表人", "代表：",
)  # fmt: skip
"""Phrases before the person who signed for an organisation."""
_NOTHING = word_set(
    "n/a na n.a. none nil no - – — -- . x nan null individual self myself personal private independent? no_aplica "
    "ninguna ninguno nenhum nenhuma aucune aucun néant sans нет не لا لايوجد 无 無 没有 沒有 不适用 不適用"
)


def is_personal(text: str) -> bool:
    """Return whether a remark says that somebody signs for themselves, or is named to identify them."""
    folded, bare = fold(text), unaccented(text)
    if folded.strip(" .") in _ALONE:
        return True
    return any(one in folded for one in _PERSONAL) or any(
        one in bare for one in _PERSONAL_IN_SCRIPTS
    )


def is_pronouns(text: str) -> bool:
    """Return whether a remark is a person's pronouns ("she/her")."""
    parts = [part.strip().casefold() for part in text.replace("|", "/").split("/")]
    return bool(parts) and all(part in _PRONOUNS for part in parts)


def says_nothing(cell: str) -> bool:
    """Return whether a cell stands for an empty one ("n/a", "none", "individual")."""
    bare = cell.strip().casefold().replace(" ", "_")
    return not bare or bare in _NOTHING or bare.rstrip(".") in _NOTHING
