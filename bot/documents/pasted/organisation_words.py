"""Words that tell an organisation's name from a person's, in the languages of letters.

Latin and Cyrillic stems are folded (`spelt`), Arabic and Chinese ones in their own script. A stem
of five letters or more stands for all words that start with it, a shorter one for itself.
"""

from functools import lru_cache

from bot.documents.pasted.spelling import spelt, word_set
from bot.names.folding import unaccented
from bot.names.vocabulary import concepts

STRONG = 4.0
"""Weight of a word that names a kind of body."""
GROUP = 3.0
"""Weight of a word for many people of a kind ("mothers", "vecinos")."""
HINT = 1.5
"""Weight of a word that is common in names of organisations."""
FAINT = 1.0

_BODIES = """
foundation association associates assn network university universit college institut academ centre
center centers centres council commission committee federation confederation league union society
societies alliance coalition forum forums initiative initiatives project projects programme
organisation organization organizing group groups collective collectif colectiv coletiv campaign
movement agency agencies ministry department dept faculty bureau trust fund funds company
corporation enterprise cooperativ consortium observator laborator labs lab hub hubs guild
platform partnership partners parliament embassy diocese cathedral museum librar hospital clinic
radio televis newspaper magazine gazette publish publications congress assembly secretariat archiv
studio studios consult solutions systems technologies software ventures ngo ngos taskforce services
brigade caucus syndicat office club clubs clubes chapter international internacional nonprofit
foundry workshop incubator accelerator chamber authority directorate school schools law-school
polytechnic conservator seminar kindergarten orchestra theatre theater festival
fondation reseau ecole ecoles conseil comite ligue societe coalicion organisme groupe mouvement
agence ministere departement fonds entreprise compagnie plateforme chambre parlement eglise
bibliotheque hopital syndicats cercle union-des fabrique regroupement rassemblement maison-des
fundacion asociacion instituto universidad escuela colegio academia centro consejo comision
federacion confederacion liga sindicato sociedad alianza iniciativa proyecto organizacion grupo
movimiento ministerio departamento oficina fondo empresa plataforma camara parlamento iglesia
parroquia museo biblioteca hospital asamblea ong ongs corporacion red redes articulacion
coordinadora convergencia secretaria tribunal
fundacao associacao rede universidade escola faculdade conselho comite comissao federacao uniao
sociedade alianca coalizao coligacao projeto organizacao agencia fundo clube igreja museu assembleia
nucleo articulacao sindicatos
fond fonda fondu assotsiats set seti universitet shkola akademi tsentr sovet komitet komissi
federatsi soyuz obshchestv alyans koalitsi initsiativ proekt organizatsi grupp gruppa kollektiv
dvizheni agentstv ministerstv kompani kooperativ platforma palata tserkov muzey bibliotek gazeta
zhurnal redaktsi izdatelstv parti ano nko ooo profsoyuz obedineni bratstvo fakultet kafedra
stiftung verein verband gesellschaft netzwerk buendnis hochschule universitat zentrum initiativ
bund bundnis fundacja stowarzyszenie towarzystwo zwiazek spolek spolecnost nadace stichting vereniging fondazione associazione rete forbund forening samfund foreningen seura
yayasan dernegi vakfi koordinat
"""

_HINTS = """
church parish temple mosque synagogue bank house watch press media news post times journal tribune
herald voice voices justice data tech tek cyber online web net code open free freedom fight save
defend defense protect stop act action access future futures public people peoples community
communities village city global world earth green blue ocean climate nature youth women womens men
children student students workers teachers lawyers doctors nurses mothers parents friends sisters
brothers reporters journalists advocates activists artists writers authors engineers scientists
physicians farmers citizens voters users consumers librarians archivists educators scholars
researchers researches survivors refugees migrants neighbours neighbors defenders makers hackers
guardians keepers builders rights liberties liberty equality privacy security safety innovation
innovations research studies policy digital internet telecom telecommunications wireless cloud
satellite fiber cable networks communications creative commons wiki wikimedia mozilla tor signal
bridge bridges wave waves light lights horizon beacon lighthouse compass spark seed seeds roots
branch forest river delta valley meadow coast bay island islands mountain north south east west
northern southern eastern western central national regional local rural urban united first next new
now today tomorrow together everyone everybody nobody all every forward beyond without against
transparency accountability integrity governance democracy democratic electronic frontier knowledge
education health hope dignity unity solidarity resistance resilience impact change mission vision
insight analytics intelligence intel ventures capital investments holdings industries media-group
productions entertainment records sessions dialogue dialogues exchange charter compact pact project-
ports servers services pulse tide tides progress common cause causes big demand rise rising raise speak
think build make create imagine shift change changing join ask know learn teach play share care watchers watchdog
watchdogs campaigners organisers organizers collaborators allies ally partners peers elders seniors kids teens
girls boys sons daughters mums moms dads families family home homes housing shelter food water energy solar carbon
clean fair free fairer better best good great real true right-to our your my their who what why how where
culture cultural heritage history science sciences sport sports theatre arts art music film films cinema books
book library reading writing pen pens language languages literacy school-based campus campaign-
economics economy finance financial money trade trading business consumers markets market supply labour labor
jobs wage wages rent tenants homeless poverty inequality wealth tax taxes debt budget audit
peacebuilding conflict disarmament nuclear weapons war wars arms landmine mine mines
immigrant immigrants asylum border borders detention prison prisons prisoners police policing crime criminal
legal law-and lex constitutional human humans humanity animal animals wildlife bird birds species biodiversity
conservation agriculture organic soil forests oceans seas rivers mountains arctic
disability disabled deaf blind autism mental wellbeing cancer hiv aids malaria vaccine medical medicine pharma
queer trans gay lesbian lgbt lgbti lgbtq lgbtqi pride gender feminist feminists feminism
black indigenous native first-nations tribal tribe tribes roma sinti jewish muslim muslims christian christians
catholic catholics islamic methodist baptist quaker quakers buddhist interfaith faith faiths
algorithm algorithmic artificial ai robot robots platform-work gig startup startups blockchain crypto encryption
censorship surveillance biometrics biometric facial stop-and identity id memory archive archives documentation
mapping map maps atlas radar lens mirror window windows door doors gate gateway garden gardens orchard field-
nest hive colony swarm ant bee bees fox owl lion tiger bear eagle hawk phoenix dragon
street streets square plaza park road roads rail transport mobility bike bikes bicycle cycling walking
politics political vote votes voting election elections ballot parliamentary senate
plural plurality diversity inclusion inclusive accessible
mosaic rainbow sunrise sunset dawn daylight midnight storm thunder lightning flame fire torch candle lamp
abuelas tierra datos plaza nativa nativas territorio pueblo pueblos memoria verdad justicia vida voces luces puente
sur alerta libre libres abierta abierto abiertos transparente barrio comunidad comunidades indigenas feministas
terra livre dados voz vozes povo povos memoria verdade vida ponte aberta aberto mare mares farol tecla cidade
toile libre libres ouvert ouverte ensemble agir voix lumiere terre vie peuple peuples memoire verite paix-
svobody golos zhizn gorod zemlya
les des
droits liberte libertes numerique numeriques citoyen citoyens citoyenne citoyennes jeunes femmes
maison maisons monde veilleurs presse amis paix
derechos digitales libertad mujeres jovenes ciudadan periodistas casa casas mundo prensa tejedoras
vecinos amigos paz observadoras defensoras defensores madres trabajadores
direitos digitais liberdade mulheres jovens cidada cidadao jornalistas mundo imprensa maes casa-
amigos trabalhadores laboratorio
prava prav svobod molodezh zhenshchin zashchit nezavisim narodn grazhdan pravozashchit zhurnalist
uchitel rabochi bibliotekar
rechte freiheit digitale
"""

_GROUPS = """
people peoples youth women womens students workers teachers lawyers doctors nurses mothers parents friends sisters brothers
reporters journalists advocates activists artists writers authors engineers scientists physicians farmers citizens voters users
consumers librarians archivists educators scholars researchers survivors refugees migrants neighbours neighbors defenders makers
hackers guardians keepers builders fathers grandmothers grandparents families veterans volunteers tenants patients carers
amis amies femmes jeunes citoyens citoyennes veilleurs parents meres travailleurs travailleuses etudiants enseignants voisins
familles usagers mujeres jovenes periodistas vecinos vecinas amigos amigas observadoras defensoras defensores madres padres
trabajadores trabajadoras abuelas abuelos hijos hijas familiares estudiantes docentes maestras usuarios usuarias campesinos
campesinas tejedoras ciudadanos ciudadanas mulheres jornalistas maes pais trabalhadores trabalhadoras estudantes professores
usuarios moradores vizinhos pescadores quilombolas
"""

# Written in Arabic without the article; "ة" and "ه" are one, as `unaccented` writes them.
_ARABIC = word_set("""
جمعيه منظمه موسسه مركز شبكه اتحاد نقابه لجنه معهد جامعه حركه مبادره رابطه هييه هيئه مجلس تحالف ائتلاف
منتدي مختبر شركه نادي دار كليه مدرسه حزب جريده صحيفه مجله راديو اذاعه قناه مرصد مكتب صندوق وزاره
برنامج مشروع حمله تجمع ملتقي اكاديميه مكتبه متحف موقع وكاله تنسيقيه كونفدراليه فيدراليه مستشفي
مشروعات فريق بيت منصه لجان جبهه ديوان نقابات
""")
_CHINESE = word_set("""
大学 大學 学院 學院 中学 學校 学校 协会 協會 学会 學會 组织 組織 基金会 基金會 中心 联盟 聯盟 公司 研究所 研究院
网络 網絡 網路 委员会 委員會 工会 工會 联合会 聯合會 促进会 促進會 集团 集團 论坛 論壇 实验室 實驗室 社 会 會 网 網 系 室 處 廳
报 報 团 團 馆 館 院 部 局 厅 所 处 党 黨 机构 機構 平台 联合体 行动 行動 计划 計劃 项目 聯會 联会 小组 小組 工作室
出版社 杂志 雜誌 电台 電台 观察 觀察 之友 书院 書院 俱乐部 俱樂部
""")


def _stems(table: str) -> frozenset[str]:
    return frozenset(word.replace("-", "") for word in table.split())


_BODY_STEMS, _HINT_STEMS, _GROUP_WORDS = _stems(_BODIES), _stems(_HINTS), _stems(_GROUPS)
_BODY_CONCEPTS = word_set(
    "foundation association union committee council commission network centre institute society "
    "organization federation league coalition forum initiative project programme group movement "
    "laboratory international"
)
_FAINT_CONCEPTS = word_set(
    "law justice peace child doctor border support north south east west house fund watch council "
    "union league chapter programme free press group movement help aid national"
)
# Names that begin with a stem.
_NOT_INFLECTED = word_set(
    "escolano escolar baptista baptiste clubb trusty unionov setiawan soyuzov fondacci"
)
_LONGEST, _SHORTEST = 14, 5
# Family names as well: they say little where another word stands before them.
_FAMILIES_TOO = word_set(
    "church parish temple bank house post young west north bridge bridges wave light branch forest rivers "
    "river bay coast hope island field press watch north future spark seed meadow moore marsh stone hill "
    "freeman banks waters woods parks brooks fields green black brown gray white king best good great camara baraza "
    "escola fox lion hawk bee park rose rail street sol sur blanco paz vida pride urban real arts square gates moon sun "
    "garden christian christians roma true family gay wright storm lamp plaza santa ask"
)
# In Latin letters these are people's names as well.
_NAMES_TOO = word_set("amani rada paz paix pace jeune guru frank reporter rete hak uhuru tarik")


# What compounds end with ("Havforum", "Mieterverein").
_COMPOUND_ENDS = tuple(
    word_set(
        "forum verein verband stiftung gesellschaft forbund forbundet forening foreningen netzwerk "
        "zentrum initiative institut institutt laget senteret radet nettverk natverk koalition "
        "bundnis kollektiv akademie agentur hochschule schule bibliothek museum alliansen keskus "
        "liitto yhdistys szovetseg egyesulet alapitvany tarsasag buro werkstatt gewerkschaft "
        "genossenschaft stiftelsen sallskapet samfundet raad vereniging"
    )
)


# They begin like a word for a body, and are somebody's office.
_PERSONS = word_set(
    "councillor councilor councilman councilwoman councilmember commissioner academician ministre ministro ministra "
    "bibliothecaire bibliotecario bibliotecaria librarian secretary parliamentarian unionist federalist"
)


@lru_cache(maxsize=8192)
def weight(word: str) -> float:
    """Return how much a word speaks for an organisation: 0, `FAINT`, `HINT`, `GROUP` or `STRONG`."""
    letters = spelt(word)
    if letters in _PERSONS:
        return 0.0
    head, hyphen, last = word.rpartition("-")
    if hyphen and head and last[:1].isupper() and _names_body(spelt(last)):
        # "Max-Planck-Institut"
        return STRONG
    if letters in _FAMILIES_TOO:
        return FAINT
    if _names_body(letters) or is_arabic_body(word):
        return STRONG
    if letters in _GROUP_WORDS:
        return GROUP
    if _starts_with_stem(letters, _HINT_STEMS, inflected=False):
        return HINT
    return 0.0 if letters in _NAMES_TOO else _weight_of_meaning(letters)


def _names_body(letters: str) -> bool:
    compound = len(letters) > 7 and letters.endswith(_COMPOUND_ENDS)
    return compound or _starts_with_stem(letters, _BODY_STEMS)


def _weight_of_meaning(letters: str) -> float:
    meant = concepts(letters)
    if not meant:
        return 0.0
    if not _BODY_CONCEPTS.isdisjoint(meant) and len(letters) >= _SHORTEST:
        return STRONG
    return FAINT if set(meant) <= _FAINT_CONCEPTS else HINT


def _starts_with_stem(letters: str, stems: frozenset[str], *, inflected: bool = True) -> bool:
    if letters in stems or letters in _NOT_INFLECTED:
        return letters in stems
    # A whole word of the hints stands for itself, and a stem is written as one.
    shortest = _SHORTEST if inflected else _SHORTEST + 1
    return any(
        letters[:end] in stems for end in range(min(len(letters), _LONGEST), shortest - 1, -1)
    )


def is_arabic_body(word: str) -> bool:
    """Return whether an Arabic word, with or without its article and prefixes, names a kind of body."""
    bare = unaccented(word)
    if not bare or not "\u0621" <= bare[0] <= "\u064a":
        return False
    for prefix in ("", "و", "ال", "وال", "لل", "ل", "ب", "بال"):
        if bare.startswith(prefix) and bare[len(prefix) :] in _ARABIC:
            return True
    return False


def chinese_body(text: str) -> str:
    """Return the word for a kind of body that a Chinese name ends with, or ""."""
    return max((word for word in _CHINESE if text.endswith(word)), key=len, default="")
