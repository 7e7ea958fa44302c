"""Countries as they are written in brackets after a name, in the languages of most letters.

The names are those of Unicode's CLDR in English, Spanish, French, Portuguese and German, each
country's own, and what people write besides; Arabic, Chinese and Russian ones have a table of
their own.
"""

from functools import lru_cache

from bot.names.countries_in_scripts import TABLE as _IN_SCRIPTS
from bot.names.folding import fold, unaccented, words

# A code and its names, letters only; a semicolon ends each country.
_TABLE = """
ad andorra andorre; ae unitedarabemirates emiratosarabesunidos emiratsarabesunis
emiradosarabesunidos vereinigtearabischeemirate uae; af afghanistan afganistan afeganistao; ag
antiguaandbarbuda antiguaybarbuda antiguaetbarbuda antiguaebarbuda antiguaundbarbuda; al albania
albanie albanien shqiperi; am armenia armenie armenien; ao angola; aq antarctica antartida
antarctique antarktis; ar argentina argentine argentinien; at austria autriche osterreich; au
australia australie australien; az azerbaijan azerbaiyan azerbaidjan azerbaijao aserbaidschan;
ba bosniaandherzegovina bosniayherzegovina bosnieherzegovine bosniaeherzegovina
bosnienundherzegowina bosnia bosniaherzegovina; bb barbados barbade; bd bangladesh banglades
bangladesch; be belgium belgica belgique belgien belgie; bf burkinafaso burquinafaso; bg
bulgaria bulgarie bulgarien blgariya; bh bahrain barein bahrein; bi burundi; bj benin; bn brunei
bruneidarussalam; bo bolivia bolivie bolivien; br brazil brasil bresil brasilien; bs bahamas
thebahamas; bt bhutan butan bhoutan butao; bw botswana botsuana; by belarus bielorrusia
bielorussie bielorrussia; bz belize belice; ca canada kanada; cd congokinshasa
republicademocraticadelcongo kongokinshasa drc drcongo democraticrepublicofcongo
democraticrepublicofthecongo rdc congodrc; cf centralafricanrepublic republicacentroafricana
republiquecentrafricaine zentralafrikanischerepublik; cg congobrazzaville congo republicadocongo
kongobrazzaville republicofcongo republicofthecongo; ch switzerland suiza suisse suica schweiz
svizzera; ci cotedivoire costadomarfim ivorycoast; cl chile chili; cm cameroon camerun cameroun
camaroes kamerun; cn china chine; co colombia colombie kolumbien; cr costarica; cu cuba kuba; cv
capeverde caboverde capvert; cy cyprus chipre chypre zypern; cz czechia chequia tchequie
tchequia tschechien cesko czechrepublic republicacheca republiquetcheque; de germany alemania
allemagne alemanha deutschland; dj djibouti yibuti djibuti dschibuti; dk denmark dinamarca
danemark danmark; dm dominica dominique; do dominicanrepublic republicadominicana
republiquedominicaine dominikanischerepublik; dz algeria argelia algerie algerien; ec ecuador
equateur equador; ee estonia estonie estland eesti; eg egypt egipto egypte egito agypten; er
eritrea erythree eritreia; es spain espana espagne espanha spanien; et ethiopia etiopia ethiopie
athiopien; fi finland finlandia finlande finnland suomi; fj fiji fiyi fidji fidschi; fm
micronesia micronesie mikronesien; fr france francia franca frankreich; ga gabon gabao gabun; gb
unitedkingdom reinounido royaumeuni vereinigteskonigreich uk gb greatbritain grossbritannien; gd
grenada granada grenade; ge georgia georgie georgien; gh ghana gana; gl greenland groenlandia
groenland gronland; gm gambia gambie thegambia; gn guinea guinee guine; gq equatorialguinea
guineaecuatorial guineeequatoriale guineequatorial aquatorialguinea; gr greece grecia grece
griechenland ellada; gt guatemala; gw guineabissau guineabisau guineebissau guinebissau; gy
guyana guiana; hk hongkongsarchina raedehongkongchina raschinoisedehongkong hongkongraedachina
sonderverwaltungsregionhongkong hongkong; hn honduras; hr croatia croacia croatie kroatien
hrvatska; ht haiti; hu hungary hungria hongrie ungarn magyarorszag; id indonesia indonesie
indonesien; ie ireland irlanda irlande irland; il israel; in india inde indien; iq iraq irak
iraque; ir iran ira; is iceland islandia islande island; it italy italia italie italien; jm
jamaica jamaique jamaika; jo jordan jordania jordanie jordanien; jp japan japon japao; ke kenya
kenia quenia; kg kyrgyzstan kirguistan kirghizstan quirguistao kirgisistan; kh cambodia camboya
cambodge camboja kambodscha; ki kiribati quiribati; km comoros comoras comores komoren; kn
stkittsandnevis sancristobalynieves saintchristopheetnieves saocristovaoenevis stkittsundnevis;
kp northkorea coreadelnorte coreedunord coreiadonorte nordkorea; kr southkorea coreadelsur
coreedusud coreiadosul sudkorea korea republicofkorea; kw kuwait koweit; kz kazakhstan
kazajistan cazaquistao kasachstan; la laos; lb lebanon libano liban libanon; lc stlucia
santalucia saintelucie; li liechtenstein; lk srilanka; lr liberia; ls lesotho lesoto; lt
lithuania lituania lituanie litauen lietuva; lu luxembourg luxemburgo luxemburg; lv latvia
letonia lettonie lettland latvija; ly libya libia libye libyen; ma morocco marruecos maroc
marrocos marokko; mc monaco; md moldova moldavia moldavie republikmoldau; me montenegro; mg
madagascar madagaskar; mh marshallislands islasmarshall ilesmarshall ilhasmarshall
marshallinseln; mk northmacedonia macedoniadelnorte macedoinedunord macedoniadonorte
nordmazedonien macedonia; ml mali; mm myanmarburma myanmarbirmania myanmarbirmanie
mianmarbirmania myanmar burma; mn mongolia mongolie mongolei; mo macaosarchina raedemacaochina
raschinoisedemacao macauraedachina sonderverwaltungsregionmacau macau macao; mr mauritania
mauritanie mauretanien; mt malta malte; mu mauritius mauricio maurice; mv maldives maldivas
malediven; mw malawi malaui; mx mexico mexique mexiko; my malaysia malasia malaisie; mz
mozambique mocambique mosambik; na namibia namibie; ne niger; ng nigeria; ni nicaragua; nl
netherlands paisesbajos paysbas paisesbaixos niederlande nederland thenetherlands holland; no
norway noruega norvege norwegen norge; np nepal; nr nauru; nz newzealand nuevazelanda
nouvellezelande novazelandia neuseeland; om oman oma; pa panama; pe peru perou; pg
papuanewguinea papuanuevaguinea papouasienouvelleguinee papuanovaguine papuaneuguinea; ph
philippines filipinas philippinen thephilippines; pk pakistan paquistao; pl poland polonia
pologne polen polska; pr puertorico portorico; ps palestinianterritories territoriospalestinos
territoirespalestiniens palastinensischeautonomiegebiete palestine palestina; pt portugal; pw
palau palaos; py paraguay paraguai; qa qatar catar katar; ro romania rumania roumanie romenia
rumanien; rs serbia serbie servia serbien srbija; ru russia rusia russie russland rossiya
russianfederation; rw rwanda ruanda; sa saudiarabia arabiasaudi arabiesaoudite arabiasaudita
saudiarabien; sb solomonislands islassalomon ilessalomon ilhassalomao salomonen; sc seychelles
seicheles seychellen; sd sudan soudan sudao; se sweden suecia suede schweden sverige; sg
singapore singapur singapour singapura; si slovenia eslovenia slovenie slowenien slovenija; sk
slovakia eslovaquia slovaquie slowakei slovensko; sl sierraleone sierraleona serraleoa; sm
sanmarino saintmarin; sn senegal; so somalia somalie; sr suriname surinam; ss southsudan
sudandelsur soudandusud sudaodosul sudsudan; st saotomeandprincipe santotomeyprincipe
saotomeetprincipe saotomeeprincipe saotomeundprincipe; sv elsalvador salvador; sy syria siria
syrie syrien; sz eswatini esuatini essuatini swaziland; td chad tchad chade tschad; tg togo; th
thailand tailandia thailande; tj tajikistan tayikistan tadjikistan tadjiquistao tadschikistan;
tl timorleste timororiental easttimor; tm turkmenistan turcomenistao; tn tunisia tunez tunisie
tunesien; to tonga; tr turkiye turquia turquie turkei turkey; tt trinidadandtobago
trinidadytobago triniteettobago trinidadetobago trinidadundtobago; tv tuvalu; tw taiwan; tz
tanzania tanzanie tansania; ua ukraine ucrania ukraina; ug uganda ouganda; us unitedstates
estadosunidos etatsunis vereinigtestaaten us usa unitedstatesofamerica eeuu
estadosunidosdeamerica; uy uruguay uruguai; uz uzbekistan ouzbekistan uzbequistao usbekistan; va
vaticancity ciudaddelvaticano etatdelaciteduvatican cidadedovaticano vatikanstadt; vc
stvincentandgrenadines sanvicenteylasgranadinas saintvincentetlesgrenadines
saovicenteegranadinas stvincentunddiegrenadinen; ve venezuela; vn vietnam vietna; vu vanuatu; ws
samoa; xk kosovo; ye yemen iemen jemen; za southafrica sudafrica afriquedusud africadosul
sudafrika rsa; zm zambia zambie sambia; zw zimbabwe zimbabue simbabwe
"""

_CODES = {
    name: code for code, *names in (entry.split() for entry in _TABLE.split(";")) for name in names
}
_NAMES_IN_SCRIPTS = {
    name: code
    for code, *names in (entry.split() for entry in _IN_SCRIPTS.split(";"))
    for name in names
}
# Cyrillic is transliterated word by word, so that its names are found before and after that.
_CODES_IN_SCRIPTS = _NAMES_IN_SCRIPTS | {
    "".join(words(fold(name).replace("'", ""))): code
    for name, code in _NAMES_IN_SCRIPTS.items()
    if "\u0400" <= name[0] <= "\u04ff"
}


@lru_cache(maxsize=8192)
def country_code(text: str) -> str | None:
    """Return the country that a text names and nothing else, as its two-letter code in lower case."""
    spelt = words(fold(text).replace("'", "").replace("&", " and "))
    return (
        _CODES.get("".join(spelt))
        or _CODES.get("".join(spelt[1:] if spelt[:1] == ["the"] else ()))
        or _CODES_IN_SCRIPTS.get("".join(spelt) if text.isascii() else _letters(text))
    )


def _letters(text: str) -> str:
    """Return the letters of a text in its own script, as the table of other scripts has them."""
    return "".join(sign for sign in unaccented(text).casefold() if sign.isalnum())


def country_of_field(text: str) -> str | None:
    """Return the country that a field for one names; unlike in brackets, "DE" is Germany there."""
    code = text.strip().lower()
    return country_code(text) or (code if code in _CODES.values() else None)
