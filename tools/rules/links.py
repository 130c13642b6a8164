"""Links inside the site lead somewhere, published addresses go on answering, and the nav lists every page."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import cache
from posixpath import dirname, relpath
from typing import NamedTuple
from urllib.parse import unquote

import yaml

from tools.make.addresses import answered, published
from tools.make.stubs import FILE as REDIRECTS
from tools.make.stubs import redirects
from tools.rules.registry import Problem, rule
from tools.rules.structure import skeleton
from tools.site import ADDRESSES, LINK, SNIPPET, Page, Site

IMAGE = re.compile(r"!\[[^\]]*\]\([^)\s]+\)")
#: An attribute of HTML that holds an address.
ATTRIBUTE = re.compile(r"\s(?:xlink:)?(?:href|src|action|poster|data)\s*=\s*[\"']?([^\"'\s>]+)", re.I)
MARK = re.compile(r"<!-- --8<-- \[(start|end):([\w-]+)\] -->")


def _near(name: str, names: Iterable[str]) -> str:
    """The name that is most like another one, '' where none is."""
    found = get_close_matches(name, list(names), 1, 0.5)
    return found[0] if found else ""


# -- Links as they are written -----------------------------------------------------------------------------------------


@cache
def _text(page: Page) -> list[tuple[int, str]]:
    """(line number, line) of a page's body, without code and comments, in which a link is no link."""
    found, fence = [], False
    for number, line in page.lines:
        if re.match(r" *(```|~~~)", line):
            fence = not fence
        elif not fence and "8<-" not in line:
            found.append((number, re.sub(r"`[^`]*`|<!--.*?-->", "", line)))
    return found


#: What is left of a line without its whole links and says that a link was meant; escaped brackets are text.
PIECES = (
    (re.compile(r"\]\([^)]*\)?"), "Close its brackets, and leave no space in its target"),
    (re.compile(r"\] ?\[[^\]]*\]|^ *\[[^\]]+\]: *\S+"), "Write it as [text](target): one link, one place"),
    (re.compile(r"\(?[\w./-]*\.md(?:#[\w-]*)?\)?|\(#[\w-]+\)"), "Write [text] directly before its round brackets"),
)


#: Texts of links that say nothing; addresses that answer on one machine alone.
VAGUE = re.compile(r"here|read more|this(?: page| link)?|link|page", re.I)
LOCAL = re.compile(r"https?://(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?![\w.-])|file:", re.I)


@cache
def _pieces(page: Page) -> list[tuple[int, str, str]]:
    """(line, what is left, mend) of each link of a page that is in pieces."""
    found = []
    for number, line in _text(page):
        if "](" in line or ".md" in line or "(#" in line or "][" in line or "] [" in line or "]:" in line:
            rest = re.sub(r"</?[a-z][^>]*>", "", IMAGE.sub("", LINK.sub("", line)), flags=re.I)
            found += [(number, m[0], mend) for one, mend in PIECES for m in [one.search(rest)] if m][:1]
    return found


@rule
def links_are_whole(site: Site) -> Iterator[Problem]:
    """A link is written [text](target), without a space in its target; its text says where it leads, for the ear too.

    It leads to no address that only the writer's own machine answers.
    """
    for page in site.pages.values():
        for line, rest, mend in _pieces(page):
            yield Problem(page.file, line, f"a link in pieces: {rest[:60]}.", f"{mend}.")
        for link in page.links:
            if VAGUE.fullmatch(link.text.strip(" *_")):
                what = f"the link [{link.text}] does not say where it leads."
                yield Problem(page.file, link.line, what, "Let its text name the page or what stands there.")
            if LOCAL.match(link.target):
                what = f"{link.target} is an address of your own machine."
                yield Problem(page.file, link.line, what, "Write the path of the file: clauses.md#samples")


class Target(NamedTuple):
    """A target as it is written, with its line; where it leads: a path below docs/ and an anchor; or why nowhere."""

    line: int
    target: str
    path: str
    anchor: str
    wrong: str


def _target(page: Page, line: int, target: str) -> Target | None:
    """Where a target leads from a page; None where it leads to another host."""
    scheme = re.match(r"([\w+.-]*):", target)
    # What has a slash behind its colon is for the rule `hosts_are_known`.
    if scheme and (target[scheme.end() :].startswith("/") or scheme[1].lower() == "mailto"):
        return None
    if scheme or re.match(r"//|www\.", target, re.I):
        return Target(line, target, "", "", "not an address; one of another host begins with https://")
    found = page.resolve(re.sub(r"\?[^#]*", "", target))
    assert found, f"{target} leads to another host"
    path, anchor = unquote(found[0]), unquote(found[1])
    if target.startswith("/") or path.startswith(".."):
        return Target(line, target, path.lstrip("./"), anchor, "leaves the site where that stands below a path")
    return Target(line, target, path, anchor, "no id stands behind its #" if target.endswith("#") else "")


@cache
def _targets(page: Page) -> list[Target]:
    """Every target of a page that is inside the site, or that leads nowhere: of links, pictures and HTML."""
    found = []
    for number, line in _text(page):
        if "](" in line or "=" in line:
            written = [m["target"] for m in LINK.finditer(line)]
            written += re.findall(r"!\[[^\]]*\]\(([^)\s]+)\)", line)
            written += [target for tag in re.findall(r"<[a-z][^>]*>", line, re.I) for target in ATTRIBUTE.findall(tag)]
            found += [_target(page, number, one) for one in written]
    return [one for one in found if one]


@cache
def _carried(page: Page, section: str, host: Page, line: int) -> list[Target]:
    """The targets inside a section of a page, as they lead from the page that carries it on a line."""
    found = (_target(host, line, m["target"]) for m in LINK.finditer(page.snippet(section)))
    return [one for one in found if one]


def _write(page: Page, path: str, anchor: str) -> str:
    """The mend of a target that should lead from a page to a path and an anchor; '' for a path that is not known."""
    if not path:
        return "Mend the target, or take the link out."
    start = "" if path == page.path else relpath(path, dirname(page.path) or ".")
    return f"Write: {start}{'#' if anchor else ''}{anchor}"


def _leads(site: Site, page: Page, one: Target, ids: dict[str, set[str]]) -> tuple[str, str] | None:
    """What is wrong with a target, and the mend; None where it leads to a page or a file, and to its anchor."""
    if one.wrong:
        return f"{one.wrong}.", _write(page, one.path if one.path in site.pages else "", one.anchor)
    other = site.pages.get(one.path)
    if other is None:
        return _leads_to_no_page(site, page, one)
    if other.lists_sources and one.anchor:
        # A citation: the rules on sources hold it.
        return None
    if one.anchor and one.path not in ids:
        ids[one.path] = site.ids(other)
    if one.anchor and one.anchor not in ids[one.path]:
        near = _near(one.anchor, ids[one.path])
        alike = get_close_matches(one.anchor, sorted(ids[one.path]), 3, 0)
        what = f"{other.file} has no id {one.anchor}{'' if near else '; the likest are ' + ', '.join(alike)}."
        return what, _write(page, one.path if near else "", near)
    return None


def _url(path: str) -> str:
    """The address that a page at a path has, or an address as somebody may write it: with or without its last slash."""
    stem = re.sub(r"(?:^|(?<=/))(?:\.|index)$", "", re.sub(r"\.(?:md|html)$", "", path)).rstrip("/")
    return f"{stem}/" if stem else ""


def _leads_to_no_page(site: Site, page: Page, one: Target) -> tuple[str, str] | None:
    """The same for a target that is no page."""
    if f"docs/{one.path}" in site.files and not one.path.endswith((".md", ".html")):
        return None
    paths = {page.url: page.path for page in site.pages.values()}
    url = _url(one.path)
    if (new := redirects(site).get(url, url)) in paths:
        what = f"there is no docs/{one.path}." if one.path.endswith(".md") else "an address, not a file."
        return what, _write(page, paths[new], one.anchor)
    if f"/{url}" in published(site):
        return "the page is gone.", _write(page, paths.get(_successor(site, url), ""), one.anchor)
    # The same name in another folder comes before a like name in the same one.
    name = one.path.rsplit("/", 1)[-1]
    same = [path for path in site.pages if path.rsplit("/", 1)[-1] == name and name != "index.md"]
    files = [file.removeprefix("docs/") for file in site.files if not file.endswith(".html")]
    near = same[0] if len(same) == 1 else _near(one.path, files)
    return f"there is no docs/{one.path}.", _write(page, near, one.anchor)


@rule
def links_resolve(site: Site) -> Iterator[Problem]:
    """Each link inside the site leads to a page or file, and to an id of it; so do links in what a page carries."""
    ids: dict[str, set[str]] = {}
    seen = 0
    for page in site.pages.values():
        seen += len(_targets(page))
        for one in _targets(page):
            if said := _leads(site, page, one, ids):
                yield Problem(page.file, one.line, f"dead link to {one.target}: {said[0]}", said[1])
        for line, match in _snippets(page):
            home = site.pages.get(match["file"]) if match else None
            if not match or not home:
                continue
            for one in _carried(home, match["section"] or "", page, line):
                if said := _leads(site, page, one, ids):
                    what = f"{home.file}, carried here, holds a link that is dead here ({one.target}): {said[0]}"
                    yield Problem(page.file, line, what, "Carry a section without links, or take the link out of it.")
    assert seen, "no page links to another"


# -- Snippets ----------------------------------------------------------------------------------------------------------


@cache
def _snippets(page: Page) -> list[tuple[int, re.Match | None]]:
    """(line, match or None where it is misspelt) of each line of a page that carries a section of another page."""
    lines = ((number, line) for number, line in page.lines if re.search(r"-?8<-", line) and not MARK.search(line))
    return [(number, SNIPPET.match(line)) for number, line in lines]


@cache
def _marks(page: Page) -> list[tuple[int, str, str]]:
    """(line, what, mend) of each mark of a section that has no partner, or stands twice."""
    found, opened = [], {}
    ends: set[str] = set()
    for number, line in page.lines:
        for kind, name in MARK.findall(line):
            if kind == "start" and (name in opened or name in ends):
                found.append((number, f"the section {name} begins twice", "Give one of the two another name"))
            elif kind == "start":
                opened[name] = number
            elif name not in opened:
                mend = f"Above it, write: <!-- --8<-- [start:{name}] -->"
                found.append((number, f"the section {name} ends before it begins", mend))
            else:
                ends.add(name)
                opened.pop(name)
    for name, number in opened.items():
        found.append((number, f"the section {name} has no end", f"Below it, write: <!-- --8<-- [end:{name}] -->"))
    return found


@rule
def snippets_are_there(site: Site) -> Iterator[Problem]:
    """A line that carries a section names a page and a section of it; each section has a start and an end."""
    for page in site.pages.values():
        for line, what, mend in _marks(page):
            yield Problem(page.file, line, f"{what}.", mend)
        for line, match in _snippets(page):
            if said := _carries(site, match):
                yield Problem(page.file, line, *said)


def _carries(site: Site, match: re.Match | None) -> tuple[str, str] | None:
    """What is wrong with a line that carries a section, and the mend."""
    if not match:
        return "a section is carried, or marked, in no known form.", 'Write: --8<-- "glossary/ito.md:def"'
    other, section = site.pages.get(match["file"]), match["section"] or ""
    if not other:
        near = _near(match["file"], site.pages)
        return f"there is no docs/{match['file']}.", f'Write: --8<-- "{near or "page.md"}:{section or "def"}"'
    if not other.snippet(section):
        names = sorted({name for _, name in MARK.findall(other.body)})
        mend = f"Its sections are: {', '.join(names) or 'none'}."
        return f"{other.file} has no section {section!r}, or an empty one.", mend
    return None


# -- Published addresses -----------------------------------------------------------------------------------------------


def _successor(site: Site, old: str) -> str:
    """The address of the page that most likely replaces one that is gone: of like ids, or of a like name; '' if none.

    A page whose own address is new comes first.
    """
    listed = set(published(site))
    anchors = {address.partition("#")[2] for address in listed if address.startswith(f"/{old}#")}
    new = [page for page in site.pages.values() if f"/{page.url}" not in listed]
    for pages in (new, list(site.pages.values()) if anchors else []):
        shared = {page.url: len(anchors & site.ids(page)) - len(anchors) / 2 for page in pages}
        best = max(shared, key=lambda url: shared[url], default="")
        if anchors and best and shared[best] > 0:
            return best
    near = _near(old, (page.url for page in new))
    return near or _near(old, (page.url for page in site.pages.values()))


def _lines(site: Site) -> dict[str, int]:
    """The line of each published address."""
    lines = site.text(ADDRESSES).split("\n")
    return {line.strip(): number for number, line in reversed(list(enumerate(lines, 1)))}


@rule
def published_addresses_answer(site: Site) -> Iterator[Problem]:
    """Every address and anchor once published answers: by a page, or by a stub that leads to one with the id."""
    listed, here, moved = set(published(site)), answered(site), redirects(site)
    lines, pages = _lines(site), {page.url: page for page in site.pages.values()}
    assert listed, f"{ADDRESSES} is empty"
    if not moved:
        # The table cannot be read, of which a rule of its own speaks.
        return
    lost: dict[str, set[str]] = {}
    for address in sorted(listed - here):
        if not re.fullmatch(r"/(?:[\w.-]+/)*(?:#\S+)?", address):
            mend = "Write /page/ or /page/#id, or take the line out if it was never published."
            yield Problem(ADDRESSES, lines.get(address, 1), f"{address} is no address.", mend)
            continue
        url, _, anchor = address[1:].partition("#")
        lost.setdefault(url, set()).update([anchor] if anchor else [])
    # A redirect whose form is wrong is named by `redirects_lead_to_pages`.
    typed = {f"{old.strip('/').lower()}/" for old in moved}
    for url, anchors in lost.items():
        if url in pages:
            # What a page of its kind must have, `skeletons_are_kept` names.
            yield from _lost_ids(site, pages[url], anchors - set(skeleton(pages[url].kind)), listed)
        elif moved.get(url) in pages:
            other = pages[moved[url]]
            if gone := sorted(anchors - site.ids(other)):
                what = f"/{url} leads to {other.file}, which lacks these ids of the old page: {', '.join(gone)}."
                mend = "Give its headings or paragraphs these ids."
                yield Problem(REDIRECTS, _redirect_line(site, url), what, mend)
        elif url not in typed:
            new = _successor(site, url)
            line = f"{url}: {new or 'the/address/that/replaces/it/'}"
            undo = "Was it renamed by hand? Undo that, and run: make move"
            mend = f"Add to {REDIRECTS} the line:  {line}  Then run: make records. {undo}"
            what = f"the page /{url} is gone, and links that were sent lead nowhere."
            yield Problem(ADDRESSES, lines.get(f"/{url}", 1), what, mend)


def _lost_ids(site: Site, page: Page, anchors: set[str], listed: set[str]) -> Iterator[Problem]:
    """A problem for each published id that a page no longer has; a new id that is like it shows the place."""
    new = {anchor: line for anchor, line in page.own_ids.items() if f"/{page.url}#{anchor}" not in listed}
    for anchor in sorted(anchors):
        near = _near(anchor, new) or (next(iter(new)) if len(new) == 1 else "")
        where = f" (perhaps here, instead of {near})" if near else ""
        mend = f"Give its heading or paragraph the id back{where}: {{#{anchor}}}"
        what = f"the published id {anchor} is gone, and links that were sent miss it."
        yield Problem(page.file, new.get(near, page.first_line), what, mend)


def _redirect_line(site: Site, old: str) -> int:
    """The line of redirects.yml on which an old address stands."""
    lines = enumerate(site.text(REDIRECTS).split("\n"), 1)
    return next((number for number, line in lines if re.match(rf"[\"']?{re.escape(old)}[\"']? *:", line)), 1)


@rule
def redirects_lead_to_pages(site: Site) -> Iterator[Problem]:
    """Each line of redirects.yml leads from an address that is no page, named once, to a page of the site."""
    try:
        tree = yaml.compose(site.text(REDIRECTS), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = f"not YAML ({getattr(error, 'problem', error)})."
        yield Problem(REDIRECTS, mark.line + 1 if mark else 1, what, "Write each line as  old/: new/")
        return
    if not isinstance(tree, yaml.MappingNode):
        line = tree.start_mark.line + 1 if tree else 1
        yield Problem(REDIRECTS, line, "no table of addresses.", "Write each line as  old/: new/")
        return
    seen: set[str] = set()
    urls = {page.url: page for page in site.pages.values()}
    for key, value in tree.value:
        for what, mend in _redirect(urls, redirects(site), key, value, seen):
            yield Problem(REDIRECTS, key.start_mark.line + 1, what, mend)
        seen.add(str(key.value))


def _redirect(
    urls: dict[str, Page], table: dict[str, str], key: yaml.Node, value: yaml.Node, seen: set[str]
) -> Iterator[tuple[str, str]]:
    """What is wrong with a line of redirects.yml, and the mend; `seen` are the addresses above it."""
    if not (isinstance(key, yaml.ScalarNode) and isinstance(value, yaml.ScalarNode)):
        yield "not one address that leads to one other.", "Write it as  old/: new/"
        return
    old, new = key.value, value.value
    if old in seen:
        yield f"{old} stands above already.", "Keep the line that is right."
    if old in urls:
        yield f"{old} is the address of {urls[old].file} itself.", "Take the line out, or move the page."
    elif not re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*/)+", old):
        form = re.sub(r"[^a-z0-9/]+", "-", f"{old.strip('/').lower()}/")
        yield f"{old} is no short address.", f"In lower case, no slash before it, one behind it: {form}: {new}"
    # kpo-vs-bpo/ and bpo-vs-kpo/ are one question.
    twins = (one for one in seen if sorted(one.strip("/").split("-")) == sorted(old.strip("/").split("-")))
    for twin in twins:
        if table.get(twin) != new and twin != old:
            yield f"{old} leads to {new}, its twin {twin} to {table.get(twin)}.", "Let both lead to one page."
    if new not in urls:
        chain = table.get(new)
        near = chain or next((url for url in urls if url.strip("/") == new.split("#")[0].strip("/")), _near(new, urls))
        why = "leads on by itself" if chain else "is no page's address"
        yield f"{old} leads to {new}, which {why}.", f"Write: {old}: {near or 'the address of a page'}"


SEND = re.compile(r"Send it: `/(?P<old>[^`]*)`")


@rule
def short_addresses_lead_to_what_they_stand_by(site: Site) -> Iterator[Problem]:
    """A short address printed to be sent leads to a page to which its section links above it."""
    urls = {page.url: page.path for page in site.pages.values()}
    table, seen = redirects(site), 0
    for page in site.pages.values():
        for number, line in page.lines:
            for match in SEND.finditer(line):
                top = max((one for one in page.headings if one.line <= number), default=None)
                if not top or top.level == 1:
                    continue
                seen += 1
                new = urls.get(table.get(match["old"], match["old"]).partition("#")[0])
                near = [link.target for link in page.links if top.line < link.line <= number]
                if new and new not in page.paths(near):
                    what = f"/{match['old']} leads to {new}, which this section does not link to."
                    yield Problem(page.file, number, what, "Write the short address of the page that it speaks of.")
    assert seen, "no page prints a short address to be sent"


# -- The nav -----------------------------------------------------------------------------------------------------------


def nav_lines(site: Site, path: str) -> list[int]:
    """The lines of mkdocs.yml on which the nav lists a page, the first line of the nav where it does not."""
    lines = list(enumerate(site.text("mkdocs.yml").split("\n"), 1))
    top = next((number for number, line in lines if line.startswith("nav:")), 1)
    listed = re.compile(rf"\s+- (?:.*: +)?[\"']?{re.escape(path)}[\"']?\s*(?:#.*)?$")
    return [number for number, line in lines if number > top and listed.match(line)] or [top]


@rule
def nav_lists_every_page(site: Site) -> Iterator[Problem]:
    """The nav lists each page once, but for terms and lists of sources, which the index of each leads to."""
    want = {page.path for page in site.pages.values() if page.kind != "term" and not page.lists_sources}
    listed = Counter(path for _, path in site.nav)
    renamed = {}
    for path in sorted(set(listed) - want):
        gone = path not in site.pages
        new = next((one for one in want if gone and site.pages[one].url == _successor(site, _url(path))), "")
        near = new if new not in listed else _near(path, want - set(listed))
        renamed[near] = path
        mend = f"Write: {near}" if near else "Take it out."
        what = "is no page" if gone else "its index leads to"
        yield Problem("mkdocs.yml", nav_lines(site, path)[0], f"the nav lists {path}, which {what}.", mend)
    for path in sorted(want - set(listed) - set(renamed)):
        # Its place is most likely below the pages of its folder.
        beside = [one for one in listed if dirname(one) == dirname(path)]
        line = max((nav_lines(site, one)[-1] for one in beside), default=nav_lines(site, path)[0])
        mend = f"Below this line, add:  - {str(site.pages[path].meta.get('title')).split(':')[0]}: {path}"
        yield Problem("mkdocs.yml", line, f"the nav lacks {path}.", mend)
    for path in sorted(path for path, times in listed.items() if times > 1):
        yield Problem("mkdocs.yml", nav_lines(site, path)[-1], f"the nav lists {path} twice.", "Take one out.")
