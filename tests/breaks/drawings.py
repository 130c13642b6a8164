"""Breaks of tools/rules/drawings.py, and of what tools/make/drawings.py draws."""

from tests.breaks import Break, Edit, defect, mistyped

MARKET, EVOLUTION, COMPARE = "docs/market.md", "docs/evolution.md", "docs/compare.md"
HOME, CASES, BRIEF = "docs/index.md", "docs/examples/index.md", "docs/brief.md"
PUBLISHED = "docs/definitions/published.md"
MARKED = '<span data-drawn="forecast">'
#: The marked dates of the timeline.
LANES = ["BPO"] * 7 + ["KPO"] * 7 + ["transformation"] * 4
SAID, MADE, FRESH = "drawings_say_what_they_show", "drawings_can_be_made", "made_parts_are_fresh"
GONE = "links_resolve published_addresses_answer"
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
    mistyped(FRESH, MARKET, r'cx="([\d.]+)"', "docs/market.md:"),
    mistyped(FRESH, MARKET, r">\$(\d+)bn</text>", "docs/market.md:"),
    defect(FRESH, MARKET, ">For 2026<", ">For 2025<", "docs/market.md:"),
    mistyped(FRESH, MARKET, r">(\w+) sizes", "docs/market.md:{line}"),
    mistyped(FRESH, MARKET, r"from \$([\d.]+)bn to", "docs/market.md:{line}"),
    mistyped(FRESH, MARKET, r"is ([\d.]+) times", "docs/market.md:"),
    mistyped(FRESH, MARKET, r"\| \$(\d+)bn \|", "docs/market.md:"),
    defect(FRESH, MARKET, ">$10bn to $12bn</text>", ">$10bn to $17bn</text>", "docs/market.md:"),
    mistyped(FRESH, HOME, r"<b>(\d+)</b>", f"{HOME}:"),
    defect(FRESH, PUBLISHED, "<i></i><i></i>", "<i></i>", f"{PUBLISHED}:"),
    defect(
        FRESH, COMPARE, 'know-how: buyer <i class="sign to">to</i>', "know-how: buyer and", "docs/compare.md:{line}"
    ),
    # A date under another year, in another lane, in another place of the scale.
    defect(FRESH, EVOLUTION, "<b>1991</b>", "<b>1992</b>", "docs/evolution.md:{line}"),
    defect(FRESH, EVOLUTION, '<li class="bpo"', '<li class="kpo"', "docs/evolution.md:{line}"),
    defect(FRESH, EVOLUTION, "--row:7;", "--row:9;", "docs/evolution.md:{line}"),
    defect(FRESH, EVOLUTION, "to scale from 1990", "to scale from 1890", "docs/evolution.md:{line}"),
    # A deal that is moved, renamed, or said to have gone otherwise.
    defect(FRESH, HOME, "scans at night", "scans by day", f"{HOME}:"),
    defect(
        FRESH, CASES, '<i class="sign failed">failed</i> [Cetero]', '<i class="sign worked">worked</i> [Cetero]', CASES
    ),
    defect(FRESH, BRIEF, "core KPO<ul>", "plain BPO<ul>", BRIEF),
    defect(FRESH, "docs/examples/xo1.md", "short: one antibody", "short: new drugs", CASES),
    # What cannot be made.
    defect(
        f"{MADE} {SAID} tags_are_balanced",
        MARKET,
        '"estimates-title e',
        '"sizes-title e',
        "no drawing called 'estimates', which is made",
    ),
    defect(
        f"{MADE} {FRESH} {GONE} counts_can_be_counted search_words_lead_on",
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
        MADE, MARKET, "**Evalueserve, July 2004**", "**Evalueserve, a supplier of research, in July 2004**", "letters"
    ),
    defect(
        MADE,
        MARKET,
        "| work sent abroad, worldwide | no count found |",
        "| work sent abroad | $9bn |",
        "nobody had counted",
    ),
    Break(
        MADE,
        [
            Edit(MARKET, f"{MARKED}{size}</span>", size)
            for size in ("$16bn", "$17bn", "$16.7bn", "$10bn to $12bn", "$10bn to $17bn")
        ],
        "no row is marked for the drawing of forecasts",
    ),
    Break(
        MADE,
        [Edit(EVOLUTION, f'data-drawn="{lane}"', 'data-drawn="other"') for lane in LANES],
        "no row is marked for a lane of the timeline",
    ),
    defect(f"{MADE} counts_can_be_counted", PUBLISHED, "| Who and when | Kind |", "| Who and when | Sort |", "'Kind'"),
    defect(MADE, EVOLUTION, 'data-drawn="BPO"', 'data-drawn="BPM"', "no lane for 'BPM'. One of: BPO, KPO"),
    defect(MADE, EVOLUTION, "| **1963** |", "| **long ago** |", "'long ago' is no date that can be drawn"),
    defect(MADE, COMPARE, "| From supplier into the process |", "| Back into the process |", "no arrow for 'Back into"),
    defect(MADE, COMPARE, ">Which way know-how flows<", ">Where know-how goes<", "no row 'Which way know-how flows'"),
    defect(MADE, BRIEF, 'class="map few"', 'class="cases"', "no drawing called 'map', which is made"),
    defect(
        f"{MADE} counts_can_be_counted verdicts_follow_the_table tables_of_verdicts_follow_the_table",
        "docs/classify.md",
        "| yes | no | any | no | **plain BPO** | *BPO* |",
        "| yes | no | yes | no | **core BPO** | *BPO* |\n| yes | no | no | no | **plain BPO** | *BPO* |",
        "'Work by rules: the process stays as it is', a place on the map of cases, has 2 verdicts",
    ),
]
