"""Breaks of tools/rules/sources.py."""

from tests.breaks import Break, Edit, defect, on_about

SOURCES, DEALS = "docs/sources/word.md", "docs/sources/deals.md"
RIYA = "docs/examples/riya.md"
WORDS = "this is how all such work should be done"
FIRST = "\nAggarwal 2006 {#aggarwal-ht-2006}\n:   "
NOBODY = (
    '\nZ. Nobody 2001 {#nobody}\n:   **Weak:** Nobody, 2001. "Nothing". None. <https://example.org/>. Seen: opening.\n'
)

TWICE = (
    '\nSomebody 2008 {#arabnews-2008}\n:   **Weak:** Somebody, 10 Apr 2008. "Something". None. '
    "<https://example.org/it>. Seen: opening.\n"
)


def quoted(text: str, also: str = "") -> Break:
    """A text with a quotation on a page that cites nothing beside it, and the other rules that it breaks."""
    return on_about(f"quotations_have_a_source {also}", text, 'the quotation "this is how')


BREAKS = [
    defect("sources_are_complete made_parts_are_fresh", SOURCES, '". <https', ". <https", "has no partner"),
    defect(
        "sources_are_complete made_parts_are_fresh",
        SOURCES,
        "**Scholarly:** ",
        "**Good:** ",
        "begins with 'Good'. Write one of Official",
    ),
    defect(
        "sources_are_complete made_parts_are_fresh",
        SOURCES,
        " Seen: opening.",
        " Seen: title.",
        "says 'Seen: title'. Write one of abstract",
    ),
    defect(
        "sources_are_complete labels_have_the_year made_parts_are_fresh",
        SOURCES,
        ":   **Party:** Alok Aggarwal, 29 Sep 2006, ",
        ":   . ",
        "not of the form",
    ),
    defect(
        "sources_are_complete sources_and_citations_match citations_repeat_their_entry made_parts_are_fresh",
        SOURCES,
        "\nAggarwal 2008 {",
        "\nZ-Aggarwal 2008 {",
        "'Z-Aggarwal 2008' stands out of the alphabetical order of its section. Put it ",
    ),
    defect(
        "sources_are_complete sources_and_citations_match citations_repeat_their_entry made_parts_are_fresh",
        DEALS,
        "\nKawasaki 2001 {",
        "\nA-Kawasaki 2001 {",
        "deals.md:{line}: 'A-Kawasaki 2001' stands out of the alphabetical order of its section. Put it above",
    ),
    defect(
        "sources_are_complete", SOURCES, FIRST, "\n:   Nobody, 2001.\n" + FIRST, "a record without a label above it"
    ),
    defect(
        "sources_are_complete made_parts_are_fresh prose_is_punctuated",
        SOURCES,
        FIRST,
        "\nNobody 2001 {#nobody}\n" + FIRST,
        "has no record below it",
    ),
    defect(
        "sources_are_complete sources_and_citations_match published_addresses_answer tags_are_balanced",
        SOURCES,
        "{#evs-2004}",
        "{#evs-2007}",
        "the key evs-2007 has an entry on line",
    ),
    defect(
        "sources_stand_once citations_repeat_their_entry made_parts_are_fresh",
        DEALS,
        "on Riya {#wsj-riya}",
        "on the 787 {#wsj-riya}",
        "is also that of",
    ),
    defect(
        "sources_stand_once made_parts_are_fresh",
        SOURCES,
        "<https://www.arabnews.com/node/310829>",
        "<http://indianexpress.com/article/news-archive/kpo-industry-to-be-worth-10-bn-17-bn-by-2010/>",
        "stands in the entry",
    ),
    defect(
        "labels_have_the_year citations_repeat_their_entry made_parts_are_fresh",
        SOURCES,
        "\nArab News 2008 {",
        "\nArab News {",
        "names no year",
    ),
    defect(
        "labels_have_the_year made_parts_are_fresh",
        SOURCES,
        ", 10 Apr 2008.",
        ", 10 Apr 2007.",
        "the label says 2008, the record 2007",
    ),
    defect(
        "labels_have_the_year citations_repeat_their_entry made_parts_are_fresh",
        SOURCES,
        "SEBoK n.d. {",
        "SEBoK 2009 {",
        "the label says 2009, the record no year",
    ),
    defect(
        "labels_have_the_year citations_repeat_their_entry made_parts_are_fresh",
        SOURCES,
        "Arab News 2008 {",
        "Arab News n.d. {",
        "says n.d., the record 2008",
    ),
    defect("sources_and_citations_match", "docs/compare.md", "#nao-sbs17", "#no-sbs17", "unknown source no-sbs17"),
    defect(
        "sources_and_citations_match",
        "docs/compare.md",
        "(sources/deals.md#nao-sbs17",
        "(sources/word.md#nao-sbs17",
        "does not hold nao-sbs17. Write: sources/deals.md#nao-sbs17",
    ),
    defect(
        "sources_are_complete",
        DEALS,
        "\n## Deals and cases",
        f"\n## Others {{#others}}\n{TWICE}\n## Deals and cases",
        "the key arabnews-2008 has an entry in docs/sources/deals.md",
    ),
    defect(
        "sources_and_citations_match made_parts_are_fresh",
        SOURCES,
        "\n## Scholarly",
        f"{NOBODY}\n## Scholarly",
        "nobody is cited nowhere",
    ),
    defect(
        "sources_and_citations_match", RIYA, "sources: [", "sources: [nasscom-fy25, ", "riya.md:{line}: sources differ"
    ),
    defect(
        "sources_and_citations_match",
        "docs/classify.md",
        "[am-nighthawk, bw-musigma,",
        "[bw-musigma, am-nighthawk,",
        "classify.md:{line}: sources differ",
    ),
    defect(
        "citations_repeat_their_entry",
        "docs/glossary/exit-plan.md",
        "[DORA 2022, article 28](",
        "[NAO 2006](",
        "whose label it does not repeat",
    ),
    defect(
        "citations_repeat_their_entry", RIYA, "[Wall Street Journal 2007, on Riya, in a copy]", "[Post]", "[Post] leads"
    ),
    defect(
        "citations_repeat_their_entry",
        RIYA,
        "[Wall Street Journal 2007, on Riya, in a copy]",
        "[Wall Street Journal 2007, on the 787, in a copy]",
        "leads to wsj-riya, and repeats the label of wsj-787",
    ),
    quoted(f'They say "{WORDS}".'),
    quoted(f"They say “{WORDS}”.", "alphabet_is_closed"),
    quoted(f"They say ‘{WORDS}’.", "alphabet_is_closed"),
    quoted(f"They say <q>{WORDS}</q>."),
    quoted(f"> {WORDS}", "prose_is_punctuated"),
    # Only what says that it is ours needs no source: it leads to the place that says so.
    on_about(
        "quotations_have_a_source link_texts_are_steady",
        f"> **[A clause to start from](index.md).** Know that {WORDS}.",
        "has no source",
    ),
    quoted(f'([Arab News 2008](sources/word.md#arabnews-2008)). They say "{WORDS}".'),
    Break(
        "quotations_have_a_source made_parts_are_fresh published_addresses_answer links_resolve search_words_lead_on",
        [Edit("docs/market.md", "{#slide}", "{#slides}")],
        'the quotation "Free web pages',
    ),
]
