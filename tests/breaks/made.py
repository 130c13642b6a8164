"""Breaks of tools/rules/made.py."""

from tests.breaks import defect

CARD = "docs/assets/cards/examples-xo1.png"
BREAKS = [
    defect(
        "made_parts_have_a_place links_resolve published_addresses_answer",
        "docs/examples/index.md",
        " {#matrix}",
        " {#grid}",
        "no heading {#matrix}",
    ),
    defect(
        "made_parts_have_a_place",
        "docs/examples/klarna.md",
        "{#nearest}",
        "{#near}",
        "Write:  ## A deal with another answer {#nearest}",
    ),
    defect(
        "made_parts_are_fresh", "docs/glossary/index.md", "[Baseline](b", "[Base line](b", "should read: '[Baseline"
    ),
    defect("made_parts_are_fresh", "docs/examples/index.md", " | worked | ", " | failed | ", "docs/examples/index.md:"),
    defect("made_parts_are_fresh", "docs/glossary/ito.md", "\nRelated: ", "\nRelated too: ", "docs/glossary/ito.md:"),
    defect("made_parts_are_fresh", "docs/data/cases.csv", "core KPO", "Core KPO", "docs/data/cases.csv:{line}"),
    defect("made_parts_are_fresh", "docs/llms.txt", "# KPO", "# The KPO", "docs/llms.txt:{line}"),
    defect(
        "made_parts_are_fresh",
        "docs/assets/search/words.json",
        '"IT outsourcing"',
        '"IT"',
        "docs/assets/search/words.json:{line}",
    ),
    defect(
        "made_parts_are_fresh",
        "docs/glossary/terms.json",
        "Agentic AI",
        "Agentic IA",
        "docs/glossary/terms.json:{line}",
    ),
    defect(
        "made_parts_are_fresh",
        "overrides/partials/kpo/sources.html",
        "Alok Aggarwal,",
        "Alok,",
        "overrides/partials/kpo/sources.html:",
    ),
    defect("made_parts_are_fresh", "docs/feed.xml", "First publication", "Last publication", "docs/feed.xml:"),
    defect("made_parts_are_fresh", "docs/kpo/index.md", "exclude: true", "exclude: false", "docs/kpo/index.md:{line}"),
    defect("made_parts_are_fresh", "docs/old/index.html", "", "<p>", "docs/old/index.html:1: follows from no record"),
    defect("made_parts_are_fresh", "mkdocs.yml", "'XO1: one", "'XO1: some", "XO1: one antibody"),
    defect(
        "made_parts_are_fresh published_addresses_answer",
        "tools/redirects.yml",
        "\nsla/: ",
        "\nslas/: ",
        "docs/slas/index.md:1",
    ),
    defect(
        "made_parts_are_fresh",
        "docs/examples/xo1.md",
        "In the deal above the answer",
        "In the deal above the reply",
        "docs/examples/xo1.md:{line}",
    ),
    defect("made_parts_are_fresh", "tests/urls.txt", "/about/\n", "", "tests/urls.txt:{line}"),
    defect("cards_are_fresh", CARD, "", None, f"{CARD}:1: there is no such card"),
    defect("cards_are_fresh", "docs/assets/cards/stray.png", "", b"x", "belongs to no record"),
    defect("cards_are_fresh", "docs/assets/style.css", "--a: #1d4e89", "--a: #1d4e88", "more cards"),
    defect(
        "cards_are_fresh", "docs/examples/xo1.md", "teaches: ", "teaches: Not ", "shows other words than its record"
    ),
]
