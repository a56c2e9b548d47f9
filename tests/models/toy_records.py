"""Invented records with their entities, and the tokenizer of the pipeline."""

Marks = list[tuple[str, str]]

TOKENIZER = {"@tokenizers": "en_trial_registry.Tokenizer.v1"}
TOY_RECORDS: list[tuple[str, Marks]] = [
    (
        "NCT90000021\nGrelafen for Hiccups\n\nInterventions\n[Drug] Grelafen\n"
        "Grelafen 20 mg by mouth twice daily for 4 weeks.\n\nPrimary outcomes\n"
        "Number of hiccups [Time Frame: 4 weeks]\n",
        [
            ("Grelafen", "INTERVENTION"),
            ("Grelafen", "INTERVENTION"),
            ("Grelafen", "INTERVENTION"),
            ("20 mg", "DOSE"),
            ("by mouth", "ROUTE"),
            ("twice daily", "FREQUENCY"),
            ("4 weeks", "DURATION"),
            ("Number of hiccups", "OUTCOME"),
            ("4 weeks", "TIME_FRAME"),
        ],
    ),
    (
        "NCT90000022\nChalk dust plus tea\n\nArms\n[Experimental] Chalk arm\n"
        "5 g chalk dust inhaled every day\n\nInterventions\n[Other] Chalk dust\n"
        "[Other] Tea\n\nEligibility criteria\nInclusion Criteria:\n"
        "- sodium >= 135 mmol/L\n",
        [
            ("Chalk dust", "INTERVENTION"),
            ("tea", "INTERVENTION"),
            ("5 g", "DOSE"),
            ("chalk dust", "INTERVENTION"),
            ("inhaled", "ROUTE"),
            ("every day", "FREQUENCY"),
            ("Chalk dust", "INTERVENTION"),
            ("Tea", "INTERVENTION"),
            ("sodium", "LAB_TEST"),
            (">= 135 mmol/L", "LAB_THRESHOLD"),
        ],
    ),
    (
        "NCT90000023\nMobitrex\n\nInterventions\n[Drug] Mobitrex\nOne dose of "
        "10mg/kg i.v. over 30min, q3w.\n\nEligibility criteria\n"
        "Exclusion Criteria:\n- ALT > 3 x ULN\n",
        [
            ("Mobitrex", "INTERVENTION"),
            ("Mobitrex", "INTERVENTION"),
            ("10mg/kg", "DOSE"),
            ("i.v.", "ROUTE"),
            ("30min", "DURATION"),
            ("q3w", "FREQUENCY"),
            ("ALT", "LAB_TEST"),
            ("> 3 x ULN", "LAB_THRESHOLD"),
        ],
    ),
]
