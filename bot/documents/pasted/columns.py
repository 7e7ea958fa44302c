"""The columns of a table by the words of their headings, in the languages of letters."""

from enum import StrEnum
from functools import lru_cache

from bot.documents.pasted.spelling import word_set
from bot.names.folding import fold, unaccented, words


class Column(StrEnum):
    """A column that says something of an entry. The others are skipped and named."""

    KIND = "kind"
    NAME = "name"
    GIVEN = "given"
    FAMILY = "family"
    HONORIFIC = "honorific"
    TITLE = "title"
    ORGANISATION = "organisation"
    BEHALF = "behalf"
    """The organisation that somebody signs for."""
    SIGNER = "signer"
    """The person who signs for an organisation."""
    AFFILIATION = "affiliation"
    COUNTRY = "country"
    VIA = "via"
    CONTACT = "contact"
    """A way to reach them, never shown on the letter."""
    CONSENT = "consent"
    SKIPPED = "skipped"


# Each word is folded; of a phrase all words must stand in the heading. The first match counts.
_TABLE = {
    Column.CONTACT: """
email; e mail; mail; correo; courriel; pochta; contact email; email de contact; adresse e mail
""",
    Column.SKIPPED: """
timestamp; time stamp; horodateur; marca temporal; carimbo; data hora; date; fecha; data; hora;
telephone; phone; tel; telefono; telefone; mobile; whatsapp; website; web site; site; sitio;
url; link; enlace; logo; address; adresse; direccion; endereco; twitter; mastodon; facebook;
handle; comment; comments; commentaire; commentaires; comentarios; comentario; message; mensaje;
mensagem; newsletter; updates; city; ville; ciudad; cidade; postcode; zip; id; no; number;
numero; nr; ip; status; gender; genre; age; pronouns; vremya; otmetka; telefon; sayt; data;
gorod; kommentariy; adres; nomer; type of organisation; type of organization; type d
organisation; tipo de organizacion; tipo de organizacao; size; sector; secteur
""",
    Column.CONSENT: """
consent; i consent; i agree; agree; permission to publish; publish my; be published;
consentement; j accepte; accepte; autorise; autorizo; acepto; consiento; consentimiento; aceito;
concordo; consinto; consentimento; soglasen; soglasie; soglasna; razreshayu; publicacion;
publicacao
""",
    Column.KIND: """
kind; signing as; sign as; signing on behalf or as; individual or organisation; individual or
organization; organisation or individual; organization or individual; signatory type; type of
signatory; type of signature; capacity; type; category; categorie; categoria; tipo; en tant que;
vous signez; a titre individuel; firma a titulo; a titulo individual; assina como; tipo de
firma; tipo de assinatura; type de signataire; tip; kategoriya; kak podpisyvaete; v kachestve
""",
    Column.GIVEN: """
first name; given name; given names; forename; firstname; prenom; prenoms; primer nombre;
nombres; primeiro nome; imya
""",
    Column.FAMILY: """
last name; lastname; surname; family name; nom de famille; apellido; apellidos; sobrenome;
apelido; ultimo nome; familiya
""",
    Column.SIGNER: """
contact person; contact name; name of contact; name of representative; representative name;
representative; authorised signatory; authorized signatory; signed by; contact; nom du contact;
representant; personne de contact; persona de contacto; representante; pessoa de contato;
predstavitel; kontaktnoe litso
""",
    Column.BEHALF: """
signing on its behalf; on behalf; if signing for; behalf of; au nom de; en nombre de; em nome
de; ot imeni
""",
    Column.HONORIFIC: """
salutation; honorific; prefix; civilite; tratamiento; tratamento; obrashchenie; mr mrs
""",
    Column.AFFILIATION: """
affiliation; affiliations; institutional affiliation; afiliacion; filiacao; afiliacao;
rattachement; affiliatsiya; mesto raboty; employer; workplace; lugar de trabajo
""",
    Column.TITLE: """
title; job title; position; role; job; function; occupation; profession; designation; fonction;
poste; titre; qualite; metier; cargo; puesto; ocupacion; profesion; funcion; titulo; funcao;
profissao; ocupacao; dolzhnost; zvanie; professiya; status professionnel
""",
    Column.ORGANISATION: """
organisation; organization; organisations; organizations; organisation name; institution;
organisme; structure; association; company; entity; entite; entidad; entidade; empresa;
organizacion; organizacao; institucion; instituicao; asociacion; associacao; ong; ngo; group;
collectif; colectivo; coletivo; organizatsiya; uchrezhdenie; kompaniya; organizatsii
""",
    Column.COUNTRY: """
country; countries; country of residence; based in; where based; location; territory; pays; pais; strana; nation; land; country region
""",
    Column.VIA: """
via; through; par l intermediaire
""",
    Column.NAME: """
name; full name; fullname; your name; names; nom; nom complet; nom et prenom; nom prenom;
nombre; nombre completo; nombre y apellidos; nome; nome completo; fio; polnoe imya; imya i
familiya; signatory; signatories; signature; signataire; firmante; signatario; podpisant;
person; personne; persona; pessoa
""",
}
# A heading may say more around these, in scripts without folded words.
_IN_SCRIPTS = {
    Column.CONTACT: """
邮箱 電郵 电邮 邮件 郵件 البريد
""",
    Column.SKIPPED: """
电话 電話 手机 手機 时间 時間 日期 网站 網站 备注 備註 地址 城市 序号 編號 الهاتف هاتف التاريخ الطابع الموقع_الالكتروني
ملاحظات المدينه العنوان رقم
""",
    Column.CONSENT: """
同意 授权 授權 موافق اوافق الموافقه
""",
    Column.KIND: """
类型 類型 类别 類別 النوع نوع الصفه
""",
    Column.GIVEN: """
名字 الاسم_الاول
""",
    Column.FAMILY: """
姓氏 اسم_العائله اللقب
""",
    Column.BEHALF: """
代表 نيابه بالنيابه
""",
    Column.AFFILIATION: """
所属 所屬 隶属 隸屬 الانتماء جهه_العمل
""",
    Column.TITLE: """
职务 職務 职位 職位 头衔 頭銜 职称 職稱 职业 職業 المنصب المسمي الوظيفه المهنه
""",
    Column.ORGANISATION: """
单位 單位 机构 機構 组织 組織 公司 团体 團體 المنظمه الموسسه المؤسسه الجهه الجمعيه الهيئه
""",
    Column.COUNTRY: """
国家 國家 国别 الدوله البلد
""",
    Column.NAME: """
姓名 名称 名稱 签名 簽名 الاسم اسم
""",
}
_PHRASES = tuple(
    (column, frozenset(phrase.split()), len(phrase.split()))
    for column, table in _TABLE.items()
    for phrase in (one.strip() for one in table.split(";"))
    if phrase
)
_FILLERS = word_set(
    "your the of a an or and de la le du del do da des your its is what which please enter su sua seu votre vos "
    "l d if any optional in for to o e y et i el los las"
)
_INDIVIDUAL = word_set(
    "individual individually individuel individualmente personal personnel pessoal"
)
_FOR = word_set("behalf organisation organization organizacion organizacao nombre nom nome")
_IF = word_set("if si se esli when")
_SIGNS = word_set(
    "sign signing signed signez signe signant firma firman firmando assina assinando podpisyvaete podpisyvaetes"
)
_ON_BEHALF = ({"behalf"}, {"au", "nom"}, {"en", "nombre"}, {"em", "nome"}, {"ot", "imeni"})
_QUESTIONS = word_set(
    "is are do does can may would will have has can est avez voulez es tiene desea voce deseja"
)
_PUBLISHES = word_set(
    "publish published publier publie publicar publicarse publicado publicada opublikovat consent agree"
)
_BODIES = word_set(
    "organisation organization institution company group ngo organizacion institucion entidad structure "
    "organizacao instituicao entidade organizatsii"
)
HEADING_LONGEST = 200


@lru_cache(maxsize=1024)
def column_of(heading: str) -> Column | None:
    """Return what a column holds by its heading, or None where no word of it is known.

    A long heading is a form's question: "Organization (if signing on its behalf)".
    """
    text = heading[:HEADING_LONGEST]
    spelt = words(fold(text.replace("'", " ").replace("’", " ")))
    return _in_latin(spelt) or _in_script(text)


@lru_cache(maxsize=1024)
def hinted_columns(heading: str) -> frozenset[Column]:
    """Return the columns of which a word stands in a heading, however long it is."""
    said = set(words(fold(heading[:HEADING_LONGEST].replace("'", " ").replace("’", " "))))
    return frozenset(column for column, phrase, _ in _PHRASES if phrase <= said)


def _in_latin(spelt: list[str]) -> Column | None:
    said = set(spelt)
    telling = [word for word in spelt if word not in _FILLERS]
    if said & _BODIES and said & _IF and said & _SIGNS:
        return Column.BEHALF
    if said & _INDIVIDUAL and said & _FOR:
        return Column.KIND
    if spelt[:1] and spelt[0] in _QUESTIONS:
        return Column.CONSENT if said & _PUBLISHES else None
    if said & {"name", "nombre", "nome", "nom", "naimenovanie"} and said & _BODIES:
        signs_for = any(phrase <= said for phrase in _ON_BEHALF)
        return Column.BEHALF if signs_for else Column.ORGANISATION
    matches = [
        (column, size)
        for column, phrase, size in _PHRASES
        if phrase <= said
        and (size > 1 or len(telling) <= 4 or column in {Column.CONSENT, Column.BEHALF})
    ]
    if not matches:
        return None
    if {Column.KIND, Column.ORGANISATION} <= {column for column, _ in matches} and said & {
        "or",
        "ou",
        "o",
        "ili",
    }:
        return Column.KIND
    if {Column.COUNTRY, Column.SKIPPED} == {column for column, _ in matches}:
        # "City / country"
        return Column.COUNTRY
    best = max(size for _, size in matches)
    order = [
        column
        for column, size in matches
        if size == best or column in {Column.CONSENT, Column.BEHALF}
    ]
    return order[0]


def _in_script(text: str) -> Column | None:
    bare = unaccented(text)
    for column, table in _IN_SCRIPTS.items():
        if any(
            word.replace("_", " ")
            in (bare if word.isascii() or "\u0600" <= word[0] <= "\u06ff" else text)
            for word in table.split()
        ):
            return column
    return None
