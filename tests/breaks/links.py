"""Breaks of tools/rules/links.py."""

from tests.breaks import Break, Edit, added, defect
from tools.site import Site

MADE, COMPARE, REDIRECTS = "made_parts_are_fresh", "docs/compare.md", "tools/redirects.yml"
#: What says that a term is gone which others name.
DEAD = "links_resolve relations_hold_both_ways snippets_are_there link_texts_are_steady"
PAGE = (
    "---\ntitle: Orphan\ndescription: A page made for a test, which nobody reads, of fifty characters or more.\n"
    "reviewed: 2026-11-25\n---\n\n# Orphan {#orphan}\n\nText.\n"
)


def written(rules: str, text: str, says: str) -> Break:
    """A break by a paragraph more on a page."""
    return defect(rules, COMPARE, "\n## ", f"\n{text}\n\n## ", says)


def moved(old: str, new: str, rules: str, says: str) -> Break:
    """A break by a page whose file is renamed, and nothing else."""
    return Break(rules, [Edit(f"docs/{new}", "", Site().text(f"docs/{old}")), Edit(f"docs/{old}", "", None)], says)


WHOLE = [
    written("links_are_whole", "[x](classify.md; y)", "docs/compare.md:{line}: a link in pieces: ](classify.md; y)"),
    written("links_are_whole", "A [word](classify.md", "Close its brackets"),
    written("links_are_whole", "A [word] (classify.md#table).", "Write [text] directly before"),
    written("links_are_whole", "A word](classify.md).", "a link in pieces: ](classify.md)"),
    written("links_are_whole", "A [word][classify].", "Write it as [text](target)"),
    written("links_are_whole", "[classify]: classify.md", "Write it as [text](target)"),
]
RESOLVE = [
    written(
        "links_resolve",
        "Here is [more](clasify.md).",
        "docs/compare.md:{line}: dead link to clasify.md: there is no docs/clasify.md. Write: classify.md",
    ),
    written("links_resolve", "Here is [more](ito.md).", "there is no docs/ito.md. Write: glossary/ito.md"),
    written(
        "links_resolve",
        "Here is [more](classify.md#tables).",
        "docs/classify.md has no id tables. Write: classify.md#table",
    ),
    defect(
        "links_resolve",
        COMPARE,
        "\n## The three",
        "\nHere is [more](#notess).\n\n## The three",
        f"{COMPARE} has no id notess. Write: #notes",
    ),
    written("links_resolve", "Here is [more](classify/).", "an address, not a file. Write: classify.md"),
    defect(
        "links_resolve",
        COMPARE,
        "\n## The three",
        "\nHere is [more](tbpo/).\n\n## The three",
        "an address, not a file. Write: definitions/transformational-bpo.md",
    ),
    written(
        "links_resolve",
        "Here is [more](/classify.md#table).",
        "leaves the site where that stands below a path. Write: classify.md#table",
    ),
    written("links_resolve", "Here is [more](../classify.md).", "leaves the site"),
    written("links_resolve", "Here is [more](www.gov.uk).", "one of another host begins with https://"),
    written("links_resolve", "Here is [more](https:www.gov.uk).", "not an address"),
    written("links_resolve", "Here is [more](classify.md#).", "no id stands behind its #"),
    written(
        "links_resolve",
        "Here is ![more](assets/favicon.png).",
        "there is no docs/assets/favicon.png. Write: assets/favicon.svg",
    ),
    written("links_resolve", 'Here is <a href="clasify.md">more</a>.', "dead link to clasify.md"),
    Break(
        "links_resolve",
        [
            Edit("docs/examples/index.md", "## The map {#map}\n", '## The map {#map}\n\n--8<-- "index.md:map"\n'),
        ],
        "docs/examples/index.md:19: docs/index.md, carried here, holds a link that is dead here (examples/",
    ),
    written(
        "snippets_are_there",
        '--8<-- "glossary/itoo.md:def"',
        'docs/compare.md:{line}: there is no docs/glossary/itoo.md. Write: --8<-- "glossary/ito.md:def"',
    ),
    written(
        "snippets_are_there",
        '--8<-- "glossary/ito.md:definition"',
        "has no section 'definition', or an empty one. Its sections are: def",
    ),
    written("snippets_are_there", "-8<- glossary/ito.md", "in no known form"),
    written("snippets_are_there", "<!-- --8<-- [end:def] -->", "the section def ends before it begins"),
    written("snippets_are_there", "<!-- --8<-- [start:def] -->", "the section def has no end"),
]
PUBLISHED = [
    defect(
        f"published_addresses_answer links_resolve search_words_lead_on {MADE}",
        "docs/classify.md",
        "{#limits}",
        "{#limit}",
        "the published id limits is gone",
    ),
    defect(
        f"published_addresses_answer skeletons_are_kept links_resolve search_words_lead_on {MADE}",
        COMPARE,
        "{#captive}",
        "",
        "id captive is gone",
    ),
    moved(
        "glossary/bench.md",
        "glossary/the-bench.md",
        f"published_addresses_answer {DEAD} {MADE} search_words_lead_on",
        "glossary/bench/: glossary/the-bench/",
    ),
    defect(
        f"published_addresses_answer {MADE}", "tests/urls.txt", "/about/\n", "/about/\nabout\n", "about is no address"
    ),
    defect(
        "published_addresses_answer",
        "tests/urls.txt",
        "\n/kpo/\n",
        "\n/kpo/\n/kpo/#old\n",
        "/kpo/ leads to docs/definitions/core-kpo.md, which lacks these ids of the old page: old",
    ),
]
TABLE = [
    defect(
        "redirects_lead_to_pages",
        REDIRECTS,
        "bpo-vs-kpo/: compare/",
        "bpo-vs-kpo/: comparison/",
        "bpo-vs-kpo/ leads to comparison/, which is no page's address. Write: bpo-vs-kpo/: compare/",
    ),
    defect(
        "redirects_lead_to_pages",
        REDIRECTS,
        "kpo-vs-bpo/: compare/",
        "kpo-vs-bpo/: bpo-vs-kpo/",
        "leads on by itself. Write: kpo-vs-bpo/: compare/",
    ),
    defect(
        "redirects_lead_to_pages",
        REDIRECTS,
        "\nkpo/: ",
        "\ncompare/: compare/\nkpo/: ",
        "is the address of docs/compare.md itself",
    ),
    defect(
        "redirects_lead_to_pages",
        REDIRECTS,
        "terms/: glossary/",
        "terms/: glossary/\nterms/: glossary/",
        "terms/ stands above already",
    ),
    defect(
        "redirects_lead_to_pages",
        REDIRECTS,
        "terms/: glossary/",
        "terms/: glossary/\n/Terms: glossary/",
        "one behind it: terms/: glossary/",
    ),
    defect(
        "redirects_lead_to_pages",
        REDIRECTS,
        "terms/: glossary/",
        "terms/: [glossary/]",
        "not one address that leads to one other",
    ),
    defect("redirects_lead_to_pages", REDIRECTS, "terms/: glossary/", "terms/ glossary/", "not YAML"),
    defect("redirects_lead_to_pages", REDIRECTS, "", "- kpo/\n", "redirects.yml:1: no table of addresses"),
]
MOVED = [
    Break(
        f"{DEAD} {MADE} search_words_lead_on",
        [
            *moved("glossary/bench.md", "glossary/the-bench.md", "", "").edits,
            Edit(REDIRECTS, "terms/: ", "glossary/bench/: glossary/the-bench/\nterms/: "),
        ],
        "there is no docs/glossary/bench.md. Write: the-bench.md",
    ),
]
NAV = [
    defect(
        "nav_lists_every_page",
        "mkdocs.yml",
        "      - KPO vs BPO: compare.md\n",
        "",
        "the nav lacks compare.md. Below this line, add:",
    ),
    defect(f"nav_lists_every_page {MADE}", "docs/orphan.md", "", PAGE, "add:  - Orphan: orphan.md"),
    defect(
        "nav_lists_every_page",
        "mkdocs.yml",
        ": compare.md",
        ": comparison.md",
        "the nav lists comparison.md, which is no page. Write: compare.md",
    ),
    defect(
        "nav_lists_every_page",
        "mkdocs.yml",
        ": compare.md",
        ": compare.md\n      - ITO: glossary/ito.md",
        "its index leads to",
    ),
    defect(
        "nav_lists_every_page",
        "mkdocs.yml",
        ": compare.md",
        ": compare.md\n      - Compare: compare.md",
        "the nav lists compare.md twice",
    ),
]
SENT = defect(
    "short_addresses_lead_to_what_they_stand_by",
    "docs/index.md",
    "Send it: `/tbpo/`",
    "Send it: `/kpo/`",
    "index.md:{line}: /kpo/ leads to definitions/core-kpo.md, which this section does not link to",
)
SAID = [
    added("links_resolve", "See [the test](classify.md#zzzz).", "has no id zzzz; the likest are "),
    added("links_are_whole", "See [here](classify.md).", "the link [here] does not say where it leads"),
    added("links_are_whole", "See [the form](http://127.0.0.1:8000/classify/).", "of your own machine"),
]
BREAKS = [SENT, *SAID, *WHOLE, *RESOLVE, *PUBLISHED, *TABLE, *MOVED, *NAV]
