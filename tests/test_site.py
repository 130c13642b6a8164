"""Rules on the built HTML: each is a function from a Built site to a list of problems, one line each.

A problem names the page by its address. test_suite.py breaks each of them on purpose.
"""

import base64
import hashlib
import json
import re
from functools import cache
from pathlib import PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from linkpreview import Link, LinkPreview
from model import Built, article, expect_none, remembered
from rdflib import Graph, namespace

RULES = []
HERE = "http://site.test/kpo/"


def rule(function):
    """Register a rule, so that it is run on the project and must be broken in test_suite.py."""
    RULES.append(function)
    return function


@remembered
def _targets(url: str, soup) -> list:
    tags = soup.find_all(["a", "link", "script", "img", "source", "iframe", "object"])
    values = [(tag, tag.get(key)) for tag in tags for key in ("href", "src", "srcset", "data")]
    return [(url, tag, urljoin(HERE + url, value)) for tag, value in values if value]


def targets(site: Built):
    """Yield (page address, tag, absolute address) of every link, script, style, image and frame of every page."""
    for url, soup in site.pages.items():
        yield from _targets(url, soup)


def site_root(site: Built) -> str:
    """The address for which the site was built: the canonical address of its home page."""
    return site.pages[""].find("link", rel="canonical")["href"]


@rule
def internal_links_resolve(site: Built) -> list[str]:
    """Every link inside the site leads to a file, and its fragment to an id, of the built site."""
    problems, seen, root = [], 0, site_root(site)
    for url, tag, target in targets(site):
        if tag.get("rel") == ["canonical"]:
            continue
        # The 404 page is served at any address, so its links begin at the root of the host.
        target = target.replace(root, HERE)
        parts = urlsplit(target)
        if parts.netloc != "site.test":
            continue
        seen += 1
        path = unquote(parts.path)
        if not path.startswith("/kpo/"):
            problems.append(f"{url or 'home'}: {tag.get('href') or tag.get('src')} leaves the sub-path. Link relatively.")
            continue
        path = path.removeprefix("/kpo/")
        file = site.folder / path / "index.html" if path.endswith("/") or not path else site.folder / path
        if not file.is_file():
            problems.append(f"{url or 'home'}: dead link to {path}. Mend the link, or add the page.")
        elif parts.fragment and not parts.fragment.startswith("__") and path in site.ids:
            if unquote(parts.fragment) not in site.ids[path]:
                problems.append(f"{url or 'home'}: dead anchor {path}#{parts.fragment}. Mend the link, or give the heading its id.")
    assert seen, "no internal link found"
    return problems


@rule
def nothing_comes_from_elsewhere(site: Built) -> list[str]:
    """No page loads a script, style, font or image from another host, and no style sheet does."""
    problems, root = [], site_root(site)
    for url, tag, target in targets(site):
        loads = tag.name != "a" and set(tag.get("rel") or []).isdisjoint({"canonical", "prev", "next", "alternate", "license"})
        if loads and not target.startswith((HERE, root, "data:")):
            problems.append(f"{url or 'home'}: <{tag.name}> loads {target}. Keep the file in docs/assets/.")
    for file in site.folder.rglob("*.css"):
        for found in re.findall(r"(?:url\(|@import)\s*[\"']?((?:https?:)?//[^\"')\s]+)", file.read_text("utf-8")):
            problems.append(f"{file.relative_to(site.folder)}: loads {found}. Keep the file in docs/assets/.")
    return problems


@rule
def metadata_is_complete(site: Built) -> list[str]:
    """Each page has language, title, description, canonical address and previews; the 404 page is noindex."""
    root = site_root(site)
    return [problem for url, soup in site.pages.items() for problem in _metadata(url, soup, root)]


@remembered
def _metadata(url: str, soup, root: str) -> list[str]:
    problems, name, metas = [], url or "home", soup.find_all("meta")

    def content(key, attribute="property"):
        tags = [tag for tag in metas if tag.get(attribute) == key]
        return tags[0].get("content") if len(tags) == 1 else None

    if soup.html.get("lang") != "en":
        problems.append(f"{name}: <html> has no lang=en.")
    if url == "404.html":
        if content("robots", "name") != "noindex":
            problems.append(f"{name}: must be noindex.")
        return problems
    if content("robots", "name"):
        problems.append(f"{name}: must not be hidden from search engines.")
    canonical = [tag["href"] for tag in soup.find_all("link", rel="canonical")]
    if canonical != [root + url]:
        problems.append(f"{name}: canonical is {canonical}, not {root + url}.")
    heading = " ".join(_own_text(soup.find("h1")).split())
    expected = {
        ("og:title", "property"): heading,
        ("twitter:title", "name"): heading,
        ("og:url", "property"): root + url,
        ("og:description", "property"): content("description", "name"),
        ("twitter:description", "name"): content("description", "name"),
        ("og:site_name", "property"): "KPO explained",
        ("og:type", "property"): "article" if url else "website",
    }
    for (key, attribute), value in expected.items():
        if not value or content(key, attribute) != value:
            problems.append(f"{name}: {key} is {content(key, attribute)!r}, not {value!r}.")
    if not (soup.title and soup.title.text.startswith(heading)):
        problems.append(f"{name}: <title> does not begin with the H1, {heading!r}.")
    return problems


@cache
def _preview(html: str, address: str) -> LinkPreview:
    """What a chat makes of a page."""
    return LinkPreview(Link(address, html))


@rule
def previews_read_back(site: Built) -> list[str]:
    """A link-preview parser reads each page's title, description and picture; the picture is a file of the stated size."""
    problems, root = [], site_root(site)
    for url, soup in site.pages.items():
        if url == "404.html":
            continue
        name, shown = url or "home", _preview(str(soup.head), root + url)
        heading = " ".join(_own_text(soup.find("h1")).split())
        record = soup.find("meta", attrs={"name": "description"})["content"]
        for what, have, want in (("title", shown.title, heading), ("description", shown.description, record), ("site name", shown.site_name, "KPO explained")):
            if have != want:
                problems.append(f"{name}: a preview shows the {what} {have!r}, not {want!r}.")
        image = shown.absolute_image or ""
        if not image.startswith(root) or not (site.folder / image.removeprefix(root)).is_file():
            problems.append(f"{name}: the preview's picture {image!r} is no file of the site. Run: make records")
        elif url.startswith(("definitions/", "examples/")) and soup.find("dl", class_="cite") and image.endswith("default.png"):
            problems.append(f"{name}: has the default card, not its own.")
        if not soup.find("meta", property="og:image:alt"):
            problems.append(f"{name}: the preview's picture has no alternative text.")
    return problems


@cache
def _triples(text: str, address: str) -> Graph:
    """JSON-LD as a graph; the context of schema.org is put in by hand, so that nothing is fetched."""
    return Graph().parse(data=text.replace('"https://schema.org"', '{"@vocab": "https://schema.org/"}', 1), format="json-ld", publicID=address)


@rule
def structured_data_is_known(site: Built) -> list[str]:
    """Each page's JSON-LD is read by a library, uses only schema.org's words, and names what the page is; terms.json is SKOS."""
    problems, root = [], site_root(site)
    for url, soup in site.pages.items():
        if url != "404.html":
            problems += _structured(url, soup, root)
    file = site.folder / "glossary/terms.json"
    data, terms = json.loads(file.read_text("utf-8")), Graph().parse(file, format="json-ld", publicID=root + "glossary/terms.json")
    # A library drops a key that the context lacks without a word.
    dropped = {key for node in data["@graph"] for key in node if not key.startswith("@")} - set(data["@context"])
    known = set(terms.predicates()) | set(terms.objects(predicate=namespace.RDF.type))
    strange = {word for word in known if word != namespace.RDF.type and word not in namespace.SKOS and word not in namespace.DCTERMS}
    problems += [f"glossary/terms.json: unknown word {word}." for word in sorted(dropped | strange)]
    concepts = {str(node).removeprefix(root) for node in terms.subjects(namespace.RDF.type, namespace.SKOS.Concept)}
    pages = {url for url in site.pages if url.startswith(("glossary/", "definitions/")) and site.pages[url].find("dl", class_="cite")}
    problems += [f"glossary/terms.json: {url}: no such concept, or no such page. Run: make records" for url in sorted(concepts ^ pages)]
    return problems


@remembered
def _structured(url: str, soup, root: str) -> list[str]:
    problems, name, blocks = [], url or "home", soup.find_all("script", type="application/ld+json")
    try:
        graph = _triples(blocks[0].string, root + url)
    except (IndexError, ValueError) as error:
        problems.append(f"{name}: its JSON-LD cannot be read: {error}")
        return problems
    used = set(graph.predicates()) | set(graph.objects(predicate=namespace.RDF.type))
    problems += [f"{name}: JSON-LD: schema.org has no {word}." for word in sorted(used) if word != namespace.RDF.type and word not in namespace.SDO]
    kinds = {str(kind).removeprefix(str(namespace.SDO)) for node, kind in graph.subject_objects(namespace.RDF.type) if str(node) == root + url}
    section, _, rest = url.partition("/")
    want = "WebPage"
    if rest and soup.find("dl", class_="cite"):
        want = "Article" if section == "examples" else "DefinedTerm"
    elif url == "glossary/":
        want = "DefinedTermSet"
    if kinds != {want}:
        problems.append(f"{name}: JSON-LD says that it is {sorted(kinds)}, not {want}.")
    said = {str(text) for node, text in graph.subject_objects(namespace.SDO.description) if str(node) == root + url}
    if said != {soup.find("meta", attrs={"name": "description"})["content"]}:
        problems.append(f"{name}: the description in its JSON-LD is not the page's.")
    if url and len(list(graph.objects(predicate=namespace.SDO.itemListElement))) < 2:
        problems.append(f"{name}: JSON-LD has no breadcrumbs.")
    return problems


def script_hashes(site: Built) -> set[str]:
    """The hashes, as a content security policy writes them, of all inline scripts that a browser runs."""
    return {f"'sha256-{digest}'" for url, soup in site.pages.items() for digest in _digests(url, soup)}


@remembered
def _digests(url: str, soup) -> list[str]:
    inline = [tag for tag in soup.find_all("script", src=False) if tag.get("type", "text/javascript") in ("text/javascript", "module")]
    return [base64.b64encode(hashlib.sha256(tag.text.encode()).digest()).decode() for tag in inline]


@rule
def scripts_are_allowed(site: Built) -> list[str]:
    """Each page's policy allows the site's own scripts and the inline ones by hash, no other; no tag carries a handler."""
    problems, inline = [], script_hashes(site)
    for url, soup in site.pages.items():
        name, tag = url or "home", soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})
        policy = dict(part.strip().partition(" ")[::2] for part in tag["content"].split(";")) if tag else {}
        allowed = set(policy.get("script-src", "").split())
        if policy.get("default-src") != "'none'" or "'self'" not in allowed:
            problems.append(f"{name}: no content security policy that begins with default-src 'none' and has script-src 'self'.")
        problems += [f"{name}: its policy allows scripts from {word}." for word in sorted(allowed) if word != "'self'" and not word.startswith("'sha256-")]
        if missing := inline - allowed:
            problems.append(f"{name}: inline scripts are not allowed. In mkdocs.yml, script_hashes lacks: {json.dumps(sorted(missing))}")
        problems += _handlers(url, soup)
    return problems


@remembered
def _handlers(url: str, soup) -> list[str]:
    name = url or "home"
    problems = [f"{name}: <{tag.name}> carries {key}. Move it to docs/assets/site.js." for tag in soup.find_all(True) for key in tag.attrs if key.startswith("on")]
    return problems + [f"{name}: a link runs a script: {a['href'][:60]}" for a in soup.find_all("a", href=re.compile("^javascript:"))]


def _own_text(tag) -> str:
    return "".join(s for s in tag.strings if "headerlink" not in (s.parent.get("class") or []))


@rule
def structure_is_accessible(site: Built) -> list[str]:
    """One H1, no skipped level, named tables that the keyboard can scroll, scoped headers, alternative texts, unique ids."""
    assert any(soup.find("table") for soup in site.pages.values()), "no table found"
    return [problem for url, soup in site.pages.items() for problem in _structure(url, soup)]


@remembered
def _structure(url: str, soup) -> list[str]:
    problems, name, body = [], url or "home", soup.find("article")
    levels = [int(h.name[1]) for h in body.find_all(re.compile("^h[1-6]$"))]
    if levels.count(1) != 1 or any(b > a + 1 for a, b in zip(levels, levels[1:])):
        problems.append(f"{name}: heading levels are {levels}; one H1, and no level skipped.")
    for table in body.find_all("table"):
        if not (table.parent.get("tabindex") == "0" and table.parent.get("aria-label")):
            problems.append(f"{name}: a table stands outside a named box that the keyboard can scroll.")
        if not (table.find_parent("figure") and table.find_parent("figure").find("figcaption")):
            problems.append(f"{name}: a table has no caption.")
        if any(not th.get("scope") for th in table.find_all("th")) or not table.find("th", scope="row"):
            problems.append(f"{name}: a table's header cells lack scope, or it has no row headers.")
    problems += [f"{name}: an image has no alt." for img in body.find_all("img") if not img.has_attr("alt")]
    for link in body.find_all("a", href=True):
        if link.get_text(strip=True).lower() in ("", "here", "click here", "link", "this page", "read more"):
            problems.append(f"{name}: the link to {link.get('href')} says nothing. Name its target.")
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    problems += [f"{name}: id {i} stands twice." for i in sorted({i for i in ids if ids.count(i) > 1})]
    return problems


@rule
def no_raw_syntax(site: Built) -> list[str]:
    """No snippet, template or Markdown syntax is left in the text, and no box is empty."""
    return [problem for url, soup in site.pages.items() for problem in _raw_syntax(url, soup)]


@remembered
def _raw_syntax(url: str, soup) -> list[str]:
    problems = []
    # The ways to cite hold Markdown on purpose.
    text = article(soup, ".cite")
    for sign in ("--8<--", "{{", "{%", "{#", "!!!", "???", "///", "](", "**", "| ---"):
        if sign in text:
            at = text.index(sign)
            problems.append(f"{url or 'home'}: raw syntax {sign} in the text: …{text[max(0, at - 40) : at + 40]}…")
    for box in soup.find("article").find_all(["div", "blockquote", "figure", "dd", "li", "td", "p"]):
        if not box.get_text(strip=True) and not box.find(["img", "svg", "input"]) and not box.get("class") == ["md-source-file"]:
            problems.append(f"{url or 'home'}: an empty <{box.name}>. Is its body indented by four spaces?")
    return problems


@rule
def sitemap_lists_every_page(site: Built) -> list[str]:
    """The sitemap holds exactly the pages, and not the 404 page."""
    tree = ElementTree.parse(site.folder / "sitemap.xml")
    listed = {node.text for node in tree.iter() if node.tag.endswith("loc")}
    root = site_root(site)
    wanted = {root + url for url in site.pages if url != "404.html"}
    problems = [f"sitemap.xml: lacks {url}." for url in sorted(wanted - listed)]
    return problems + [f"sitemap.xml: lists {url}, which is no page." for url in sorted(listed - wanted)]


@rule
def headers_repeat_the_policy(site: Built) -> list[str]:
    """The file of headers has the pages' policy, forbids frames, and names the other headers that a host should send."""
    text = (site.folder / "_headers").read_text("utf-8")
    policy = site.pages[""].find("meta", attrs={"http-equiv": "Content-Security-Policy"})
    wanted = [
        f"Content-Security-Policy: {policy['content'] if policy else ''}; frame-ancestors 'none'",
        "X-Content-Type-Options: nosniff",
        "Referrer-Policy: no-referrer",
        "Permissions-Policy: ",
        "X-Frame-Options: DENY",
        "Cache-Control: ",
    ]
    return [f"docs/_headers: lacks the line  {line}" for line in wanted if not re.search(rf"^  {re.escape(line)}", text, re.M)]


@rule
def outgoing_links_are_closed(site: Built) -> list[str]:
    """A link to another host has a rel that gives that host no handle on the page."""
    problems, seen, root = [], 0, site_root(site)
    for url, tag, target in targets(site):
        if tag.name == "a" and target.startswith("http") and not target.startswith((urljoin(HERE, "/"), root)):
            seen += 1
            if not {"noopener", "license"} & set(tag.get("rel") or []):
                problems.append(f"{url or 'home'}: the link to {target} has no rel=noopener.")
    assert seen, "no outgoing link found"
    return problems


@rule
def stubs_lead_on(site: Built) -> list[str]:
    """A short address leads to one page of the site, by script with its anchor and without script; searches pass it over."""
    problems = []
    assert site.stubs, "no short address found"
    for url, soup in site.stubs.items():
        links = soup.find_all("link", rel="canonical")
        target = links[0]["href"] if links else ""
        page = urljoin(HERE + url, target).removeprefix(HERE)
        if not target or page not in site.pages:
            problems.append(f"{url}: leads to {target!r}, which is no page. Mend docs/{url}index.html")
        refresh = soup.find("noscript") and re.search(r"url=([^\"']+)", str(soup.find("noscript")))
        said = soup.find("a", href=True)
        if not (refresh and said and refresh[1] == said["href"] == target and soup.find("script", src=re.compile("assets/stub.js$"))):
            problems.append(f"{url}: script, refresh and link must all lead to {target!r}. Copy another stub.")
        if not soup.find("meta", attrs={"name": "robots", "content": "noindex"}):
            problems.append(f"{url}: must be noindex.")
    return problems


@rule
def assets_are_used(site: Built) -> list[str]:
    """Each file in assets/ that is ours is used by a page or by the style sheet."""
    used = {PurePosixPath(urlsplit(target).path).name for _, _, target in targets(site)}
    used |= {PurePosixPath(tag["src"]).name for soup in site.stubs.values() for tag in soup.find_all("script", src=True)}
    used |= {PurePosixPath(tag["content"]).name for soup in site.pages.values() for tag in soup.find_all("meta", property="og:image")}
    used |= {name for file in site.folder.glob("assets/*.css") for name in re.findall(r"url\([\"']?(?:.*/)?([^\"')/]+)", file.read_text("utf-8"))}
    own = [file for file in [*(site.folder / "assets").glob("*"), *(site.folder / "assets/cards").glob("*")] if file.is_file()]
    assert own, "no asset found"
    return [f"assets/{file.name}: used nowhere. Take it out of docs/assets/." for file in own if file.name not in used]


def differences(site: Built, other: Built) -> list[str]:
    """What the second engine's site has otherwise: addresses, ids in the articles, text of the articles."""
    problems = [f"{url}: only one engine makes it." for url in sorted(set(site.pages) ^ set(other.pages))]
    if set(site.stubs) != set(other.stubs):
        problems.append(f"short addresses differ: {sorted(set(site.stubs) ^ set(other.stubs))}")
    for url in sorted(set(site.pages) & set(other.pages)):
        one, two = site.pages[url], other.pages[url]
        ids = [{tag["id"] for tag in soup.find("article").find_all(id=True)} - {"__skip"} for soup in (one, two)]
        if ids[0] != ids[1]:
            problems.append(f"{url or 'home'}: anchors differ: {sorted(ids[0] ^ ids[1])}")
        if article(one) != article(two):
            pair = zip(article(one).split(), article(two).split())
            first = next((f"{a!r} / {b!r}" for a, b in pair if a != b), "one goes on")
            problems.append(f"{url or 'home'}: texts differ, first at {first}")
    return problems


@pytest.mark.parametrize("engine", ["built", "zensical"])
@pytest.mark.parametrize("check", RULES, ids=lambda check: check.__name__)
def test_site(check, engine, request):
    """Every rule holds for the site as either engine builds it."""
    problems = check(request.getfixturevalue(engine))
    expect_none(problems)


def test_strict_builds(built, zensical):
    """Both engines build the site strictly; the fixtures fail with the engine's log where one does not."""
    assert len(built.pages) == len(zensical.pages)


def test_engines_agree(built, zensical):
    """The second engine gives the same addresses, anchors and article text."""
    problems = differences(built, zensical)
    expect_none(problems)
