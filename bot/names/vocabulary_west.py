"""Common words of organisations' names in English and the languages of western Europe.

A concept and its stems; a semicolon ends each. "+" joins the concepts of a compound. Stems are written
as in their language: one of five letters or more stands for the words that start with it, and so
does one that ends in "*"; another for itself.
"""

ENGLISH = """
land+without landless*; housing+without homeless*; europe eu ue; cross cross; computer
informatics; intervention interven*; helsinki helsinki; city+mission citymission; village dorf
dorfer village villages; amnesty amnist* amnesti* amnesty; greenpeace greenpeace; boat boats boat;
party parties party parti partei partido partito; crescent crescent; now now; personal personal*;
organization org orgs; association assn assoc; institute inst; centre ctr cntr; university univ;
foundation fdn fndn; international intl; national natl; committee cttee cmte comm; council cncl;
law counsel bar barrister* attorney* solicitor* jurid* litigation lawyers; society soc; federation
fed confed; corporation co; government govt; laboratory labs; technology tech; development dev;
information info; environment env enviro green greens; judge magistrat* judicia*; doctor
physician* doctors medic; nurse midwi*; union syndicate guild; agency bureau; help helpline; aid
assist* relief; protection preserv* safeguard* save rescue; child kids infant* minors girl girls
boy boys; youth young; woman femini* ladies; peace pacifis*; weapon arms gun guns landmine*;
disability disabled; blind blind; deaf deaf; equality equal; racism antirac* racist; refugee exile
exiles displaced; migrant migrants; freedom liberty; citizen civil civic; democracy democra*;
journalist journalism reporting; press newspap*; media medium; newspaper gazette; worker labor
labour workers workforce employees; trade commerc*; tax taxation fiscal; debt debts; corruption
anticorrup*; accountability account*; monitor monitor* watchdog; observatory observer* observat*;
memory memory memorial remembrance memor*; voice voice voices; action act acting activ*; defence
defend* defense; campaign campaigns; movement movements; welfare welfare wellbeing; tenant
renters; elderly aged ageing aging seniors; animal animals; bird birds ornitholog*; forest
rainforest* woodland; ocean sea seas marine; river rivers; climate clim; energy power; food feed;
farmer farmers peasants; indigenous indigen* tribal native; minority minorit*; prison prisons;
prisoner prisoners detainee* inmate*; torture tortur*; death+penalty deathpenalty; penalty penal*
punish* criminal crime; police policing; surveillance surveill* spying vigil*; privacy private;
data database; internet online; digital electronic electron*; cyber cyber*; software software;
code code coding; knowledge knowledge; science scientists; research researchers; study study
studies; education educator* teaching; school schools; student students; teacher teachers; library
librar*; archive archives; book books; writer writers poet poets; translator translat*; publisher
publish*; music musician*; theatre theat*; actor actors; film cinema*; church churches; christian
christians; religion faith interfaith; mission missions; family families; mother mothers; father
fathers; grandmother grandmother*; community communit*; people peoples; population population;
health health; medicine medicin*; patient patients; drug drugs; reproductive reproduct*; gender
gender; gay homosex* homophob* lgbt lgbti lgbtq lgbtqi queer; sexual sexu*; trans transgender;
violence violen*; victim victims; missing disappear*; truth truth; reconciliation reconcil*;
solidarity solidar*; cooperation cooper* collaborat* coop; partnership partner*; alliance allied;
coalition alliance allianc*; convention convention conference; congress congress; chamber chamber;
bank bank banks; economy econom*; ethic ethic*; expert experts; engineer engineers; business
entrepren*; industry industr*; transport transport*; metal metal*; building building construction;
city city cities; municipal municipal*; state state states; republic republic*; constitution
constitution*; election elector* electi* vote votes voter voters voting; parliament parliament*;
policy polic*; reform reforms; reparation reparation*; hope hope; light light; bridge bridge
bridges; progress progress*; innovation innovat*; creative creativ*; common commons; wiki wiki;
dignity dignity; tolerance toleran*; inclusion inclu*; diversity divers*; humanitarian humanitar*;
emergency emergen*; volunteer volunteer*; scout scout scouts; new new; free free; open open;
better better; permanent permanent; regional region*; independent independen*; autonomous
autonom*; united united; general general; technical technic* polytechnic; applied applied;
economic economi*; social socio*; cultural cultur*; professional profession*; investigative
investigat*; strategic strateg*; constitutional constitut*; administration administrat*; process
process; access accessib*; communication communicat*; broadcaster broadcast*; radio radio radios;
television televis* tv; photograph photograph*; artist artists; craft craft*; sport sport*; club
club; platform platform*; circle circle*; forum forum forums; secretariat secretariat; office
offices; mass mass; clean clean; safe safe*; unity unity; struggle struggle; land lands; mountain
mountain*; desert desert; hunger famine; poverty poor; slavery antislav*; trafficking traffick*;
genocide genocid*; holocaust holocaust shoah; survivor surviv*; war war warfare; nuclear nuclear*;
disarmament disarm*; objector objector* refuser*; conflict conflict*; security secur*; border
border*; asylum asyl*; statelessness stateles*; anti anti; without without; world worldwide
"""
ROMANCE = """
right droits derechos direitos diritti drepturi drept drepturilor dret drets; human humain* homme
hommes humano* umano umani omului uomo homem hombre humanid*; freedom liberte* libertad* liberdad*
liberta libertat* libertatea liberties llibertat* libre; free libres livre livres libero liberi
libera liber; woman femme* femmes mujeres mulheres donne femei femeilor dones femin* sages; child
enfance enfants enfant menores menino meninos bambini infanz* ninos ninas ninez infancia copii
copiilor; youth jeunes jovem jovens tineri tinerilor tineret* joves juvenil*; girl filles; law
juridi* giuridi* legales loi leyes lei ley legge derecho direito diritto juristes juristas
giuristi abogados advogados avvocati avocats avocatilor jurists abogacia advocacia* avocat*; judge
juez jueces juiz juizes magistrat* magistrad* judiciar* judicial*; justice justic* justitie
giusti* justicia; association asociati* asociac* associac* associaz* associacio amicale asbl;
society societ* socied*; union syndicat* sindicat* sindac*; federation confedera* federati*
federac* federaz*; committee comit* comitat*; commission comisia comisi*; council conseil* consej*
conselh* consigli* consiliu* consell*; network reseau* reseaux redes rede retele* retea* xarxa;
centre centr* centros centrul; institute institut*; foundation fundac* fundat* fundatia fondaz*;
league ligue* ligues; collective colectiv* collectif* colect*; coalition coalit* coaliz* alianta;
alliance allianc* alianz*; group groupe* grupo* grupul gruppo* groupement; initiative iniciat*
iniziat* initiat*; project projet* proyect* proiect*; programme programm* programa*; campaign
campag* campan*; movement mouvem* movim* miscare* moviment*; action accion* acao acoes azion*
actiune* actiun*; agency agenc* agenz* agent*; office bureau ufficio officina escritor* oficina*
biroul; observatory observatoi* observator* osservator*; laboratory laborat*; defence defens*
defes* difes* apararea aparar*; protection proteg* protec* protez* protej* preservac* sauvegard*
sauver salvemos salvar salvez*; aid aide* ayuda* ajuda* aiut* ajutor* secours entraide socorro
soccorso ajutorul asistenc* assistenc* assistenz*; support soutien* apoyo* apoio* sostegn*
acompan* accompagn*; promotion promoc* promozion* promotion* fomento; development desarrol*
desenvol* svilupp* dezvolt* developp* desenvolup* codevelop*; cooperation cooper*; solidarity
solidar*; peace paix paz pace pacifis* pau nonviol* noviol*; war guerres guerr*; weapon armes
armas armi; humanitarian humanit*; citizen citoyen* ciudada* cidad* cittad* cetat* civils civil*
civic* civiq* ciutad*; people peuples pueblos povos popoli popoare* popul*; population poblac*
populac* popolaz*; worker travail* trabaj* trabalh* lavor* muncii muncitor* salaries*
treballador*; employer patron*; teacher enseign* docent* maestros profesor* professor* insegn*
invat*; student etudiant* estudiant* studenti studentes* universitar*; education educat* educac*
educaz* ensen* enseignem*; school escola* escuel* scuole* scoala* ecoles; university universi*;
academy academi* accadem*; research recherch* investigac* pesquis* ricerc* cercet*; science
scienc* cienc* scienz* stiinte*; study etudes estudios estudos studi studii estudis; health sante*
salud* saude* salut* sanat* sanit*; medicine medecin medicina; doctor medecins medicos medici
medicilor metges; nurse infirmi* enfermer* infermier* enfermagem; patient pacient* pazient*;
disability handicap* discapac* deficien* disabil* dizabil*; blind aveugl* ciegos cegos ciechi
nevazat*; deaf sourds sordos surdos sordi; elderly retrait* jubilad* aposentad* pensionat*
pensionar* mayores idosos aines; family famil* familias; mother mamans madres mamme maes mares;
father padres papas; grandmother abuelas grands avos; parent parents genitori; violence violenc*
violenz* violent*; racism racism* razzism* rasism*; antisemitism antisemit*; equality egalit*
iguald* eguagl* uguagl* paridad paridade parite igualtat* egalitate*; gender genre genero genere
gen; discrimination discrimin*; racial racial*; minority minorit* minoria*; refugee refugi*
rifugi* exilie* desplaz* refugiat*; migrant migra* immigr* inmigr* imigr* emigr*; asylum asile
asilo azil; border fronter* frontier* frontaliere; prison prison* prisio* carcel* carcer*
inchisor*; prisoner detenu* detenid* presos presas prisonn* detenut* detinut* preses*; torture
tortur* tortura; penalty peine penas pena penal* penale; death mort muerte morte; police polic*
poliz*; disappear desapar* dispar* scompar*; missing disparu* desaparec* dispersi scomparsi;
victim victim* vitimas vittim*; memory memoir* memoria*; truth verit* verdad* verdade* adevar*;
reconciliation reconcil* riconcil*; dignity dignit* dignid* demnit*; press presse* prensa*
imprens* stamp* presei premsa*; journalist journalis* periodis* jornalis* giornalis* ziarist*
jurnalis* reporteros reporteri corresponsal*; newspaper journaux periodic* giornal* jornais
diarios diario ziar* ziare; media medias medios mezzi mijloac*; broadcaster radiotel* audiovis*
radiodif* emittent*; radio radios radioul; television televi*; expression expres* espres* exprim*;
information informac* informat* informaz* informacio; communication comunic* communic*; publisher
edit* editeurs editori*; writer ecriva* escrit* scritt* scriitor* escriptors; author auteurs
autores autori autors; translator traduct* tradut* traducat* traduttor*; library biblioth*
bibliot*; archive archiv* arquiv* arhiv*; book libros livros libri carti llibre*; art arts artes
arti; artist artist*; music musiq* musiciens musico* musica musicisti; theatre theatr* teatr*
teatro*; film cinema* cineast* cine; culture cultur*; photograph photog* fotogr*; sport sportiv*
deport* esport*; internet internau* internet* intern; digital numeriq* digita* digit*; technology
technol* tecnol* tehnol* tecnic*; software logicie* software; code code codigo codice; data
donnees datos dados dati date dades; privacy privacid* privee privada; security securit* segurid*
seguranc* sicurez* securitate* siguranta; surveillance surveil* vigilanc* sorvegl* supraveg*;
access acces accesso acceso acesso; transparency transpar* traspar*; corruption corrup* anticorr*
coruptie*; accountability redevab* rendicion responsab*; election electi* eleccion* eleit*
elezion* alegeri* eleitor* elettoral*; democracy democr*; state etat estado stato stat; government
gobiern* govern* gouvern*; municipal municip* municipal* mairie comuni comunes ayunt*; local
local* loca*; rural rural*; urban urbain* urban*; city ville villes ciudad* citta oras orase*
ciutat*; community comunid* communaut* comunit* comunitat* comunidades; housing logem* viviend*
moradi* habita* abitare casa; tenant locatair* inquil* inquilin*; land tierra* terres terras;
agriculture agric* agrar* agrari*; farmer paysan* campesin* campones* agricult* contadin* fermier*
taran*; food aliment* alimentari*; hunger faim hambre fome fame foame*; water eau eaux agua*
acqua* apa apei; environment environ* ambient* medioamb* mediu* ecolog* ambiant*; nature nature*
naturale* natur*; climate climat* clima* climate; forest foret* bosque* forest* floresta* padur*
selva selvas; river fleuves rios fiumi rauri; ocean ocean* mers mari; bird oiseau* aves uccell*
pasari* ornitol* ornithol*; animal animau* animal* animale*; energy energi* energe*; nuclear
nuclea*; waste dechet* residuo* rifiut* deseuri; transport transp* trasport*; economy econom*;
bank banque* bancos banche banci; tax impot* impost* impuest* tasse fiscal*; debt dette* deuda*
divida* debit*; trade commer* comerc* commercio comert*; consumer consom* consum* consumat*;
business empres* entrepr* impres*; industry industr*; indigenous indigen* autocht* originari*
indios; africa afrodesc* afro african* africai*; church eglis* igles* igrej* chies* biseric*;
christian chret* cristian* crist* crestin*; catholic cathol* catol* cattol*; pastoral pastor*;
religion relig*; international internac* internaz* internat*; national nacional* naziona*
nationa*; regional regiona*; world mondial* mundial* monde mondo mundo mondiale; europe europ*;
america american* americ*; interamerican interam* interamer*; iberoamerica iberoam*; asia asiat*;
mediterranean mediterr*; arab arabe* arabes arabi arab; permanent permanent* permanente*;
independent independ* indipend* independent*; autonomous autonom*; general general*; united unid*
unit* unidas unis unies; public publiq* publica* publico* pubblic*; social sociaux sociale*
sociali sociales socials; political politiq* politico*; new nouve* nuev* nova novas novo nuova
nuovo noul; popular popolar*; alternative altern*; open ouver* abiert* abert* apert* deschis*;
against contre contra contro impotriva; without sans sin sem senza fara sense; together ensembl*
juntos juntas insieme impreuna junts; observatory+citizen veedur*; watch veill* veglia; engineer
ingeni* engenh* ingegn* inginer*; expert expert* perit*; notary notai* notari*; professional
profes*; technical techn*; platform platef* platafor* piattaf* plataform*; forum foro foros foruns
forumul; assembly assambl* asambl* assembl* adunare*; congress congres* congress*; chamber camara*
camera* chambre*; coordination coordin* coordinad* coordinam* coordonn* coordenac*;
interprofessional interprof*; monitor monitor*; mass masiva massa; process proceso processo
proces; friend amig* amis amici amiga* prieten* amics; progress progr*; secretariat secret*; cross
croix cruz croce crucea creu; red rouge roja rojo rossa vermelha rosie vermella; green verde*
verdi vert verts verte; house maison* casas; life vie vida vita viata; voice voix voz vozes voces
voci; section section seccion secao sezion*; chapter capitul* capitol* seccional filial* antenne;
trade+union confederal
"""
GERMANIC = """
helsinki helsingfors helsing*; city+mission bymisjon*; industry industrie industri industr*; right
rechte rechten rechts rettighed* rettighet* rattighet* recht* rett retts ratt ratten rettar*
grondrecht* grundrecht*; human mensch* mensen* menneske* mannisko* mennesk* mannrett*; human+right
menschenr* mensenr* menneskere* manniskor* mannrettind*; freedom freiheit* vrijheid* frihed*
frihet* frelsi*; free freie* vrije* frie fria fri vrij frei; woman frauen* vrouw* kvinde* kvinne*
kvinn* kvenn* kvinno* weiblich*; child kinder* kind* born borns barns barn* borne* kinders
kindern; youth jugend* jeugd* jonger* ungdom* unge unga junge jungen ungmenn*; girl madchen*
meisjes piger jenter flickor; law jurist* juridi* anwalt* advoka* advocat* advokat* rechtsanw*
logfr* lovgiv* lagar; judge richter* rechters* dommer* domar* domare*; justice gerecht*
rechtvaard* retfaerd* rettferd* rattvis*; association verein* verenig* forening* vereinig* felag*
sammanslut* sammenslut* genootsch* arbeitsgemein* foreningen* samtok* lag laget; society
gesellsch* samfund* samfunn* samhall* maatschapp* selskab* selskap* sallskap* sallskapet; union
gewerksch* vakbond* fagforen* fagforb* fackforb* fackfor* forbund* fagbev*; federation verband*
bundesverb* verbond* bond landsforb* forbundet* landsforen* dachverb* bund; landsorg
landsorganisa*; organization organisas* organisat* organisation*; committee komite* kommitte*
nefnd* udvalg* utvalg* ausschus* utskott*; council rat rate rats raad* raden radet rad rads raadet
beirat*; commission kommiss* commissie*; network netzw* netwerk* netvaerk* nettv* natverk* net
netz nett nat; centre zentr* centr* senter* sentr* center* centre zentrale* zentrum*; institute
institut* instituut* instituttet*; foundation stift* sticht* fonden; fund fonds; league liga*
ligaen; initiative initiat*; action aktion* actie* aktie* aksjon*; campaign kampan* kampag*
campagne* kampanj*; movement beweg* bevaeg* beveg* rorels* hreyfing*; coalition koalit* allian*
allians* bundnis* buendnis* bandalag* koalisjon*; group grupp* groep* gruppe* gruppen* arbeitsgr*
hopur; collective kollekt* collectief* kollektiv*; platform plattf* platf*; forum forum* foren;
agency agentur* agentsch* amt amtes byra byraet byran; office buro* buero* kontor* kantoor* burea*
skrifst*; observatory observat*; watch wacht vakt; defence verteid* verdedig* forsvar* forsvars*;
protection schutz* bescherm* beskytt* skydd* vern* vernet verne* behoud* bevar* fredn* bewahr*
naturvern; aid hilfe* hulp* hjaelp* hjelp* hjalp* hilfs* nodhjaelp* nodhjelp* hilfswerk* bistand*
nothilf* rettung* redd redder radda rettet retten redden rette; save red; support unterstutz*
forderver* steun* stotte* stod* forder*; refugee flucht* fluchtl* vluchtel* flygtn* flyktn*
flykting* flottam*; migrant migrat* einwander* indvandr* innvandr* invandr*; asylum asyl*; peace
fried* vred* vrede fred* freds* frid* fridar; war krieg* oorlog* krig* stri* oorlogs; weapon
waffen* wapen* vaben* vapen* vapn*; nonviolence gewaltfr* geweldl*; disarmament abrust* nedrust*
ontwap*; nuclear atom* kern* kjerne* karnv* karn; democracy demokrat* democrat* lydrae*; citizen
burger* borger* medborg* medborgar* borgar* burgers* zivil* medborger; people volk* volker* folke*
folk* volks*; population bevolk* befolk*; worker arbeit* arbeid* arbejd* arbet* arbeits* werknem*
verkal* lontag* angestell* beschaft*; employer arbeitg* werkgev* arbejdsg* arbeidsg* arbetsg*;
teacher lehr* leraar* leerkr* laerer* larar* lehrer* kennar*; student studier* studenten*
studeren* studenter* studerend* nemend*; education bildung* onderwijs* uddann* utdann* utbild*
erziehung* undervis* menntun*; school schul* schol* skole* skol* skoler; university hochsch*
universit* hogsk* hogesch* universitet* haskol* hojskol* hoyskol*; academy akadem*; research
forsch* forskn* forskar* onderzoek* rannsok*; science wissensch* wetensch* videnskab* vitenskap*
vetenskap* vitensk* visind*; study studien studie*; health gesundh* gezondh* sundhed* helse*
halso* halsa heilbrig*; medicine medizin* geneesk* medisin*; doctor arzt* arzte* artsen* laege*
lege* lakar* laeger* legen* lekar* laekn* legar; nurse pfleg* verpleeg* sygepl* sykepl* sjukskot*
krankenpf*; patient patient* pasient*; disability behinder* behind* gehandic* handicap* funktion*
funksjon* rorelseh* beperk*; blind blinden* blinde* synsk* synskad*; deaf gehorl* doven* dove dov*
gehorlos*; elderly senior* rentn* ouder* aeldre* eldre* aldre* pensionar*; family famil*; parent
eltern* foreldr* foraeldr* forald*; mother mutter* moeder* modre*; violence gewalt* geweld* vold*
vald*; racism rassism* racism* rasism*; equality gleichst* gleichb* gelijk* ligest* likest* jamst*
jafnrett* ligeb*; gender geschlecht* gender* kjonn* kon kons; discrimination diskrimin*
discrimin*; minority minderh* mindreh* mindretal* mindretall*; prison gefang* gevang* fengs*
faengs* fangels*; prisoner haftling* gevangen* fanger* fange* fangar; torture folter* marteli*
tortur*; police poliz* politi polis*; victim opfer* slachtoff* ofre* offer; memory gedenk*
gedacht* erinner* herinner* minnes*; press presse* pers press*; journalist journal* pressekl*
bladam*; newspaper zeitung* krant* kranten* avis* aviser tidning* tidnings* dagblad*; magazine
zeitschrift* tijdschr* tidskr*; media medien* mediaen medie* medier* fjolmid*; broadcaster rundf*
omroep* kringk*; expression meinung* meningsuit* ytring* yttrand* uttryck* aeusserung*;
information informat* informasj*; communication kommunik* communic*; publisher verlag* verleger*
uitgev* forlag* forlegg* forlagg* herausg*; writer schriftst* schrijv* forfatt* skribent* rithof*
autor*; author urheb* auteurs* ophav* opphav* upphovs*; translator ubersetz* vertal* oversett*
oversaett* oversatt*; library biblioth* bibliot* bokas*; archive archiv* arkiv* archief*; book
buch* boek* boeken bog boger bok boker bocker bucher* buchhandel*; art kunst* konst*; artist
kunstl* kunsten* kunstn* konstn*; music musik* muziek* musikk*; theatre theat* teater* toneel*;
film film*; culture kultur* cultuur* cultur*; sport sport* idraet* idrett* idrott*; internet
internet*; digital digit*; technology technik* techniek* teknik* teknol* technol*; data daten*
gegev*; data+protection datenschutz* databesk* personvern* dataskydd*; privacy privat* privac*;
security sicherh* veiligh* sikkerh* sakerh*; surveillance uberwach* overvag* overvak* toezicht*;
transparency transpar* gjennomsikt* apenhet* oppenhet*; access zugang* toegang* tilgang* adgang*;
open offen* open* aben* apen* oppen* apne opna; corruption korrupt* korrupsj* corrupt*; election
wahl* verkiez* valg* val; state staat* stat* staten; government regier* regering* regjering*;
municipal gemeind* kommun* gemeent* stadt* stedelijk*; local lokal* lokaal*; urban stad* by;
housing wohn* wonen bolig* bostad* mieten; tenant mieter* huurd* lejer* leieb* hyresg* lejere*;
land land lands; agriculture landw* landb* lantb* jordbr* landbouw*; farmer bauern* boeren* bonde*
bonder* bondel* landmand* lantbruk*; food lebensm* ernahr* voeds* fodev* matv* livsm* mad mat;
hunger hunger* honger* sult svalt; bread brot brood brod; water wasser* water* vand vann vatten*
vatn*; environment umwelt* milieu* milieudef* miljo* umhverf*; nature natur* naturschutz natuur*
natuurm*; climate klima* klimaat* klimat*; forest wald* skov* skog* bos bossen; river fluss*
rivier* elv; ocean meer* zee zeeen hav; bird vogel* fugl* fagel* ornitol*; animal tier* dier*
dyre* djur* dyr dieren*; energy energie* energi*; waste abfall* afval* affald*; transport verkehr*
vervoer* trafik* transport*; economy wirtsch* econom* okonom* ekonom*; bank bank* banken; tax
steuer* belasting* skatte* skatt*; debt schuld* gaeld gjeld*; trade handel* handels*; consumer
verbrauch* konsum* consument* forbrug* forbruk* konsument* neytend* verbraucherz*; business
unternehm* ondernem* erhverv* naerings* foretag* virksomh*; service dienst* dienstleist* tjenest*;
church kirch* kerk* kirk* kyrk* kirke* kyrkan kirkju*; christian christl* christel* krist*
kristel*; catholic katholi* katolsk* katolik*; protestant evangel* diakon*; religion relig*;
international internat* internas* althjod*; national nationa* nasjon* nationel* bundes bundesw*;
world welt* wereld* verden* verdens varld* heims*; europe europa* europai* europae* europees*
evropsk*; nordic nord* nordisk* norden noordse; south suder* zuid* syd* sor* sod*; north noord*;
east ost* oost* ostre* ostra; west west* vest* vast*; independent unabh* onafh* uafhaeng* uavheng*
oberoend*; autonomous autonom*; general allgemein* algemeen* alminde* almen* allman* allmanna;
united vereint* verenigd* forent* forenade* forened*; social sozial* sociaal* sosial*; public
offentl* openbare* offentlig*; new neue* nieuwe* ny nye nya neuer; without ohne zonder uden uten
utan; against gegen tegen mot imod; together gemeinsam* samen sammen tillsammans zusammen* saman;
solidarity solidar*; cooperation zusammenar* samenw* samarb* samarbejd*; development entwickl*
ontwik* utveckl* udvikl* utvikl* uland*; humanitarian humanit*; engineer ingeni* ingenj*; expert
sachverst* deskund* sakkyn*; scientist wissenschaftl* forscher*; professional fach* fag; technical
techni* tekni*; chamber kammer* kamer; congress kongres*; assembly versamml* vergader* forsaml*;
friend freund* vriend* venner* vanner*; cross kreuz* kruis* kors* korset kryss; red rote* rotes
rode rodt roda rood raude; house haus* huis* hus huset; life leben* leven* liv livet; voice stimm*
stemm* stem rost roster; section sektion* afdeling* avdeling* avdeln* landesverb* ortsgr*
ortsver*; chapter landesv* regionalgr*; responsibility verantw* ansvar* verantwoord*; gay schwul*
lesb* homos* skeiv* queer*; future zukunft* toekomst* fremtid* framtid*; truth wahrheit* waarheid*
sandhed* sannhet*; hope hoffn* hoop hap; volunteer freiwill* vrijwill* frivill* frivillig*;
welfare wohlfahrt* welzijn* velferd* velfaerd* valfard*; penal straf* straff*
"""
