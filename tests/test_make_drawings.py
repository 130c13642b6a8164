"""What tools/make/drawings.py draws follows from tables and records."""

import re

import pytest

from tools.make.drawings import BAR_WIDTH, DRAWINGS, drawings, found
from tools.records import decision_table
from tools.site import cells

MARKET, EVOLUTION, COMPARE = "docs/market.md", "docs/evolution.md", "docs/compare.md"
HOME, CASES, BRIEF = "docs/index.md", "docs/examples/index.md", "docs/brief.md"
NAMES = {f"docs/{one.page}": one.name for one in DRAWINGS}


def drawn(site, page, *edits):
    """The drawing of a page after edits, (file, old, new)."""
    for file, old, new in edits:
        text = site.text(file)
        assert old in text, old
        site = site.edited({file: text.replace(old, new, 1)})
    return found(drawings(site)[page], NAMES[page])[0]


def test_again_changes_nothing(site):
    """The drawings of the project are as they are made, and making them twice is as making them once."""
    for file, text in drawings(site.edited(drawings(site))).items():
        assert text == drawings(site)[file] == site.text(file)


def test_page_beside_a_drawing_is_left_alone(site):
    """Only the drawing changes."""
    text = site.text(MARKET).replace("<title id", "<title lang='x' id").replace("$88bn", "$99bn")
    made = drawings(site.edited({MARKET: text}))[MARKET]
    assert re.sub(r"<svg.*?</svg>", "", made, flags=re.S) == re.sub(r"<svg.*?</svg>", "", text, flags=re.S)
    assert "lang='x'" not in made


def test_bars_have_one_scale(site):
    """A row that is added becomes a bar to the scale of the others; the largest is as wide as there is room."""
    row = "| **Smith & Co** | 2027 | $1,670bn | not stated | nowhere |\n| **WifiTalents**"
    svg = drawn(site, MARKET, (MARKET, "| **WifiTalents**", row))
    widths = [float(width) for width in re.findall(r'class="bar" x="4" y="\d+" width="([\d.]+)"', svg)]
    sizes = [float(size.replace(",", "")) for size in re.findall(r"\$([\d.,]+)bn</text>", svg)]
    assert len(widths) == len(sizes) == 9
    assert [round(size * BAR_WIDTH / 1670, 1) for size in sizes] == widths
    assert max(widths) == BAR_WIDTH
    assert "Smith &amp; Co, for 2027" in svg
    assert 'viewBox="0 0 360 352"' in svg
    assert ">Nine sizes of one market<" in svg
    assert "from $1,670bn down to $45.2bn" in svg
    assert re.findall(r'data-in="bar"[^>]*>([^<]*)', svg) == ["$1,670bn"]


def laid(text):
    """(year, lane, row, rows, row where its dot is) of each date of the timeline."""
    found = re.findall(r'class="(\w+)" style="--row:(\d+);--rows:(\d+);--late:(\d+)"><b>\D*(\d+)', text)
    return [(int(year), lane, int(row), int(rows), int(row) - int(late)) for lane, row, rows, late, year in found]


def test_row_that_is_marked_is_drawn(site):
    """A date of the table is drawn once it is marked, in its order and lane; above the scale where it is too early."""
    old = "| The Oxford English Dictionary's first use of the word outsourcing, as a blog reports |"
    new = '| <span data-drawn="other">First use in the *OED*</span>, as a blog reports |'
    text = drawn(site, EVOLUTION, (EVOLUTION, old, new))
    assert "<b>1981</b> First use in the OED</li>" in text
    assert [one[:3] for one in laid(text)[:3]] == [(1963, "other", 2), (1981, "other", 4), (1991, "bpo", 9)]
    assert laid(drawn(site, EVOLUTION, (EVOLUTION, 'data-drawn="other">EDS', 'data-drawn="KPO">EDS')))[0][1] == "kpo"


def test_dates_are_to_scale(site):
    """The dots of the timeline are two rows a year apart; no date covers another of its lane, or one across all."""
    found = laid(drawn(site, EVOLUTION))[1:]
    year, *_, first = found[0]
    assert len(found) > 15
    assert all(dot - first - 2 * (one - year) in (0, 1) for one, *_, dot in found)
    for n, (_, lane, row, rows, dot) in enumerate(found):
        assert row >= dot
        after = [one for one in found[n + 1 :] if lane == one[1] or "other" in (lane, one[1])]
        assert all(one[2] >= row + rows for one in after)


def test_arrow_follows_the_words(site):
    """The lane of the flow that is turned round has its arrow turned round, and a reader hears of it."""
    old, new = "| From supplier into the process |", "| From buyer into the process |"
    before, after = drawn(site, COMPARE), drawn(site, COMPARE, (COMPARE, old, new))
    assert before.count("M240") == 1
    assert "M240" not in after
    assert "Transformational BPO: from buyer into the process." in after


def placed(site, page, *edits):
    """{verdict: the text of its place} of the map on a page after edits, the yard outside the fence with the others."""
    text = drawn(site, page, *edits)
    rows = [cells(line) for line in text.split("\n") if line.startswith("| **")]
    found = dict(re.match(r"([^<]+)<(.*)", cell, re.S).groups() for _, *row in rows for cell in row)
    yard = re.search(r"\*\*([^*]+):\*\*(.*)", text, re.S)
    return {**found, yard[1].lower(): yard[2]}


@pytest.mark.parametrize("page", [HOME, CASES])
def test_case_stands_at_each_of_its_verdicts(site, page):
    """The map has a place for each verdict of the table; a case stands in those that its record names alone."""
    places = placed(site, page)
    assert set(places) == {row.verdict for row in decision_table(site)}
    for case in site.of("case"):
        link = "](examples/" if page == HOME else "]("
        found = [verdict for verdict, text in places.items() if f"{link}{case.slug}.md)" in text]
        assert sorted(found) == sorted(case.meta["verdict"]), case.path
        item = re.search(rf"<i class=\"sign (\w+)\">[^<]*</i> \S*[^<]*{case.slug}\.md\)(.*?)</small>", places[found[0]])
        assert item[1] == case.meta["outcome"], case.path
        assert ("disputed" in item[2]) == (len(found) > 1), case.path


def test_case_moves_with_its_verdict(site):
    """A case whose verdict changes leaves its place; one that gets none leaves a word there."""
    edit = ("docs/examples/nielsen-tcs.md", "verdict: [core KPO and transformational BPO]", "verdict: [expert BPO]")
    places = placed(site, HOME, edit)
    assert "nielsen-tcs" in places["expert BPO"]
    lone = ["lilly-covance", "tesco-dunnhumby"]
    gone = [(f"docs/examples/{slug}.md", ", core KPO and transformational BPO]", "]") for slug in lone]
    assert placed(site, HOME, edit, *gone)["core KPO and transformational BPO"] == "br>no case"


def test_map_takes_any_case(site):
    """A new case is called by its label in the nav up to a colon, and told by its function if it has no short name."""
    path, text = "docs/examples/new.md", site.text("docs/examples/xo1.md").replace("short: one antibody\n", "")
    nav = site.text("mkdocs.yml").replace("- XO1: ex", "- 'Newcomer: what it did': examples/new.md\n      - XO1: ex")
    new = site.edited({path: text, "mkdocs.yml": nav})
    assert "[Newcomer](new.md) <small>pharma</small>" in placed(new, CASES)["core KPO"]
    assert "[Newcomer]" not in drawn(new, BRIEF)
    assert "[29 cases]" in drawn(new, BRIEF)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (MARKET, "| $88bn |", "| large |"),
        (MARKET, "| Publisher | For | Size |", "| Publisher | For | Sum |"),
        (COMPARE, "| From supplier into the process |", "| |"),
        (EVOLUTION, 'data-drawn="BPO"', 'data-drawn="x"'),
    ],
)
def test_what_cannot_be_drawn_is_left(site, file, old, new):
    """A table that cannot be drawn does not stop the maker: the other drawings are made, this one stays."""
    made = drawings(site.edited({file: site.text(file).replace(old, new, 1)}))
    assert len(made) == len({one.page for one in DRAWINGS}) - 1
