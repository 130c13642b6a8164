"""The sources as data for the templates: each page shows at its foot, whole, those that it cites."""

import json
import re
from functools import cache
from html import escape

from markdown import markdown

from tools.records import Source, sources
from tools.site import Site

FILE = "overrides/partials/kpo/sources.html"
HEAD = "{#- Made from docs/sources/: the lists, and by the address of each page the sources that it names. -#}"


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
    """The data: the addresses of the lists; by the address of each page, its sources in its own order, as list items.

    One text a page, since an engine that compiles templates takes its time for each text.
    """
    entries = sources(site)
    found = {
        page.url: "\n".join(
            f'<li id="src-{key}">{_reference(entries[key])}</li>' for key in page.meta["sources"] if key in entries
        )
        for page in site.pages.values()
        if page.meta.get("sources")
    }
    lists = json.dumps(sorted(page.url for page in site.pages.values() if page.lists_sources))
    table = json.dumps(found, ensure_ascii=False, indent=0, sort_keys=True)
    return {FILE: f"{HEAD}\n{{% set lists = {lists} %}}\n{{% set sources = {table} %}}\n"}
