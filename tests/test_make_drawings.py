"""What tools/make/drawings.py draws follows from tables and records."""

import re

import pytest

from tools.make.charts import LEFT
from tools.make.drawings import DRAWINGS, drawings, found
from tools.records import decision_table, table_below
from tools.site import cells

MARKET, EVOLUTION, COMPARE = "docs/market.md", "docs/evolution.md", "docs/compare.md"
HOME, CASES, BRIEF = "docs/index.md", "docs/examples/index.md", "docs/brief.md"
#: The name of the first drawing of a page.
NAMES = {f"docs/{one.page}": one.name for one in reversed(DRAWINGS)}


def drawn(site, page, *edits, name=""):
    """The drawing of a page after edits, (file, old, new)."""
    for file, old, new in edits:
        text = site.text(file)
        assert old in text, old
        site = site.edited({file: text.replace(old, new, 1)})
    return found(drawings(site)[page], name or NAMES[page])[0]


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


def test_dots_have_one_scale(site):
    """A row that is added becomes a dot to the scale of the others, each year on its line."""
    row = "| **Smith & Co** | 2027 | $1,670bn | not stated | nowhere |\n| **WifiTalents**"
    svg = drawn(site, MARKET, (MARKET, "| **WifiTalents**", row))
    found = re.findall(r'<circle class="(\w+)" cx="([\d.]+)" cy="(\d+)" r="6"/>(?:<text[^>]*>\$([\d.,]+)bn<)?', svg)
    unit = (float(found[-1][1]) - LEFT) / 1670
    assert len(found) == 9
    assert all(abs(LEFT + unit * float(size.replace(",", "")) - float(x)) < 0.06 for _, x, _, size in found if size)
    assert [look for look, *_ in found] == ["claim"] * 4 + ["ours"] + ["later"] * 4
    assert len({y for _, _, y, _ in found}) == 3
    assert ">Nine sizes of one market<" in svg
    assert "from $45.2bn to $1,670bn" in svg
    assert ">$1,500bn<" in svg


def test_bracket_is_over_what_was_published(site):
    """What we worked out ourselves is no published figure; the largest is told as a multiple of the smallest."""
    rows = table_below(site.pages["market.md"], "same-year").rows
    sizes = {row[0]: float(row[2].strip("$bn")) for row in rows if row[1] == "2025"}
    published = [size for name, size in sizes.items() if "worked back by us" not in name]
    assert 1 < len(published) < len(sizes)
    for some, edits in ((published, ()), (list(sizes.values()), [(MARKET, ", worked back by us**", "**")])):
        assert f"the highest is {max(some) / min(some):.1f} times the lowest" in drawn(site, MARKET, *edits)


def test_forecast_that_is_marked_is_drawn(site):
    """A forecast is drawn once it is marked, from its lower to its upper figure, and only while nothing was counted."""
    name = "counted"
    text = drawings(site)[MARKET]
    assert re.search(
        r'M[\d.]+ \d+ H[\d.]+"/><circle[^>]*/><circle[^>]*/>\n<text[^>]*>\$10bn to \$12bn<', found(text, name)[0]
    )
    assert "for 2014" not in found(text, name)[0]
    old, new = "| $32.5bn and", '| <span data-drawn="forecast">$32.5bn</span> and'
    text = drawings(site.edited({MARKET: site.text(MARKET).replace(old, new)}))[MARKET]
    assert "Frost &amp; Sullivan, 2006, as a blog reports, for 2014<" in found(text, name)[0]


@pytest.mark.parametrize("page", [HOME, "docs/definitions/published.md"])
def test_each_definition_is_a_dot(site, page):
    """There is a dot for each row of the table, beside the first word of its kind."""
    table = table_below(site.pages["definitions/published.md"], "table")
    text = found(drawings(site)[page], "dots")[0]
    assert text.count("<i></i>") == len(table.rows) - 1
    kind = table.rows[0].index("Kind")
    for name, number, row in re.findall(r"<li class=\"[\w-]+\">([\w ]+) <b>(\d+)</b> <span[^>]*>((?:<i></i>)+)<", text):
        assert int(number) == row.count("<i>") == sum(cells[kind].split(",")[0] == name.lower() for cells in table.rows)


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
    assert (
        laid(drawn(site, EVOLUTION, (EVOLUTION, 'data-drawn="other">Frito', 'data-drawn="KPO">Frito')))[0][1] == "kpo"
    )


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
    """The head of the column whose know-how is turned round has its arrow turned round; its name stays."""
    old, new = "| From supplier into the process |", "| From buyer into the process |"
    before, after = drawn(site, COMPARE), drawn(site, COMPARE, (COMPARE, old, new))
    arrow = 'Transformational BPO<br><span class="flow">know-how: {} <i class="sign to">to</i> {}</span>'
    assert arrow.format("supplier", "process") in before
    assert arrow.format("buyer", "supplier") in after
    assert [cell.split("<")[0] for cell in cells(after)] == ["Question", "BPO", "Core KPO", "Transformational BPO"]


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
    both = "core KPO and transformational BPO"
    others = [case for case in site.of("case") if both in case.meta["verdict"] and case.slug != "nielsen-tcs"]
    assert others, "no case but Nielsen is both"
    gone = [(case.file, f"verdict: [{', '.join(case.meta['verdict'])}]", "verdict: [plain BPO]") for case in others]
    assert placed(site, HOME, edit, *gone)[both] == "br>no case"


def test_map_takes_any_case(site):
    """A new case is called by its label in the nav up to a colon, and told by its function if it has no short name."""
    path, text = "docs/examples/new.md", site.text("docs/examples/xo1.md").replace("short: one antibody\n", "")
    nav = site.text("mkdocs.yml").replace(
        "- 'XO1: one", "- 'Newcomer: what it did': examples/new.md\n          - 'XO1: one"
    )
    new = site.edited({path: text, "mkdocs.yml": nav})
    assert "[Newcomer](new.md) <small>pharma</small>" in placed(new, CASES)["core KPO"]
    assert "[Newcomer]" not in drawn(new, BRIEF)
    assert f"[{len(site.of('case')) + 1} cases]" in drawn(new, BRIEF)


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
    text = site.text(file).replace(old, new, 1)
    made = drawings(site.edited({file: text}))
    assert made.get(file, text) == text
    assert len(made) >= len({one.page for one in DRAWINGS}) - 1
