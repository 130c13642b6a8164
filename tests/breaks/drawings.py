"""Breaks of tools/rules/drawings.py, and of what tools/make/drawings.py draws."""

from tests.breaks import Break, Edit, defect

MARKET, EVOLUTION, COMPARE, MAP = "docs/market.md", "docs/evolution.md", "docs/compare.md", "docs/definitions/index.md"
SAID, MADE, FRESH = "drawings_say_what_they_show", "drawings_can_be_made", "made_parts_are_fresh"
GONE = "links_resolve published_addresses_answer"
VERDICTS = "verdicts_follow_the_table"
SVG = (
    '<svg role="img" aria-labelledby="x-title x-desc"><title id="x-title">X</title><desc id="x-desc">X</desc>{}</svg>\n'
)


def added(rules: str, drawing: str, says: str) -> Break:
    """A drawing put into a page that has none."""
    heading = "## Corrections {#corrections}\n"
    return defect(f"{rules} {FRESH}", "docs/about.md", heading, f"{heading}\n{drawing}", says)


BREAKS = [
    defect(
        "boxes_carry_their_definition",
        "docs/brief.md",
        '--8<-- "definitions/transformational-bpo.md:def"',
        '--8<-- "definitions/core-kpo.md:def"',
        "the box of B carries the definition core-kpo",
    ),
    added(SAID, SVG.format("").replace(' role="img"', ""), 'lacks role="img"'),
    added(SAID, SVG.format("").replace(">X</desc>", "></desc>"), "a drawing lacks one <title> and one"),
    added(SAID, SVG.format("").replace("x-title x-desc", "x-title"), 'lacks aria-labelledby="x-title x-desc"'),
    added(SAID, SVG.format("\n<text>5 of them</text>"), "a drawing that nothing makes shows a figure"),
    # What is drawn is made: a typed figure, label, place or year is stale at once.
    defect(FRESH, MARKET, 'width="235.8"', 'width="253.8"', "docs/market.md:{line}"),
    defect(FRESH, MARKET, ">$88bn</text>", ">$98bn</text>", "docs/market.md:21"),
    defect(FRESH, MARKET, "Technavio, for 2026<", "Technavio, for 2025<", "docs/market.md:{line}"),
    defect(FRESH, MARKET, ">Eight sizes", ">Nine sizes", "docs/market.md:{line}"),
    defect(FRESH, MARKET, "down to $45.2bn", "down to $54.2bn", "docs/market.md:{line}"),
    defect(FRESH, MARKET, "| $88bn |", "| $98bn |", "docs/market.md:21"),
    defect(FRESH, EVOLUTION, ">1991</text>", ">1992</text>", "docs/evolution.md:{line}"),
    defect(FRESH, EVOLUTION, "from 1963 to 2025", "from 1936 to 2025", "docs/evolution.md:{line}"),
    defect(FRESH, COMPARE, ">Either way; some", ">Either way; all", "docs/compare.md:{line}"),
    defect(FRESH, MAP, ">Plain BPO</text>", ">Expert BPO</text>", f"{MAP}:"),
    defect(FRESH, MAP, '<rect class="p"', '<rect class="c"', f"{MAP}:"),
    defect(FRESH, MAP, ">Thomas Cook</text>", ">NHS letters</text>", f"{MAP}:"),
    # What cannot be made.
    defect(
        f"{MADE} {SAID} tags_are_balanced",
        MARKET,
        '"estimates-title e',
        '"sizes-title e',
        "no drawing with the ids estimates-title and",
    ),
    defect(
        f"{MADE} {FRESH} {GONE} counts_can_be_counted",
        MARKET,
        " {#same-year}",
        " {#one-year}",
        "no table below {#same-year}",
    ),
    defect(
        MADE,
        MARKET,
        "| Publisher | For | Size |",
        "| Publisher | For | Sum |",
        "docs/market.md:{line}: the table has no column 'Size'",
    ),
    defect(MADE, MARKET, "| $88bn |", "| $88bn or so |", "docs/market.md:{line}: '$88bn or so' is no size"),
    defect(
        MADE, MARKET, "**WifiTalents**", "**WifiTalents, a page of statistics of unknown origin and age**", "letters"
    ),
    defect(MADE, EVOLUTION, 'data-drawn="BPO"', 'data-drawn="BPM"', "no shape for 'BPM'. One of: BPO, KPO"),
    defect(MADE, COMPARE, "| From supplier into the process |", "| Back into the process |", "no arrow for 'Back into"),
    defect(
        MADE, COMPARE, "**Which way know-how flows**", "**Where know-how goes**", "no row 'Which way know-how flows'"
    ),
    defect(
        f"{MADE} counts_can_be_counted",
        COMPARE,
        "| Question | BPO |",
        "| Question | BPM |",
        "the column 'BPM' has no mark",
    ),
    Break(
        f"{MADE} {FRESH} {GONE} cards_are_fresh nav_lists_every_page sources_and_citations_match words_are_spelt",
        [Edit("docs/examples/nhs-sbs.md", "", None)],
        "the map shows nhs-sbs, and there is no such case",
    ),
    defect(
        f"{MADE} {FRESH} {VERDICTS} cards_are_fresh",
        "docs/examples/nhs-sbs.md",
        "verdict: [plain BPO]",
        "verdict: [not outsourcing]",
        "has no box for its verdict",
    ),
    defect(
        f"{MADE} {VERDICTS}",
        "docs/classify.md",
        "**expert BPO**",
        "**skilled BPO**",
        "the decision table has no verdict 'expert BPO'",
    ),
]
