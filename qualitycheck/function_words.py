"""Function words of languages in Latin letters: the short, frequent words that a text of a language is full of.

What two languages share is listed for both, so that a word of one list alone is a sign of its language. Of English only
words are listed that no other language has; what else of the others' words an English text may hold stands apart.
"""

from __future__ import annotations

FUNCTION_WORDS = {
    "en": """the and that this with which from not they their there would could should what when who she you your its
        it than then these those about into only other some any our how because if while after before between
        through were""",
    "de": """der das und ist nicht von mit sich auf für ein eine einen einem einer des dem den zu zum zur im auch wie
        oder aber wenn nach bei aus sind wird werden wurde wurden hatte haben ich wir sie es er ihr dass daß nur
        über durch vor bis kann mehr diese dieser dieses schon sein seine noch keine uns doch hier unter
        zwischen die in an am war hat man so was als""",
    "fr": """le la les des du de et est une un dans que qui pour pas sur avec ce cette ces au aux par il elle nous
        vous ils elles ne se sont être été était mais ou où leur leurs son sa ses plus comme tout tous même
        aussi dont sans entre fait avait ont c'est n'est qu'il d'une d'un a on en y""",
    "es": """el la los las de del y en que un una por con para no se es su sus al lo como más pero ha este esta esto
        son entre cuando muy sin sobre también hasta hay donde quien desde todo todos nos durante uno les ni
        contra ese eso ante ellos fue era había ser están a me""",
    "it": """il lo la gli le di del della dei delle degli e è che un una uno per con non si da dal dalla nel nella
        nei al alla ai sono come più ma anche questo questa quello essere stato ha hanno suo sua loro quando
        dove chi tra fra anno solo dopo senza molto perché era in a i""",
    "pt": """o os as de do da dos das e em no na nos nas que um uma por com para não se é ao à aos seu sua seus suas
        mais mas como foi ser são está também pelo pela até isso ela ele eles entre quando muito já sem sobre
        depois mesmo ou tem a""",
    "nl": """de het een van en dat niet op te met voor zijn er aan maar om ook als dan bij uit naar nog wel werd
        worden wordt heeft hebben hij zij ze wij ik je deze dit die geen kan meer over door tot haar hun wat zou
        moet onder tussen na is in was had of""",
    "sv": """och att det en ett som är på av för med den inte till om jag har de han hon vi du sig men var från så
        kan när nu ska eller mot hade där efter bara mycket här än också alla utan blev denna detta dessa mellan
        under i""",
    "da": """og at det en et som er på af for med den ikke til om jeg har de han hun vi du sig men var fra så kan når
        nu skal eller mod havde hvor efter kun meget her end også alle uden blev denne dette disse mellem i""",
    "no": """og at det en et som er på av for med den ikke til om jeg har de han hun vi du seg men var fra så kan når
        nå skal eller mot hadde hvor etter bare mye her enn også alle uten ble denne dette disse mellom i""",
    "fi": """ja on ei että se oli hän mutta kun niin ovat olla myös tai sen joka mitä ole sitä hänen ollut jos vain
        kuin jo vielä siitä tämä tämän kanssa mukaan ennen jälkeen sekä""",
    "pl": """i w z na nie się że do to jest jak o po ale od za co przez tym tego dla był była były jego jej ich są
        tak czy już tylko może oraz które który która przed między pod bardzo jako także a""",
    "cs": """a v na je se že s z do to jako o k ale by si jsem pro který která které od za po jsou byl byla bylo nebo
        tak jeho její ještě jen už při také aby když než mezi pod před ani bude budou nemá má tento tato toto
        tom tomto všechny kde""",
    "ro": """și în de la cu nu pe din că este un o care pentru mai sunt să se ce ca fost dar sau lor lui ei după
        între prin despre foarte când această acest numai până fără""",
    "hu": """a az és hogy nem is egy van meg ez csak volt de ha már mint azt még vagy aki ami ezt mert lehet nagyon
        kell után között alatt minden amikor szerint pedig""",
    "tr": """ve bir bu da de için ile olarak çok daha gibi olan ne var kadar sonra ama değil en her ki mi oldu olduğu
        veya ise tarafından göre arasında şey ben sen biz onun önce""",
    "id": """yang dan di dengan untuk dari ini itu pada tidak dalam akan adalah ke juga oleh sebagai atau telah bisa
        karena ada mereka saya kami kita lebih sudah seperti tersebut dapat antara setelah harus""",
    "vi": """và của là có không được cho các những một trong với đã người này để khi đến từ cũng như ra lại về nhưng
        vào sẽ rất còn tại nhiều sau phải""",
    "ca": """el la els les de del i en que un una per amb no és es al als com més però ha aquest aquesta són entre
        quan sense sobre també fins on seva seu seus dels ser han va a""",
}

#: Words of other languages' lists that are English too.
ALSO_ENGLISH = """of to is was are been has have had for will his her be by at as can may my we a an i in on he me him
        so
    do no or up out but over under us all more most such also ben ca care co come dan die dont door e em end era im k ma
    men met non o per plus pro s sense solo son till v van w war
    hat man"""

# Languages so alike that a few sentences of one pass for another.
_KIN = (
    frozenset({"es", "pt", "gl", "ca", "an", "ext", "oc"}),
    frozenset({"da", "no", "nn", "sv", "fo"}),
    frozenset({"cs", "sk"}),
    frozenset({"id", "ms", "jv"}),
    frozenset({"de", "lb"}),
    frozenset({"nl", "af", "fy"}),
    frozenset({"fr", "wa", "oc", "gcf", "gcr"}),
    frozenset({"it", "vec", "lij"}),
    frozenset({"hr", "bs", "sr", "sl", "mk"}),
    frozenset({"zh", "yue", "wuu", "ja"}),
    frozenset({"ru", "uk", "be", "bg"}),
    frozenset({"ar", "ary", "arz", "fa", "ur"}),
    frozenset({"hi", "mr", "ne", "sa"}),
)


def kin(language: str) -> frozenset[str]:
    """The language and those too much like it to be told apart in a few sentences."""
    return frozenset({language}).union(*(group for group in _KIN if language in group))
