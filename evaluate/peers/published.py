"""Figures that others published, on other texts and other labels."""

from typing import Final, NamedTuple


class Published(NamedTuple):
    """A figure as its authors state it.

    name (str): System or corpus.
    task (str): What was found.
    text_source (str): In which texts.
    match (str): How spans were matched.
    figure (str): The figure.
    source (str): Where it is stated.
    checked (str): How it was checked for this table.
    cannot (str): What it doesn't do of our task.
    """

    name: str
    task: str
    text_source: str
    match: str
    figure: str
    source: str
    checked: str
    cannot: str


_ABSTRACT: Final = "abstract read"

PUBLISHED: Final = (
    Published(
        "Med7",
        "drug, dosage, strength, form, route, frequency, duration",
        "records of MIMIC-III (English)",
        "lenient (strict)",
        "micro F1 0.957 (0.893)",
        "Kormilitzin et al. 2021, doi:10.1016/j.artmed.2021.102086; arXiv:2003.01271",
        _ABSTRACT,
        "laboratory limits, outcomes, time frames, relations, values; "
        "non-drug interventions",
    ),
    Published(
        "Med7, other hospital",
        "the same",
        "mental health notes of CRIS (English), without and with fine-tuning there",
        "not stated in the abstract",
        "F1 0.762, 0.944",
        "the same",
        _ABSTRACT,
        "the same",
    ),
    Published(
        "n2c2 2018 track 2, best systems",
        "drug and its attributes, reason, adverse event",
        "discharge summaries (English)",
        "not stated in the abstract",
        "F1: concepts 0.9418, relations 0.9630, end to end 0.8905",
        "Henry et al. 2020, doi:10.1093/jamia/ocz166",
        _ABSTRACT,
        "laboratory limits, outcomes, time frames, values; non-drug interventions",
    ),
    Published(
        "CT-EBM-SP",
        "anatomy, chemicals, disorders, procedures (UMLS groups)",
        "abstracts and announcements of clinical trials (Spanish)",
        "not stated in the abstract (agreement of annotators: strict 85.65, "
        "relaxed 93.94)",
        "average F 80.28 to 86.74 by model",
        "Campillos-Llanos et al. 2021, doi:10.1186/s12911-021-01395-z",
        _ABSTRACT,
        "doses, frequencies, limits, outcomes, time frames, relations, values",
    ),
    Published(
        "Chia, PubMedBERT",
        "15 types of eligibility criteria",
        "eligibility criteria of 1,000 phase IV trials of ClinicalTrials.gov",
        "strict (relaxed), ten folds",
        "F1 0.622 (0.744)",
        "Li et al. 2022, table 4, doi:10.1186/s12911-022-01967-7",
        "table read",
        "regimens, outcomes, time frames, relations, values",
    ),
    Published(
        "Chia, RoBERTa pre-trained on MIMIC-III and criteria",
        "the same",
        "the same",
        "strict (relaxed)",
        "F 0.658 (0.798)",
        "ACM BCB 2021, PMC8373041",
        _ABSTRACT,
        "the same",
    ),
    Published(
        "LCT (Leaf Clinical Trials)",
        "eligibility criteria, fine-grained entities and relations",
        "over 1,000 eligibility criteria descriptions",
        "–",
        "not quoted: its figures could not be checked",
        "Scientific Data 2022, doi:10.1038/s41597-022-01521-0",
        "abstract read; it states none",
        "regimens, outcomes, time frames, values",
    ),
)
