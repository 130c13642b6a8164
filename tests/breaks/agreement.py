"""Breaks of tools/rules/agreement.py."""

from tests.breaks import added, defect, on_about

FIGURES = "source_figures_agree"
NUMBERS = "numbers_are_written_alike"
LISTS = "lists_have_the_length_they_say"
NAMES = "names_are_written_alike"
REPORTERS = "reporters_are_cited"

BREAKS = [
    defect(FIGURES, "docs/evolution.md", "KPO at $10bn", "KPO at $100bn", "same source, arabnews-2008"),
    defect(FIGURES, "docs/questions.md", "$80 to $600", "$80 to $6,000", "by the same source"),
    on_about(NUMBERS, "The tool helped 5.172 agents.", "'5.172' is not written"),
    on_about(NUMBERS, "The tool helped 5 172 agents.", "'5 172' is not written"),
    on_about(NUMBERS, "The tool helped 12000 agents.", "'12000' is not written"),
    on_about(NUMBERS, "The tool helped 1,23 agents in all.", "'1,23' is not written"),
    on_about(NUMBERS, "Output rose by 4 % at once.", "'4 %' is not written"),
    on_about(NUMBERS, "Output rose by 4 per cent at once.", "'4 per cent' is not written"),
    on_about("ranges_rise", "About 40 to 25% of them left.", "'40 to 25%' runs backwards"),
    on_about("ranges_rise", "The years 2010 to 2004 were good.", "'2010 to 2004' runs backwards"),
    on_about("ranges_rise", "It takes twelve to six months.", "'twelve to six' runs backwards"),
    on_about("ranges_rise", "It took between 40 and 25% of them.", "'40 and 25%' runs backwards"),
    on_about(LISTS, "It has four levels: low, middle and high.", "'four levels' is followed by 3"),
    on_about(LISTS, "It has two levels: low, middle and high.", "'two levels' is followed by 3"),
    on_about(LISTS, "It has four levels:\n\n- low.\n- middle.\n- high.", "'four levels' is followed by 3"),
    defect(f"{NAMES} words_are_spelt", "docs/evolution.md", "Martyn Hart", "Martin Hart", "'Martin Hart', while docs/"),
    defect("models_repeat_the_page", "docs/market.md", "work, at $28.5bn", "work, at $25.8bn", "'$25.8bn' in a model"),
    on_about(
        "sources_know_no_future case_figures_agree",
        "It began in 2024 ([NAO 2017](sources/deals.md#nao-sbs17)).",
        "2024, on the word of",
    ),
    on_about(
        REPORTERS, "As NDTV reports, it failed ([NAO 2017](sources/deals.md#nao-sbs17)).", "NDTV is said to report"
    ),
    on_about(
        REPORTERS,
        "According to KPMG, it failed ([NDTV 2025](sources/practice.md#deloitte-au)).",
        "KPMG is said to report",
    ),
    added(
        "pointers_show_the_right_way", "See the table above.", "no table stands above", "docs/definitions/core-kpo.md"
    ),
    defect(
        "clauses_keep_their_names",
        "docs/glossary/agentic-ai.md",
        "Leave out of Schedule [2]",
        "Leave out of Schedule [9]",
        "agentic-ai.md:{line}: Schedule [9] stands in no clause of the page. Write Schedule [",
    ),
    defect(
        "clauses_keep_their_names",
        "docs/examples/capital-one-wipro.md",
        "repay what False Calls reasonably cost the Buyer",
        "repay what False Calls reasonably cost the Client",
        "the clause calls a party Buyer and Client",
    ),
]
