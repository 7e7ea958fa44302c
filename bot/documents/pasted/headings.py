"""Lines that stand between entries: headings, greetings, sentences, and the end of a mail."""

import re

from bot.documents.pasted.capacities import is_personal
from bot.documents.pasted.facts import peeled
from bot.documents.pasted.kinds import organisedness, personality, tokens
from bot.documents.pasted.organisation_words import GROUP, STRONG, weight
from bot.documents.pasted.separators import part
from bot.documents.pasted.spelling import spelt, word_set
from bot.letters.endorsement import Kind
from bot.names.countries import country_code
from bot.names.folding import unaccented

_ORGANISATIONS = word_set(
    "organisations organizations organisation organization organisational organizational ngos ngo companies businesses "
    "institutions institutional groups associations networks entities collectives unions coalitions members-org "
    "organismes collectifs syndicats entreprises organizaciones instituciones empresas colectivos colectivas asociaciones "
    "redes organizacoes entidades instituicoes coletivos associacoes movimentos organizatsii uchrezhdeniya kompanii juridicas "
    "obedineniya ong ongs organisationen verbande vereine"
)
_PEOPLE = word_set(
    "individuals individual people persons person academics experts scholars researchers citizens professionals lawyers "
    "journalists artists activists scientists personalities personnes personnalites individus particuliers "
    "universitaires chercheurs chercheuses citoyens citoyennes individuels individuelles personnel personas individuos "
    "individuales academicos academicas investigadores investigadoras periodistas ciudadanos ciudadanas expertas expertos "
    "personalidades titulo titre individuel individuelle personal personally personnelle pessoal lichnom private capacity qualite calidad "
    "capacidade kachestve pessoas individuais fisicas pesquisadores pesquisadoras cidadaos cidadas lyudi litsa fizicheskie "
    "chastnye grazhdane uchenye eksperty personen einzelpersonen wissenschaftler"
)
_SIGNING = word_set(
    "signatories signatory signed signers signer signatures signature undersigned endorsers endorsements endorsed endorsing "
    "endorsement supporters supporting supported cosigned cosigners cosignatories signataires signataire signe signees "
    "soutiens soutien firmantes firmas firman firmante suscriben adhesiones signatarios assinam assinaturas adesoes "
    "podpisali podpisi podpisanty podpisavshie unterzeichner unterzeichnerinnen unterzeichnende unterzeichnenden unterzeichnet sponsors signing sign names "
    "conveners convenors convened coordinated initiated"
)
_BESIDE = word_set(
    "list of the and by our all following below au al ao ate full initial first founding additional new late current as from in alphabetical order other "
    "to civil society international national local regional global academic liste des les la le et par premiers premieres "
    "lista de las los el y que primeras primeros esta carta signatarias a o do da dos das e quem spisok ot imeni pervye "
    "nashi v liste der die und von co on behalf this letter statement joined joining so far total with for affiliation "
    "affiliations listed identification purposes only january february march april may june july august september "
    "october november december janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre "
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre janeiro fevereiro marco "
    "maio junho julho setembro outubro novembro dezembro"
)
_IN_SCRIPTS: tuple[tuple[Kind | None, tuple[str, ...]], ...] = (
    (Kind.ORGANISATION, ("机构", "機構", "组织", "組織", "团体", "團體", "団体", "单位", "單位", "公司", "企业", "منظمات", "موسسات", "مؤسسات",
        "جمعيات", "هيئات", "هييات", "شركات", "جهات")),
    (Kind.PERSON, ("个人", "個人", "人士", "学者", "學者", "专家", "專家", "公民", "افراد", "اشخاص", "شخصيات", "اكاديميون", "خبراء")),
    (None, ("署名", "賛同", "签署", "簽署", "联署", "聯署", "签名", "簽名", "名单", "名單", "发起", "共同", "者", "人", "方", "列表", "موقعون", "موقعين", "موقعه",
        "موقعات", "موقع", "قايمه", "قائمه", "اسماء", "توقيعات", "مجتمع", "مدني", "داعمون")),
)  # fmt: skip
_KINDS_IN_SCRIPTS = {word: kind for kind, said in _IN_SCRIPTS for word in said}
_ORDINAL = re.compile(
    r"^(?:[IVX]{1,4}|[A-H])[.)]\s+|^(?:first|second|third)(?:ly)?\s*[:,]\s*", re.IGNORECASE
)
_ARABIC_ORDINALS = frozenset(("اولا", "ثانيا", "ثالثا", "رابعا", "خامسا"))
_DESCRIBED_MOST, _HEADING_MOST = 6, 12
_SIGNERS = (
    "signat",
    "firmat",
    "unterzeichn",
    "podpis",
    "sygnatar",
    "ondertek",
    "underskriv",
    "allekirj",
    "imzaci",
    "penandatang",
)
_STEM_LONGEST = 7
_SIGNERS_IN_COMPOUNDS = (
    "unterzeichner",
    "unterzeichnerinnen",
    "unterzeichnende",
    "unterzeichnenden",
)
_REGIONS = word_set(
    "africa europe asia americas oceania antarctica north south central east west eastern western northern southern latin "
    "america caribbean pacific middle mena sub saharan subsaharan region regions and the international global worldwide "
    "regional afrique amerique ameriques europa asie oceanie latine caraibes monde du nord sud africa-es latina caribe sur "
    "norte del do sul mundo afrika aziya evropa amerika"
)
_PLACES = word_set(
    "africa europe asia americas oceania america caribbean pacific mena international global worldwide regional afrique "
    "amerique ameriques europa asie oceanie caraibes caribe east afrika aziya evropa amerika"
)
_STATES = word_set(
    "alabama alaska arizona arkansas california colorado connecticut delaware florida hawaii idaho illinois indiana iowa "
    "kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska nevada "
    "newhampshire newjersey newmexico newyork northcarolina northdakota ohio oklahoma oregon pennsylvania rhodeisland "
    "southcarolina southdakota tennessee texas utah vermont virginia westvirginia wisconsin wyoming districtofcolumbia "
    "alberta britishcolumbia manitoba newbrunswick novascotia ontario quebec saskatchewan england scotland wales "
    "northernireland newsouthwales queensland southaustralia tasmania westernaustralia"
)
"""Parts of countries by which lists are grouped."""
_GREETINGS = (
    "hi", "hello", "hey", "dear", "greetings", "good", "bonjour", "bonsoir", "salut", "cher", "chere", "chers", "cheres",
    "madame", "mesdames", "hola", "buenos", "buenas", "estimado", "estimada", "estimados", "estimadas", "querida",
    "querido", "queridas", "queridos", "ola", "oi", "bom", "boa", "caros", "caras", "prezados", "prezadas", "prezado",
    "prezada", "zdravstvuyte", "privet", "dobryy", "uvazhaemye", "uvazhaemyy", "dorogie", "hallo", "liebe", "lieber",
)  # fmt: skip
_CLOSINGS = (
    "best", "best wishes", "best regards", "all the best", "kind regards", "regards", "warm regards", "warmly",
    "warm wishes", "sincerely", "yours sincerely", "yours faithfully", "yours truly", "yours", "cheers", "thanks",
    "thanks so much", "thank you", "many thanks", "thanks in advance", "thanks again", "in solidarity", "respectfully",
    "respectfully submitted", "cordialement", "bien cordialement", "tres cordialement", "bien a vous", "bien a toi", "merci",
    "merci beaucoup", "amicalement", "solidairement", "salutations", "saludos", "saludos cordiales", "un saludo",
    "un cordial saludo", "atentamente", "gracias", "muchas gracias", "mil gracias", "cordialmente", "un abrazo",
    "abrazos", "abracos", "um abraco", "atenciosamente", "obrigado", "obrigada", "muito obrigado", "muito obrigada",
    "saudacoes", "spasibo", "s uvazheniem", "vsego dobrogo", "s nailuchshimi pozhelaniyami", "spasibo zaranee",
    "mit freundlichen grussen", "danke", "shukran",
)  # fmt: skip
_CLOSING_WORDS = frozenset(word for said in _CLOSINGS for word in said.split()) | word_set(
    "and et y e with"
)
_CLOSINGS_IN_SCRIPTS = (
    "شكرا",
    "مع خالص",
    "مع التحيه",
    "تحياتي",
    "مع فايق",
    "谢谢",
    "謝謝",
    "此致",
    "敬礼",
    "敬禮",
    "祝好",
    "顺祝",
)
_GREETINGS_IN_SCRIPTS = ("مرحبا", "السلام عليكم", "تحيه طيبه", "اهلا", "عزيزي", "عزيزتي", "الاعزاء", "各位", "你好", "您好", "大家好",
    "尊敬的", "亲爱的", "親愛的")  # fmt: skip
_TALK = word_set(
    "we us you your please thank thanks are is was were will would could should can want wants have has had add sign find "
    "see below attached following follows here heres who whos im ive let hope been our my i me it this that these they there which "
    "list updated confirm confirmed happy glad also if when know asap sorry wrote "
    "veuillez voici nous vous je est sont notre nos ajouter ajoutez dessous suivants suivantes souhaitons souhaite "
    "somos queremos nos nuestra nuestro agregar agreguen anadir adjunto favor quisieramos siguientes estas por-favor "
    "segue seguem adicionar incluir queremos nossa nosso abaixo seguintes gostariamos "
    "pozhaluysta dobavte prosim proshu nizhe sleduyushchie nas vas my vy nashu "
    "bitte wir uns hinzufugen folgende"
)
_TALK_IN_SCRIPTS = (
    "نرجو",
    "يرجي",
    "ارجو",
    "اضافه",
    "نود",
    "الرجاء",
    "نحن",
    "请",
    "請",
    "我们",
    "我們",
    "添加",
    "加上",
    "以下",
    "如下",
)
_SENT_FROM = (
    "sent from my",
    "get outlook",
    "envoyé de mon",
    "enviado desde",
    "enviado do meu",
    "отправлено с",
    "发自我的",
)
_SECOND_TALK = 2


_SENTENCE_LEAST, _ARTICLE_LONGEST = 5, 3
_SENTENCE_MOST, _PARAGRAPH_LEAST = 25, 20


def _is_mostly_small(line: str) -> bool:
    """Return whether most words of a line begin with small letters, as in sentences."""
    spoken = [word for word in line.split() if word[:1].isalpha()]
    return sum(word[0].islower() for word in spoken) * 20 > len(spoken) * 11


def _letters(line: str) -> list[str]:
    """Return the words of a line as the tables have them, compounds by their second half."""
    found = [spelt(word) for word in tokens(line)]
    return [
        next((end for end in _SIGNERS_IN_COMPOUNDS if letters.endswith(end)), _signer(letters))
        for letters in found
        if letters and not letters.isdigit()
    ]


def _signer(letters: str) -> str:
    """Return "signatories" for a word for these in a language of which the tables know only the stem."""
    return (
        "signatories" if letters.startswith(_SIGNERS) and len(letters) > _STEM_LONGEST else letters
    )


def kind_named(line: str) -> Kind | None:
    """Return the kind that a line's words name, None where they name neither or both."""
    found = _letters(line)
    people, bodies = _PEOPLE.intersection(found), _ORGANISATIONS.intersection(found)
    if bool(people) == bool(bodies):
        return None
    return Kind.PERSON if people else Kind.ORGANISATION


def is_kind_of_body(line: str) -> bool:
    """Return whether a line is one word for a kind of body and no name: "Associazioni"."""
    return (
        len(line.split()) == 1 and not line.isupper() and weight(line) >= STRONG and line.isalpha()
    )


def heading_kind(line: str) -> tuple[bool, Kind | None]:
    """Return whether a line is a heading of a list, and the kind that it announces."""
    told = _in_script(line)
    if told is not None:
        return told
    found = _letters(_ORDINAL.sub("", line).replace("-", "").replace("/", " "))
    if not found or len(found) > _HEADING_MOST:
        return False, None
    people, bodies = _PEOPLE.intersection(found), _ORGANISATIONS.intersection(found)
    signing = _SIGNING.intersection(found)
    if not (people or bodies or signing) or not (
        set(found) <= _PEOPLE | _ORGANISATIONS | _SIGNING | _BESIDE
        or _is_described(line)
        or (signing and _is_spoken(line))
    ):
        return False, None
    if bool(people) == bool(bodies):
        return True, None
    return True, Kind.PERSON if people else Kind.ORGANISATION


def _is_described(line: str) -> bool:
    """Return whether a line names a kind in small letters: "State and local organizations"."""
    spoken = [word.strip(",:()") for word in line.split()]
    if not 1 < len(spoken) <= _DESCRIBED_MOST or not all(word[:1].islower() for word in spoken[1:]):
        return False
    return any(spelt(word) in _ORGANISATIONS | _PEOPLE for word in (spoken[0], spoken[-1]))


def _is_spoken(line: str) -> bool:
    """Return whether a line speaks of signing in small letters: "Signatures received so far"."""
    bare = line.partition("(")[0]
    spoken = [word.strip(",:#.") for word in bare.split()]
    small = all(
        not word[:1].isupper() or spelt(word) in _SIGNING | _ORGANISATIONS | _PEOPLE
        for word in spoken[1:]
    )
    return 1 < len(spoken) <= _DESCRIBED_MOST and small and organisedness(bare) < STRONG


def _in_script(line: str) -> tuple[bool, Kind | None] | None:
    """Return the same for Arabic and Chinese; None for other scripts."""
    bare = unaccented(line).strip(" :：.。()（）0123456789#")
    if not bare or bare.isascii():
        return None
    words = _arabic_stems(bare) if "\u0600" <= bare[0] <= "\u06ff" else _chinese_words(bare)
    if not words or any(word not in _KINDS_IN_SCRIPTS for word in words):
        return False, None
    kinds = {_KINDS_IN_SCRIPTS[word] for word in words} - {None}
    return True, kinds.pop() if len(kinds) == 1 else None


def _arabic_stems(bare: str) -> list[str]:
    said = [word.strip(":،.-") for word in bare.split()]
    return [
        word.removeprefix("و").removeprefix("ال").removeprefix("لل")
        for word in said
        if word and word not in _ARABIC_ORDINALS
    ]


def _chinese_words(bare: str) -> list[str]:
    """Return the words of headings in a Chinese line, and what is left of it."""
    if len(bare) < _SECOND_TALK:
        return []
    found: list[str] = []
    for filler in " 及和与的":
        bare = bare.replace(filler, "")
    for word in _KINDS_IN_SCRIPTS:
        if word in bare:
            found.append(word)
            bare = bare.replace(word, "")
    return [*found, bare] if bare else found


def is_region(line: str) -> bool:
    """Return whether a line names a region of the world and nothing else."""
    found = _letters(line.replace("&", " ").replace("/", " ").replace("-", " "))
    if "".join(found) in _STATES:
        return True
    return bool(_PLACES.intersection(found)) and set(found) <= _REGIONS


def is_country(line: str) -> bool:
    """Return whether a line names a country and nothing else."""
    return country_code(line.strip(" :")) is not None


def is_greeting(line: str) -> bool:
    """Return whether a line opens a mail."""
    found = _letters(line)
    if len(found) > 14 or organisedness(line) >= STRONG:
        return False
    bare = unaccented(line)
    return bare.startswith(_GREETINGS_IN_SCRIPTS) or (
        bool(found)
        and found[0] in _GREETINGS
        and (len(found) < 6 or line.rstrip().endswith((",", ":", "!", ".")))
    )


def is_closing(line: str) -> bool:
    """Return whether a line closes a mail ("Best wishes,")."""
    bare = unaccented(line)
    said = " ".join(_letters(line))
    return (
        said in _CLOSINGS
        or (len(said.split()) > 2 and set(said.split()) <= _CLOSING_WORDS)
        or bare.startswith(_CLOSINGS_IN_SCRIPTS)
        or bare.lower().startswith(_SENT_FROM)
    )


_VERBS = (" would like to ", " wish to ", " wishes to ", " want to ", " wants to ", " is signing", " are signing",
    " will sign", " signs ", " sign on", " joins ", " join ", " endorses ", " endorse ", " supports ", " support this",
    " souhaite ", " souhaitent ", " signe ", " signent ", " soutient ", " quiere ", " quieren ", " firma ", " firman ", " apoya ",
    " apoyan ", " assina ", " assinam ", " apoia ", " apoiam ", " подписывает", " подписывают", " поддерживает", " поддерживают")  # fmt: skip
_ALSO = ("also, ", "also ", "and ", "plus ", "aussi, ", "también ", "também ", "а также ")


def before_verb(line: str) -> str:
    """Return the names that a sentence says to sign ("X and Y would like to join."), or ""."""
    lower = line.casefold()
    if len(lower.split()) > _SENTENCE_MOST:
        return ""
    places = [place for place in (lower.find(verb) for verb in _VERBS) if place > 0]
    if not places:
        return ""
    named = line[: min(places)].strip()
    for word in _ALSO:
        if named.casefold().startswith(word):
            named = named[len(word) :]
    named_words = [spelt(word) for word in named.split()]
    named = named.removeprefix("the ").removeprefix("The ")
    return "" if not named or _TALK.intersection(named_words) else named


def is_sentence(line: str) -> bool:
    """Return whether a line is written in small letters but for its first, and begins with no body."""
    words = tokens(line)
    if len(words) < _SENTENCE_LEAST or (words[0].isupper() and len(words[0]) > 1):
        return False
    small = sum(word[:1].islower() for word in words[1:])
    begun = [word for word in words[:3] if word[0].isupper()]
    if len(words[0]) <= _ARTICLE_LONGEST:
        begun.append(words[1])
    first = part(line)[0].text if part(line) else line
    return (
        small >= len(words) - 2
        and all(weight(word) < GROUP for word in begun)
        and personality(first) <= 1
        and not any(mark in line for mark in '«“„"')
    )


def is_prose(line: str) -> bool:
    """Return whether a line is a sentence to a reader and names nobody."""
    words = [spelt(word) for word in line.replace("’", "").replace("'", "").split()]
    count = sum(word in _TALK for word in words)
    first = part(line)[0].text if part(line) else line
    named = peeled(first)[0].lstrip("0123456789.)]-–•*# ")
    if is_personal(first) and personality(named) <= 1 and len(words) > 2:
        return True
    bare = unaccented(line)
    count += sum(one in bare or one in line for one in _TALK_IN_SCRIPTS)
    ended = line.rstrip().endswith((".", "!", "?", ":", "：", "。", "！"))
    body = organisedness(line) >= STRONG
    # Names too are written in small letters: "Agir ensemble pour les quais".
    if (count or ended or "@" in line) and is_sentence(line):
        return True
    if len(words) >= _PARAGRAPH_LEAST and _is_mostly_small(line):
        return True
    if count >= _SECOND_TALK and (ended or not body or count > 3):
        return True
    return count > 0 and ended and not body and len(words) > 2
