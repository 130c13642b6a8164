"""Rules on the built HTML: each is a function from a Built site to a list of problems, one line each.

A problem names the page by its address. test_suite.py breaks each of them on purpose.
"""

import re
from pathlib import PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from model import Built, article

RULES = []
HERE = "http://site.test/kpo/"


def rule(function):
    """Register a rule, so that it is run on the project and must be broken in test_suite.py."""
    RULES.append(function)
    return function


def targets(site: Built):
    """Yield (page address, tag, absolute address) of every link, script, style, image and frame of every page."""
    for url, soup in site.pages.items():
        for tag in soup.find_all(["a", "link", "script", "img", "source", "iframe", "object"]):
            for key in ("href", "src", "srcset", "data"):
                if value := tag.get(key):
                    yield url, tag, urljoin(HERE + url, value)


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
    problems, root = [], site_root(site)
    for url, soup in site.pages.items():
        name = url or "home"

        def content(key, attribute="property", soup=soup):
            tags = soup.find_all("meta", attrs={attribute: key})
            return tags[0].get("content") if len(tags) == 1 else None

        if soup.html.get("lang") != "en":
            problems.append(f"{name}: <html> has no lang=en.")
        if url == "404.html":
            if content("robots", "name") != "noindex":
                problems.append(f"{name}: must be noindex.")
            continue
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


def _own_text(tag) -> str:
    return "".join(s for s in tag.strings if "headerlink" not in (s.parent.get("class") or []))


@rule
def structure_is_accessible(site: Built) -> list[str]:
    """One H1, no skipped level, named tables that the keyboard can scroll, scoped headers, alternative texts, unique ids."""
    problems, tables = [], 0
    for url, soup in site.pages.items():
        name, body = url or "home", soup.find("article")
        levels = [int(h.name[1]) for h in body.find_all(re.compile("^h[1-6]$"))]
        if levels.count(1) != 1 or any(b > a + 1 for a, b in zip(levels, levels[1:])):
            problems.append(f"{name}: heading levels are {levels}; one H1, and no level skipped.")
        for table in body.find_all("table"):
            tables += 1
            if not (table.parent.get("tabindex") == "0" and table.parent.get("aria-label")):
                problems.append(f"{name}: a table stands outside a named box that the keyboard can scroll.")
            if not (table.find_parent("figure") and table.find_parent("figure").find("figcaption")):
                problems.append(f"{name}: a table has no caption.")
            if any(not th.get("scope") for th in table.find_all("th")) or not table.find("th", scope="row"):
                problems.append(f"{name}: a table's header cells lack scope, or it has no row headers.")
        problems += [f"{name}: an image has no alt." for img in body.find_all("img") if not img.has_attr("alt")]
        for link in body.find_all("a"):
            if link.get_text(strip=True).lower() in ("", "here", "click here", "link", "this page", "read more"):
                problems.append(f"{name}: the link to {link.get('href')} says nothing. Name its target.")
        ids = [tag["id"] for tag in soup.find_all(id=True)]
        problems += [f"{name}: id {i} stands twice." for i in sorted({i for i in ids if ids.count(i) > 1})]
    assert tables, "no table found"
    return problems


@rule
def no_raw_syntax(site: Built) -> list[str]:
    """No snippet, template or Markdown syntax is left in the text, and no box is empty."""
    problems = []
    for url, soup in site.pages.items():
        text = article(soup)
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
def assets_are_used(site: Built) -> list[str]:
    """Each file in assets/ that is ours is used by a page or by the style sheet."""
    used = {PurePosixPath(urlsplit(target).path).name for _, _, target in targets(site)}
    used |= {name for file in site.folder.glob("assets/*.css") for name in re.findall(r"url\([\"']?(?:.*/)?([^\"')/]+)", file.read_text("utf-8"))}
    own = [file for file in (site.folder / "assets").glob("*") if file.is_file()]
    assert own, "no asset found"
    return [f"assets/{file.name}: used nowhere. Take it out of docs/assets/." for file in own if file.name not in used]


def differences(site: Built, other: Built) -> list[str]:
    """What the second engine's site has otherwise: addresses, ids in the articles, text of the articles."""
    problems = [f"{url}: only one engine makes it." for url in sorted(set(site.pages) ^ set(other.pages))]
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


@pytest.mark.parametrize("check", RULES, ids=lambda check: check.__name__)
def test_site(check, built):
    """Every rule holds for the site as MkDocs builds it."""
    problems = check(built)
    assert not problems, f"{len(problems)} problems\n" + "\n".join(problems)


def test_strict_builds(built, zensical):
    """Both engines build the site strictly; the fixtures fail with the engine's log where one does not."""
    assert len(built.pages) == len(zensical.pages)


def test_engines_agree(built, zensical):
    """The second engine gives the same addresses, anchors and article text."""
    problems = differences(built, zensical)
    assert not problems, "\n".join(problems)
