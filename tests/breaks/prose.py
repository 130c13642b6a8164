"""Breaks of tools/rules/prose.py."""

from tests.breaks import added, defect

CASE = "docs/examples/xo1.md"
BREAKS = [
    added("prose_is_plain", "It is important to note this.", "'It is important to note' says nothing"),
    defect(
        "prose_is_plain cards_are_fresh",
        CASE,
        "own the results",
        "own the seamless results",
        "xo1.md:{line}: 'seamless'",
    ),
    added("prose_is_plain", "Buy now!", "an exclamation mark"),
    added("prose_is_plain", f"This is {'so very ' * 25}long.", "53 words in a sentence"),
    added(
        "alphabet_is_closed", "A zero-width\u200b space.", "zero width space (U+200B) is not of this site's alphabet"
    ),
    added("alphabet_is_closed", "A no-break\u00a0space.", "It cannot be seen"),
    added("alphabet_is_closed", "A soft\u00adhyphen, written &shy; too.", "written &shy;"),
    added("alphabet_is_closed", "A range of 5\u20136, and so on.", "en dash (U+2013)"),
    added("alphabet_is_closed", "The firm\u2019s own.", 'Write "\'" instead'),
    added("alphabet_is_closed", "A Cyrillic \u0430 here.", "cyrillic small letter a (U+0430)"),
    added("alphabet_is_closed", "A wide \uff21 here.", "Type 'A' instead"),
    added("alphabet_is_closed", "A\ttab.", "Write spaces instead"),
    defect(
        "alphabet_is_closed",
        CASE,
        "'A new company has no process to change.'",
        '"Nearly\\u200b every skill was bought in."',
        "written \\u200b",
    ),
    defect("alphabet_is_closed", "mkdocs.yml", "Questions people", "Questions\u00a0people", "mkdocs.yml:"),
    defect(
        "alphabet_is_closed made_parts_are_fresh",
        "docs/sources/word.md",
        "Alok Aggarwal,",
        "Alok\u200b Aggarwal,",
        "U+200B",
    ),
    added("prose_is_punctuated", "This is of of the firm.", "a word stands twice: 'of of'"),
    added("prose_is_punctuated", "The [the table](classify.md#table) is here.", "a word stands twice: 'The the'"),
    added("prose_is_punctuated", "Two  spaces.", "two spaces between words"),
    added("prose_is_punctuated", "The firm , and so on.", "a space before"),
    added("prose_is_punctuated", "The firm ( and so on).", "behind an opening bracket"),
    added("prose_is_punctuated", "The firm runs.The firm walks.", "no space behind a full stop"),
    added("prose_is_punctuated", "The firm runs,and so on.", "no space behind a comma"),
    added("prose_is_punctuated", "The firm:and so on.", "no space behind a colon"),
    added("prose_is_punctuated", "The firm(and so on).", "no space beside a bracket"),
    added("prose_is_punctuated", "The firm, and so on..", "two marks in a row"),
    added("prose_is_punctuated", "The 'firm' and so on.", "single quotation marks"),
    added("prose_is_punctuated", "The (firm and so on.", "an opening bracket has no partner"),
    added("prose_is_punctuated", "The firm) and so on.", "a closing bracket has no partner"),
    added("prose_is_punctuated", 'The "firm and so on.', "a quotation mark has no partner"),
    added("prose_is_punctuated", "The firm runs. it walks.", "a sentence begins in lower case"),
    added("prose_is_punctuated", "the firm runs.", "a paragraph begins in lower case"),
    added("prose_is_punctuated", "The firm runs", "a sentence ends without a mark"),
    added("prose_is_punctuated", "- The firm runs", "a sentence ends without a mark"),
    defect(
        "prose_is_punctuated cards_are_fresh",
        CASE,
        "without ties check them.",
        "without ties check them",
        "xo1.md:{line}: a sentence ends",
    ),
    defect("prose_is_punctuated", "mkdocs.yml", "Questions people", "Questions people people", "mkdocs.yml:"),
    added("abbreviations_are_explained", "The CRO knows.", "CRO is not explained on this page", "docs/about.md"),
    added(
        "abbreviations_are_explained",
        "It buys knowledge procedure outsourcing (KPO).",
        "outsourcing (KPO)' gives KPO a name that its record lacks. Write: knowledge process outsourcing",
    ),
    added(
        "abbreviations_are_explained",
        "It buys BPaaS (business project as a service).",
        "'BPaaS (business project as a service)' gives BPaaS a name",
    ),
    added(
        "named_terms_are_linked",
        "A build-operate-transfer and a master services agreement.",
        "'master services agreement' is linked nowhere",
        "docs/about.md",
    ),
    defect(
        "link_texts_are_steady",
        "docs/index.md",
        "[Thomas Cook](examples/thomas-cook-accenture.md)",
        "[Thomas Cook](examples/bt-accenture.md)",
        "but that is the name of docs/examples/thomas-cook-accenture.md",
    ),
    added(
        "link_texts_are_steady", "See [the decision table](classify.md#core).", "elsewhere to docs/classify.md#table"
    ),
    added(
        "paragraphs_are_not_copied",
        "The site sets no cookies, counts no visitors and makes no request to any other host. Your browser stores your "
        "choice of colours on your device.",
        "of its words with docs/about.md:",
    ),
]
