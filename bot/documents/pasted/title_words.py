"""Words of titles, positions and occupations, and of what is written around a person's name."""

import re

from bot.documents.pasted.spelling import spelt, word_set
from bot.names.folding import unaccented

# Occupations and positions in the singular: a plural ("Lawyers for …") names an organisation.
_NOUNS = """
professor prof lecturer reader fellow researcher scientist scholar academic academician instructor teacher tutor
student candidate graduate postdoc postdoctoral doctorate phd dean rector provost chancellor principal
headmaster headmistress librarian archivist historian economist sociologist anthropologist geographer
linguist philosopher theologian mathematician statistician physicist chemist biologist astronomer ecologist
psychologist psychiatrist psychotherapist therapist physician doctor surgeon nurse midwife pharmacist dentist
veterinarian paramedic lawyer attorney solicitor barrister advocate counsel judge magistrate prosecutor notary
jurist paralegal ombudsman ombudsperson rapporteur commissioner minister senator congressman congresswoman
councillor councilor councilwoman councilman mayor governor deputy ambassador diplomat consul envoy mep mp mla
msp mpp assemblymember alderman parliamentarian president vice-president vicepresident chairman chairwoman chairperson
chair cochair director directress codirector ceo cto cfo coo cio ciso cpo cmo founder cofounder owner
partner manager coordinator organiser organizer administrator secretary treasurer trustee officer executive head
lead leader member chief adviser advisor consultant specialist expert analyst strategist engineer developer
programmer coder designer architect technologist technician hacker maker inventor entrepreneur pioneer
investor banker accountant auditor broker merchant shopkeeper salesperson assistant intern trainee apprentice
volunteer activist campaigner defender worker farmer fisherman miner electrician plumber carpenter
mechanic driver pilot sailor captain soldier veteran officer policeman firefighter journalist reporter
correspondent editor columnist blogger broadcaster producer presenter publisher writer author poet novelist
playwright screenwriter translator interpreter artist painter sculptor photographer filmmaker musician composer
singer songwriter actor actress dancer curator comedian bishop archbishop cardinal priest vicar pastor rabbi imam
chaplain monk nun deacon elder chieftain citizen resident parent mother father grandmother grandfather retiree
pensioner retired emeritus emerita freelancer freelance independent unaffiliated laureate
cryptographer sysadmin cto-in-residence webmaster moderator facilitator trainer coach mentor spokesperson
spokesman spokeswoman representative delegate liaison liaison-officer convener convenor storyteller caregiver
chef baker gardener baron baroness peer alumnus alumna
anwalt anwaltin rechtsanwalt rechtsanwaltin journalistin professorin direktor direktorin geschaftsfuhrer
geschaftsfuhrerin forscher forscherin vorsitzende vorsitzender lehrer lehrerin entwickler entwicklerin
wissenschaftler wissenschaftlerin leiter leiterin sprecher sprecherin referent referentin berater beraterin
beauftragter beauftragte mitarbeiter mitarbeiterin schriftsteller schriftstellerin kunstler kunstlerin
"""
_NOUNS_FIRST = """
porteparole
professeur professeure enseignant enseignante chercheur chercheuse chercheure doctorant doctorante docteur docteure
maitre maitresse avocat avocate juriste juge magistrat magistrate notaire journaliste redacteur redactrice
ecrivain ecrivaine auteur auteure autrice poete poetesse historien historienne sociologue economiste
philosophe anthropologue geographe linguiste psychologue psychiatre medecin infirmier infirmiere
ingenieur ingenieure informaticien informaticienne developpeur developpeuse directeur directrice president
presidente vice-presidente secretaire tresorier tresoriere responsable coordinateur coordinatrice
coordonnateur coordonnatrice delegue deleguee depute deputee senateur senatrice maire adjoint adjointe
conseiller conseillere ministre ambassadeur ambassadrice fondateur fondatrice cofondateur cofondatrice
charge chargee chef cheffe membre militant militante etudiant etudiante retraite retraitee citoyen citoyenne
artiste peintre photographe realisateur realisatrice comedien comedienne musicien musicienne traducteur
traductrice consultant consultante expert experte bibliothecaire archiviste documentaliste syndicaliste
elu elue cineaste editeur editrice libraire
profesor profesora docente maestro maestra catedratico catedratica investigador investigadora academica
academico abogado abogada jurista juez jueza fiscal notario periodista comunicador comunicadora escritor
escritora poeta autora historiador historiadora sociologo sociologa economista filosofo filosofa antropologo
antropologa psicologo psicologa medico medica enfermero enfermera ingeniero ingeniera desarrollador
desarrolladora programador programadora directora presidenta vicepresidenta secretario secretaria
tesorero tesorera coordinador coordinadora diputado diputada senador senadora alcalde alcaldesa concejal
concejala ministro ministra embajador embajadora fundador fundadora cofundador cofundadora responsable
jefe jefa miembro integrante activista defensor defensora estudiante jubilado jubilada ciudadano ciudadana
artista pintor pintora fotografo fotografa cineasta musico traductor traductora consultor consultora
experto experta bibliotecario bibliotecaria archivista sindicalista rector rectora decano decana licenciado
licenciada asesor asesora vocera vocero
professora pesquisador pesquisadora advogado advogada juiza juiz procurador procuradora jornalista
escritor cronista autor historiadora socióloga economista filosofo antropologa psicologa enfermeiro enfermeira
engenheiro engenheira desenvolvedor desenvolvedora diretor diretora secretaria tesoureiro tesoureira
coordenador coordenadora deputado deputada vereador vereadora prefeito prefeita ministra embaixador embaixadora
fundador cofundadora membro ativista estudante aposentado aposentada cidadao cidada pintora fotografa
tradutor tradutora consultora especialista bibliotecaria arquivista reitor reitora mestre mestra mestranda
mestrando doutorando doutoranda assessor assessora medica
профессор доцент преподаватель преподавательница учитель учительница исследователь исследовательница ученый
учёный аспирант аспирантка студент студентка академик лектор адвокат адвокатка юрист юристка судья нотариус
журналист журналистка редактор редакторка писатель писательница поэт поэтесса историк социолог экономист
философ антрополог психолог врач медсестра инженер разработчик программист программистка директор
директорка руководитель руководительница президент вице-президент председатель председательница сопредседатель
секретарь казначей координатор координаторка депутат депутатка сенатор министр посол основатель
основательница соосновательница сооснователь заведующий заведующая начальник глава член активист активистка
правозащитник правозащитница гражданин гражданка пенсионер пенсионерка художник художница фотограф режиссер
режиссёр актер актёр актриса музыкант переводчик переводчица консультант эксперт экспертка библиотекарь
архивист менеджер аналитик советник ректор декан кандидат доктор блогер волонтер волонтёр
"""
_ARABIC = word_set("""
استاذ استاذه بروفيسور باحث باحثه محاضر محاضره مدرس مدرسه معلم معلمه طالب طالبه محام محامي محاميه قاض قاضي قاضيه مستشار مستشاره
صحفي صحفيه صحافي صحافيه اعلامي اعلاميه كاتب كاتبه شاعر شاعره روايي روائي روائيه محرر محرره مدير مديره رئيس رييس رئيسه رييسه نائب
نايب نائبه امين امينه سكرتير منسق منسقه مؤسس موسس مؤسسه مسؤول مسوول مسؤوله عضو عضوه ناشط ناشطه حقوقي حقوقيه مهندس مهندسه طبيب طبيبه
ممرض ممرضه دكتور دكتوره خبير خبيره محلل محلله مخرج مخرجه فنان فنانه مصور مصوره مترجم مترجمه وزير وزيره سفير سفيره قس اسقف شيخ
مواطن مواطنه متقاعد متقاعده اقتصادي مؤرخ مورخ مبرمج مبرمجه مطور متطوع متطوعه عميد عميده
""")
_CHINESE = word_set("""
教授 副教授 助理教授 客座教授 名誉教授 講師 讲师 研究员 研究員 副研究员 助理研究员 学者 學者 博士生 博士后 博士後 研究生 大学生 学生 學生
教师 教師 老师 老師 律师 律師 法官 检察官 記者 记者 编辑 編輯 主编 總編輯 总编辑 作家 诗人 詩人 导演 導演 演员 演員 艺术家 藝術家
摄影师 攝影師 翻译 翻譯 工程师 工程師 软件工程师 程序员 程式設計師 开发者 設計師 设计师 医生 醫生 医师 醫師 护士 護士 会计师 主任 副主任
主席 副主席 会长 會長 副会长 副會長 理事长 理事長 理事 秘书长 秘書長 总干事 總幹事 干事 幹事 院长 院長 副院长 校长 校長 所长 所長 馆长
总裁 總裁 副总裁 总经理 總經理 经理 經理 董事 董事长 董事長 创始人 創辦人 创办人 联合创始人 首席执行官 首席技术官 负责人 負責人 協調員 协调员
顾问 顧問 专家 專家 分析师 议员 議員 立法委員 部长 部長 大使 活动家 活動家 社工 志愿者 公民 退休教师 成员 成員 会员 會員 发起人 經濟學家
经济学家 历史学家 图书管理员 獨立研究者 独立研究者 独立研究员 自由撰稿人
""")
_CHINESE_BEFORE = word_set(
    "副 前 名誉 名譽 荣誉 榮譽 客座 助理 特聘 讲座 講座 兼任 退休 资深 資深 首席 常务 常務 执行 執行 高级 高級 代理 助"
)
_CHINESE_ENDS = tuple("者员員家师師长長人士")
"""Signs with which words for what somebody does end."""
_CHINESE_MOST = 9
_ENDINGS = (
    "ographer",
    "ologist",
    "ographe",
    "ologue",
    "ologo",
    "ologa",
    "ografo",
    "ografa",
    "ician",
    "icien",
    "icienne",
)
"""Ends of words for who practises something, and of hardly any name."""
_TAIL_LEAST = 6
"""Letters of a word for somebody at the end of a compound: "Softwareentwickler"."""
_HONORIFICS = word_set(
    """
    mr mrs ms miss mx dr drs prof profs professor sir dame lord lady baron baroness rev revd reverend fr father
    sister brother rabbi imam sheikh shaikh bishop archbishop hon honourable honorable judge justice senator sen
    ambassador amb captain capt col gen maj lt sgt president mme mlle m pr me maitre docteur professeur mgr
    monsieur madame sr sra srta don dona dra doutor doutora profa professora profesor profesora lic licda ing
    inga arq abg abog mtro mtra eng engr arch adv advocate herr frau dipl-ing univ-prof ir ass phd
    councillor councilor cllr mayor minister governor pbro hermana hermano soeur frere irma irmao sor padre pere mons canon rt
    д-р др доктор проф профессор господин госпожа акад академик доц доцент
    """
)
_PARTS = re.compile("[.-]+")
_SHORT_HONORIFICS = word_set(
    "prof dr univ jun em hab habil in hc h c mult assoc asst adj apl ao pd priv doz dipl mag ing rer nat phil jur med ass"
)
_ARABIC_HONORIFICS = word_set(
    "د ا م ش السيد السيده الدكتور الدكتوره دكتور دكتوره الاستاذ الاستاذه المهندس المهندسه المحامي المحاميه "
    "الشيخ الشيخه البروفيسور بروفيسور القاضي الاب"
)
_CREDENTIALS = word_set(
    "phd dphil md mba ma ba msc bsc mph mpa mphil edd jd llm llb lld esq esquire jr sr ii iii iv junior senior obe "
    "cbe mbe kbe dbe kc qc sj op ofm rn cpa cissp frs frse fba do dds dvm lcsw lmft msw med mfa mlis dsc scd psyd "
    "rsm osb cssr cm oc csj emeritus"
)
# Said before or after a noun; alone they are no title.
_ADJECTIVES = word_set("mayor independent retired citizen peer emeritus emerita")
"""Words for somebody that are adjectives behind a noun, if only in another language."""
_NOUNS_LAST = frozenset(spelt(word) for word in _NOUNS.split())
_NOUN_STEMS = _NOUNS_LAST | {spelt(word) for word in _NOUNS_FIRST.split()}
_QUALIFIERS = word_set(
    "former ex acting interim associate assistant senior junior deputy vice general managing adjunct visiting "
    "honorary principal lead chief head co ancien ancienne vice exministro simple gran"
)


def _noun(word: str) -> bool:
    letters = spelt(word)
    if letters in _NOUN_STEMS or (len(letters) > _TAIL_LEAST and letters.endswith(_ENDINGS)):
        return True
    if any(letters[start:] in _NOUNS_LAST for start in range(3, len(letters) - _TAIL_LEAST + 1)):
        return True
    bare = unaccented(word)
    if bare and "\u0621" <= bare[0] <= "\u064a":
        return bare in _ARABIC or bare.removeprefix("ال") in _ARABIC
    return False


def _ends(parts: list[str]) -> list[str]:
    """Return the first and the last part of a compound: "secretary-general", "co-founder"."""
    return [parts[0], parts[-1]]


def title_nouns(tokens: list[str]) -> list[int]:
    """Return the places of the words that name an occupation or a position."""
    return [
        place
        for place, token in enumerate(tokens)
        if _noun(token) or any(_noun(part) for part in _ends(token.replace("/", "-").split("-")))
    ]


def ends_title(word: str) -> bool:
    """Return whether a word may be the last of a title: in French, Spanish and Portuguese it comes first."""
    last = word.replace("/", "-").rpartition("-")[2]
    if spelt(word) in _ADJECTIVES:
        return False
    return not word[:1].isascii() or spelt(word) in _NOUNS_LAST or spelt(last) in _NOUNS_LAST


def chinese_title(text: str) -> str:
    """Return the title that a Chinese text ends with, the longest one, or ""."""
    title = max((word for word in _CHINESE if text.endswith(word)), key=len, default="")
    start, before = len(text) - len(title), title
    while title and before:
        before = next((word for word in _CHINESE_BEFORE if text[:start].endswith(word)), "")
        start -= len(before)
    return text[start:]


def ends_as_chinese_title(text: str) -> bool:
    """Return whether a Chinese text ends as words do for what somebody does ("文化工作者")."""
    ends = text.endswith(_CHINESE_ENDS) and not text.endswith("之家")
    return ends and 1 < len(text) < _CHINESE_MOST


def is_honorific(word: str) -> bool:
    """Return whether a word is said before a person's name ("Dr.", "Mme", "الدكتور")."""
    bare = word.rstrip(".").lower()
    if "." in word and all(part in _SHORT_HONORIFICS for part in _PARTS.split(bare)):
        # "Univ.-Prof.", "Dr.in", "h.c."
        return True
    if bare in _HONORIFICS or (bare[:1] < "\u0530" and spelt(bare) in _HONORIFICS):
        # One letter is a title with its dot only: "M. Martin", "M Company".
        return len(bare) > 1 or word.endswith(".")
    arabic = unaccented(word).rstrip(".")
    return arabic in _ARABIC_HONORIFICS and (len(arabic) > 1 or word.endswith("."))


_RUSSIAN_DEGREE = re.compile("[кд][а-я]{1,4}н$")
"""Such as "к.ю.н." without its dots."""


def is_credential(text: str) -> bool:
    """Return whether a text is degrees, orders or a suffix ("PhD", "Jr.", "OBE, FRS")."""
    found = [part.replace(".", "").lower() for part in text.replace(",", " ").split()]
    return bool(found) and all(
        part in _CREDENTIALS or _RUSSIAN_DEGREE.match(part) for part in found
    )


def is_qualifier(word: str) -> bool:
    """Return whether a word qualifies a title ("former", "vice") and is none alone."""
    return spelt(word) in _QUALIFIERS
