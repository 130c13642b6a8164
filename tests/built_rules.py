"""Rules on the built pages: each is a function from a `Built` site to its faults.

tests/test_built.py breaks each of them.
"""

import base64
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

from bs4 import BeautifulSoup
from linkpreview import Link, LinkPreview
from pybtex.database import parse_string
from pybtex.exceptions import PybtexError
from pybtex.richtext import Text
from rdflib import Graph, namespace

from tests.built import Built, Fault, HtmlPage, classed, strings
from tools.make.addresses import published
from tools.make.cards import SIZE
from tools.make.hosts import rules as header_rules

RULES: list[Callable[[Built], Iterator[Fault]]] = []
SITE_NAME = "KPO explained"
HEAD, DATA = "overrides/partials/kpo/head.html", "overrides/partials/kpo/structured-data.html"


def rule(function):
    """Register a rule, so that it is run on the site of both engines and must be broken."""
    RULES.append(function)
    return function


def _pages(site: Built) -> list[HtmlPage]:
    """Every page but the one for errors."""
    return [page for page in site.pages.values() if page.url != "404.html"]


# -- Links and files ---------------------------------------------------------------------------------------------------


@cache
def _inside(page: HtmlPage) -> list[tuple[str, str, str]]:
    """(as written, path below the site's root, anchor) of each link to the host; one that leaves the root has a /."""
    found = set()
    for name, rel, written, address in page.targets:
        parts, root = urlsplit(address), urlsplit(page.home)
        if parts.netloc == root.netloc and (name, rel) != ("link", ["canonical"]):
            found.add((written, unquote(parts.path).removeprefix(root.path), unquote(parts.fragment)))
    return sorted(found)


@rule
def internal_links_resolve(site: Built) -> Iterator[Fault]:
    """Every link inside the site, those of the stubs too, leads to a file, and its anchor to an id, of the site."""
    files = set(site.files)
    links = [(page, link) for page in [*site.pages.values(), *site.stubs.values()] for link in _inside(page)]
    assert links, "no internal link found"
    for page, (written, path, anchor) in links:
        if path.startswith("/"):
            yield Fault(page.name, f"{written} leaves the sub-path. Link relatively.")
        elif (path + "index.html" if path.endswith("/") or not path else path) not in files:
            yield Fault(page.name, f"dead link to {path}. Mend the link, or add the page.")
        elif anchor and not anchor.startswith("__") and path in site.pages and anchor not in site.pages[path].ids:
            yield Fault(page.name, f"dead anchor {path}#{anchor}. Mend the link, or give the heading its id.")


@cache
def _loads(page: HtmlPage) -> list[tuple[str, str]]:
    passive = {"canonical", "prev", "next", "alternate", "license"}
    loads = (one for one in page.targets if one.name != "a" and (one.name != "link" or passive.isdisjoint(one.rel)))
    return [(one.name, one.address) for one in loads]


@rule
def nothing_comes_from_elsewhere(site: Built) -> Iterator[Fault]:
    """No page loads a script, style, font or image from another host, and no style sheet does."""
    own = (site.home, "data:")
    for page in site.pages.values():
        for name, address in _loads(page):
            if not address.startswith(own):
                yield Fault(page.name, f"<{name}> loads {address}. Keep the file in docs/assets/.")
    for file in (file for file in site.files if file.endswith(".css")):
        for found in re.findall(r"(?:url\(|@import)\s*[\"']?((?:https?:)?//[^\"')\s]+)", site.text(file)):
            yield Fault(file, f"loads {found}. Keep the file in docs/assets/.")


@cache
def _outgoing(page: HtmlPage) -> list[tuple[str, bool]]:
    """(address, whether it has a rel that closes it) of each link to any host."""
    closed = {"noopener", "license"}
    links = (one for one in page.targets if one.name == "a" and one.address.startswith("http"))
    return [(one.address, not closed.isdisjoint(one.rel)) for one in links]


@rule
def outgoing_links_are_closed(site: Built) -> Iterator[Fault]:
    """A link to another host has a rel that gives that host no handle on the page."""
    own = urljoin(site.home, "/")
    links = [(page, *one) for page in site.pages.values() for one in _outgoing(page) if not one[0].startswith(own)]
    assert links, "no outgoing link found"
    for page, address, closed in links:
        if not closed:
            yield Fault(
                page.name, f"the link to {address} has no rel=noopener. See overrides/partials/kpo/article.html"
            )


@cache
def _files_of(page: HtmlPage) -> frozenset[str]:
    """The names of the files that a page leads to, loads or gives as its picture."""
    names = {PurePosixPath(urlsplit(one.address).path).name for one in page.targets}
    return frozenset(names | {PurePosixPath(page.meta("og:image", "property") or "").name})


@rule
def assets_are_used(site: Built) -> Iterator[Fault]:
    """Each file in assets/ that is ours is used by a page, a style sheet or a script."""
    used = set().union(*map(_files_of, [*site.pages.values(), *site.stubs.values()]))
    own = [file for file in site.files if re.match(r"assets/(?:[^/]*|cards/.*|forms/.*)$", file)]
    for file in (file for file in site.files if re.match(r"assets/(?!javascripts/|vendor/).*\.(?:css|js)$", file)):
        named = re.findall(r"(?:(?i:url)\(|from |import\(?)\s*[\"']?(?:[^\"')]*/)?([^\"')/]+)", site.text(file))
        used |= set(named)
    assert own, "no asset found"
    for file in own:
        if PurePosixPath(file).name not in used:
            yield Fault(file, f"used nowhere. Take it out: docs/{file}")


# -- Metadata ----------------------------------------------------------------------------------------------------------


@cache
def _metadata(page: HtmlPage, home: str) -> list[str]:
    found = [] if page.tree.get("lang") == "en" else ["<html> has no lang=en."]
    if page.meta("robots"):
        found.append(f"must not be hidden from search engines. See {HEAD}")
    if page.canonical != [home + page.url]:
        found.append(f"its canonical address is {page.canonical}, not {home + page.url}. See {HEAD}")
    wanted = {
        ("og:title", "property"): page.heading,
        ("twitter:title", "name"): page.heading,
        ("og:url", "property"): home + page.url,
        ("og:description", "property"): page.meta("description"),
        ("twitter:description", "name"): page.meta("description"),
        ("og:site_name", "property"): SITE_NAME,
        ("og:type", "property"): "article" if page.url else "website",
    }
    for (key, attribute), value in wanted.items():
        have = page.meta(key, attribute)
        if not value or have != value:
            # What a whole site lacks is one fault, whatever each page should say.
            found.append(
                f"has no {key}. See {HEAD}" if have is None else f"{key} is {have!r}, not {value!r}. See {HEAD}"
            )
    if not page.tree.xpath("string(//title)").startswith(page.heading):
        found.append(f"its <title> does not begin with the H1, {page.heading!r}.")
    return found


@rule
def metadata_is_complete(site: Built) -> Iterator[Fault]:
    """Each page has language, title, description, canonical address and previews; searches do not see the 404 page."""
    for page in _pages(site):
        yield from (Fault(page.name, what) for what in _metadata(page, site.home))
    if "404.html" not in site.pages or site.pages["404.html"].meta("robots") != "noindex":
        yield Fault("404.html", f"there is none, or it is not noindex. See {HEAD}")


@cache
def _preview(page: HtmlPage, home: str) -> tuple[dict[str, str | None], str]:
    """What a chat makes of a page: its words, and the address of the picture, '' if there is none."""
    # A chat goes on to the body for what these do not say; where they say all, the head is enough, and quickly read.
    said = all(page.meta(f"og:{key}", "property") for key in ("title", "description", "site_name", "image"))
    content = page.content.partition(b"</head>")[0] if said else page.content
    shown = LinkPreview(Link(home + page.url), soup=BeautifulSoup(content, "lxml"))
    words = {"title": shown.title, "description": shown.description, "site_name": shown.site_name}
    return words, shown.absolute_image or ""


@rule
def previews_read_back(site: Built) -> Iterator[Fault]:
    """A link-preview parser reads each page's title, description and picture; the picture is a file of the site."""
    home, files = site.home, set(site.files)
    own_card = {page.url for page in site.records("definitions/", "examples/")}
    assert own_card, "no record found"
    for page in _pages(site):
        shown, image = _preview(page, home)
        wanted = {"title": page.heading, "description": page.meta("description"), "site_name": SITE_NAME}
        for what, want in wanted.items():
            if (have := shown[what]) != want:
                yield Fault(page.name, f"a preview shows the {what} {have!r}, not {want!r}. See {HEAD}")
        image = image.removeprefix(home)
        if image not in files:
            yield Fault(page.name, f"the preview's picture {image!r} is no file of the site. Run: make records")
        elif page.url in own_card and image.endswith("default.png"):
            yield Fault(page.name, f"has the default card, not its own. See {HEAD}")
        sizes = tuple(page.meta(f"og:image:{side}", "property") for side in ("width", "height"))
        if sizes != tuple(map(str, SIZE)):
            yield Fault(page.name, f"the preview's picture is said to be {sizes}, not {SIZE}. See {HEAD}")
        if not page.meta("og:image:alt", "property"):
            yield Fault(page.name, f"the preview's picture has no alternative text. See {HEAD}")


@cache
def _triples(text: str, address: str) -> Graph:
    """JSON-LD as a graph; the context of schema.org is put in by hand, so that nothing is fetched."""
    vocabulary = '{"@vocab": "https://schema.org/"}'
    return Graph().parse(data=text.replace('"https://schema.org"', vocabulary, 1), format="json-ld", publicID=address)


def _kind(page: HtmlPage) -> str:
    """The word of schema.org for what a page is."""
    section, _, rest = page.url.partition("/")
    if rest and page.is_record:
        return "Article" if section == "examples" else "DefinedTerm"
    return "DefinedTermSet" if page.url == "glossary/" else "WebPage"


@cache
def _structured(page: HtmlPage, home: str) -> list[str]:
    blocks, me = page.tree.xpath("//script[@type='application/ld+json']"), home + page.url
    try:
        graph = _triples(blocks[0].text, me)
    except (IndexError, ValueError) as error:
        return [f"its JSON-LD cannot be read: {error}. See {DATA}"]
    used = set(graph.predicates()) | set(graph.objects(predicate=namespace.RDF.type))
    strange = [word for word in sorted(used) if word != namespace.RDF.type and word not in namespace.SDO]
    found = [f"JSON-LD: schema.org has no {word}. See {DATA}" for word in strange]
    kinds = {str(kind) for node, kind in graph.subject_objects(namespace.RDF.type) if str(node) == me}
    if kinds != {str(namespace.SDO) + _kind(page)}:
        found.append(f"JSON-LD says that it is {sorted(kinds)}, not {_kind(page)}. See {DATA}")
    said = {str(text) for node, text in graph.subject_objects(namespace.SDO.description) if str(node) == me}
    if said != {page.meta("description")}:
        found.append(f"the description in its JSON-LD is not the page's. See {DATA}")
    if page.url and len(list(graph.objects(predicate=namespace.SDO.itemListElement))) < 2:
        found.append(f"JSON-LD has no breadcrumbs. See {DATA}")
    return found


@rule
def structured_data_is_known(site: Built) -> Iterator[Fault]:
    """Each page's JSON-LD is read by a library, uses schema.org's words alone, and names what the page is."""
    for page in _pages(site):
        yield from (Fault(page.name, what) for what in _structured(page, site.home))


@cache
def _terms(text: str, file: str, home: str) -> tuple[list[str], set[str]]:
    """The words of terms.json that no vocabulary has, and the addresses of its concepts below the site's root."""
    data, graph = json.loads(text), Graph().parse(data=text, format="json-ld", publicID=home + file)
    # A library drops a key that the context lacks without a word.
    dropped = {key for node in data["@graph"] for key in node if not key.startswith("@")} - set(data["@context"])
    known = set(graph.predicates()) | set(graph.objects(predicate=namespace.RDF.type))
    vocabularies = (namespace.SKOS, namespace.DCTERMS)
    strange = {word for word in known - {namespace.RDF.type} if all(word not in one for one in vocabularies)}
    concepts = graph.subjects(namespace.RDF.type, namespace.SKOS.Concept)
    return sorted(dropped | strange), {str(node).removeprefix(home) for node in concepts}


@rule
def terms_are_skos(site: Built) -> Iterator[Fault]:
    """glossary/terms.json is SKOS with one concept for each term and definition that has a page."""
    file = "glossary/terms.json"
    strange, concepts = _terms(site.text(file), file, site.home)
    for word in strange:
        yield Fault(file, f"unknown word {word}. See tools/make/terms.py")
    for url in sorted(concepts ^ {page.url for page in site.records("glossary/", "definitions/")}):
        yield Fault(file, f"{url}: no such concept, or no such page. Run: make records")


@rule
def sitemap_lists_every_page(site: Built) -> Iterator[Fault]:
    """The sitemap holds exactly the pages, and not the 404 page."""
    tree = ElementTree.fromstring(site.text("sitemap.xml"))
    listed = {node.text for node in tree.iter() if node.tag.endswith("loc")}
    wanted = {site.home + page.url for page in _pages(site)}
    for url in sorted(wanted - listed):
        yield Fault("sitemap.xml", f"lacks {url}. Is site_url in mkdocs.yml right?")
    for url in sorted(listed - wanted):
        yield Fault("sitemap.xml", f"lists {url}, which is no page. Is site_url in mkdocs.yml right?")


# -- Citing ------------------------------------------------------------------------------------------------------------


@cache
def _ways_to_cite(page: HtmlPage, link: str) -> list[str]:
    names, texts = (page.tree.xpath(f"//{classed('cite', 'dl')}//{name}") for name in ("dt", "dd"))
    ways = {name.text_content(): text.text_content() for name, text in zip(names, texts, strict=True)}
    if missing := {"Permanent link", "Plain text", "Markdown", "APA", "BibTeX", "CSL-JSON"} - set(ways):
        return [f"lacks {', '.join(sorted(missing))}"]
    title, day, found = page.heading, page.tree.xpath(f"//{classed('reviewed')}//time")[0].get("datetime"), []
    try:
        (entry,) = parse_string(ways["BibTeX"], "bibtex").entries.values()
    except (PybtexError, ValueError) as error:
        return [f"BibTeX cannot be read: {error}"]
    fields = {"author": str(entry.persons["author"][0]), **dict(entry.fields.items())} if entry.persons else {}
    if bare := {key for key, text in fields.items() if re.search(r"(?<!\\)[&%#_^~]|(?<!\\)\$(?!\\|-|$)", text)}:
        found.append(f"BibTeX: a sign that TeX reserves stands bare in {', '.join(sorted(bare))}")
    # As styles do that write titles small.
    if str(Text.from_latex(fields.get("title", "")).lower()) != title:
        found.append(f"BibTeX: a style prints another title than {title!r}")
    # Of all that an entry may hold, plain styles print this.
    if str(Text.from_latex(fields.get("howpublished", ""))) != link:
        found.append("BibTeX: a plain style does not print the address")
    if fields.get("year") != day[:4] or f"{{{SITE_NAME}}}" not in fields.get("author", ""):
        found.append("BibTeX: not the year of review, or not the site as its author")
    end = "" if title.endswith((".", "?", "!")) else "."
    if not re.fullmatch(
        rf"{SITE_NAME}\. \({day[:4]}, [A-Z][a-z]+ {int(day[8:])}\)\. {re.escape(title + end)} {link}", ways["APA"]
    ):
        found.append(f"APA: {ways['APA']!r} is not author, date, title, address, with one mark behind each")
    data = json.loads(ways["CSL-JSON"])[0]
    if (data["title"], data["URL"], data["issued"]["date-parts"]) != (title, link, [list(map(int, day.split("-")))]):
        found.append("CSL-JSON: not the page's title, address or day")
    return found


@rule
def citations_can_be_used(site: Built) -> Iterator[Fault]:
    """What a record offers to be copied is read by programs: title, capitals, address and day are the page's."""
    pages = list(site.records("glossary/", "definitions/", "examples/"))
    assert pages, "no way to cite found"
    for page in pages:
        for what in _ways_to_cite(page, site.home + page.url):
            yield Fault(page.name, f"{what}. See overrides/partials/kpo/cite.html")


# -- Security ----------------------------------------------------------------------------------------------------------


@cache
def _digests(page: HtmlPage) -> frozenset[str]:
    """The hashes of a page's inline scripts, as a content security policy writes them."""
    runs = ("text/javascript", "module")
    inline = [tag.text or "" for tag in page.tree.xpath("//script[not(@src)]") if tag.get("type", runs[0]) in runs]
    digests = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in inline)
    return frozenset(f"'sha256-{digest}'" for digest in digests)


@cache
def _policy(page: HtmlPage) -> dict[str, str]:
    return dict(part.strip().partition(" ")[::2] for part in page.policy.split(";"))


@cache
def _handlers(page: HtmlPage) -> list[str]:
    keys = ((key.getparent().tag, key.attrname) for key in page.tree.xpath("//@*[starts-with(name(), 'on')]"))
    found = [f"<{name}> carries {key}. Move it to docs/assets/site.js" for name, key in keys]
    links = page.tree.xpath("//a/@href[starts-with(., 'javascript:')]")
    return found + [f"a link runs a script: {link[:60]}. Move it to docs/assets/site.js" for link in links]


@rule
def scripts_are_allowed(site: Built) -> Iterator[Fault]:
    """Each page's policy allows the site's own scripts, inline ones by hash, and no other; no tag carries a handler."""
    inline = frozenset[str]().union(*map(_digests, site.pages.values()))
    for page in site.pages.values():
        policy = _policy(page)
        allowed = set(policy.get("script-src", "").split())
        if policy.get("default-src") != "'none'" or "'self'" not in allowed:
            yield Fault(
                page.name, f"no policy that begins with default-src 'none' and has script-src 'self'. See {HEAD}"
            )
        for word in sorted(allowed - {"'self'"}):
            if not word.startswith("'sha256-"):
                yield Fault(page.name, f"its policy allows scripts from {word}. See {HEAD}")
        if missing := inline - allowed:
            lacks = f"script_hashes in mkdocs.yml lacks: {json.dumps(sorted(missing))}"
            yield Fault(page.name, f"an inline script is not allowed. Was a feature of the theme switched on? {lacks}")
        yield from (Fault(page.name, what) for what in _handlers(page))


@rule
def headers_repeat_the_policy(site: Built) -> Iterator[Fault]:
    """The file of headers has the pages' policy, forbids frames, and names the other headers a host should send."""
    lines = [
        f"Content-Security-Policy: {site.pages[''].policy}; frame-ancestors 'none'",
        "X-Content-Type-Options: nosniff",
        "Referrer-Policy: no-referrer",
        "Permissions-Policy: ",
        "X-Frame-Options: DENY",
    ]
    for line in lines:
        if not re.search(rf"^  {re.escape(line)}", site.text("_headers"), re.M):
            yield Fault("docs/_headers", f"lacks the line, indented by two spaces:  {line}")


def _sent(text: str, file: str) -> dict[str, list[str]]:
    """The headers with which a host sends a file, each with its values: every path that fits it adds its own.

    So Cloudflare Pages documents its file, which joins them with a comma. A star stands for any signs, a word behind a
    colon for one folder.
    """
    sent: dict[str, list[str]] = {}
    for path, headers in header_rules(text):
        pattern = re.sub(r":\\w+", "[^/]+", re.escape(path).replace(r"\*", ".*").replace(r"\:", ":"))
        if re.fullmatch(pattern, f"/{file.removesuffix('index.html')}"):
            for name, value in headers.items():
                sent.setdefault(name.lower(), []).append(value)
    return sent


@rule
def headers_do_not_add_up(site: Built) -> Iterator[Fault]:
    """No file is sent with two values of a header; one that is kept for a year has a hash in its name, and some are."""
    text, kept = site.text("_headers"), set()
    for file in site.files:
        sent = _sent(text, file)
        for name, values in sent.items():
            if len(values) > 1:
                yield Fault("docs/_headers", f"{file} is sent with {name}: {', '.join(values)[:80]}. Keep one line.")
        if "immutable" in " ".join(sent.get("cache-control", [])):
            kept.add(file)
            if not re.search(r"\.[0-9a-f]{8}\.", file):
                yield Fault("docs/_headers", f"{file} is kept for a year, and its name has no hash. Narrow the path.")
        if "content-security-policy" not in sent:
            yield Fault("docs/_headers", f"{file} is sent without a policy. Write it below /*")
    if not any(file.endswith(".js") for file in kept) or not any(file.endswith(".css") for file in kept):
        yield Fault("docs/_headers", "no script, or no style sheet, is kept. Do its paths still fit the theme's files?")


# -- Structure ---------------------------------------------------------------------------------------------------------


@cache
def _tables(page: HtmlPage) -> list[str]:
    found = []
    for table in page.article.iter("table"):
        if not table.xpath("parent::*[@tabindex='0' and string(@aria-label)]"):
            found.append("a table stands outside a named box that the keyboard can scroll.")
        if not table.xpath("ancestor::figure[1]//figcaption"):
            found.append("a table has no caption.")
        if table.xpath(".//th[not(string(@scope))]") or not table.xpath(".//th[@scope='row']"):
            found.append("a table's header cells lack scope, or it has no row headers.")
    return [f"{what} See overrides/partials/kpo/article.html" for what in found]


@cache
def _structure(page: HtmlPage) -> list[str]:
    body = page.article
    levels = [int(heading.tag[1]) for heading in body.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    found = []
    if levels.count(1) != 1 or any(b > a + 1 for a, b in pairwise(levels)):
        found.append(f"heading levels are {levels}; one H1, and no level skipped.")
    if body.xpath(".//div//h2"):
        found.append("an H2 stands in a <div>. Is one above it not closed?")
    found += ["an image has no alt." for _ in body.xpath(".//img[not(@alt)]")]
    for link in body.xpath(".//a[@href]"):
        words = "".join(one.strip() for one in strings(link)).lower()
        if words in ("", "here", "click here", "link", "this page", "read more"):
            found.append(f"the link to {link.get('href')} says nothing. Name its target.")
    return found + [f"the id {one} stands twice." for one, times in sorted(page.ids.items()) if times > 1]


@rule
def structure_is_accessible(site: Built) -> Iterator[Fault]:
    """One H1, no skipped level, named tables that the keyboard can scroll, scoped headers, alt texts, unique ids."""
    assert any(page.article.xpath(".//table") for page in site.pages.values()), "no table found"
    for page in site.pages.values():
        yield from (Fault(page.name, what) for what in _tables(page) + _structure(page))


@cache
def _raw_syntax(page: HtmlPage) -> list[str]:
    found = []
    # The ways to cite hold Markdown on purpose.
    text = page.text(classed("cite"))
    for sign in ("--8<--", "{{", "{%", "{#", "!!!", "???", "///", "](", "**", "| ---"):
        if sign in text:
            at = text.index(sign)
            found.append(f"raw syntax {sign} in the text: …{text[max(0, at - 40) : at + 40]}…")
    for box in page.article.iter("div", "blockquote", "figure", "dd", "li", "td", "p"):
        holds = "".join(strings(box)).strip() or box.xpath(".//img | .//svg | .//input")
        if not holds and box.get("class", "").split() != ["md-source-file"]:
            found.append(f"an empty <{box.tag}>. Is its body indented by four spaces?")
    return found


@rule
def no_raw_syntax(site: Built) -> Iterator[Fault]:
    """No snippet, template or Markdown syntax is left in the text, and no box is empty."""
    for page in site.pages.values():
        yield from (Fault(page.name, what) for what in _raw_syntax(page))


@cache
def _cited(page: HtmlPage) -> tuple[set[str], set[str], set[str]]:
    """(sources cited, sources listed at the foot of the page, anchors of lists of sources to which it links)."""
    article = page.article
    cited = {link.attrib["href"].removeprefix("#src-") for link in article.xpath(f".//{classed('footnote-ref')}")}
    listed = {item.attrib["id"].removeprefix("src-") for item in article.xpath(f".//{classed('references')}//li")}
    return cited, listed, {link.partition("#")[2] for link in article.xpath(".//a/@href[contains(., 'sources/')]")}


@rule
def citations_lead_to_their_source(site: Built) -> Iterator[Fault]:
    """Each citation leads to its source at the foot of its page, which lists the sources that it cites and no other."""
    lists = (page for name, page in site.pages.items() if name.startswith("sources/"))
    keys = {key for page in lists for key in page.article.xpath(".//dt/@id")}
    where = "Run: make records; and see overrides/partials/kpo/article.html"
    assert any(_cited(page)[1] for page in site.pages.values()), "no list of sources found"
    for page in site.pages.values():
        cited, listed, away = _cited(page)
        for key in sorted(away & keys):
            yield Fault(page.name, f"a citation of {key} leads away from the page. {where}")
        for key in sorted(cited ^ listed):
            yield Fault(page.name, f"{key} is cited, or listed at the foot, and not both. {where}")


# -- Short addresses ---------------------------------------------------------------------------------------------------


@cache
def _stub(page: HtmlPage) -> list[str]:
    """What is wrong with a stub by itself: it must lead by script, by refresh and by link to the same page."""
    link, found = page.tree.xpath("string(//a/@href)"), []
    refresh = re.search(r"url=([^\"']+)", page.tree.xpath("string((//noscript)[1]//meta/@content)"))
    if not (refresh and refresh[1] == link):
        found.append("refresh and link must lead to one page. Run: make records")
    scripts = [one.address for one in page.targets if one.name == "script"]
    if scripts != [f"{page.home}assets/stub.js"]:
        found.append(f"its script is {scripts}, not the site's assets/stub.js. Run: make records")
    if page.meta("robots") != "noindex":
        found.append("must be noindex. Run: make records")
    return found


@cache
def _sketched(page: HtmlPage) -> tuple[list[str], list[bool]] | None:
    """The verdicts that stand on a case, and which places of its sketch of the map are lit; None for other pages."""
    if not page.article.xpath(f".//{classed('facts')}"):
        return None
    links = page.article.xpath(".//a[@data-verdict]")
    named = ["".join(link.xpath("text()")).strip().lower() for link in links]
    return named, [bool(one.get("class")) for one in page.article.xpath(f".//{classed('where')}//i")]


@rule
def sketches_light_the_verdict(site: Built) -> Iterator[Fault]:
    """The sketch of the map on a case lights the places of the verdicts that stand beside it, in the map's order."""
    nodes = site.pages["examples/"].article.xpath(f".//{classed('map')}//td | .//{classed('map')}/p/strong")
    places = ["".join(node.xpath("text()")).strip(" :").lower() for node in nodes]
    cases = [(page, sketch) for page in _pages(site) if (sketch := _sketched(page))]
    assert places and cases, "no map, or no case"
    for page, (named, lit) in cases:
        shown = [place for place, one in zip(places, lit, strict=False) if one]
        if sorted(named) != sorted(shown) or len(lit) != len(places):
            what = f"the sketch lights {shown} of the map's {len(places)} places, and the verdict is {named}"
            yield Fault(page.name, f"{what}: order `leads` in overrides/partials/kpo/facts.html as the map is.")


@cache
def _answered(page: HtmlPage) -> dict[str, list[str]]:
    """The questions that the record of a case answers, and those for which it has a reason; empty for other pages."""
    facts = f".//{classed('facts')}"
    if not page.article.xpath(facts):
        return {}
    rows = {"answers": f"{facts}//summary//span", "reasons": f"{facts}//details//li"}
    texts = {what: [row.text_content().partition(" ") for row in page.article.xpath(at)] for what, at in rows.items()}
    return {what: [asked.strip() for asked, _, told in some if told.strip()] for what, some in texts.items()}


@rule
def answers_have_their_reasons(site: Built) -> Iterator[Fault]:
    """The record of each case shows its four answers, and below them the reason of each."""
    want = ["Supplier?", "Expertise?", "Core?", "Change?"]
    cases = [(page, shown) for page in _pages(site) if (shown := _answered(page))]
    assert cases, "no case"
    for page, shown in cases:
        for what, found in shown.items():
            if found != want:
                mend = "See overrides/partials/kpo/facts.html"
                yield Fault(page.name, f"the record shows the {what} {found}, not {want}. {mend}")


@rule
def stubs_lead_on(site: Built) -> Iterator[Fault]:
    """A short address leads to one page of the site, with scripts and without; searches pass it over."""
    assert site.stubs, "no short address found"
    for page in site.stubs.values():
        yield from (Fault(page.name, what) for what in _stub(page))
        for name, _, written, address in page.targets:
            if name == "a" and address.removeprefix(site.home) not in site.pages:
                yield Fault(page.name, f"leads to {written!r}, which is no page. Mend tools/redirects.yml")


def _shown(page: HtmlPage, home: str) -> dict[str, object]:
    """What a program that follows no script makes of a page, by its preview parser and by the tags that it keeps."""
    words, image = _preview(page, home)
    tags = ("og:type", "og:url", "og:locale", "og:image:width", "og:image:height", "og:image:alt")
    more = {key: page.meta(key, "property") for key in tags} | {"twitter:card": page.meta("twitter:card")}
    described = {"title": page.tree.xpath("string(//title)"), "words": page.meta("description")}
    return (
        {f"preview's {key}": value for key, value in words.items()}
        | more
        | described
        | {
            "preview's picture": image,
            "canonical": page.canonical,
        }
    )


def _led_to(site: Built, stub: HtmlPage) -> HtmlPage | None:
    """The page to which the link of a short or moved address leads; None where there is none."""
    address = urljoin(site.home + stub.url, stub.tree.xpath("string(//a/@href)"))
    return site.pages.get(address.removeprefix(site.home))


@rule
def stubs_preview_as_their_target(site: Built) -> Iterator[Fault]:
    """A chat shows a short address as it shows the page to which it leads: title, description, card, address."""
    for page in site.stubs.values():
        target = _led_to(site, page)
        if not target:
            continue
        have, want = _shown(page, site.home), _shown(target, site.home)
        for what in (what for what in want if have[what] != want[what]):
            yield Fault(page.name, f"its {what} is {have[what]!r}, its page's {want[what]!r}. See tools/make/stubs.py")


# -- What both engines must give ---------------------------------------------------------------------------------------


def differences(one: Built, two: Built) -> Iterator[Fault]:
    """What a second site has otherwise: addresses, ids in the articles, text of the articles."""
    for url in sorted(set(one.pages) ^ set(two.pages) | set(one.stubs) ^ set(two.stubs)):
        yield Fault(url, "only one engine makes it.")
    for url in sorted(set(one.pages) & set(two.pages)):
        page, other = one.pages[url], two.pages[url]
        if page.article_ids != other.article_ids:
            yield Fault(page.name, f"anchors differ: {sorted(page.article_ids ^ other.article_ids)}")
        if page.text() != other.text():
            pair = zip(page.text().split(), other.text().split(), strict=False)
            first = next((f"{a!r} / {b!r}" for a, b in pair if a != b), "one goes on")
            yield Fault(page.name, f"texts differ, first at {first}")


def _leads_on(built: Built, address: str) -> bool:
    """Whether an anchor below a short or moved address is one of the page to which that leads, as its script does."""
    url, _, anchor = address.removeprefix("/").partition("#")
    page = _led_to(built, built.stubs[url]) if url in built.stubs else None
    return bool(page and anchor in page.article_ids)


def unpublished(built: Built, site) -> Iterator[Fault]:
    """What tests/urls.txt lists and the built site lacks, or has and the list lacks.

    `site` is the project's sources.
    """
    listed = set(published(site))
    for address in sorted(built.addresses ^ listed):
        if address in listed and _leads_on(built, address):
            continue
        what = "is not answered" if address not in built.addresses else "is not in tests/urls.txt"
        yield Fault(address, f"{what}. Run: make check")
