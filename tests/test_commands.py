"""The commands that somebody uses while writing (check, records, cards, move), and that they harm nothing."""

import re
import subprocess
import sys
from fnmatch import fnmatch

import pytest

from tools import commands, make
from tools.make.addresses import published
from tools.make.stubs import redirects
from tools.move import moved
from tools.rules import check


def snapshot(root):
    """Every file of a folder, with its content."""
    return {file: file.read_bytes() for file in root.rglob("*") if file.is_file()}


HARM = [
    (
        "docs/glossary/ito.md",
        "## Neighbours {#neighbours}",
        "## Neighbours",
        "docs/glossary/ito.md:",
        "no heading {#nei",
    ),
    ("docs/glossary/ito.md", "{#not}", "{#nought}", "docs/glossary/ito.md:", "no heading has the id not"),
    ("docs/compare.md", "(classify.md#", "(clasify.md#", "docs/compare.md:", "clasify.md"),
    ("docs/compare.md", "(classify.md#", "(classify.md#no-", "docs/compare.md:", "#no-"),
    ("docs/about.md", "{#corrections}", "{#mending}", "docs/about.md:", "the published id corrections is gone"),
    ("docs/glossary/ito.md", "topic: labels", "topic: label", "docs/glossary/ito.md:", "topic"),
    ("tools/redirects.yml", "kpo/: definitions/core-kpo/", "kpo/: definitions/core/", "tools/redirects.yml:", "core/"),
    ("docs/compare.md", "title: ", "title: a: ", "docs/compare.md:2", "not YAML"),
]


@pytest.mark.parametrize(("file", "old", "new", "where", "says"), HARM, ids=[h[-1] for h in HARM])
def test_records_write_nothing_where_a_page_would_be_harmed(project, capsys, file, old, new, where, says):
    """A missing heading, a dead link, a gone address, a broken record is named, and no file is touched."""
    project(file, old, new)
    before = snapshot(project.root)
    assert commands.records() == 1
    said = capsys.readouterr().err
    assert says in said
    assert any(line.startswith(where) for line in said.split("\n"))
    assert "Nothing was written." in said
    assert snapshot(project.root) == before


def test_records_twice_change_nothing(project, capsys):
    """What the first run makes, the second finds made; each file is named once."""
    project("docs/glossary/ito.md", "aliases: [", "aliases: [outsourced computing, ")
    project("docs/glossary/ito.md", "topic: labels for outsourced work", "topic: change and technology")
    assert commands.records() == 0
    said = capsys.readouterr().out.splitlines()
    assert {"Made: docs/glossary/index.md", "Made: docs/glossary/terms.json"} <= set(said)
    assert len(said) == len(set(said))
    once = snapshot(project.root)
    assert commands.records() == 0
    assert capsys.readouterr().out == "Nothing to make.\n"
    assert snapshot(project.root) == once


def test_made_files_merge_by_lines(site):
    """Two branches that each add a term change the same made files: each of these keeps the lines of both."""
    text = (
        site.text("docs/glossary/insourcing.md").replace("title: I", "title: Zon-i").replace("term: i", "term: zon-i")
    )
    changed = make.made(site.edited({"docs/glossary/zoning.md": text}))
    union = re.findall(r"(?m)^(\S+) merge=union$", site.text(".gitattributes"))

    def conflicting(patterns):
        return {file for file in changed if not any(fnmatch(file, pattern) for pattern in patterns)}

    assert not conflicting(union), ".gitattributes gives them no merge=union"
    words = "docs/assets/search/words.json"
    assert conflicting(set(union) - {words}) == {words}


def test_a_report_may_be_cut_off():
    """`make report | head` ends without a traceback."""
    run = [sys.executable, "-m", "tools", "report"]
    with subprocess.Popen(run, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 1


def test_check_says_all_at_once(project, capsys):
    """Every problem stands on a line with file, line, mend and rule; a clean project says how much was looked at."""
    assert commands.check_all() == 0
    assert "pages keep" in capsys.readouterr().out
    project("docs/compare.md", "\n## ", "\nThe end!\n\n## ")
    project("docs/market.md", "\n## ", "\nThe end!\n\n## ")
    assert commands.check_all() == 1
    said = capsys.readouterr().err
    assert said.count("[prose_is_plain]") == 2
    assert "2 problems." in said


def test_what_is_only_to_be_made_is_said_last(project, capsys):
    """A stale part does not stand between the lines that somebody must mend."""
    project("docs/data/cases.csv", "\n", "\n\n")
    project("docs/market.md", "\n## ", "\nThe end!\n\n## ")
    assert commands.check_all() == 1
    plain, made, number = capsys.readouterr().err.splitlines()
    assert plain.startswith("docs/market.md:")
    assert made.startswith("docs/data/cases.csv:")
    assert number == "2 problems."


def test_a_renamed_term_is_sorted_anew(site):
    """The lists of related terms of other pages stay in the order of the alphabet."""
    after = site.edited(moved(site, "glossary/exit-plan.md", "glossary/a-plan.md"))
    related = after.pages["glossary/backsourcing.md"].meta["related"]
    assert "a-plan" in related
    assert related == sorted(related)


def test_stale_cards_are_told(project, monkeypatch, capsys):
    """`cards --check` tells by its exit code; without a browser, drawing ends with what to do."""
    assert commands.cards(check_only=True) == 0
    project("docs/examples/xo1.md", "teaches: ", "teaches: Not ")
    assert commands.cards(check_only=True) == 1
    monkeypatch.setattr("tools.browser.find_browser", lambda: None)
    assert commands.cards() == 1
    assert "Install one" in capsys.readouterr().err


# -- Moving a page -----------------------------------------------------------------------------------------------------

#: The nth page of a kind, whichever that is by now, and where it goes.
MOVES = [("term", 40, "glossary/moved.md"), ("term", -1, "glossary/moved-too.md"), ("case", 5, "examples/moved.md")]


@pytest.mark.parametrize(("kind", "nth", "new"), MOVES, ids=[new for *_, new in MOVES])
def test_a_page_moves_whole(site, kind, nth, new):
    """After a move and `make records` every link, relation and snippet holds; the old address and anchors answer."""
    old = site.of(kind)[nth].path
    after = site.edited(moved(site, old, new))
    after = after.edited(make.made(after))
    address = f"/{site.pages[old].url}"
    assert address in published(after)
    assert redirects(after)[address.removeprefix("/")] == after.pages[new].url
    asked = "".join(after.text(f"tests/search/{half}.txt") for half in ("first", "second"))
    assert f" {address.removeprefix('/')}" not in asked
    # Cards are drawn anew, and what names the page by its file elsewhere is told by its own rule.
    # A case's name may say more than its new address.
    assert set(check(after)) <= {"cards_are_fresh", "nav_labels_fit"}, check(after)


def test_the_suite_follows_a_move(site):
    """Tests and guides that name a page name it by its new file and address; a longer name that ends alike stays."""
    files = moved(site, "glossary/ito.md", "glossary/it.md")
    for file, name in (
        ("tests/breaks/structure.py", '"docs/glossary/it.md"'),
        ("tests/breaks/records.py", '"it.md:{line}: '),
        ("tests/breaks/records.py", '"related: [it, "'),
        ("tests/test_hosting.py", '"glossary/it/index.html"'),
        ("README.md", '"glossary/it.md:def"'),
    ):
        assert name in files[file] and name not in site.text(file), file
    assert '"glossary/itoo.md:def"' in files["tests/breaks/links.py"]


REFUSED = [
    ("", "", "make move FROM="),
    ("ito.md", "it.md", "Write: FROM=glossary/ito.md"),
    ("no.md", "yes.md", "there is no such page"),
    ("practice.md", "about.md", "stands there already"),
    ("practice.md", "practice.txt", "does not end in .md"),
    ("definitions/core-kpo.md", "definitions/kpo.md", "names it: change that first"),
]


@pytest.mark.parametrize(("old", "new", "says"), REFUSED, ids=[says for _, _, says in REFUSED])
def test_a_move_that_cannot_be_is_refused(site, old, new, says):
    """A page that is not there, a name that is taken or no page's, a page that the code knows by name, is refused."""
    with pytest.raises(ValueError, match=says):
        moved(site, old, new)
