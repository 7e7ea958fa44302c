"""Given names, and Chinese and Korean family names, that tell a person from an organisation.

Common ones of many regions, from general knowledge; a name that is missing only weighs less.
"""

from bot.documents.pasted.spelling import spelt

_LATIN = """
aaron abby ada abdul abdullah abel abena abigail abraham adam adama adebayo adele adeline adia aditi aditya
adrian adriana adrien agata agatha agnes agnieszka agustin ahmad ahmed ahmet aicha aida aidan aileen aimee
aino aisha aissatou ajay akiko akin akira akosua alain alan alana alba albert alberto alec aleksandar
aleksander aleksandr aleksandra aleksei alejandra alejandro alena alessandra alessandro alex alexander
alexandra alexandre alexandria alexei alexey alexis alfonso alfred alfredo ali alice alicia alina alison
alistair allan allen allison alma alonso alphonse alvaro alyssa amal amalia amanda amani amara amaya amber
amelia amelie amina aminata amine amir amira amit amma amos amy ana anabel anais anastasia anatoly ander anders
andre andrea andreas andreea andrei andres andrew andrey andrzej andy anette angel angela angelica angelina
angelo angus anika anil anisa anita anja anjali ann anna annabel anne annelise annette annie annika anouk
ansel anselm anthony antje antoine anton antonia antonio anya april arash archana ariadna ariana ariel arjun
arlene armando arnaud arne arnold aron arthur artur arturo arun asa asad asha asher ashley ashok asif asma
astrid atsuko aubrey audrey august augusta augustin augusto augustine aurelia aurelie aurelien aurora austin
ava avery avi awa axel ayana aya ayesha aylin ayse azadeh aziz aziza babak babatunde baptiste barack barbara
bart bartosz bashir basil bastien beata beatrice beatrix beatriz becky belen belinda ben benedetta benedict
benedikt benedito benjamin benoit bernadette bernard bernardo bernd bert berta bertha bertrand bessie beth
betsy betty beverly bianca bilal bill billy bjorn blanca blessing bob bogdan boris bosco bouchra brad brandon
brenda brendan brett brian bridget brigitte bronwyn bruce bruno bryan caitlin caleb callum calvin cameron
camila camilla camille candice capucine cara carina carl carla carlo carlos carlota carmen carol carole
carolina caroline carolyn carsten casey casper cassandra catalina catarina caterina catherine cathy cecile
cecilia celeste celia celine cesar chad chantal charlene charles charlie charlotte chelsea cheng chiara
chidi chika chinedu chinwe chioma chloe chris christa christian christiane christina christine christophe
christopher chukwuma cindy claire clara clarence clarissa claude claudia claudio claus clement clementine clive
colette colin colleen conor conrad constance constantin consuelo cora cordelia corinna corinne cornelia
cornelius cosima craig cristian cristiano cristina crystal curtis cynthia cyril cory carmela anriette katitza mallory meredith nighat edison fanny whitfield bart daan dagmar daisuke daisy dalia
damian damien damilola dan dana daniel daniela daniele danielle danilo danny dante daphne daria dariusz darko
darren dave david davide dawn dean deborah debra deepa deepak delia delphine demetrius denis denise dennis
derek desmond diana diane didier diego dieter dilip dimitri dimitrios dimitris dina dinah dirk djamila dmitri
dmitry dolores dominic dominik dominika dominique don donald donna dora doreen dorian doris dorothea dorothy
douglas duc duncan dusan dylan eamon ebba ebony eddie edgar edith edmond edmund edna eduard eduardo edward
edwige edwin efua egon eileen einar ekaterina ela elaine elbert eleanor elena eleni eleonora eli elia elias elif
elina elinor elisa elisabeth elise elissa eliza elizabeth ella ellen elliot eloise elsa elsie elvira emanuel
emanuela emeka emil emile emilia emilie emiliano emilio emily emine emma emmanuel emmanuelle emre enrico enrique
ephraim eric erica erich erik erika erin ernest ernesto ernst erwin esmeralda espen esperanza esteban estelle
ester esther ethan etienne eugene eugenia eugenie eun eunice eva evan evangelia eve evelyn evgeny ewa ezekiel
ezra fabian fabien fabienne fabio fabiola fabrice fadi faisal faith fannie fanny fareed farah farid farida
farouk fatima fatimah fatou fatoumata federica federico felicia felicity felipe felix ferdinand fergus fernanda
fernando fiona flavia flavio flora florence florent florian folake fouad frances francesca francesco francine
francis francisca francisco franco francois francoise frank frankie franz franziska fred frederic frederica
frederick frederik frida friedrich fumiko gabriel gabriela gabriele gabriella gabrielle gael gaelle gail galina
gareth gary gaspard gaston gavin gemma genevieve geoffrey george georg georges georgia georgina gerald
geraldine gerard gerardo gerhard gertrude ghassan giacomo gianluca gilbert gilles gillian gina ginevra giorgia
giorgio giovanna giovanni gisela gisele giulia giuliana giulio giuseppe gladys glen glenda glenn gloria godfrey
gonzalo gordon grace graca graham grant greg gregor gregoire gregory greta gretchen grigory guadalupe gudrun
guido guilherme guillaume guillermo gunnar gunther gustav gustavo guy gwen gwendolyn habib hadi hafsa hakan hala
halima halldor hamid hamza hana hanna hannah hannes hans harald haris harold harriet harris harry harsh haruka
haruki harvey hasan hassan hayley hazel heather hector hedda heidi heiko heinrich heinz helen helena helene
helga hendrik henri henrietta henrik henrique henry herbert heriberto herman hermann hernan hiba hilary hilda
hippolyte hiroshi hoda hope horacio horst howard hubert huda hugh hugo humberto hussein ian ibrahim ibtissam
ida idris ifeoma ignacio igor ikram ilaria ilse imani imelda imran ina ines inga inge ingeborg ingrid inigo
irena irene irina iris irma irving isaac isabel isabella isabelle isadora ishmael isidora ismael ismail israel
istvan ivan ivana ivo ivonne iwan iyad jack jackie jackson jacob jacopo jacqueline jacques jade jaime jakob
jakub jamal james jamie jamila jan jana jane janet janice janine jared jarek jasmin jasmine jason jasper javier
jay jayden jaya jean jeanette jeanne jeff jeffrey jelena jenna jennifer jenny jens jeremiah jeremy jerome jerry
jesper jesse jessica jessie jesus jill jim jimena jimmy jing jiri joachim joan joana joanna joanne joao joaquim
joaquin jocelyn jochen jodi joe joel joelle joerg johan johann johanna johannes john johnny jolanta jon jonah
jonas jonathan jordan jordi jorg jorge jose josefa josefina josep joseph josephine josette josh joshua josiah
josie josue joy joyce juan juana juanita judith judy juergen jules julia julian juliana juliane julie julien
juliet juliette julio julius june jung junko jurgen justin justine justyna kabir kaden kai kaisa kalpana kamal
kamau kamila kamran karel karen karim karima karin karina karl karla karolina karoline kasia katarina katarzyna
kate katerina katharina katherine kathleen kathrin kathryn kathy katia katie katja katrin katrina katya kavita
kay kayla keiko keith kelly kelvin ken kenji kenneth kenny kenza kerry kerstin kevin khadija khadijah khaled
khalid khanh kim kimberly kirsten kirsty kjell klaus klara koffi kofi konrad konstantin konstantinos kostas
krishna kris kristen kristian kristin kristina krystyna krzysztof kumar kurt kwabena kwame kyle kylie laila
lakshmi lamia lara larissa larry lars latifa laura laure lauren laurence laurent lauri laurie lavinia lawrence
lea leah leandro leda lee leif leila lena lenka leo leon leona leonard leonardo leonie leonor leonora leopold
leroy leslie leticia lev levi lewis leyla liam lidia liese liesbeth lila lilia lilian liliana lilly lily lin lina
linda lindsay lionel lisa lise lisbeth lluis lloyd lola lorena lorenz lorenzo loretta lorraine lottie lou louis
louisa louise lourdes luc luca lucas lucia lucian luciana luciano lucie lucien lucille lucinda lucy ludmila
ludovic ludwig luigi luis luisa luiz luka lukas lukasz luke luna luz lydia lyn lynn maarten mabel maciej madeleine
madeline madison maelle maelys magda magdalena maggie magnus mahmoud mahmud maia mai maia malala malcolm malika
malik mamadou manfred manon manoj manuel manuela mara marc marcel marcela marcello marcelo marcia marcin marco
marcos marcus marek margaret margarida margarita margaux margherita margit margot marguerite maria mariah mariam
mariama marian mariana marianne mariano marie mariella marielle marija marika marilyn marina mario marion marisa
marisol marissa marit marjorie mark marko markus marlene marlies marta martha martin martina martine martyna
marvin mary maryam masha masood massimo mateo mateus mateusz mathew mathias mathieu mathilde mathurin matilda
matilde matt matteo matthew matthias matthieu maud maura maureen maurice mauricio mauro max maxim maxime
maximilian maya mbali medhi megan mehdi mehmet mehta mei meera meike meir melanie melinda melissa melody mercedes
meredith mette mia micaela michael michaela michal michel michele micheline michelle michiel miguel mihai mika
mikael mike mikhail mila milan milena milica millie milton mina mina ming minh mira miranda mireille mirella
miriam mirjam miroslav mitchell moana modou mohamed mohammad mohammed mohan moira moises mona monica monika
monique morgan moritz moses moussa mridula muhammad mulugeta munir muriel musa mustafa myriam myrtle nabil nadege
nadia nadim nadine nadja nafisa naima najib nana nancy naomi narendra naresh nasir nasser natacha natalia natalie
natalya natasha nathalie nathan nathaniel nathan nayla neal ned neha neil nelly nelson nestor ngozi nguyen niamh
nicholas nick nicky nicola nicolas nicole nicoletta niels nigel nihal niklas niko nikita nikola nikolai nikolaj
nikolaos nikolaus nikos nils nina nisha nnamdi noah noam noel noelia noemi noor nora norah norbert noriko norma
norman nour noura nuno nur nuria obinna octavia octavio odette odile odysseas ola olaf olav olena olga olive oliver
olivia olivier olu oluwaseun omar oona ophelia orla orlando oscar oskar osman osric osvaldo oswald otilia otto
ottoline pablo pascal pascale patience patricia patricio patrick patrizia patrycja paul paula paulina pauline
paulo pavel pawel paz pearl pedro peggy penelope penny per percy perla peter petr petra petros phil philip
philippa philippe phillip phoebe phuong pia pierre pierrick pieter pilar piotr polina polly pooja prakash
pranav prashant precious preethi priscilla priya priyanka quentin quinn rachel rachid radek radha rafael rafal
rafaela raghav rahel rahul rainer raj raja rajesh rajiv ralf ralph rama ramesh rami ramon ramona rana randy rania
raoul raphael raquel rasha rashid rasmus raul ravi ray raymond rayna reba rebecca regina reginald regine reiner
reinhard remi rena renata renate rene renee reza rhea rhoda rhys ricardo riccardo richard rick rita robert roberta
roberto robin rocio rodney rodolfo rodrigo roger rogerio rohan rohini roland rolf romain roman romana romina romy
ron ronald rosa rosalia rosalie rosalind rosana rosario rose roseline rosemary rosie ross rowan roxana roy
ruben ruby rudi rudolf rui rupert russell ruslan ruth ryan saad saana sabina sabine sabrina sadia safia sahar said
saida sakura salah salem salim sally salma salome salvador salvatore sam samantha sami samia samir samira samuel
sana sandeep sander sandra sandrine sandy sanjay santiago sanna sara sarah sasha saskia satoshi scott sean sebastian
sebastiao sebastien selim selma serena serge sergei sergey sergio seth seung severine shafiq shalini shamim shane
shannon sharon shaun sheila shelby shelly shirin shirley shreya sibusiso sibylle siddharth sidney siegfried
sienna sigrid silas silke silvana silvia silvio simon simona simone sinead siobhan siri slavica slawomir sofia
sofie soledad solene solomon solveig sonia sonja sonya sophia sophie soraya soren spencer stacy stan stanislav
stanislaw stefan stefania stefano stella stephan stephanie stephen sten steve steven stewart stuart sue suki
suleiman sultana sumaya sumit sunil sunita susan susana susanna susanne susie suzanne svein sven svenja svetlana
swati sybil sylvain sylvia sylvie sylwia szymon tabitha tadeusz tahir taisiya takashi talia tamar tamara tamsin
tania tanya tara tarek tariq tatiana tatyana taylor ted teemu temitope teodor teresa terence terry tess tessa
thabo thandi thandiwe thea thelma theo theodor theodora theodore theresa therese thi thiago thibault thierry
thomas thorsten tiago tiffany tilda tim timo timothy timur tina tobias todd tom tomas tomasz tommaso tommy toni tony
toomas torben tor-erik torsten toshiko tracey tracy trang trevor trine tristan troy trudy tuan ubaldo ulf uli
ulla ulrich ulrike umar umberto ursula usha ute uwe vaclav vadim valentin valentina valentine valeria valerie
valery vanessa vasco vasily vera verena verity vernon veronica veronika veronique vesna vicente victor victoria
vidya vijay vikram viktor viktoria vilma vincent vincenzo viola violet violeta violette virginia virginie vishal
vivek vivian viviana vivienne vlad vladimir vladislav volker walid wallace walter wambui wanda wangari wanja
wanjiru wanjiku warren wayne wei wendy wenche werner wilfred wilhelm willem william willow wilma winifred winnie
winston wojciech wolfgang xavier xenia ximena xiao yael yahya yakov yan yana yang yannick yara yasmin yasmina
yasmine yasser yassine yen ying yolanda yoko yosef yoshiko youssef yuan yuki yulia yuri yusuf yvan yves yvette yvonne
zach zachary zahra zainab zara zehra zeina zeinab zelda zeynep zhanna zineb zita zoe zofia zoltan zora zsofia zuzana
"""
_CYRILLIC = """
александр александра алексей алена алёна алина алла анастасия анатолий андрей анна антон антонина аркадий
арсений артем артём борис вадим валентин валентина валерий валерия варвара василий вера вероника виктор
виктория виталий владимир владислав всеволод вячеслав галина геннадий георгий глеб григорий дарья денис
дмитрий ева евгений евгения егор екатерина елена елизавета жанна заур зинаида зоя иван игорь илья инна ирина
карина кирилл клавдия константин ксения лариса лев леонид лидия лилия людмила любовь маргарита марина мария марк
матвей михаил надежда наталия наталья никита николай нина оксана олег олеся ольга павел петр пётр полина
равиль раиса рамиль ринат роман ростислав руслан рустам светлана святослав семен семён сергей софья станислав
степан тамара татьяна тимофей тимур ульяна федор фёдор фарид эдуард эльвира эмма юлия юрий яков яна ярослав
айгуль айнур алия арман асель бахыт гульнара динара ерлан нурлан санжар тарас олена оксана богдан микола
арам армен гаянэ давид ани нино георги тамар леван
"""
_ARABIC = """
محمد احمد محمود مصطفي علي حسن حسين خالد عمر عثمان ابراهيم اسماعيل يوسف يعقوب موسي عيسي داود سليمان هارون يحيي زكريا
ادم نوح صالح طارق طلال ماجد ماهر مازن مالك مروان منذر منصور مهند ناصر نادر نبيل نزار نضال هاني هشام وائل وليد ياسر
ياسين يزن زياد زيد سامر سامي سعد سعيد سلمان سمير شادي صلاح طه عادل عامر عباس عبدالله عبدالرحمن عبد عدنان عصام علاء عماد
عمار غسان فادي فارس فهد فواد فيصل قاسم كريم كمال لوي مجد بدر بشار بلال تامر جابر جمال جلال حاتم حازم حامد حمزه حيدر
خليل رامي راشد رشيد رضا رفيق رياض انس ايمن ايهاب ايوب باسل باسم اسامه اسعد اشرف اكرم امجد امين انور
فاطمه عائشه خديجه مريم زينب سلمي سلوي ليلي لينا لمي لمياء ليان نور نورا نوره هدي هند هناء هبه هاله وفاء ياسمين يسرا زهراء
سارا ساره سعاد سميه سمر سناء سوسن شيماء شهد صفاء ضحي عبير عزيزه علا غاده فدوي فرح كوثر لبني مني منال مها مي ميساء
نادين ناديه نجلاء نجوي نهي نوال ريم رنا رنيم رشا رحاب رانيا رباب دعاء دينا داليا دلال حنان حياه جميله جيهان بسمه بشري
بثينه اسماء اسراء امال امل امنه اميره انتصار ايات ايمان الاء ابتسام رجاء رغد روان
"""
_CHINESE_FAMILIES = frozenset(
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林罗羅高郑鄭梁谢謝宋唐许許韩韓邓鄧冯馮曹彭曾肖萧蕭田董袁潘于蒋蔣蔡余"
    "杜叶葉程苏蘇魏吕呂丁任卢盧姚沈钟鍾姜崔谭譚陆陸范汪廖石金韦韋贾賈夏付傅方邹鄒熊白孟秦邱江尹薛闫閻段雷侯龙龍史陶黎贺賀顾顧毛郝"
    "龚龔邵万萬钱錢严嚴覃武戴莫孔向汤湯温溫康施文牛樊葛邢安齐齊易乔喬伍庞龐颜顏倪庄莊聂聶章鲁魯岳翟殷詹申欧歐耿关關兰蘭焦俞左柳甘祝包宁"
    "寧尚符舒阮柯纪紀梅童凌毕畢单單季裴霍涂成苗谷盛曲翁冉骆駱蓝藍路游辛靳管柴蒙鲍鮑华華喻祁蒲房滕屈饶饒解牟艾尤阳陽时時穆农農司卓古吉缪"
    "车車项項连連芦麦麥褚云雲查强強权權簡简官賴赖苑敖娄婁窦竇戚岑党宫宮费費卜冷晏席卫衛柏宗瞿桂全佟应應闵閔"
)
_CHINESE_DOUBLE_FAMILIES = ("欧阳", "歐陽", "司马", "司馬", "上官", "诸葛", "諸葛", "东方", "東方", "皇甫", "尉迟", "公孙",
    "慕容", "令狐", "司徒", "夏侯", "南宫")  # fmt: skip
_KOREAN_FAMILIES = frozenset(
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진나지엄채원천방공현함변염여추도소석선설마길"
)
_KNOWN = frozenset(_LATIN.split()) | {spelt(name) for name in _CYRILLIC.split()}
_KNOWN_ARABIC = frozenset(_ARABIC.split())


def is_given_name(word: str) -> bool:
    """Return whether a word in Latin or Cyrillic letters is a common given name."""
    first, *_ = spelt(word.partition("-")[0]).split() or [""]
    return first in _KNOWN


def is_arabic_given_name(word: str) -> bool:
    """Return whether an Arabic word, as `unaccented` leaves it, is a common given name."""
    return word in _KNOWN_ARABIC


def is_chinese_person(text: str) -> bool:
    """Return whether a text is two to four Han signs, the first of them a family name."""
    if not 2 <= len(text) <= 4 or not all("\u3400" <= sign <= "\u9fff" for sign in text):
        return False
    if text.startswith(_CHINESE_DOUBLE_FAMILIES):
        return len(text) > 2
    return text[0] in _CHINESE_FAMILIES and len(text) < 4


def is_korean_person(text: str) -> bool:
    """Return whether a text is two to four Hangul signs, the first of them a family name."""
    hangul = all("\uac00" <= sign <= "\ud7a3" for sign in text)
    return 2 <= len(text) <= 4 and hangul and text[0] in _KOREAN_FAMILIES
