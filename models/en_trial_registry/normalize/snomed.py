"""Routes of administration: name, SNOMED CT code and its display, and spellings.

Codes are facts of the FHIR value set http://hl7.org/fhir/ValueSet/route-codes (concepts
below 284009009, Route of administration value, SNOMED CT International edition),
compared with its published expansion. Routes without a code have no row there.
"""

from typing import Final, NamedTuple


class Route(NamedTuple):
    """A route of administration; several concepts may share a name.

    name (str): Its name.
    snomed (Optional[str]): SNOMED CT code; None where no concept is surely the same.
    display (Optional[str]): Term of the concept.
    """

    name: str
    snomed: str | None = None
    display: str | None = None


# name | code | term | spellings (the name is one), in lower case, without points
_TABLE: Final = """
oral | 26643006 | Oral route | po, p o, p/o, orally, per os, per oral, peroral, \
perorally, by mouth, via mouth, oral route, oral administration, oral use, mouth, \
per orally, per mouth, oral intake, per ora
intravenous | 47625008 | Intravenous route | iv, i v, i/v, intravenously, \
endovenous, endovenously, intra venous, intra-venous, intravenous drip, iv drip, iv \
infusion, intravenous infusion, intravenous injection, iv injection, iv bolus, iv \
push, intravenous bolus, intravenous route, intravenous use, venous, into a vein, \
vein, veins, one of your veins, civ, civi, continuous intravenous, continuous iv, \
continuous intravenous infusion, intravenous administration, intraveneous, \
intraveneously, intravenious, iv route, a vein, into the vein, intravenous bolus \
injection, intravenously infusion, peripheral or central iv, central or peripheral \
line, central or large peripheral vein, port or cubital vein
intravenous | 419993007 | Intravenous peripheral route | peripheral vein, peripheral \
venous, peripheral intravenous, peripheral iv, peripheral intravenous infusion, \
peripheral veins, antecubital vein, cubital vein, peripheral line, peripheral venous \
catheter, peripheral iv line
intravenous | 418114005 | Intravenous central route | central line, central vein, \
central venous, central venous catheter, central venous line, central iv, central \
venous access, cvc, picc, picc line, port-a-cath, subclavian vein, subclavian \
catheter
subcutaneous | 34206005 | Subcutaneous route | sc, s c, s/c, sq, s q, subq, sub q, \
sub-q, subcut, subcutaneously, subcutan, sub cutaneous, sub-cutaneous, under the \
skin, hypodermic, hypodermically, subcutaneous injection, subcutaneous use, \
subcutaneous route, sc injection, subdermal, subcutaneusly, subcutaneous infusion, \
sub-cuteanous, subcutanous, subcutaneous administration, sub cutaneously, \
sub-cutaneously
intramuscular | 78421000 | Intramuscular route | im, i m, i/m, intramuscularly, \
intra-muscular, intra muscular, intramuscular injection, im injection, into the \
muscle, intramuscular route, intramuscular use, intramusculary
intradermal | 372464004 | Intradermal use | id, i d, intradermally, intra-dermal, \
intradermic, intracutaneous, intracutaneously, intradermal injection, into the skin
topical | 6064005 | Topical route | topically, top, topical application, topical \
route, topical use, on the skin, to the skin, applied to the skin, onto the skin
cutaneous | 448598008 | Cutaneous route | cutaneously, epicutaneous, epicutaneously, \
dermal
transdermal | 45890007 | Transdermal route | transdermally, trans-dermal, \
transdermal patch, transcutaneous
percutaneous | 428191002 | Percutaneous route | percutaneously
inhalation | 447694001 | Respiratory tract route | inhaled, inhale, inhaling, \
inhalational, by inhalation, inh, oral inhalation, inhalatory, nebulised, nebulized, \
nebulization, nebulisation, neb, nebs, aerosolized, aerosolised, aerosol, breathed \
in, orally inhaled, inhalation route, via inhalation, through inhalation, by \
inhaler, respiratory, respiratory tract, via nebulizer, by nebulizer, by nebuliser, \
nebulizer, nebuliser, smoked, smoking, vaporized, vaped, vapor inhalation, \
inhalation aerosol, aerosol inhalation, inhaler, nebulized inhalation
intrapulmonary | 420201002 | Intrapulmonary route | pulmonary
intranasal | 46713006 | Nasal route | nasal, nasally, intranasally, in, i n, each \
nostril, nostril, nostrils, both nostrils, intra-nasal, nasal spray, nasal route, \
into the nose, one nostril, per nostril, nasal administration, transnasal, nose
nasogastric | 127492001 | Nasogastric route | ng, ng tube, nasogastric tube, \
nasogastrically, ngt, naso-gastric, naso-gastric tube
orogastric | 418441008 | Orogastric route | orogastric tube, og, og tube, ogt
nasojejunal | 418730005 | Nasojejunal route | nasojejunal tube, nj tube, njt
nasoduodenal | 420218003 | Nasoduodenal route | nasoduodenal tube
gastrostomy | 127490009 | Gastrostomy route | gastrostomy tube, g-tube, g tube, peg, \
peg tube
jejunostomy | 127491008 | Jejunostomy route | jejunostomy tube, j-tube, j tube
enteral | 417985001 | Enteral route | enterally, enteral tube, feeding tube, enteral \
feeding tube, enteral nutrition, enteral route, via feeding tube
intragastric | 445768003 | Intragastric route | gastric, gastric tube, \
intragastrically, into the stomach
intraduodenal | 418887008 | Intraduodenal route | intraduodenally
intrajejunal | 448491004 | Intrajejunal route | intrajejunally
intracolonic | 448492006 | Intracolonic route | colonic, colonoscopic, \
intracolonial, colon, colonoscopy
sublingual | 37839007 | Sublingual route | sublingually, sl, s l, under the tongue, \
sub-lingual, s/l, sublingual route, below the tongue
buccal | 54471007 | Buccal route | buccally, transbuccal, buccal mucosa
oromucosal | 372473007 | Oromucosal use | oral mucosal, oral transmucosal, \
oromucosally
transmucosal | 404815008 | Transmucosal route | transmucosally
gingival | 372457001 | Gingival use | gingivally
dental | 372449004 | Dental use |
rectal | 37161004 | Per rectum | rectally, pr, per rectum, per rectal, intrarectal, \
intrarectally, transrectal, p r, rectum, into the rectum, rectal route
vaginal | 16857009 | Per vagina | vaginally, intravaginal, intravaginally, per \
vagina, pv, per vaginam, vagina, into the vagina, per vaginal, p v, transvaginal, \
vaginal route
intrauterine | 62226000 | Intrauterine route | intra-uterine, uterine, into the \
uterus
intracervical | 372462000 | Intracervical route |
endocervical | 372450004 | Endocervical use |
intraamniotic | 372458006 | Intraamniotic use | intra-amniotic
ophthalmic | 54485002 | Ophthalmic route | ocular, ophthalmically, eye drops, in the \
eye, to the eye, into the eye, one eye, both eyes, both eye, each eye, eye, eyes, \
study eye, affected eye, topical ophthalmic, topical ocular, ophthalmological, oph, \
conjunctival sac, the eye, either eye, each study eye, the study eye
conjunctival | 446105004 | Conjunctival route | conjunctivally
subconjunctival | 372476004 | Subconjunctival use | subconjunctivally
intravitreal | 418401004 | Intravitreal route | intravitreally, ivt, vitreous, \
intra-vitreal, intravitreous, into the vitreous, vitreous cavity, intravitreal \
injection
intracameral | 418821007 | Intracameral route | intracamerally, anterior chamber
intraocular | 372468001 | Intraocular use | intraocularly, intra-ocular
retrobulbar | 418321004 | Retrobulbar route |
peribulbar | 418722009 | Peribulbar route |
subretinal | 58831000052108 | Subretinal route | subretinally
suprachoroidal | 1254769004 | Suprachoroidal route | suprachoroidally
otic | 10547007 | Otic route | auricular, aural, in the ear, ear, ears, into the ear
intratympanic | 418091004 | Intratympanic route | intratympanically
transtympanic | 447227007 | Transtympanic route |
intrathecal | 72607000 | Intrathecal route | intrathecally, intra-thecal, \
subarachnoid, into the spinal fluid
epidural | 404820008 | Epidural route | epidurally, extradural, lumbar epidural, \
thoracic epidural, transforaminal epidural, interlaminar epidural, epidural space, \
caudal epidural, cervical epidural, peridural
caudal | 417070009 | Caudal route | caudally
intraspinal | 418418000 | Intraspinal route |
paravertebral | 419165009 | Paravertebral route | paravertebrally
intracisternal | 418892005 | Intracisternal route | cisterna magna
intraventricular | 420719007 | Intracerebroventricular route | \
intracerebroventricular, intracerebroventricularly, icv, intraventricularly
intracerebral | 446540005 | Intracerebral route | intracerebrally
intracranial | 418987007 | Intracranial route | intracranially
perineural | 372475000 | Perineural use | perineurally
intraneural | 711360002 | Intraneural route |
intra-articular | 12130007 | Intra-articular route | intraarticular, intra \
articular, intraarticularly, intra-articularly, into the joint, knee joint, \
intra-articular injection
periarticular | 372474001 | Periarticular use | peri-articular, periarticularly, \
peri articular
intrasynovial | 418877009 | Intrasynovial route |
intrabursal | 372459003 | Intrabursal use | subacromial bursa
intratendinous | 418586008 | Intratendinous route |
peritendinous | 419762003 | Peritendinous route |
intradiscal | 372465003 | Intradiscal use | intradiscally, intervertebral disc
intraosseous | 417255000 | Intraosseous route | io, intraosseously, intra-osseous, \
intraosseus
intramedullary | 60213007 | Intramedullary route |
intra-arterial | 58100008 | Intra-arterial route | intraarterial, intraarterially, \
intra-arterially, intra arterial, arterial, artery, hepatic arterial, hepatic \
artery, hepatic arterial infusion, hai, into an artery, brachial artery, liver \
artery, intrahepatic arterial, intra-arterial infusion, right carotid artery, \
carotid artery, femoral artery, inferior mesenteric artery
intracoronary | 372463005 | Intracoronary use | intra-coronary, coronary artery, \
coronary arteries, intracoronarily
intracardiac | 372460008 | Intracardiac use | intra-cardiac
intravascular | 445755006 | Intravascular route |
intraportal | 58771000052103 | Intraportal route | portal vein
intrahepatic | 445941009 | Intrahepatic route | intrahepatically
intraperitoneal | 38239002 | Intraperitoneal route | ip, i p, intraperitoneally, \
intra-peritoneal, intra peritoneal, peritoneal cavity
intrapleural | 372469009 | Intrapleural use | intrapleurally, pleural cavity, \
pleural space, intra-pleural
intrathoracic | 417950001 | Intrathoracic route |
intrapericardial | 445771006 | Intrapericardial route |
intratracheal | 404818005 | Intratracheal route | endotracheal, intratracheally, et \
tube, endotracheal tube, tracheal, endotracheally
endotracheopulmonary | 372452007 | Endotracheopulmonary use |
intrabronchial | 419778001 | Intrabronchial route | endobronchial, bronchoscopic, \
endobronchially, bronchial
intravesical | 372471009 | Intravesical use | intravesically, bladder instillation, \
into the bladder, intra-vesical, bladder, urinary bladder
urethral | 90028008 | Urethral route | intraurethral, transurethral instillation
transurethral | 418511008 | Transurethral route | transurethrally
ureteral | 419684008 | Ureteral route |
intracavernous | 372461007 | Intracavernous use | intracavernosal, intracavernously, \
intracavernosally, intra-cavernous, intracorporeal, corpus cavernosum, \
intra-cavernosal
intraprostatic | 419810008 | Intraprostatic route | intra-prostatic
intralesional | 372466002 | Intralesional use | intralesionally, intra-lesional, \
into the lesion
intratumoral | 447122006 | Intratumor route | intratumorally, intratumour, \
intratumoural, intra-tumoral, into the tumor, intratumor
peritumoral | 58811000052103 | Peritumoral route | peritumorally
intralymphatic | 372467006 | Intralymphatic use | intra-lymphatic, \
intralymphatically, inguinal lymph node
submucosal | 419874009 | Submucosal route | submucosally
interstitial | 429817007 | Interstitial route |
infiltration | 718329006 | Infiltration route | local infiltration, wound \
infiltration
extracorporeal | 714743009 | Extracorporeal route |
oropharyngeal | 418664002 | Oropharyngeal route | oropharyngeally
parenteral |  |  | parenterally, parenteral route
local |  |  | locally, local injection
systemic |  |  | systemically
transforaminal |  |  | transforaminally
nasopharyngeal |  |  | nasopharyngeally
mouth rinse |  |  | mouthwash, oral rinse, gargle, swish and spit, gargling
intraoperative |  |  |
"""


def _routes() -> dict[str, Route]:
    routes: dict[str, Route] = {}
    for row in _TABLE.strip().split("\n"):
        name, code, display, spellings = (part.strip() for part in row.split("|"))
        route = Route(name, code or None, display or None)
        for spelling in (name, *spellings.split(",")):
            if key := " ".join(spelling.split()):
                routes.setdefault(key, route)
    return routes


ROUTES: Final[dict[str, Route]] = _routes()
"""Route by spelling, in lower case without points."""
