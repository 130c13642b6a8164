"""docs/data/: the glossary, the cases and the coded definitions as CSV (RFC 4180), and what their columns are.

Addresses are below the site's root, so that they hold on any host.
"""

import csv
import io
import json
import re
from html import unescape

from tools.records import CRITERIA, by_title, cited_keys, sources, table_below
from tools.site import Page, Site

FOLDER = "docs/data"
LICENCE = {"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}
#: Each column, and what stands in it; several values in one cell are parted by "; ".
COLUMNS: dict[str, dict[str, str]] = {
    "glossary": {
        "term": "the name",
        "abbreviation": "its abbreviation, if it has one",
        "aliases": "other names",
        "definition": "one sentence",
        "topic": "one of six subjects",
        "kind": "term, or definition where the site has a whole page on it",
        "broader": "addresses of the terms under which it falls",
        "related": "addresses of its neighbours",
        "confused_with": "addresses of terms for which it is mistaken",
        "sources": "keys of its sources",
        "reviewed": "day on which its claims were last read",
        "address": "its page",
    },
    "cases": {
        "title": "title of the page",
        "buyer": "who bought",
        "supplier": "who supplied",
        "process": "what was handed over",
        "function": "one of thirteen kinds of work",
        "period": "years",
        "place": "countries of the buyer and of the work",
        **{f"answer_{name}": f"answer to {head} yes, no or disputed" for head, name in CRITERIA.items()},
        **{f"why_{name}": f"reason of that answer to {head}" for head, name in CRITERIA.items()},
        "verdict": "what follows by the table; two where an answer is disputed",
        "outcome": "worked, failed, mixed or unknown, on the word of the sources",
        "teaches": "what the case teaches",
        "sources": "keys of its sources",
        "reviewed": "day on which its claims were last read",
        "address": "its page",
    },
    "definitions": {
        "who_and_when": "who published the definition, and when",
        "kind": "what it treats as decisive, then what it also mentions",
        "offshore_required": "whether the work must be done abroad",
        "captives_count": "whether a unit that the buyer owns counts",
        "part_of_bpo": "whether KPO is part of BPO",
        "in_our_words": "what it says, in our words",
        "source": "key of its source",
        "reference": "the source in full",
        "address": "its row",
    },
}


def _plain(text: str) -> str:
    """Markdown as plain text: no emphasis, no ids, of links their words."""
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)|<(https?://[^>]+)>", r"\1\2", text)
    return unescape(re.sub(r"\{[#:][^}]*\}|\*\*", "", text)).strip()


def _glossary(site: Site, page: Page) -> dict[str, object]:
    relations = ("broader", "related", "confused_with")
    leads = {key: [site.records[slug].url for slug in page.meta[key] if slug in site.records] for key in relations}
    return {**page.meta, **leads, "definition": page.meta["description"], "kind": page.kind, "address": page.url}


def _case(page: Page) -> dict[str, object]:
    parts = [(part, name) for part in ("answer", "why") for name in CRITERIA.values()]
    answers = {f"{part}_{name}": page.meta["criteria"][name][part] for part, name in parts}
    return {**page.meta, **answers, "address": page.url}


def _definitions(site: Site) -> list[dict[str, object]]:
    entries, names = sources(site), list(COLUMNS["definitions"])
    found: list[dict[str, object]] = []
    for row in table_below(site.pages["definitions/published.md"], "table").rows[1:]:
        key = next(iter(cited_keys(row[0])), "")
        entry = entries.get(key)
        anchor = re.search(r"\{(#[\w-]+)\}", row[0])
        rest = [
            key,
            _plain(entry.record.removeprefix(":   ")) if entry else "",
            f"definitions/published/{anchor[1] if anchor else '#table'}",
        ]
        found.append(dict(zip(names, [*map(_plain, row), *rest], strict=False)))
    return found


def _csv(columns: dict[str, str], rows: list[dict[str, object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        cells = (row.get(name, "") for name in columns)
        writer.writerow("; ".join(map(str, cell)) if isinstance(cell, list) else str(cell) for cell in cells)
    return out.getvalue()


def data(site: Site) -> dict[str, str]:
    """The three tables, and datapackage.json (Frictionless Data), which says what they hold under which licence."""
    tables = {
        "glossary": [_glossary(site, page) for page in by_title(site.of("term", "definition"))],
        "cases": [_case(page) for page in by_title(site.of("case"))],
        "definitions": _definitions(site),
    }
    resources = [
        {
            "name": name,
            "path": f"{name}.csv",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": {
                "fields": [{"name": key, "type": "string", "description": text} for key, text in columns.items()]
            },
        }
        for name, columns in COLUMNS.items()
    ]
    package = {
        "name": "kpo-explained",
        "title": site.config["site_name"],
        "description": site.config["site_description"],
        "licenses": [LICENCE],
        "resources": resources,
    }
    files = {f"{FOLDER}/{name}.csv": _csv(COLUMNS[name], rows) for name, rows in tables.items()}
    return files | {f"{FOLDER}/datapackage.json": json.dumps(package, indent=1, ensure_ascii=False) + "\n"}
