"""docs/llms.txt: what programs that answer questions should read first (https://llmstxt.org)."""

from collections.abc import Iterator
from typing import Any

from tools.make.hosted import HOME
from tools.site import Site

#: What is no page: address, name, what it is.
DATA = (
    ("glossary/terms.json", "The glossary as SKOS", "every term and definition with its relations, in JSON-LD"),
    ("data/glossary.csv", "The glossary as a table", "term, definition, topic, relations, sources"),
    ("data/cases.csv", "The cases as a table", "parties, the four answers with their reasons, verdict, outcome"),
    ("data/definitions.csv", "The published definitions as a table", "who, when, what each treats as decisive"),
    ("feed.xml", "The changes as a feed", "Atom"),
)


def _paths(entries: list[dict[str, Any]]) -> Iterator[str]:
    """The paths of a part of the nav, those of its groups among them."""
    for path in (path for entry in entries for path in entry.values()):
        yield from [path] if isinstance(path, str) else _paths(path)


def _sections(site: Site) -> Iterator[str]:
    for section in site.config["nav"]:
        for name, entries in section.items():
            pages = [site.pages[path] for path in _paths(entries) if path in site.pages]
            yield f"\n## {name}\n"
            for page in pages:
                address = "{{ home }}" + page.url if page.url else "{{ home or './' }}"
                yield f"- [{page.meta['title']}]({address}): {page.meta['description']}"


def llms(site: Site) -> dict[str, str]:
    """The pages of the nav with what each says, then the data; the engines put the site's address before each link."""
    lines = [
        f"# {site.config['site_name']}\n",
        f"> {site.config['site_description']}\n",
        "KPO is knowledge process outsourcing, BPO is business process outsourcing. A statement on a page rests on the",
        "citation behind it; what has none is the site's own judgement. Text CC BY 4.0: name the site and the page's",
        "address. Each page has a day of review at its foot.",
        *_sections(site),
        "\n## Data\n",
        *(f"- [{name}]({{{{ home }}}}{address}): {what}" for address, name, what in DATA),
    ]
    return {"docs/llms.txt": HOME + "\n".join(lines) + "\n"}
