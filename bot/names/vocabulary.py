"""Meaning of common words in organisations' names, in the languages letters come in.

"Fundación", "Stiftung" and "Foundation" are one concept. A word that is not here is a name's own.
"""

# A concept and its stems, folded; a semicolon ends each. A stem of five letters or more stands for
# the words that start with it, a shorter one for itself; the longest that fits is taken. "+" joins
# the concepts of a compound.
_TABLE = """
right adhikar derech direito diritt droit hak haki hakki haklar hqwq lhqwq prava pravo praw
rattighet recht rett right zkhvyvt; human binadamu chelovek czlowiek hdm humain human humano insan
lidsk ljudsk lnsn ludsk lyudin manusia manv mensch mensen umani; digital cyfrow digit dijital lrqmyh
numeriqu tsifrov; internet imtrnet intanet internet lntrnt; freedom free freedom freie freiheit
frihed frihet hryh hvfs kebebasan lhryh liberdade libert ozgur phridm slobod svobod uhuru vrijheid
wolnosc; press basin imprensa lshfh pers prasa prasow prensa press presse stampa tisk; media llm
media medien medio medios medya midia midiya; journalist dziennikar gazeteci giornalis jornalis
journalis jurnalis lshfyyn novinar periodis waandishi zhurnalist; expression espressione expresi
expressao expression ifade meinung uttrykk; woman donna donne femme frau frauen kadin kobiet kvinde
kvinn lmrh mhila mujer mulher naiset perempuan vrouw wanawake woman women womens zhensh zhino; child
anak bambin barn child cocuk crianca detey deti ditey dziec dzieci enfant infanzia kind kinder ltfl
ninez nino watoto; youth genclik giovani jeune jeunesse jongeren joven jovenes jugend juventud
juventude mlodziez molodezh pemuda vijana youth; law abogad advocat advogad anwalt avocat avvocat
hukuk hukum jurist law lawyer legal legale lmhmyn pravni pravnik prawni sheria yurist; justice
adalet gerechtigkeit giustizia justica justice justicia keadilan ldlh rechtvaardigheid sprawiedliw;
foundation fond fondacija fondation fondazione foundation fundacao fundacion fundacja mussh nadace
nadacia phaumdesn stichting stiftelse stiftung vakfi vakif yayasan zaklada; association asociaci
asociatia asotsiatsi associac association associaz assotsiatsi chama dernegi dernek forening hgvdh
jmyh ljmyh perkumpulan sdruzeni smgh stowarzyszen udruga udruzen verein vereinigung vereniging
zdruzeni; union gewerkschaft nqbh savez sendika sindacat sindicat soyuz spilka syndicat thd unia
unie union unione vakbond vyama zwiazek; committee comitato comite comitetul committee kamati komite
komitee komitet ljnh vybor; council baraza conseil consejo conselho consiglio council dewan kurultay
mjls rada savet; commission ayog comision comissao commission komisi komisja komissi kommission
tume; network agi jaringan mreza mtandao natverk nettverk netwerk network networks netz netzwerk red
rede reseau rete shbkh siec; centre centar center centre centro centrul centrum kituo merkez mrkz
pusat senter sentrum tsentr zentrum; institute enstitu institut instytut taasisi; society drustvo
gesellschaft obshchestv samenleving sociedad sociedade societa societe society spolecnost
towarzystw; organization mndhmh organis organiz shirika smgthn; federation federac federacja
federati federaz foderation konfederac verband; league league lega liga ligue; international
internacional internasional internation internaz intl kimataifa ldwlyh mezhdunarod mezinarodn
miedzynarod mizhnarod uluslararasi; national krajow lwtnyh nacional narodn nasional national
nationale natl natsional nazional rastriy taifa ulusal; world dunia dunya globaal global globale
mondial mondo mundial svet welt world; europe avrupa eropa europ evrop ulaya; africa afric afrik;
america america amerika; asia asia asian asie; latin lateinamerika latin; consumer consum konsumen
konsument potrebitel spotrebitel tuketici verbrauch; worker arbeid arbeit buruh isci labor labour
lavorator pracowni trabajador trabalhador travailleur wafanyakazi worker; teacher docente enseignant
guru insegnant lehrer leraar maestr nauczyciel professor teacher ucitel walimu; student estudiant
etudiant mahasiswa ogrenci student studierend wanafunzi; health afya gesundheit gezondheid health
kesehatan saglik salud salute sante saude zdrav zdrowi; education bildung educac educat eduka edukac
egitim elimu istruzione obrazovan onderwijs pendidikan siksa; environment ambient ambiente cevre
environment environnement lingkungan mazingira milieu miljo srodowisk umwelt; democracy democra
demokra dimokrat ldymqrtyh; peace amani baris fred frieden mir pace paix paz peace perdamaian pokoj
vrede; development desarroll desenvolv develop developpement entwicklung kalkinma ltnmyh
ontwikkeling razvoj rozvoj rozwoj sviluppo; information habari informa informasi; technology tech
technik technolog tecnolog tehnolog tekno; security bezopas bezpecnost bezpek bezpiecz guvenlik
securite security seguranca seguridad sicherheit sicurezza veiligheid; privacy privacidad
privacidade privacy; access acces acceso access accesso acesso dostap dostep erisim toegang zugang;
open abert abiert aperto offen offene open otkryt otwart ouvert; policy policy politi politic
politik; research badan forschung investiga onderzoek pesquisa recherche research ricerca;
laboratory lab laborator labs; aid aid aide aiuto ajuda ayuda bantuan help hilfe hjalp hulp pomoc;
defence defen defence defens defesa difesa verteidigung; protection bescherming ochron perlindungan
protecao proteccion protect protezione schutz; coalition alianca aliansi alianza alleanza alliance
allianz coalicion coalition coalizao koalicja koalition; forum foro forum; initiative iniciativ
inisiatif initiativ iniziativ; project progett proje project projekt projet projeto proyect;
programme program; fund fondo fund fundo; group groep group groupe grupa grupo gruppe gruppo;
campaign campagn campaign campan kampagn; movement beweging bewegung gerakan hareket mouvement
movement movimento movimiento ruch; action acao accion actie action akcja aksi aktion azione;
citizen burger cidada citizen citoyen cittadin ciudadan gromad hromad obcansk obywatel; civil civic
civil; social social sosial sosyal sozial; public oeffentlich publi public; south south sud sul sur;
north nord norte north; east east este ost; west oeste ouest west; reporter reporter; doctor arzt
doctor medecin medico; without ohne sans sem sin without zonder; border border fronteira frontera
frontier grenz grenzen; transparency transparen trasparenz; support apoio apoyo soutien support;
watch watch; house casa haus house kuca maison; chapter capitulo chapter seccion section sektion;
corporation company corporation; human+right manniskorattig manvadhikar menneskerett menschenrecht
mensenrecht
"""
_STEMS = {
    stem: tuple(meant.split("+"))
    for meant, *stems in (entry.split() for entry in _TABLE.split(";"))
    for stem in stems
}
_LONGEST = max(map(len, _STEMS))
_SHORTEST, _LONGEST_ENDING = 5, 6


def concepts(word: str) -> tuple[str, ...]:
    """Return the concepts of a folded word; empty for a proper name."""
    shortest = max(_SHORTEST, len(word) - _LONGEST_ENDING)
    for end in range(min(_LONGEST, len(word)), shortest - 1, -1):
        if word[:end] in _STEMS:
            return _STEMS[word[:end]]
    return _STEMS.get(word, ())
