"""Breaks of tools/rules/search.py."""

from tests.breaks import defect

FILE = "tools/search.yml"
READ, LEADS, FRESH = "search_words_can_be_read", "search_words_lead_on", "made_parts_are_fresh"
LOST = "lost: [questions.md, glossary/index.md]"
BREAKS = [
    defect(f"{READ} {FRESH}", FILE, "weak: >-\n", "weaker: >-\n", "weak is missing, or of another type. Write words."),
    defect(f"{READ} {FRESH}", FILE, LOST, "lost: questions.md", "lost is missing, or of another type. Write a list."),
    defect(f"{READ} {FRESH}", FILE, LOST, "lost: [answers.md]", "there is no page answers.md"),
    defect(
        f"{READ} {FRESH}", FILE, "[client, customer, ", "[client, vendor, ", "'vendor' is the same as 'supplier' and"
    ),
    defect(f"{LEADS} {FRESH}", FILE, "  market.md: [", "  markets.md: [", "markets.md is no place of this site"),
    defect(f"{LEADS} {FRESH}", FILE, "  about.md#cite: [", "  about.md#quote: [", "about.md#quote is no place"),
    defect(
        f"{LEADS} {FRESH}",
        FILE,
        "  market.md: [",
        "  market.md: [captives, ",
        "'captives' is a name that docs/glossary/cap",
    ),
    defect(
        f"{LEADS} {FRESH}",
        FILE,
        "  market.md: [",
        "  market.md: [salaries, salary, ",
        "leads to market.md and to questions",
    ),
    defect(
        f"{LEADS} {FRESH}",
        FILE,
        "  practice.md#form: [three ways",
        "  practice.md#form: [salary, three ways",
        "leads to questions.md#working-life and to practice.md#form",
    ),
]
