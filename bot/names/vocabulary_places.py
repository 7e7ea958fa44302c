"""Places as organisations' names have them: what a country's own are called, cities and regions.

A place and its words in many languages; a semicolon ends each. "=" and a code is a country, "@" a
city or region. A word of five letters or more stands for those that start with it, and so does one
that ends in "*".
"""

PLACES = """
=de deutsch* allemand* aleman* alemao alema tedesc* niemieck* nemeck* german* tysk* duits* saksa*
saksan nemet* alman* нем* немец* німец* ألمانية duitsl*; =at osterr* oesterr* autrich* austriac*
austrij* rakous* osztrak* itavall* avusturya* австрий*; =ch schweiz* suisse* suiz* svizzer*
zwitser* swiss svajci* sveitsin schweizer* швейцар*; =dk dansk* danmarks danois* danes* deens*
dunsk* tanskan* датск*; =no norsk* norges norveg* norueg* noors* norja* norjan norvez* норвеж*;
=se svensk* sverige* sveriges suedois* suec* zweeds* ruotsin szwedzk* svedsk* isvec* шведск*
швец*; =fi suomen suomal* finsk* finland* finnois* soome suomi; =is islensk* islandsk* island*;
=nl nederl* neerland* holand* oland* hollend* olland* niderl* голланд*; =be belg* belgi* belga*
belgij*; =fr frans* fransk* francij* francouz* fransiz* ranska* francia* gallik* француз*
французьк*; =gb britan* british* brit* brits* britt* ingles* anglais* engels* engelsk* английск*
ingiliz* vallabrit* uk; =ie irland* irish irlandes* iers* irsk*; =es espan* espagn* spanisc*
spans* spansk* hiszpan* spanel* ispan* ispanya*; =pt portug*; =it italia* italie* italsk* wlosk*
olasz* talian* итал* італій*; =pl polsk* polac* polon* pools* polnisc* puolan lengyel* polonya*;
=cz cesk* czesk* tchequ* tsjech* tjeck* tjekk* checo* checa ceco ceca cseh* чешск*; =sk slovens*
slovaq* slowak* slowac* slovak*; =hu magyar* hungar* hongr* ungar* wegiersk* madars* macar*
hongaar* maďarsk* венгер* угорськ*; =ro romanes* romanest* roumain* rumen* ruman* rumuns* roemeen*
румын* румун*; =bg bulgar* balgar* bolgar* българ*; =gr grec* griech* grieg* grieks* graesk*
gresk* greck* ellin* hellen* ellada* gorog* yunan* греч*; =rs serb* srb* srpsk* srbij* servi*
сербск*; =hr hrvat* croat* kroat* chorwac* horvat*; =si sloven* slowen* esloven*; =ua ukrain*
ukrajin* ucran* oekrai* ukraj*; =by belarus* belarusk* bielorus* bieloruss* bialorus* weissrus*
белорус* білорус*; =ru russisc* russe* rusa ruso russo russk* rosyj* rusk* ryssl* rysk* venaj*
orosz* vene rus* ross* росій*; =ge gruz* georgie* sakartvel* грузин*; =am armen* армян* вірмен*
haykakan; =tr turk* turqu* turci* turec* torok* tyrk* turc* turkisk* туре* турец* τουρκ*; =il
israel* izrael* израил*; =ps palest* palaest* filist* filastin* falast* الفلسطيني الفلسطينية
فلسطينيين; =eg egypt* egipt* egipc* agypt* misir* المصري المصرية مصريين; =ma marroc* maroc*
marroq* morocc* المغربية المغربي; =tn tunis* tunez* التونسية التونسي التونسيين; =dz algeri* argel*
alger* الجزائرية; =sy syri* siria* syrie* suriy* السورية السوري سوريين; =lb liban* libanes* leban*
اللبنانية اللبناني; =jo jordan* الأردنية الأردني الأردنيين; =iq iraq* irak* iraki* العراقية
العراقي; =ye yemen* jemen* اليمنية اليمني; =ly libi* liby* الليبية الليبي; =sd sudan* soudan*
السودانية السوداني السودانيين; =bh bahrein* bahrain* البحريني البحرينية; =kw kuwait* koweit*
الكويتية; =sa saud* السعودية; =ir iran* ايران* ایرانی; =af afghan* afgan* افغانستان افغان; =pk
pakistan* paquist* پاکستان; =in indian indien* indisc* bharat* hind*; =bd banglad* bengal*; =lk
lanka* srilank*; =np nepal*; =ke keny* kenia*; =ng nigerian* nigeri*; =gh ghana* ghanees*; =ug
ugand* ougand*; =tz tanzan* tansan*; =za sudafric* sudafr* southafr* sydafr* sorafr* sudafrik*;
=sn senegal*; =cm camerun* kamerun* cameroun*; =ci ivoir* ivorian*; =cd congol* kongol*; =ml
malien* maliens; =bf burkin*; =bj benin* beninois*; =tg togol*; =ne nigerien*; =gn guine*; =td
tchad*; =mg malgach* malagas*; =rw rwand*; =bi burund*; =mz mozamb* mocamb*; =ao angol*; =zm
zamb*; =zw zimbab*; =et ethiop* etiop*; =so somal*; =br brasil* bresil* brazil*; =ar argentin*;
=cl chilen* chile*; =co kolumb*; =mx mexic* mexik* mejic*; =pe peruan* peruv*; =uy urugu*; =py
paragu*; =bo boliv*; =ve venez*; =ec ecuat* equat*; =gt guatemal*; =hn hondur*; =ni nicarag*; =sv
salvadoren*; =cr costarric*; =pa panam* panamen*; =cu cuban*; =do dominic*; =ht haiti*; =pr
puertorr* boricu*; =ca canad* kanad*; =us estadoun* etasun* amerikan*; =au austral* avustral*; =nz
zeland* zeeland* neusee* aotearoa; =jp japon* japan* giappon* japans* nihon nippon; =kr corean*
korea* coree* koreans* hanguk; =cn chines* kinesisk*; =tw taiwan*; =hk hongkong*; =th thai* thail*
tailan*; =vn vietnam*; =id indones* indonesi*; =my malays* malasi*; =ph filipin* pilipin*
philippin* pinoy; =kh cambod* khmer*; =mm birman* burm* myanm* burmes*; =la laos*; =sg singap*;
=mn mongol*; =kz kazak* kazach* kasach* qazaq* казах*; =kg kyrg* kirgiz*; =uz uzbek*; =tj tajik*
tadjik*; =az azerb*; =md moldov* moldau*; =lt lietuv* lithuan* litauis* litewsk* litew* литов*;
=lv latvij* latvi* letton* lettis* lotew* латв*; =ee eest* eston* estnis* viro viron; =al alban*
shqip* albans*; =mk makedon* maced* македонск* македонија; =ba bosn* bosans* боснии; =me
montenegr* crnogor*; =xk kosov*; =lu luxemb*; =mt malt* maltes*; =cy cypr* chypr* zypr* kypr*
kibris*; @scotland scotland scot* scots scottis* ecoss* escoc* schott* skots* scozia*; @wales
wales welsh cymru galles; @england english england* angleterr*; @catalonia catal* catalan*
katalan* catalogn*; @basque basque* euskal* vasco vasca vascos euskad* baskis* basco; @galicia
galeg* galleg* galic*; @flanders vlaams* vlaand* flemis* flandr* flanders* flamand* flamis*;
@wallonia wallon* walloon* waals*; @bavaria bayern bayer* bavar* bayeris*; @saxony sachsen*
sachsis* saxon* saxe; @prussia preuss*; @hesse hessen hessis* hesse; @thuringia thuring*; @tyrol
tirol* tyrol*; @quebec quebec* quebecois*; @kurdistan kurd* kurdis* kurdist*; @tibet tibet*;
@crimea krim krym*; @chechnya tchetch* tschetsch* chechen*; @westernsahara sahraou* sahar*
saharau*; @sicily sicil* sizil*; @lombardy lombard*; @andalusia andalu*; @brittany breton*
bretagn*; @greenland gronl* gronland*; @lapland sami samis* saami; @balkans balkan* balkans*;
@baltic balti* baltic*; @nordic nordic* nordi* pohjoism* scandin* skandin*; @caucasus caucas*
kaukas* кавказ*; @mediterranean mediterr* mittelmeer* mediterran* akdeniz middelhav*; @maghreb
maghreb* magreb*; @gulf gulf* khalij* خليج golfe golfo; @caribbean caribb* caraib* carib* karib*;
@pacific pacific* pazifik* pacifico*; @andes andin* andean*; @amazon amazon*; arab arab* عربي
عربية العرب; @vienna wien wiens vienna vienne viena becs viden wenen wiener вена; @berlin berlin*;
@munich munchen* munich* munchner*; @cologne koln* cologne* koeln*; @hamburg hambur*; @frankfurt
frankf*; @nuremberg nurnb* nuremb*; @geneva genev* genf* ginevr* ginebr*; @zurich zuric* zurig*
zuerich; @bern bern berne berna; @basel basel*; @brussels bruss* bruxel* brusel* brysse* brukse*;
@antwerp antwerp* anvers* amberes; @ghent gent gand gante; @leuven leuven* louvain* lovain*;
@bruges brugge bruges brujas; @liege liege luik luttich lieja; @paris paris* parij*; @lyon lyon*
lione; @marseille marsei* marsel*; @strasbourg strasb* strassb* estrasb*; @london london* londr*
londen*; @edinburgh edinb* edimb*; @dublin dublin*; @hague hague haag haye haya aia; @amsterdam
amsterd*; @copenhagen kobenh* copenh* kopenh* copenag* kopenhag* kodan* hafnia; @stockholm stockh*
estocol* sztokh*; @gothenburg goteb* gothenb*; @oslo oslo; @turku turku abo; @tampere tampere;
@helsinki helsin* helsing* khelsin* гельсин* хелзин* helsink*; @warsaw warsz* warsaw* warsch*
varsov* varsav* варш*; @krakow krakow* cracow* cracov* krakau*; @gdansk gdansk* danzig*; @wroclaw
wrocl* breslau*; @prague praha prag* pragu* prah* praz* praga; @brno brno brunn; @bratislava
bratisl*; @budapest budap*; @bucharest bucur* buchar* bukar* bucar*; @sofia sofia софия; @belgrade
belgrade beogr* belgr* београд*; @zagreb zagreb*; @sarajevo saraj*; @ljubljana ljublj* lubian*
laibach*; @skopje skopj*; @tirana tiran*; @athens athen* athin* atenas; @thessaloniki thessal*
salonic* salonik*; @rome rome rzym; @milan milan* mailand*; @florence firenz* floren* florenz*;
@naples napol* neapel* naples*; @turin torino* turin*; @venice venic* venedig* venise*; @genoa
genov* genoa*; @padua padov* padua*; @madrid madrid*; @barcelona barcel*; @seville sevill* sevil*;
@lisbon lisbo* lissab* lisbonn*; @porto porto oporto; @moscow moskv* moscow* moskau* moscu moscou
moskow* москов*; @petersburg petersb* peterb*; @kyiv kyiv kiev kiew kyjiv kijow київ*; @kharkiv
kharkiv* kharkov* charkiv* харьк*; @lviv lviv lvov lwow lemberg* льв*; @odesa odesa odessa* одес*;
@minsk minsk*; @tbilisi tbilis* tiflis*; @yerevan yerev* erevan* eriwan*; @baku baku bakou;
@vilnius vilni* wilno wilna; @riga riga riika rigas; @tallinn tallin*; @istanbul istanb*
estambul*; @ankara ankara*; @izmir izmir* smyrna*; @cairo cairo kairo caire القاهرة qahir*;
@alexandria alexand* aleks*; @damascus damasc* damask* damas دمشق; @beirut beirut* beyrout*
bayrut* بيروت; @jerusalem jerus* yerush* القدس quds; @gaza gaza غزة gazze; @algiers algiers*;
@tripoli tripol*; @baghdad baghd* bagdad*; @tehran tehran* teheran*; @havana habana havana*;
@bogota bogot*; @lima lima; @santiago santiago*; @tokyo tokyo* tokio 東京; @osaka osaka* 大阪;
@kyoto kyoto 京都; @beijing beijing* peking* pekin*; @shanghai shangh* 上海; @seoul seoul*; @busan
busan; @taipei taipei* 台北; @delhi delhi* dilli; @mumbai mumbai* bombay*; @kolkata kolkat*
calcut*; @yangon yangon* rangoon*; @jakarta jakart*; @nairobi nairob*; @capetown kaapst*
"""
