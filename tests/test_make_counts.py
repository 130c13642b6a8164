"""What tools/make/counts.py rewrites: every number that counts a list follows the list."""

import re

import pytest

from tools.make.counts import FILE, PLACES, counts
from tools.make.numbers import NUMBER, like, value, words


def made(site, *edits):
    """The site after edits, (file, old, new), with its counts made; old '' adds the file."""
    for file, old, new in edits:
        text = site.text(file)
        assert old in text, old
        site = site.edited({file: text.replace(old, new, 1) if old else new})
    return site.edited(counts(site))


def test_numbers_and_words():
    """Each number up to 199 has its words, and they lead back to it."""
    for number in range(200):
        said = words(number)
        assert re.fullmatch(NUMBER, said)
        assert value(said) == value(said.capitalize()) == value(str(number)) == number
    assert [words(n) for n in (0, 11, 20, 47, 100, 119, 200)] == [
        "zero",
        "eleven",
        "twenty",
        "forty-seven",
        "one hundred",
        "one hundred and nineteen",
        "200",
    ]


def test_numbers_keep_their_look():
    """Digits stay digits, words stay words, a capital stays a capital."""
    assert [like(21, said) for said in ("47", "seven", "Seven")] == ["21", "twenty-one", "Twenty-one"]


def test_bounds():
    """The words "over sixty" hold from 61 to 70, "some sixty" from 55 to 64."""
    over, about = PLACES["{over}"], PLACES["{about}"]
    assert [over(n) for n in (60, 61, 64, 70, 71)] == [50, 60, 60, 60, 70]
    assert [about(n) for n in (54, 55, 64, 65)] == [50, 60, 60, 70]


def test_again_changes_nothing(site):
    """The numbers of the project are made, and making them twice is as making them once."""
    for file, text in counts(site.edited(counts(site))).items():
        assert text == counts(site)[file] == site.text(file)


ROW = "| **[Sarthaks n.d.](../sources/trade.md#sarthaks)"
CASE = "docs/examples/norway.md"
#: (a list's file, what is added to it, the words that each page must have then)
ADDED = [
    (
        "docs/definitions/published.md",
        ROW,
        f"| **[Another n.d.](../sources/word.md#another)** | moved work, skill | yes | no | yes | words |\n{ROW}",
        {
            "mkdocs.yml": ["48 published definitions: definitions"],
            "docs/index.md": ["Of 48 published definitions", "- 13 define KPO by work that is moved"],
            "docs/brief.md": ["Of 48 published definitions"],
            "docs/compare.md": ["Of 48 published definitions"],
            "docs/evolution.md": ["48"],
            "docs/post.md": ["Of 48 published definitions", "13 by work that is moved"],
            "docs/practice.md": ["Of 48 published definitions", "29 do not"],
            "docs/questions.md": ["Of 48 published definitions", "11 make KPO a part"],
            "docs/definitions/core-kpo.md": ["Of 48 published definitions"],
            "docs/definitions/index.md": ["what 48 published definitions say"],
            "docs/definitions/transformational-bpo.md": ["48"],
            "docs/definitions/published.md": ["description: All 48 published", "| **moved work** | 13 | 19 |"],
        },
    ),
    (
        "docs/market.md",
        "7. **Copied numbers",
        "7. **Another.**\n8. **Copied numbers",
        {"docs/market.md": ["## Eight reasons"], "docs/questions.md": ["[eight reasons](market.md#reasons)"]},
    ),
    (
        "docs/compare.md",
        "| **Offshore or not**",
        "| **Another** | Either | Either | Either |\n| **Offshore or not**",
        {
            "docs/compare.md": ["description: Twenty-one questions", "The fifteen rows from", "The first fifteen rows"],
            "docs/questions.md": ["[twenty-one differences]"],
        },
    ),
    (
        "docs/definitions/published.md",
        "7. market research.",
        "7. market research;\n8. law.",
        {
            "docs/classify.md": ["eight kinds of"],
            "docs/evolution.md": ["[eight kinds of"],
            "docs/market.md": ["[eight kinds of"],
            "docs/questions.md": ["eight kinds of"],
            "docs/glossary/kpo.md": ["only eight kinds of service"],
            "docs/definitions/index.md": ["eight kinds of"],
            "docs/definitions/published.md": ["of one of eight kinds", "eight kinds listed"],
        },
    ),
    (
        "docs/questions.md",
        "## AI {#ai}",
        "".join(f"### Is it {n}? {{#is-{n}}}\n\nYes.\n\n" for n in range(7)) + "## AI {#ai}",
        {
            "docs/index.md": ["Over ninety of them"],
            "docs/questions.md": ["description: Some one hundred questions"],
        },
    ),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "says"), ADDED, ids=["definition", "reason", "row", "kind", "questions"]
)
def test_one_more_changes_all_that_count_it(site, file, old, new, says):
    """A row, item or heading that is added changes its number wherever it is stated, and only there."""
    after = made(site, (file, old, new))
    for page, phrases in says.items():
        for phrase in phrases:
            assert phrase in after.text(page), (page, phrase)
    assert {page for page in counts(after) if after.text(page) != site.text(page)} == {file, *says}


def test_new_country_is_counted(site):
    """A case in another country changes the number of countries."""
    case = site.text("docs/examples/klarna.md").replace("place: [Sweden]", "place: [Norway, not stated]")
    told = "deals from {} countries"
    number = next(n for n in range(2, 60) if told.format(words(n)) in site.text("docs/examples/index.md"))
    assert told.format(words(number + 1)) in made(site, (CASE, "", case)).text("docs/examples/index.md")


def test_two_lists_must_agree(site):
    """A row that is added to the decision table alone changes nothing; with its verdict explained, it changes both."""
    row = (
        "docs/classify.md",
        "| yes | no | any | no |",
        "| odd | no | any | no | **rest** | *rest* |\n| yes | no | any | no |",
    )
    verdict = ("docs/classify.md", "- **Plain BPO.**", "- **Rest.** Rest.\n- **Plain BPO.**")
    assert "A table of seven rows" in made(site, row).text("docs/classify.md")
    assert "A table of eight rows" in made(site, row, verdict).text("docs/classify.md")


def test_history_and_drawings_are_left_alone(site):
    """A dated change and a drawing keep their numbers."""
    line = "- 23 November 2026: first publication"
    change = ("docs/about.md", line, f"{line} of 40 published definitions")
    drawing = ("docs/about.md", "## Corrections", "<svg><text>40 published definitions</text></svg>\n\n## Corrections")
    assert made(site, change, drawing).text("docs/about.md").count("40 published definitions") == 2


def test_free_phrase_wins(site):
    """A number in a phrase that counts.yml leaves free is not rewritten."""
    sentence = ("docs/about.md", "## Corrections", "The 9 published definitions of hers.\n\n## Corrections")
    free = (FILE, "- '521 pages'", "- '521 pages'\n    - '9 published definitions of hers'")
    assert "The 9 published definitions of hers" in made(site, sentence, free).text("docs/about.md")


@pytest.mark.parametrize(
    "text", ["", "lists:", "lists: {}\nfree: {}", "a: [", "lists: {a: {count: 1}}\nfree: {}\nnouns: []"]
)
def test_unusable_file_changes_nothing(site, text):
    """A counts.yml that cannot be read, or that binds nothing, changes no page."""
    assert all(made == site.text(file) for file, made in counts(site.edited({FILE: text})).items())
