"""Therapeutic areas by the words of a record's conditions.

A coarse table, made from the conditions of train and dev records, that a reader can
check at a glance. It is no vocabulary: a condition that no word fits is `other`.
"""

import re
from typing import Final

OTHER: Final = "other"
_WORDS: Final = {
    "oncology": r"cancer|carcinom|tumou?r|neoplas|leuk[a]?emi|lymphom|myelom|sarcom|"
    r"melanom|gliom|blastom|metasta|mesotheliom|NSCLC|SCLC|myelodysplas|malignan",
    "COVID-19": r"covid|corona ?virus|sars|ncov",
    "infection": r"\bHIV\b|\bAIDS\b|hepatitis [BCDE]|influenza|tubercul|malaria|sepsis|"
    r"septic|herpes|cytomegalo|pneumonia|bacteri|fung|parasit|infecti|vaccin|dengue",
    "allergy and immunology": r"allerg|anaphyla|urticari|hypersensitiv|mastocyt|"
    r"immun(?:e|o)? ?deficien|eczema|atopic|rhinoconjunctivitis|angio-?o?edema",
    "respiratory": r"asthma|COPD|pulmonary|lung (?:disease|injury)|respiratory|"
    r"bronchi|cystic fibrosis|\bARDS\b|apn[o]?ea|intubat",
    "cardiovascular": r"heart|cardia|cardio|coronary|hypertens|stroke|thromb|embol|"
    r"arter|vascul|atrial|angina|antiplatelet|isch[a]?emi",
    "endocrine and metabolic": r"diabet|obes|insulin|thyroid|metabol|cholesterol|lipid|"
    r"vitamin|hypogonad|mucopolysaccharid|gaucher|fabry|growth hormone|osteopor",
    "neurology": r"alzheimer|parkinson|huntington|epilep|seizure|sclerosis|migraine|"
    r"neuropath|neuralg|dementia|brain|cerebr|neuro(?!endo)|headache|myasthen",
    "mental health": r"depress|schizo|anxi|bipolar|psych|autis|adhd|stress|insomnia|"
    r"substance|alcohol|opioid|smoking|drug use|\bPTSD\b|behavio",
    "kidney and urology": r"kidney|renal|nephr|urin|bladder|prostat(?!e (?:canc|carc))|"
    r"erectile|dialysis|sexual dysfunction",
    "digestive and liver": r"crohn|colitis|bowel|gastr(?!ic canc)|liver|hepatic|cirrho|"
    r"pancrea(?!tic canc)|esophag|reflux|constipat|diarrh|helicobacter",
    "musculoskeletal": r"arthrit|fractur|osteoarthr|muscul|tendon|back pain|disc|lupus|"
    r"spondyl|fibromyalg|gout|rheumat",
    "skin": r"psoria|dermat|acne|rosacea|skin|wound|alopecia|vitiligo",
    "eye and ear": r"macular|retin|glaucom|ocular|\beye|vision|visual|catarac|amblyop|"
    r"conjunctiv|hearing|otitis|anosmia",
    "women's and newborn health": r"pregnan|infertil|contracep|endometrio|menopaus|"
    r"preterm|labou?r|lactation|neonat|newborn|meconium|eclampsia|postpartum|vagin",
    "pain and anaesthesia": r"pain|an[a]?esthe|analges|postoperative|nausea",
    "blood": r"an[a]?emia|h[a]?emophil|sickle|thalass|neutropen|thrombocytop|coagul|"
    r"transplant|graft",
}
_AREAS: Final = {area: re.compile(words, re.I) for area, words in _WORDS.items()}
AREAS: Final = (*_AREAS, OTHER)


def areas_of(conditions: str) -> tuple[str, ...]:
    """Name the therapeutic areas of a record.

    conditions (str): Its conditions.
    RETURNS (Tuple[str, ...]): All areas whose words occur, else `other`.
    """
    found = tuple(area for area, words in _AREAS.items() if words.search(conditions))
    return found or (OTHER,)
