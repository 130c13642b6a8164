"""Breaks of tools/rules/counts.py, and of what tools/make/counts.py rewrites."""

from tests.breaks import Break, defect, mistyped

FILE = "tools/counts.yml"
FRESH, COUNTED = "made_parts_are_fresh", "counts_can_be_counted"
USED, BOUND = "bound_phrases_are_used", "counts_are_bound"
PUBLISHED = "docs/definitions/published.md"
ABOUT = "## What it covers, and what not {#scope}\n"
INDIA = "3. engineering and design;\n"


def said(text: str, says: str) -> Break:
    """A sentence that a writer adds."""
    return defect(BOUND, "docs/about.md", ABOUT, f"{ABOUT}\n{text}\n", says)


def moved(old: str, new: str, says: str) -> Break:
    """A list of counts.yml that is no longer where it says; what its phrases state is then left alone."""
    return defect(COUNTED, FILE, old, new, says)


BREAKS = [
    # A number that is typed wrongly, wherever it stands: prose, title, front matter, nav, caption, table.
    mistyped(FRESH, "docs/index.md", r"Of (\d+) published", "docs/index.md:"),
    mistyped(FRESH, "docs/questions.md", r"(\d+) call it the next", "docs/questions.md:"),
    mistyped(FRESH, "docs/index.md", r"Over (\w+) of them", "docs/index.md:"),
    mistyped(FRESH, "docs/questions.md", r"Some (\w+) questions", "docs/questions.md:{line}"),
    mistyped(FRESH, "docs/market.md", r"## (\w+) reasons", "docs/market.md:"),
    mistyped(FRESH, "docs/market.md", r"All (\w+) figures", "docs/market.md:"),
    mistyped(FRESH, "docs/examples/index.md", r"(\w+) countries", "docs/examples/index.md:{line}"),
    mistyped(FRESH, "docs/brief.md", r"(\d+) by work", "docs/brief.md:"),
    mistyped(FRESH, "mkdocs.yml", r"(\d+) published definitions", "mkdocs.yml:"),
    mistyped(FRESH, "CONTRIBUTING.md", r"Answer the (\w+) criteria", "CONTRIBUTING.md:"),
    mistyped(FRESH, "overrides/404.html", r"(\w+) questions", "overrides/404.html:"),
    defect(
        FRESH,
        PUBLISHED,
        "| **core** | 15 | 16 |",
        "| **core** | 14 | 16 |",
        "published.md:",
    ),
    defect(FRESH, PUBLISHED, "core** | 15 | 16 |", "core** | 15 | 17 |", "published.md:"),
    # A list that lost or gained one: what states its number is stale.
    defect(
        FRESH,
        "docs/market.md",
        "\n4. **Some count work that could be outsourced.**",
        "\n    **Some count work that could be outsourced.**",
        "docs/questions.md:",
    ),
    defect(f"{FRESH} lists_have_the_length_they_say", PUBLISHED, INDIA, "", "docs/evolution.md:"),
    defect(FRESH, "docs/compare.md", "| **Offshore or not** | Either | Either | Either |\n", "", "docs/questions.md:"),
    moved("{items: classify.md#worked}", "{items: practice.md#form}", "its lists differ: "),
    # counts.yml itself.
    defect(COUNTED, FILE, "free:\n", "free\n", f"{FILE}:"),
    defect(COUNTED, FILE, "\nfree:\n", "\nloose:\n", "a part is missing or of another kind ('free')"),
    defect(COUNTED, FILE, "'{n} signs prove nothing'", "'signs prove nothing'", "has not one place for the number"),
    moved("{items: compare.md#not-signs}", "{items: comparison.md#not-signs}", "there is no page comparison.md"),
    moved("{items: compare.md#not-signs}", "{items: compare.md#signs}", "docs/compare.md has no heading {#signs}"),
    moved(
        "{items: compare.md#not-signs}",
        "{items: compare.md#staff-augmentation}",
        "docs/compare.md has no list below {#staff-augmentation}",
    ),
    moved("{items: compare.md#not-signs}", "{rows: about.md#scope}", "docs/about.md has no table below {#scope}"),
    moved("{items: compare.md#not-signs}", "{columns: about.md#scope}", "docs/about.md has no table below {#scope}"),
    moved("{items: compare.md#not-signs}", "{points: compare.md#not-signs}", "is no way to count"),
    moved("distinct: For}", "distinct: Year}", "has no column 'Year'"),
    defect(
        USED, FILE, "'{n} signs prove nothing'", "'{n} signs prove little'", "prove little' stands nowhere in any file"
    ),
    defect(f"{USED} {BOUND}", FILE, "- '521 pages'", "- '522 pages'", "'522 pages' stands nowhere"),
    defect(
        USED,
        FILE,
        "say: ['{n} looser usages']",
        "say: ['{n} looser usages', '[{n} reasons]']",
        "two lists claim one number",
    ),
    # A number that nothing binds.
    said("It has a dozen pages, and sixty-four questions.", "nothing says what 'sixty-four questions' counts"),
    said(
        "It has 28 **worked cases**.",
        "about.md: ['{n} **worked cases']",
    ),
    said("This is a seven-step guide, of 400 pages.", "nothing says what 'seven-step' counts"),
    said("This is a seven-step guide, of 400 pages.", "Else add  - '400 pages'  below `free`."),
    said(
        "Of our 47 definitions fourteen say so.", "nothing says what 'fourteen say so.' counts, a list that is tallied"
    ),
    said("Of our 47 definitions few say so. In 14 it is plain.", "nothing says what '14 it is plain.' counts"),
    said("One in 47 speaks of change.", "nothing says what '47 speaks of change.' counts"),
]
