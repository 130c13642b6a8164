"""docs/glossary/terms.json: the records as SKOS in JSON-LD (https://www.w3.org/TR/skos-reference/)."""

import json
from typing import Any

from tools.records import Source, by_title, sources
from tools.site import Page, Site

ORDER = "overrides/partials/kpo/terms.html"
HEAD = "{#- Made from the records: the address and the title of each term and definition, by alphabet. -#}"
SKOS, TERMS = "http://www.w3.org/2004/02/skos/core#", "http://purl.org/dc/terms/"


def _context() -> dict[str, Any]:
    """What each key of a concept means."""
    text = {"@language": "en"}
    return {
        **{name: {"@id": SKOS + name} for name in ("inScheme", "broader", "related", "exactMatch")},
        **{name: {"@id": SKOS + name, **text} for name in ("prefLabel", "altLabel", "definition", "scopeNote")},
        **{name: SKOS + name for name in ("Concept", "ConceptScheme")},
        **{name: TERMS + name for name in ("source", "license", "title")},
        "modified": {"@id": f"{TERMS}modified", "@type": "http://www.w3.org/2001/XMLSchema#date"},
    }


def _concept(site: Site, page: Page, entries: dict[str, Source]) -> dict[str, Any]:
    """A record as a concept, without its empty keys; `entries` are the sources by key.

    Addresses are relative to the file's own, so that they hold on any host.
    """

    def address(one: Page) -> str:
        return f"../{one.url}" if one.kind == "definition" else one.url.removeprefix("glossary/")

    def related(key: str) -> list[Page]:
        return [site.records[slug] for slug in page.meta[key] if slug in site.records]

    meta = page.meta
    names = [*meta["aliases"], *filter(None, [meta["abbreviation"]])]
    concept = {
        "@id": address(page),
        "@type": "Concept",
        "inScheme": {"@id": "./"},
        "prefLabel": meta["title"],
        "altLabel": [name for name in names if name != meta["title"]],
        "definition": meta["description"],
        "broader": [{"@id": address(one)} for one in related("broader")],
        "related": [{"@id": address(one)} for one in related("related")],
        "scopeNote": [f"Not to be confused with: {one.meta['title']}" for one in related("confused_with")],
        "exactMatch": [{"@id": url} for url in meta.get("same_as", [])],
        "source": [{"@id": f"../{one.address}"} for one in map(entries.get, meta["sources"]) if one],
        "modified": str(meta["reviewed"]),
    }
    return {key: value for key, value in concept.items() if value}


def terms(site: Site) -> dict[str, str]:
    """The file of all terms and definitions; for the templates, their alphabet."""
    scheme = {
        "@id": "./",
        "@type": "ConceptScheme",
        "title": f"Glossary of {site.config['site_name']}",
        "license": {"@id": "https://creativecommons.org/licenses/by/4.0/"},
    }
    pages = by_title(site.of("term", "definition"))
    entries = sources(site)
    concepts = [_concept(site, page, entries) for page in pages]
    graph = {"@context": _context(), "@graph": [scheme, *concepts]}
    rows = (json.dumps([page.url, page.meta["title"]], ensure_ascii=False) for page in pages)
    return {
        "docs/glossary/terms.json": json.dumps(graph, indent=1, ensure_ascii=False) + "\n",
        ORDER: f"{HEAD}\n{{% set alphabet = [\n" + "".join(f"{row},\n" for row in rows) + "] %}\n",
    }
