"""The sources as data for the templates: each page shows at its foot, whole, those that it cites."""

import json
import re
from functools import cache
from html import escape

from markdown import markdown

from tools.records import Source, sources
from tools.site import Site

FILE = "overrides/partials/kpo/sources.html"
HEAD = "{#- Made from docs/sources/: key, address, and the reference that a page which cites it shows. -#}"


def _link(match: re.Match[str]) -> str:
    """A link that shows the host alone; on paper the style adds the address."""
    return f'<a rel="noopener" href="{escape(match[1])}">{match[2]}</a>'


@cache
def _reference(source: Source) -> str:
    """A source as a paragraph of HTML: its label, its record."""
    record = re.sub(r"<(https?://(?:www\.)?([^/>\s]+)[^>\s]*)>", _link, source.record.removeprefix(":").strip())
    stop = "" if source.label.endswith(".") else "."
    return markdown(f"<b>{source.label}{stop}</b> {record}")


def references(site: Site) -> dict[str, str]:
    """The data: a list of triples, in the alphabetical order of the labels."""
    found = sorted(sources(site).values(), key=lambda one: one.label.lower())
    rows = (json.dumps([one.key, one.address, _reference(one)], ensure_ascii=False) for one in found)
    return {FILE: f"{HEAD}\n{{% set sources = [\n" + "".join(f"{row},\n" for row in rows) + "] %}\n"}
