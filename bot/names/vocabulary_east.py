"""Common words of organisations' names in the languages of eastern Europe, Asia and Africa.

A concept and its stems; a semicolon ends each. "+" joins the concepts of a compound. Stems are written
as in their language: one of five letters or more stands for the words that start with it, and so
does one that ends in "*"; another for itself.
"""

SLAVIC_AND_BALTIC = """
aid содейств* сприян* съдейств* подкреп* pomoc* pagalb* palidz* помощ* допомог*; america америк*;
helsinki хельсин* гельсин* хелзин* helsinsk*; intervention interwenc* intervenc*; right prav*
praw* prava pravo pravni* prawa teis* teisiu tiesib* tiesibu праваў; human ludzk* cloveka clovek*
covek* cilvek* zmog* zmogaus ljudsk* lidsk* человек* людини люди* човека човеш* човек* чалавек*
людск*; human+right cilvektiesib* pravozasc* правозахис* правозащит* праваабар*; freedom wolno*
svobod* slobod* swobod* laisv* briv* volja свабод* вольн*; free wolne* wolny* svobodn* slobodn*
вільн*; woman kobiet* zen zeny zensk* zena zene moter* sieviet* женщин* жінок* жінки* жіноч*
женск* жена жени жен; child dziec* deti detsk* dece djec* vaik* bern* детей дет* дітей дит* деца
дец*; youth mlodz* mladez* mlad* omlad* jaun* jaunim* jaunies* молод* моладз*; law pravn* prawn*
prawnic* pravnik* advokat* adwokat* teisin* jurist* юрист* правов* юриди*; judge sedz* sudc*
soudc* sudij* teisej* tiesnes* суд* судей* судді* съди*; justice sprawied* spravedl* pravd* taisn*
правосуд*; association stowarz* sdruz* zdruz* udruz* udrug* asoc* asoci* savez* draugij* biedr*
biedrib* ассоц* асоц* obyednan* объедин* сдружен* здружен* асацы* удружен*; society spolec*
spoloc* towarz* spolk* drust* drustv* общест* суспіл* товарис* друштв* дружеств* spolek; union
zwiaz* svaz* zvaz* sojuz* sajung* savien* arodb* profs* союз* спілк* профспіл* профсою* синдик*;
federation federac* federaci* konfeder* федерац*; committee komit* vybor* odbor; council rad rada
rady rade savet* vijec* viece* taryb* padom* svet совет* ради; commission komis* komisj* komisij*
камис*; network siec* sit* mrez* tinkl* tikls* сеть сети мереж* мреж*; centre centr* osrod*
stredisk* centar* središt* центр* центар*; institute instytut* institut* ustav* zavod; foundation
fundacj* nadac* zaklad* fond* fondas* фонда; league lig* liga; organization organizac* organizacj*
organizacij* организац* арганізац*; group grup* skupin* групп* група; initiative inicjat* iniciat*
инициат* ініцыят*; movement ruch* hnut* pokret* gibanj* sajud* kustib* движен* rukh*; action akcj*
akc* akcij* акци* акція*; campaign kampan*; coalition koalic* koalicj* aliance* коалиц* альянс*;
agency agencj* agentur* agenc* агент*; forum форум*; programme програм*; project projekt* проект*
проєкт*; laboratory лаборат*; observatory obserwat*; defence obron* obran* zastit* gynim* aizsard*
оборон* захист* захисту защит* защиты; protection ochron* ochran* apsaug* охорон* охран*; support
wspar* podpor* podrs* param* atbalst* поддерж* підтрим*; refugee uchod* uprchl* uteč* begunc*
izbegl* izbjegl* pabegel* begl* беженц* біженц* беглец* бежанц*; migrant migrac* migran* migrant*;
peace pokoj* mir mira mirovn* taik* mier* миров* миру; war wojn* valk* rat rata kar karo войн*
війн*; torture tortur* muc* kankin* spidz* пыток* катуван* изтезан*; prison wiezien* vezen*
zatvor* kalej* cietum* тюрем* тюр* в'язниц*; prisoner wiezni* vezn* zatvoren* kalin* заключен*
ув'язнен* палітв*; police polic* policj* полиц*; victim ofiar* obet* zrtav* auk* upur* жертв*;
memory pamiec* pamet* pamieci atmint* pieminas памят* memorial* historical; democracy demok*
demokrac* демокр*; citizen obywat* obcan* gradan* gradj* pilie* pilso* граждан* громад* грамадз*
грађан* obciansk* drzavljan*; people lud* narod* ludzi lid taut* людей; worker pracow* zamestn*
radnik* delavc* rabotnik* darbuot* darbin* stradn* рабочих працівник* трудов* работн*; teacher
naucz* ucit* uciteln* mokyt* skolot* учител* вчител*; student student* studenck*; education eduk*
edukac* oswiat* vzdel* obrazov* svietim* izglit* освіт* освет*; school szkol* skol* mokykl* школ*;
university uniwer* univerz* univerzitet* sveucil* universitet*; academy akadem*; research badan*
vyzkum* vyskum* istraz* raziskov* tyrim* petij* исследов* дослідж*; science nauk* ved* nauc*
znanost* moksl* zinat* науч*; health zdrow* zdrav* sveikat* vesel* здоров*; doctor lekarz* lekar*
lijecn* gydyt* arst* врач* лікар*; nurse pieleg* sestr*; patient pacjent* pacient* пациент*
пацієнт*; disability niepeln* postiz* invalid* negal* neigal*; family rodzin* rodin* porod*
obitelj* seim* gimen* семь* сім'* семейн*; violence przemoc* nasil* smurt* vardarb*; racism
rasizm*; equality rownos* rovnos* rovnopr* jednak* ravnopr* enakopr* lygyb* lygi* lidzties*
равенств* рівніст*; gender plci rod rodov* гендер*; discrimination dyskrym* diskrim*; minority
mniejs* mensin* manjin* mazum* меншин*; press pras* tisk* tlac* stamp* spaud* pres* печати преса;
journalist dziennik* novin* novinar* zurnalist* zurnal* журналист* репорт*; newspaper gazet*
laikrast*; media medi* mediow* medij* ziniasklaid* медиа* медий* медыя; expression wypow* projev*
izraz* israisk* izpausm* слова вираж*; information informac* informacij* informacj* информ*;
communication komunik* коммуник*; publisher wydaw* vydav* nakladn* leidej* издат* видавн*; writer
pisarz* spisov* pisat* pisac* knjizevn* rasyt* rakstn* писател* письменник*; library bibliot*
kniznic* knihov* knjizn*; archive archiw* archiv* arhiv* архив*; culture kultur*; art sztuk* umen*
umetn* umjetn* men искусст* мистец*; internet internet*; digital cyfr* cifr* digit* skaitmen*
цифр*; technology techn* tehn* технол*; data danych udaj* podat* dane даних данных; privacy
prywatn* soukrom* sukrom* privatn* privat* zasebn*; security bezpiecz* bezpec* bezbedn* sigurn*
saug* drosib* безопас* безпек*; transparency przejrz* transpar* skaidr* atklat* atvir* jawn*
прозор* прозрач*; corruption korup* korupc* коррупц* корупц*; election wybor* volb* izbor* rinkim*
velesan* вибор*; state panstw* stat* drzav* valstyb* valsts госуд* держав*; government rzad* vlada
vlade vlady влад*; local lokaln* mistn* miestn* мест* місцев* локал*; municipal samorz* mestsk*
obec* opstin* savivald* муницип*; city miast* grad* miest* pilset* город* міст*; environment
srodow* zivotn* okoli* aplink* vide vides эколог* окружающ* довкіл*; ecology ekol*; nature
przyrod* prirod* priroda* gamt* dab; climate klimat*; water wod* voda vody vod; forest lasow lesow
lesni misk* ліс* лес*; animal zwierz* zvirat* zviera* zivot* gyvun* dzivn* живот* тварин*; energy
energ* energet*; economy gospod* ekonom* hospod* ekonomij*; consumer konsum* spotreb* potros*
vartot* pateret* потреб* спожив*; business biznes* podnik* versl*; trade handl* obchod* trgovin*
preky*; church kosci* cirk* crkv* baznyc* baznic* церк* црк*; christian chrzes* krest* krscan*
krikscion* христ*; catholic katol* католи*; religion relig*; international miedzynar* mezinar*
medzinar* medunar* medjunar* mednar* tarptaut* starptaut* междунар* міжнар* меѓунар* міжнарод*;
national narodow* narodn* nacional* nacionaln* ogolnopol* националь*; world swiat* svetov* pasaul*
всемир* світов* свят; europe europ* evrop* eiropa* європ* еўрап*; independent niezal* nezavis*
nezavisl* neodvis* nepriklaus* neatkarig* незалеж*; social spolecz* socialn* socijal* socialin*
соц* соціал*; public publiczn* verejn* javn* viesas* sabiedr* публич* общественн* публічн*;
political polit*; new nowa nowy nowe nova nove novi novy noveho nauj* новая новое; without bez be;
against przeciw* proti protiv* pries pret; solidarity solidar*; cooperation wspolprac* spoluprac*
suradn* bendradarb* sadarb* сотруднич* співпрац*; development rozwoj* rozvoj* razvoj* vystym*
attist* развит* розвит*; humanitarian humanit* гуманит*; analysis analiz*; monitor monitor*
stebej* noverosan* моніторинг*; sociology sociol* социол*; friend przyjac* pratel* priatel*
prijatel* draug* друзей друзі; cross krzyz* kriz* krst krizius krusts хрест*; red czerw* cerven*
crven* rdec* raudon* sarkan* красн* червон* црвен*; house dom domu kuca kuce nam дома будин*; life
zyc* zycia gyven* dziv* жизн* життя; hope nadziej* nadej* nad надежд* надія; mass masow* массов*
масов*; consultant poradna poradn*; open otwart* otevr* otvor* откры* відкрит* отворен*; strategic
strateg*; south pietu južn* jizn* юж* півден*; central srodkow* stredn* centraln* центральн*
"""
OTHERS = """
right oikeus* oikeuks* oigus* jog jogi jogok jogaiert hak haki hakki haklar* dikaiom* дикаи
katarungan quyen; human ihmis* inim* ember* emberi insan* anthrop* manusia* binadam* asasi tao
pantao nhan; human+right ihmisoik* inimoig* inimoigus*; freedom vapau* vabad* szabad* ozgur*
eleft* ελευθερ* kebeb* merdek* kalay* uhuru* tự; freedom+right szabadsagjog*; free vapaa* vaba;
woman naisten* naiset nainen* naist* nai* no nok kadin* gynaik* perempu* wanita* babae* kababai*
wanawak* phu nu; child lasten* lapset lapsi* laste lapse* gyermek* gyerek* cocuk* paidi* anak*
kanak* bata kabata* watoto*; youth nuoriso* nuorten* nuoret noor* noorte ifjusag* genclik* gencl*
neol* νεολαια* νεων pemud* belia* kabataan* vijana*; law lakimies* juristi* oikeustiet* jurist*
ugyved* jogasz* hukuk* avukat* baro barosu dikig* δικηγορ* hukum* mahkam* sheria* batas undang*;
judge tuomari* kohtunik* biro birak hakim* yargic* δικαστ*; justice oikeudenm* oiglus* igazsag*
adalet* dikaios* δικαιοσυν* keadil*; association yhdisty* liitto* liitt* uhing* selts* egyesul*
egylet* dernek* dernegi* cemiyet* syllogos somate* συλλογ* σωματει* perkumpul* persatuan* ikatan*
paguyub* hoi hiep; union ammattil* ametiuh* szakszerv* sendika* enosi* συνδικ* serikat* kesatuan*
unyon* vyama* chama; society seura* tarsasag* toplulug* etair* εταιρει*; organization jarjest*
organisats* szervezet* orgut* kurulus* organos* organ* organisasi* pertubuh* samahan* kapisan*
shirika* jumuiya*; federation keskusliit* foderats* szovets* federasy* konfed* omospon* ομοσπονδ*;
committee komitea* toimikunt* komitee* bizotts* komite* kurulu kurul epitrop*; council neuvost*
nouk* noukog* tanacs* konsey* meclis* symboul* συμβουλι* majlis* dewan* konseho* baraz*; network
verkost* vorgust* halozat* aglar agi diktyo* δικτυ* jaring* rangkai* mtand* mang; centre kesku*
keskus* kozpont* merkez* kentr* pusat* sentro* kituo* vituo trung tam; institute institut*
intezet* enstit* institouto* ινστιτουτ* lembaga* institusi*; foundation saati* sihtas* alapitv*
vakfi* vakif* idrym* yayasan* quy; league liga* lig; group ryhma* ruhm* csoport* grup* omada*;
initiative aloit* algatus* kezdemeny* girisim* protobouli* πρωτοβουλι*; movement liike* liikum*
mozgal* hareket* kinem* κινημ* gerak* pergerak* kilus* harakati; action toimint* akcio* eylem*
drasi* δρασ*; campaign kampanja* kampany* ekstrat*; coalition koalits* koalic* koalisy* platformu
koalisi* gabung* pakikiis* muungano; platform platform*; defence puolust* kaitse* vedel* savun*
yperasp* pembel* pertahan* tanggol utetez* watetez* mtetezi; protection suojel* vedelm* koruma*
prostas* perlind* ulinzi*; aid apu avun abi segit* segely* yardim* boith* βοηθ* bantuan* tulong*
msaada*; support tuki* tuke* toetus* tamog* destek* υποστηρ*; refugee pakol* pagul* menekul*
multeci* siginmac* prosfyg*; migrant maahanm* siirtol* gocmen* goc metanast*; peace rauha* rahu
beke* bekee baris* eirin* perdam* keaman* kapayap* aman* amani; war sota* soja* haboru* savas*
polem*; torture kidut* piin* kinzas* iskence* vasanis* βασανιστ*; prison vankil* vangl* borton*
cezaev* fylak*; prisoner vanki* vang* rab mahpus* tutuklu* kratoum*; police poliisi* politsei*
rendor* polis*; democracy demokr* δημοκρατ* demokras*; citizen kansalai* kodanik* polgar*
allampolg* yurttas* vatandas* polit* sivil* πολιτων; people kansa* rahva* rahvas* nep nepek halk*
lao* λαου rakyat* masyarak* sambay* wananch* watu bayan*; worker tyonteki* tyova* tootaj* dolgoz*
munkas* isci* calisan* ergat* εργαζομ* buruh* pekerja* manggag* wafanyak*; teacher opettaj*
opetaj* tanar* pedagog* ogretmen* egitimci* ekpaid* εκπαιδευτικ* guru* mwalim* walim*; student
opiskel* ylioppilas* ulioppil* ulioppilas* tudeng* uliopil* diak* hallgat* ogrenc* foitit*
mahasisw* pelajar* estudy* mwanaf* wanaf*; education koulutus* opetus* haridus* oktat* nevel*
egitim* ekpaideus* εκπαιδευσ* pendidik* edukas* elimu*; school koulu* kool* iskola* okul* scholi*
σχολ*; university yliopist* ulikool* egyetem* universite* panepist*; academy akatem* akadem*
ακαδημ*; research tutkim* uuring* kutat* arastir* ereun* ερευν* penelit* penyelid* pananal*
utafit*; science tiede* teadus* tudom* bilim* epistim*; health terveys* tervis* egeszseg* saglik*
ygei* kesehat* kesihat* kalusug* afya*; doctor laakari* laaka* arst* orvos* hekim* doktor* tabip*
giatr* ιατρ*; patient potila* patsiend* beteg* hasta* asthen*; disability vammai* puuetega*
fogyat* engelli* anapir* disabil* difabel* ulemav* walemav*; family perhe* pere* csalad* aile*
oikogen*; violence vakival* vagivald* eroszak* siddet* via βιας kekeras* karahas* ukatili; racism
rasism* rasszizm* irkcilik* ratsism*; equality tasa* vordoig* egyenlo* esitlik* isotit*; gender
sukupuol* sugu* nemek cinsiyet* fylo φυλου; minority vahemm* vahemus* kisebbs* azinlik* meionot*;
press lehdist* ajakir* sajto* basin* typos τυπου pers akhbar* vyombo habari; journalist toimittaj*
journalist* ajakirjan* ujsagir* gazeteci* dimosiogr* syntakt* wartaw* jurnalis* mamamah* mwandish*
waandish* báo; newspaper sanomal* ajaleh* ujsag* gazete* efimer*; media media* meedia* medya*
meson mme; expression sanan* ilmais* sona* valjend* velemeny* ifade* ekfras*; information tieto*
tiedon* teabe* inform* bilgi* plirof* πληροφορ*; communication viest* kommunik* iletisim*
epikoin*; writer kirjail* kirjan* iro irok yazar* syggraf*; library kirjasto* raamatuk* konyvt*
kutuphan* vivlioth*; publisher kustan* kirjast* kiado* yayinc* ekdot*; culture kulttuur* kultuur*
kultur* politism*; art taide* taitei* kunsti* muvesz* sanat* techn*; internet internet* verkko*;
digital digitaal* digit* dijital* psifiak* digital*; technology teknolog* tehnolog* bilisim
technolog*; data andme* adat* veri dedomen*; privacy yksityis* privaats* maganelet* gizlilik*
mahremiy* idiotik*; security turvall* turvalis* biztons* guvenl* asfal*; transparency avoimu*
lapinak* labipaist* atlathat* seffaf* diafan*; corruption korrupts* korrup* yolsuzluk* diafthor*
korups* rasuah* rushwa ufisad*; state valtio* riigi* allam* devlet* krat*; environment ymparist*
keskkon* kornyezet* cevre* perivall* lingkung* alam sekitar* kalik* mazing*; nature luonno*
luonto* loodus* looduse* termeszet* doga fysi* φυσ*; climate ilmast* kliima* eghajl* klima* iklim*
klim*; water vesi* vee viz vizek su nero; forest metsa* erdo* orman* das*; bird lintu* lindu*
madar* kus orni* πουλ* ορνιθ*; animal elain* looma* allat* hayvan* zoon; energy energia* enerji*
energei* ενεργ*; economy talou* majandus* gazdas* ekonomi* oikonom*; consumer kuluttaj* tarbij*
fogyaszt* tuketici* katanalot* konsumen* pengguna* mlaji walaji; trade kauppa* kaubandus*
keresked* ticaret* empor*; tax vero* maksu ado vergi*; church kirkko* kirkon* kirik* egyhaz*
kilise* ekklis*; religion uskon* usund* vallas* din; international kansainval* rahvusvah*
nemzetkoz* uluslararas* diethn* antarabang* internasion* pandaigd* kimataif*; national kansall*
rahvus* nemzeti* orszagos* ulusal* milli ethnik* nasional* kebangsa* pambans* kitaif* taifa; world
maailm* vilag* dunya* kosm* pagkosm* dunia* ulimweng*; europe euroop* europai* avrupa* evrop*
ευρωπ*; independent riippum* soltumat* fuggetlen* bagimsiz* anexart* ανεξαρτητ* independen*
mandiri*; social sosiaal* sotsiaal* szocial* tarsadalm* sosyal* koinon*; public julki* avalik*
kozos* kamu* dimosi*; political politiik* poliit* politik*; local paikall* kohal* helyi yerel*
topik*; south etela* louna* del guney* noti*; new uusi uuden uus uj yeni nea baru mpya bago;
without ilman ilma nelkul* siz choris; against vastaan* vastu ellen karsi kata; solidarity
solidaar* szolidar* dayanism* allilegg*; cooperation yhteisty* koosto* egyuttmuk* isbirlig*
synerg* kerjas* ushirik*; development kehity* areng* fejleszt* kalkinma* gelistir* anapt* αναπτυξ*
pembang* maendel* kaunlar*; humanitarian humanitaar* humanit* insani anthropist*; monitor
seuranta* seire* megfigyel* izleme* paratir* παρατηρητ* pemantau* pengawas*; friend ystav* sopra*
barat* dost* filoi φιλων; cross risti* rist kereszt* hac stavr* σταυρ*; red punai* punane* voros*
kizil* kirmizi* erythr*; house talo* maja haz* ev evi spiti*; life elama* elu elet* yasam* zoi;
hope toivo* lootus* remeny* umut* elpid*; open avoin* avatud* nyitott* nyilt acik* anoicht*; save
pelasta* paasta* mentsuk; animal+protection elainsuoj* allatved*; general yleis* uld* altalan*
genel* genik*; united yhendatud* egyesult* birles* inomen*; chapter osasto* osakond* tagozat* sube
subesi; professional ammatti*; alliance aliansi; farmer petani* magsas* magbubuk* wakulim*;
indigenous katutub* pribumi asal; commission komisi* suruhanj* komisyon* tume; study kajian*;
legal legal* luat; land tanah ardhi lupa
"""
