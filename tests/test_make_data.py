"""The tables of docs/data/: what a program reads in them is what the records say, and nothing in them is Markdown."""

import csv
import io
import json
import operator
import re
import subprocess
import sys

import pytest

from tools.make.data import COLUMNS, data
from tools.make.sections import nearest
from tools.records import CRITERIA, answers, table_below
from tools.site import ROOT


def wrong(files: dict[str, str], rows: dict[str, int]) -> list[str]:
    """What is wrong with tables, {path: text}, that should have so many rows each."""
    found = []
    package = json.loads(files["docs/data/datapackage.json"])
    fields = {one["path"]: [field["name"] for field in one["schema"]["fields"]] for one in package["resources"]}
    for name, number in rows.items():
        table = list(csv.reader(io.StringIO(files[f"docs/data/{name}.csv"]), strict=True))
        if table[0] != fields[f"{name}.csv"]:
            found.append(f"{name}.csv: its columns are not those of datapackage.json")
        if len(table) != number + 1 or {len(row) for row in table} != {len(table[0])}:
            found.append(f"{name}.csv: not {number} whole rows")
        # A program for tables takes what begins with such a sign for a formula.
        signs = re.compile(r"\]\(|\*\*|\{[#:]|&(?:amp|lt|gt|quot|#\d+);|^[=+@\t-]")
        cells = (cell for row in table for cell in row)
        found += [f"{name}.csv: {cell[:60]!r} is no plain text" for cell in cells if signs.search(cell)]
    return found


@pytest.fixture
def rows(site):
    """How many rows each table should have."""
    definitions = table_below(site.pages["definitions/published.md"], "table").rows[1:]
    return {
        "glossary": len(site.of("term", "definition")),
        "cases": len(site.of("case")),
        "definitions": len(definitions),
    }


def test_tables_are_read_as_they_are_meant(site, rows):
    """Each term, case and published definition is a whole row of plain text, below the columns that are described."""
    assert wrong(data(site), rows) == []
    table = list(csv.DictReader(io.StringIO(data(site)["docs/data/definitions.csv"])))
    assert all(row["source"] and row["reference"] and row["kind"] for row in table), "a definition without its source"
    cases = {row["address"]: row for row in csv.DictReader(io.StringIO(data(site)["docs/data/cases.csv"]))}
    for case in site.of("case"):
        assert cases[case.url]["answer_core"] == case.meta["criteria"]["core"]["answer"]
        assert cases[case.url]["verdict"].split("; ") == case.meta["verdict"]


WRONG = [
    ("cases", "title,", "name,", "cases.csv: its columns"),
    ("cases", "\n", "\na row too many\n", "cases.csv: not"),
    ("glossary", "An alliance", "**An** alliance", "is no plain text"),
    ("glossary", "An alliance", "=1+1 alliance", "is no plain text"),
]


@pytest.mark.parametrize(("name", "old", "new", "says"), WRONG, ids=[f"{b[0]} {b[2].strip()}" for b in WRONG])
def test_wrong_table_is_seen(site, rows, name, old, new, says):
    """A column, a row, a cell that is not as described is found."""
    files, file = data(site), f"docs/data/{name}.csv"
    assert old in files[file]
    found = wrong(files | {file: files[file].replace(old, new, 1)}, rows)
    assert any(says in one for one in found), found


def test_every_column_is_described():
    """No column is without words on what it holds."""
    assert all(text for columns in COLUMNS.values() for text in columns.values())


def test_example_query_runs(site):
    """The program on data.md, run as it stands beside the file, prints terms with their definitions."""
    code = re.search(r"```text\n(.*?)```", site.pages["data.md"].body, re.S)[1]
    command = [sys.executable, "-X", "utf8", "-c", code]
    done = subprocess.run(
        command, cwd=ROOT / "docs/glossary", capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert site.pages["glossary/ito.md"].meta["description"] in done.stdout
    assert len(done.stdout.splitlines()) > 5


def test_nearest_deal_is_the_nearest(site):
    """A case names one deal, in the fewest answers other than its own, and each answer that is."""
    every = {case.slug: answers(case) for case in site.of("case")}
    for case in site.of("case"):
        own = every[case.slug]
        apart = {slug: sum(map(operator.ne, own, other)) for slug, other in every.items() if other != own}
        text = nearest(site, case)
        (slug,) = re.findall(r"\]\(([^)]*)\.md\)", text)
        assert apart[slug] == min(apart.values()), case.path
        told = " ".join(re.findall(r"\*\*(.*?)\*\*", text))
        assert len(re.findall("|".join(CRITERIA.values()), told)) == apart[slug], case.path
