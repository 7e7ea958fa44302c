"""Common words of organisations' names, in many languages at once.

A concept and its stems, folded; a semicolon ends each. "+" joins the concepts of a compound.
"""

COMMON = """
right adhikar derech direito diritt droit hak haki hakki haklar hqwq lhqwq prav prava pravo praw
rattighet recht rett right zkhvyvt dikaiomata jogok; human homme binadamu chelovek czlowiek hdm
humain human humano insan lidsk ljudsk lnsn ludsk lyudin manusia manv mensch mensen umani
anthropoy emberi; digital cyfrow digit dijital lrqmyh numeriqu tsifrov tsyfrov tsyfrow; internet
imtrnet intanet internet lntrnt; freedom free freedom freie freiheit frihed frihet hryh hvfs
kebebasan lhryh liberdade libert ozgur phridm slobod svobod uhuru vrijheid wolnosc libre libres
wolne volny liberties liberte libertes libertades; press basin imprensa lshfh pers prasa prasow
prensa press presse stampa tisk typoy; media llm media medien medio medios medya midia midiya;
journalist dziennikar gazeteci giornalis jornalis journalis jurnalis lshfyyn novinar periodis
waandishi zhurnalist journalist; expression espressione expresi expressao expression ifade meinung
uttrykk ltbyr wltbyr tbyr; woman donna donne femme frau frauen kadin kobiet kvinde kvinn lmrh
mhila mujer mulher naiset perempuan vrouw wanawake woman women womens zhensh zhino; child anak
bambin barn child cocuk crianca detey deti ditey dziec dzieci enfant infanzia kind kinder ltfl
ninez nino watoto; youth genclik giovani jeune jeunesse jongeren joven jovenes jugend juventud
juventude mlodziez molodezh pemuda vijana youth; law abogad advocat advogad anwalt avocat avvocat
hukuk hukum jurist law lawyer legal legale lmhmyn pravni pravnik prawni sheria yurist; justice
adalet gerechtigkeit giustizia justica justice justicia keadilan ldlh rechtvaardigheid
sprawiedliw; foundation fond fondacija fondation fondazione foundation fundacao fundacion fundacja
mussh nadace nadacia phaumdesn stichting stiftelse stiftung vakfi vakif yayasan zaklada mwssh
moassasa; association asatsyyats yhdistys liitto asociaci asociatia asotsiatsi associac
association associaz assotsiatsi chama dernegi dernek forening hgvdh jmyh ljmyh perkumpulan
sdruzeni smgh stowarzyszen udruga udruzen verein vereinigung vereniging zdruzeni egyesulet; union
sindical syndical gewerkschaft nqbh savez sendika sindacat sindicat soyuz spilka syndicat thd unia
unie union unione vakbond vyama zwiazek enosi forbund; committee comitato comite comitetul
committee kamati komite komitee komitet ljnh vybor bizottsag kamitet kamitat; council baraza
conseil consejo conselho consiglio council dewan kurultay mjls rada savet rat raad; commission
ayog comision comissao commission komisi komisja komissi kommission tume; network agi jaringan
mreza mtandao natverk nettverk netwerk network networks netz netzwerk red rede reseau rete shbkh
siec ag natet reti; centre centar center centre centro centrul centrum kituo merkez mrkz pusat
senter sentrum tsentr zentrum kozpont kentro; institute enstitu institut instytut taasisi; society
drustvo gesellschaft obshchestv samenleving sociedad sociedade societa societe society spolecnost
towarzystw; organization mndhmh organis organiz shirika smgthn pertubuhan; federation federac
federacja federati federaz foderation konfederac verband bund przymierz; league league lega liga
ligue; international internacional internasional internation internaz intl kimataifa ldwlyh
mezhdunarod mezinarodn miedzynarod mizhnarod uluslararasi; national krajow lwtnyh nacional narodn
nasional national nationale natl natsional nazional rastriy taifa ulusal; world dunia dunya
globaal global globale mondial mondo mundial svet welt world monde; europe avrupa eropa europ
evrop ulaya; africa afric afrik afriq; america america ameriq amerika; asia asia asian asie; latin
latin; latin+america lateinamerik latinoameric latinoamerik; consumer consum konsumen konsument
potrebitel spotrebitel tuketici verbrauch; worker arbeid arbeit buruh isci labor labour lavorator
pracowni trabajador trabalhador travailleur wafanyakazi worker; teacher docente enseignant guru
insegnant lehrer leraar maestr nauczyciel professor teacher ucitel walimu; student estudiant
etudiant mahasiswa ogrenci student studierend wanafunzi; health afya gesundheit gezondheid health
kesehatan saglik salud salute sante saude zdrav zdrowi; education bildung educac educat eduka
edukac egitim elimu istruzione obrazovan onderwijs pendidikan siksa; environment ambient ambiente
cevre environment environnement lingkungan mazingira milieu miljo srodowisk umwelt; democracy
democra demokra dimokrat ldymqrtyh; peace mirovn mirovni amani baris fred frieden mir pace paix
paz peace perdamaian pokoj vrede; development desarroll desenvolv develop developpement
entwicklung kalkinma ltnmyh ontwikkeling razvoj rozvoj rozwoj sviluppo; information habari informa
informasi; technology tech technik technolog tecnolog tehnolog tekno; security bezopas bezpecnost
bezpek bezpiecz guvenlik securite security seguranca seguridad sicherheit sicurezza veiligheid
sigurnost; privacy privacidad privacidade privacy; access acces acceso access accesso acesso
dostap dostep erisim toegang zugang; open abert abiert aperto offen offene open otkryt otwart
ouvert; policy policy politi politic politik; research badan forschung investiga onderzoek
pesquisa recherche research ricerca; laboratory lab laborator labs; aid aid aide aiuto ajuda ayuda
bantuan help hilfe hjalp hjelp hjaelp hulp pomoc; defence defen defence defens defesa difesa
verteidigung; protection conservation conservac conservaz fredning skydd vern suojelu bevaring
bescherming ochron perlindungan protecao proteccion protect protezione schutz; coalition alianca
aliansi alianza alleanza alliance allianz coalicion coalition coalizao koalicja koalition; forum
foro forum; initiative iniciativ inisiatif initiativ iniziativ; project progett proje project
projekt projet projeto proyect; programme program; fund fondo fund fundo; group groep group groupe
grupa grupo gruppe gruppo; campaign campagn campaign campan kampagn; movement beweging bewegung
gerakan hareket mouvement movement movimento movimiento ruch; action acao accion actie action
akcja aksi aktion azione; citizen burger cidada citizen citoyen cittadin ciudadan gromad hromad
obcansk obywatel civic civil gromadyan hromadian hromadyan gromadzyan grazhdan; social social
sosial sosyal sozial; public oeffentlich publi public; south south sud sul sur zuid southern;
north nord norte north northern; east east este ost eastern; west oeste ouest west western;
reporter reporter; doctor arzte laakari lakare arzt doctor medecin medico; without ohne sans sem
sin without zonder; border border fronteira frontera frontier grenz grenzen; transparency
transparen trasparenz; support apoio apoyo soutien support; watch watch; house casa haus house
kuca maison; chapter capitulo chapter seccion section sektion; corporation company corporation;
human+right pravozashchit manniskorattig manvadhikar menneskerett menschenrecht mensenrecht;
refugee flucht fluchtling flygtning flykting flyktning pakolai refugee refugi rifugiat uchodzc
uprchlik vluchteling; migrant immigra migra migrant migrat wanderarbeit; people volker folk folke
lid narod people peoples peuple popolo povo pueblo volk; hunger faim fame fome hambre honger
hunger; against contra contre contro gegen against mot tegen protiv; nature luonto luonnon natur
nature naturaleza natureza natuur priroda przyrod; animal animal animaux dyr tier; climate clima
climat climate klima klimat; water agua air eau wasser water voda; earth earth terra terre tierra
erde; prisoner detenut gefangen lsyr preso prisoner prisionero prisonnier wiezn; torture folter
katow pytok tortur; violence gewalt nasilia przemoc vald violenc violenz; weapon armas armes vapen
waffen weapon; nuclear atom nuclear nucleair nuklear yadern; disability behinder disabilit
discapac handicap; family famil familj rodin familie; community communau communit comunid comunita
comunitat gemeinschaft; writer ecrivain forfatter forfattar kirjailij escritor pisar
schriftsteller scrittor writer; authority authorit autorida autorite behord; author auteur author
autor autore urheber; publisher editeur editor forlag publisher uitgever verlag; library bibliote
biblioth library libraries; archive archiv archief arkiv; science ciencia scienc scientif
vetenskap wetenschap wissenschaft; engineer engineer ingenieur ingenier; nurse enfermer infirmier
nurse nurses pflege; farmer agricultor bauern campesin farmer landbruk paysan peasant; indigenous
autochton indigena indigene indigenous; racism racism racismo rasism rassism; church church eglise
iglesia igreja kirche kyrka; cooperation cooperacion cooperacao cooperation cooperazione samarbeid
samenwerking zusammenarbeit; broadcaster broadcast radiodifus rundfunk; radio radio; computer
computer informatik informatique ordenador; data dados daten data datos donnees; user gebruiker
nutzer usager user usuari utent utilisat; violation violation violacion; thought fikr pensamiento
pensee thought fkr lfkr; university hochschul universi universidad universit uniwersyt univ; study
studije studij calisma estudi etude etudes studi studien studies study; reform reform reforma
riform; observatory observato observatoi; alternative alternativ; dialogue dialog dialogo; art
arte artes arts kunst; culture cultur kultur; tax fiscal impuest steuer tax; budget budget
presupuest; corruption corrup korrup; election eleccion eleic election elettoral wahl wybor;
housing housing vivienda logement wohnung; land land; article article articulo artigo artikel
articolo; mission mission; service dienst servic serviz; right+citizen burgerrecht; trust trust;
charity charit; equality egalit equalit gleichstell igualdad igualdade jamstalld uguaglianz;
gender gender genero genre; racial racial; care care; victim opfer victim vitim vittim; survivor
survivor; missing missing; company companies enterprise empresa entreprise unternehm; business
business; market market mercado marche markt; trade comercio commerce handel trade; =de allemand
aleman tedesc alemao deutsch german; =at autrichien austriac oesterreichisch austrian
osterreichisch; =ch suisse suiza svizzer helvetique helvetic schweizer swiss; =dk danesa danisch
danish danois dansk danes; =no norwegisch norges norsk norske norwegian norvegien noruego; =se
sueco schwedisch svedese svensk svenska svenske swedish suedois; =fi finlandes finnisch finnish
suomen finlandais; =is icelandic islensk; =nl neerlandes niederlandisch holandes dutch nederlandse
nederland neerlandais; =be belgian belge belgisch; =fr francais francaise franzosisch french
frances; =gb britanic britisch britannic britannique british; =ie irish irlandais; =es espanol
espanola espagnol spanish; =pt portugais portuguesa portugues portuguese; =it italian italiana
italiano italien italienne; =pl polaco polnisch polacco polish polonais polsk polska polski
polskie; =cz cesky ceska czech tcheque; =sk slovak slovensk; =hu hongrois hungarian magyar; =ro
romanian roumain; =bg bulgarian balgarsk bulgarsk; =gr griego griechisch hellenique ellenik
ellinik greek hellenic; =rs serbian srpsk; =hr croatian hrvatsk; =si slovenian; =ua ukrainien
ukrainisch ucranian ukrain ukrainian ukrainsk; =by belaruska belarus belarusian belarusk; =ru
russisch rossiisk rossiysk russian russe; =ge georgian; =am armenian; =tr turc turco turkisch turk
turkish turkiye; =il israeli; =ps palestinian falastin; =eg egyptien egipcio egyptian; =ma
marroqui moroccan marocain; =tn tunisian tunisien; =dz algerian algerien; =ke kenyan; =ng
nigerian; =gh ghanaian; =ug ugandan; =tz tanzanian; =zm zambian; =zw zimbabwean; =br bresilien
brasilen brasilian brasileir brazilian; =ar argentin argentinian; =cl chilen chilean; =co
colombian colombien; =mx mexican; =pe peruan peruvian; =uy uruguay uruguayan; =py paraguayan; =bo
bolivian; =ve venezolan venezuelan; =ca canadian canadien; =us estadounidens etasunien; =au
australian; =pk pakistani; =bd bangladeshi; =lk lankan; =np nepali; =th thai; =id indonesian; =ph
filipin philippine; =my malaysian; =jp japonais japones japanisch japanese; =kr coreen coreano
korean; =cn chinois chinesisch chinese; =tw taiwanese; contract contract contrat vertrag; central
central zentral; helsinki helsin khelsin kheljsin; river fleuve river rio fluss; shelter shelter
siginag; friend friend amis amies amigo amiga amici freund vriend venner przyjaciol druzya;
solidarity solidari solidair solidarno solidaritet dayanisma; ethic ethic ethik etica ethique etyk
etik; inclusion inclusi inklusion integracion; integrity integrity integridad integritet integrite
integritat integrita; accountability accountab rendicion; governance governance gobernanza
gouvernance; participation participa teilhabe beteiligung deltagelse; monitor monitor monitoring;
local local locale locales lokal; regional regional; global mundiales; rural rural ruraux rurale
rurales landlig; urban urban urbain urbano urbana stadt ville ciudad cidade citta; municipal
municip gemeinde kommune; school school schule schulen escuela ecole escola scuola skola szkol;
medical medical medizin medica medicale; patient patient paciente pazienti; cancer cancer krebs
kanker; aids aids sida; drug drug drogas drogue drogen; food food alimenta lebensmittel voedsel
nahrung; agriculture agricul landwirtschaft; energy energi energy energie energia; forest forest
foret bosque bosques wald bossen floresta skog lesow; ocean ocean oceano meer mares; bird bird
birds vogel vogels vogelschutz aves oiseau oiseaux ptak uccelli; economy econom ekonom wirtschaft
okonom oekonom; finance financ finanz; employer employer arbeitgeber patronal empleador werkgever;
pensioner pensioner pension rentner retraite jubilad; religion religi; christian christ cristian
chretien chrzescij kristen; catholic cathol catolic katholi; muslim muslim musulman moslem islamic
islam islami; jewish jewish juif juive judia judio judisch; lesbian lesb; gay gay gays; sexual
sexual sexuel sexuell seksu; reproductive reproduc; planning planning planificacion planification
planeamento planung; cyber cyber ciber; software software logiciel programas; telecommunication
telecomm telekomm telecomunic; copyright copyright urheberrecht; film film films filme cine cinema
cinematogr; theatre theatre theater teatro teatr; museum museum museo musee museu muzeum; music
music musik musica musique muziek muzyk; sport sport sports deporte; expert expert sachverst;
judge judge judges richter juges jueces magistrat giudici sedzi; prison prison gefangnis carcel
carceri prigione; police police polizei policia polizia; military militar milita; war war guerre
guerra krieg oorlog wojny; genocide genocid volkermord; slavery slavery esclav sklaverei; poverty
poverty pauvrete pobreza armut armoede povert; debt debt dette deuda schulden; mother mother madre
madres meres mutter moeder; father father padre peres vater; parent parent padres eltern ouders
genitori forald; elderly elder senior aines mayores anziani ouderen aeldre; volunteer volunt
freiwillig vrijwillig benevol; future future futur avenir futuro zukunft toekomst; life life vida
vie leben leven vita; truth truth verdad verite wahrheit; investigative investigativ; independent
independ independent unabhangig onafhankelijk indipend nezavis niezalez; office office oficina
bureau buro buero ufficio; agency agency agencia agence agentur agenzia; secretariat secretar
sekretar; chamber chamber camara chambre kammer camera izba; court court corte tribunal gericht;
platform platform plataforma plateforme plattform piattaforma; circle circle circulo cercle kreis;
academy academ akadem; college college colegio; faculty faculty facultad faculte fakultat;
department department departamento departement; congress congres kongress; assembly assembl
asamblea assemblee versammlung; parliament parliament parlament parlement; government government
gobierno gouvernement regierung governo; nation nations naciones nacoes; consultant consult;
advice advice beratung conseils; training training formation formacion ausbildung; notary notar;
translator transla traduct ubersetzer; actor actores acteurs schauspieler; artist artist artista
artiste kunstler kunstenaar; photograph photo foto; innovation innova; startup startup startups;
ecology ecolog ekolog okolog; sustainable sustain durable sostenib nachhalt duurza hallbar; soil
soil suelo boden; biodiversity biodivers; species species especies; whale whale ballena wale;
disarmament disarm desarme abrustung desarmement; nonviolence nonviol noviol gewaltfrei;
conscience conscien gewissen; tenant tenant inquilin locataire mieter huurder; roma romani sinti;
asylum asylum asilo asile asyl; bread brot brod pain; threatened threatened bedroht menace
amenazad; newspaper newspaper zeitung journaux tidning; bishop bischof bischoflich obispo eveque;
=hk hk; =nz nz; =sn senegalais senegalese; =cm camerounais cameroonian; =ci ivoirien ivorian; =cd
congolais congolese; =mg malgache malagasy; =ht haitien haitian; =lu luxembourgeois; =ir iranian
iranien; =iq iraqi irakien; =sy syrian syrien; =lb lebanese libanais libanes; =jo jordanian; =ye
yemeni; =ly libyan; =sd sudanese; =so somali; =et ethiopian; =rw rwandan rwandais; =bi burundian
burundais; =ml malien malian; =ne nigerien; =mz mozambican mocambican; =ao angolan angolano; =gt
guatemaltec guatemalan; =hn hondurena honduran; =ni nicaraguan; =sv salvadoren salvadoran; =ec
ecuatorian ecuadorian ecuadorean; =cu cuban; =do dominican; =al albanian shqiptar; =mk macedonian
makedonsk; =ba bosnian; =me montenegrin crnogorsk; =lv latvian latvij; =lt lithuanian lietuvos;
=ee estonian eesti; =kz kazakh; =kg kyrgyz; =uz uzbek; =az azerbaijani; humanitarian humanitar;
collective collectif collective colectiv coletiv kollektiv collettiv; cross croix cruz kreuz croce
korset krzyz kryz; population population bevolkerung poblacion populacao popolazione
"""
