"""Breaks of tools/rules/cases.py."""

from tests.breaks import Break, Edit, defect
from tools.records import sources
from tools.site import Site

TESCO, XO1, RIYA = (f"docs/examples/{slug}.md" for slug in ("tesco-dunnhumby", "xo1", "riya"))
SYNGENE, TYCO, LILLY = (f"docs/examples/{slug}.md" for slug in ("bms-syngene", "tyco-eversheds", "lilly-covance"))
SITE = Site()


def weakened(case: str, weight: str) -> list[Edit]:
    """Edits that give each source of a case this weight: 'Party' or 'Weak'."""
    entries = sources(SITE)
    every = [entries[key] for key in SITE.pages[case.removeprefix("docs/")].meta["sources"]]
    return [Edit(one.file, one.record, one.record.replace(one.weight.title(), weight, 1)) for one in every]


BREAKS = [
    defect(
        "decision_table_is_complete verdicts_follow_the_table drawings_can_be_made",
        "docs/classify.md",
        "| yes | no | any | no |",
        "| yes | no | any | any |",
        "not to one verdict",
    ),
    defect(
        "verdicts_follow_the_table made_parts_are_fresh cards_are_fresh",
        TESCO,
        "verdict: [core KPO, core KPO and transformational BPO]",
        "verdict: [plain BPO]",
        "tesco-dunnhumby.md:{line}: the table gives its answers another verdict",
    ),
    defect(
        "verdicts_follow_the_table",
        TESCO,
        "- **Supplier? Yes.** ",
        "- **Supplier? No.** ",
        "the record answers supplier",
    ),
    defect("verdicts_are_told", XO1, "#table) this is core KPO", "#table) this is plain BPO", "xo1.md:{line}:"),
    # In the second sentence of two.
    defect(
        "verdicts_are_told",
        LILLY,
        "the verdict is core KPO and transf",
        "the verdict is plain BPO and transf",
        "covance.md:{line}:",
    ),
    defect(
        "outcomes_are_told made_parts_are_fresh cards_are_fresh",
        SYNGENE,
        "outcome: worked",
        "outcome: mixed",
        "is not the outcome of the record, mixed",
    ),
    defect(
        "outcomes_are_told",
        XO1,
        "as one that worked",
        "as one that gained",
        "does not say that its outcome",
    ),
    defect(
        "outcomes_are_told",
        TYCO,
        "as one that worked",
        "as one that failed",
        "is not the outcome of the record, worked",
    ),
    Break(
        "failures_have_witnesses cases_have_two_sources made_parts_are_fresh",
        weakened(RIYA, "Party"),
        "docs/examples/riya.md:18: failed, by whom?",
    ),
    defect(
        "cases_have_two_sources sources_and_citations_match",
        RIYA,
        "sources: [",
        "sources: [wsj-riya] # [",
        "one source",
    ),
    Break(
        "cases_have_two_sources failures_have_witnesses made_parts_are_fresh",
        weakened(RIYA, "Weak"),
        "riya.md:20: its sources are all parties' own, or weak",
    ),
    defect(
        "parties_in_order", TESCO, "supplier: dunnhumby", "supplier: Evalueserve", "the supplier, Evalueserve, is not"
    ),
    Break(
        "parties_in_order",
        [Edit(TESCO, "buyer: Tesco", "buyer: dunnhumby"), Edit(TESCO, "supplier: dunnhumby", "supplier: Tesco")],
        "tesco-dunnhumby.md:2: the title names the supplier",
    ),
    Break(
        "parties_in_order",
        [
            Edit(SYNGENE, "buyer: Bristol-Myers Squibb (BMS),", "buyer: Syngene,"),
            Edit(SYNGENE, "supplier: Syngene International,", "supplier: Bristol-Myers Squibb (BMS),"),
        ],
        "bms-syngene.md:2: the title names the supplier",
    ),
    defect(
        "case_figures_agree",
        "docs/index.md",
        "709,000",
        "790,000",
        "'790,000' is said of a case",
    ),
    defect(
        "case_figures_agree source_figures_agree",
        "docs/glossary/onshoring.md",
        "some 4,000 staff",
        "some 5,000 staff",
        "'5,000' is said of a case",
    ),
    defect(
        "case_figures_agree",
        "docs/questions.md",
        "A$440,000",
        "$440,000",
        "'$440,000' is said of a case",
    ),
    defect(
        "case_figures_agree source_figures_agree",
        "docs/classify.md",
        "49.99% of",
        "94.99% of",
        "'94.99%' is said of a case",
    ),
    defect(
        "case_records_repeat_the_page",
        "docs/examples/alsace-schools.md",
        "of 14 schools.",
        "of 41 schools.",
        "schools.md:{line}: desc",
    ),
    defect(
        "case_records_repeat_the_page",
        XO1,
        "period: 2013 to March 2015",
        "period: 2011 to March 2015",
        "period says 2011",
    ),
    defect(
        "case_records_repeat_the_page ranges_rise",
        XO1,
        "period: 2013 to March 2015",
        "period: 2015 to 2013",
        "runs backwards",
    ),
    defect(
        "case_records_repeat_the_page",
        XO1,
        "A British firm planned",
        "By 2018 a British firm planned",
        "2018 lies outside the period",
    ),
    defect(
        "case_records_repeat_the_page made_parts_are_fresh",
        "docs/examples/klarna.md",
        "place: [Sweden]",
        "place: [Sweden, Finland]",
        "klarna.md:{line}: place says Finland, and the page names nobody",
    ),
    defect(
        "tables_of_verdicts_follow_the_table",
        "docs/examples/capital-one-wipro.md",
        "| no | no | plain BPO |",
        "| yes | yes | plain BPO |",
        "the answers of the row do not lead to plain BPO. Write not outsourcing or core KPO",
    ),
    defect(
        "verdicts_are_told",
        "docs/examples/boeing-787.md",
        "the design, is core KPO",
        "the design, is expert BPO",
        "boeing-787.md:{line}: the opening says expert BPO, the record core KPO",
    ),
]
