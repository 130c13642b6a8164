"""What stands around the pages: the configuration, the nav, the files for the host, the addresses of other hosts."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from typing import Any

from tools.records import nav_name, sources
from tools.rules.links import nav_lines
from tools.rules.records import value_line
from tools.rules.registry import Problem, rule
from tools.site import Page, Site

CONFIG, ROBOTS, HEADERS = "mkdocs.yml", "docs/robots.txt", "docs/_headers"
#: Files beside the pages that hold addresses.
OUTSIDE = (CONFIG, "CITATION.cff", "LICENSE", "README.md", "CONTRIBUTING.md")


def _lines(text: str) -> Iterator[tuple[int, str]]:
    return enumerate(text.split("\n"), 1)


def _line(text: str, needle: str) -> int:
    """Number of the first line that holds `needle`; 1 where none does."""
    return next((number for number, line in _lines(text) if needle in line), 1)


# -- The configuration -------------------------------------------------------------------------------------------------

SITE_URL = "site_url: !ENV [SITE_URL, 'http://127.0.0.1:8000/']"
STRICT = "else the strict build lets it pass"
OTHER_HOST = "else readers fetch from another host"
#: What mkdocs.yml must say, and why.
WANTED: dict[tuple[str, ...], tuple[object, str]] = {
    ("theme", "name"): ("material", "templates and styles are made for it"),
    ("theme", "variant"): ("classic", "else the second engine looks otherwise"),
    ("theme", "custom_dir"): ("overrides", "else metadata, citations and policy are missing"),
    ("theme", "font"): (False, OTHER_HOST),
    ("theme", "language"): ("en", "the pages are in English"),
    ("extra", "generator"): (False, "no page names its engine"),
    ("extra_templates",): (["feed.xml", "robots.txt", "llms.txt", "_redirects"], "else they name no host"),
    ("extra", "scope"): ("/", "the first inline script has its hash by it"),
    ("validation", "nav", "omitted_files"): ("warn", STRICT),
    ("validation", "nav", "not_found"): ("warn", STRICT),
    ("validation", "nav", "absolute_links"): ("warn", STRICT),
    ("validation", "links", "not_found"): ("warn", STRICT),
    ("validation", "links", "anchors"): ("warn", STRICT),
    ("validation", "links", "absolute_links"): ("warn", STRICT),
    ("validation", "links", "unrecognized_links"): ("warn", STRICT),
}
#: The pages that the nav may leave out: the terms, which the glossary's index leads to, and the short addresses, of
#: which that of a page that moved lies as deep as the page did.
NOT_IN_NAV = "/glossary/*.md\n/sources/*.md\n/*/index.md\n/*/*/index.md"
#: Keys that the second engine does not know, or that run code while the site is built.
UNWANTED = ("hooks", "use_directory_urls", "remote_branch")
PLUGINS = ["search"]
EXTENSIONS = {
    *("attr_list", "def_list", "md_in_html", "tables", "toc", "material.extensions.preview"),
    *("pymdownx.blocks.caption", "pymdownx.snippets"),
}
#: Switches of the theme that were tried in both engines, under the policy of the pages.
FEATURES = {
    *("navigation.sections", "navigation.footer", "navigation.top", "navigation.indexes", "navigation.path"),
    *("navigation.prune", "navigation.expand", "toc.follow", "toc.integrate", "search.highlight"),
    *("navigation.tabs", "content.footnote.tooltips"),
}
#: Switches that do not work under that policy, and why not.
BLOCKED = {
    "content.tabs.link": "needs an inline script, whose hash is in no content security policy of the site",
    "announce.dismiss": "needs an inline script, whose hash is in no content security policy of the site",
    "navigation.instant": "swaps pages by script, so that forms and citations of the next page are not set up",
    "search.share": "shows a button that the second engine lacks",
}


def _get(config: Any, path: tuple[str, ...]) -> Any:
    """The value at a path of the configuration, None where there is none."""
    for key in path:
        config = config.get(key) if isinstance(config, dict) else None
    return config


def _names(items: Any) -> list[str]:
    """The names in a list of the configuration whose items are a name, or a name with settings."""
    return [str(next(iter(item)) if isinstance(item, dict) else item) for item in items or []]


def _at(site: Site, *path: str | int) -> int:
    """The line of mkdocs.yml on which a key stands, or the one above it where it lacks."""
    return max(1, value_line(site.text(CONFIG), path))


@rule
def configuration_is_whole(site: Site) -> Iterator[Problem]:
    """mkdocs.yml has an address of the site, strict checks, no foreign font, and nothing that only one engine knows."""
    text, config = site.text(CONFIG), site.config
    if not re.search(r"^site_url: !ENV \[SITE_URL, (['\"])https?://[^\s'\"]+/\1\]", text, re.M):
        what = "site_url is missing, or no whole address that ends in a slash; previews and the sitemap need it."
        yield Problem(CONFIG, _at(site, "site_url"), what, f"Write: {SITE_URL}")
    for path, (want, why) in WANTED.items():
        have = _get(config, path)
        if have != want or type(have) is not type(want):
            mend = f"Write: {path[-1]}: {str(want).lower()}"
            yield Problem(CONFIG, _at(site, *path), f"{'.'.join(path)} is {have!r}: {why}.", mend)
    if str(config.get("not_in_nav", "")).strip() != NOT_IN_NAV:
        mend = f"Write {NOT_IN_NAV.replace(chr(10), ' and ')} alone: every other page stands in the nav."
        yield Problem(CONFIG, _at(site, "not_in_nav"), "not_in_nav lets other pages than terms out.", mend)
    for key in (key for key in UNWANTED if key in config):
        what = f"{key} has no place here: both engines must build the site."
        yield Problem(CONFIG, _at(site, key), what, "Take it out.")
    if (plugins := _names(config.get("plugins"))) != PLUGINS:
        what = f"the plugins are {', '.join(plugins) or 'none'}; both engines know search alone."
        yield Problem(CONFIG, _at(site, "plugins"), what, "Leave search, and nothing else.")
    for name in sorted(EXTENSIONS ^ set(_names(config.get("markdown_extensions")))):
        mend = f"Add: - {name}" if name in EXTENSIONS else "Take it out, or try both engines and add it to EXTENSIONS."
        what = f"the Markdown extension {name} {'is missing' if name in EXTENSIONS else 'is not known here'}."
        yield Problem(CONFIG, _at(site, "markdown_extensions"), what, mend)


@rule
def theme_switches_are_known(site: Site) -> Iterator[Problem]:
    """The theme's features are such that work in both engines and under the content security policy."""
    for n, name in enumerate(_get(site.config, ("theme", "features")) or []):
        if name not in FEATURES:
            near = get_close_matches(str(name), FEATURES, 1, 0.8)
            why = BLOCKED.get(name, "is not known here")
            mend = f"Write: {near[0]}" if near and name not in BLOCKED else "Take it out of theme.features."
            yield Problem(CONFIG, _at(site, "theme", "features", n), f"the switch {name} {why}.", mend)


@rule
def files_of_the_configuration_are_there(site: Site) -> Iterator[Problem]:
    """Style sheets, scripts and the icon that mkdocs.yml names are files below docs/."""
    paths = [("extra_css",), ("extra_javascript",), ("theme", "favicon"), ("theme", "logo")]
    for path in paths:
        value = _get(site.config, path) or []
        for name in _names(value if isinstance(value, list) else [value]):
            if f"docs/{name}" not in site.files:
                near = get_close_matches(f"docs/{name}", site.files, 1, 0.6)
                mend = f"Write: {near[0].removeprefix('docs/')}" if near else "Write the path of a file below docs/."
                yield Problem(CONFIG, _line(site.text(CONFIG), name), f"there is no docs/{name}.", mend)


@rule
def scripts_keep_quiet(site: Site) -> Iterator[Problem]:
    """No script of ours writes to the console, or stops there."""
    own = [file for file in site.files if file.endswith(".js") and "/vendor/" not in file]
    assert own, "there is no script"
    for file in own:
        for number, line in _lines(site.text(file)):
            if left := re.search(r"\bconsole\.\w+|\bdebugger\b", line):
                yield Problem(file, number, f"{left[0]} is left from a search for a fault.", "Delete it.")


#: Where a custom property of the style is set: a style sheet, a template, or a list of dates.
SETTERS = re.compile(r"docs/assets/style\.css|docs/assets/.*\.js|overrides/.*\.html|docs/evolution\.md")
STYLE = "docs/assets/style.css"


@rule
def properties_of_the_style_are_set(site: Site) -> Iterator[Problem]:
    """Each custom property that the style sheet reads is set by the project, or is the theme's (--md-)."""
    every = "\n".join(site.text(name) for name in site.files if SETTERS.fullmatch(name))
    known = set(re.findall(r"(--[\w-]+)[\"']?\s*[:,]", every))
    for number, line in _lines(site.text(STYLE)):
        for name in re.findall(r"var\((--[\w-]+)\)", line):
            if name not in known and not name.startswith("--md-"):
                near = get_close_matches(name, sorted(known), 1, 0.6)
                mend = f"Write: var({near[0]})" if near else "Set it, or write a value."
                yield Problem(STYLE, number, f"nothing sets {name}.", mend)


# -- The nav -----------------------------------------------------------------------------------------------------------

#: Words of a label that tell no page from another.
SMALL = re.compile("all|an?|and|are|as|at|by|for|from|how|in|is|its?|now|of|on|or|the|this|to|what|which|who|with|.")


def _fold(text: object) -> list[str]:
    """The words of a text, in small letters, without accents and the 's of a genitive."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", str(text)) if not unicodedata.combining(c))
    return re.findall(r"[a-z0-9&]+", re.sub(r"['\u2019]s\b", "", plain.casefold()))


def _stems(words: list[str]) -> set[str]:
    """Words as such, and without an ending, so that a label may say "definitions" of a page that says "defines"."""
    return {re.sub(r"(?:ions?|ed|es|s|e)$", "", word) if len(word) > 4 else word for word in words}


@cache
def _known_words(page: Page) -> set[str]:
    """The words that a nav label may use of a page."""
    keys = ("title", "buyer", "supplier", "term", "abbreviation", *(() if page.kind == "case" else ("description",)))
    texts = [page.meta.get(key, "") for key in keys]
    return _stems(_fold(" ".join(map(str, [*texts, *(page.meta.get("aliases") or []), page.path.removesuffix(".md")]))))


@cache
def fits(page: Page, label: str) -> bool:
    """Whether a nav label can be that of a page: of a case all its words are known, of another page most."""
    words = [word for word in _fold(re.sub(r"\b(\w)-(\w)\b", r"\1\2", label)) if not SMALL.fullmatch(word)]
    known = _known_words(page) | _stems(_fold(re.sub(r"\b(\w)-(\w)\b", r"\1\2", str(page.meta.get("title")))))
    found = [word for word in words if _stems([word]) <= known]
    return bool(found) and (len(found) == len(words) or (page.kind != "case" and len(found) > len(words) / 2))


@rule
def nav_labels_fit(site: Site) -> Iterator[Problem]:
    """A label of the nav is in the words of its page, and belongs to one page."""
    # What stands behind a colon is made from the record of a case.
    nav = [(nav_name(label), path) for label, path in site.nav]
    count = Counter(label.casefold() for label, _ in nav if label)
    titles = {page: str(page.meta.get("title")) for page in site.pages.values()}
    for label, path in nav:
        page = site.pages.get(path)
        if not page or not label:
            continue
        begun = [one for one, title in titles.items() if title.startswith(label)]
        if count[label.casefold()] > 1:
            mend = f"Write one from its title: {titles[page]}"
            yield Problem(CONFIG, nav_lines(site, path)[-1], f"the label {label!r} stands twice in the nav.", mend)
        elif not fits(page, label) or (begun and page not in begun):
            mend = f"Write one in the words of its title: {titles[page]}"
            yield Problem(CONFIG, nav_lines(site, path)[-1], f"the label {label!r} is not that of {page.file}.", mend)


# -- Files for the host ------------------------------------------------------------------------------------------------


@rule
def robots_let_all_in(site: Site) -> Iterator[Problem]:
    """robots.txt and the headers let every program read every page; only what leads on is left out of indexes."""
    text = site.text(ROBOTS)
    for number, line in _lines(text):
        if line.startswith("{%"):
            continue
        field, colon, value = (part.strip() for part in line.partition("#")[0].partition(":"))
        if field.lower() == "disallow" and value:
            yield Problem(ROBOTS, number, f"{value} is shut to programs that search.", "Write: Disallow:")
        elif (field or colon) and field.lower() not in ("user-agent", "disallow", "allow", "sitemap"):
            mend = "Write one of: User-agent: *, Disallow:, Allow: /, Sitemap: address"
            yield Problem(ROBOTS, number, f"{line.strip()!r} is no line of robots.txt.", mend)
    if not re.search(r"^user-agent: *\*\s*$", text, re.I | re.M):
        yield Problem(ROBOTS, 1, "no line for all programs.", "Write: User-agent: *  and below it: Disallow:")
    for number, line in _lines(site.text(HEADERS)):
        if re.search(r"X-Robots-Tag|noindex", line, re.I):
            yield Problem(HEADERS, number, "a header keeps pages out of indexes.", "Take the line out.")


#: Headers that _headers may set.
KNOWN_HEADERS = {
    *("Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy"),
    *("Cache-Control", "Strict-Transport-Security", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy"),
    *("Content-Type", "Link", "Access-Control-Allow-Origin", "X-Robots-Tag"),
}
#: What every page is sent with; "" is any value.
EVERY_PAGE = {
    "Content-Security-Policy": "",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "",
}
HASH = re.compile(r"'sha\d+-[^']+'")


def _header(line: str) -> tuple[str, str] | None:
    """What is wrong with one line of _headers, and the mend; None for one that is well formed."""
    found = re.fullmatch(r"(\s*)([\w-]+)( *): *(.*)", line)
    if not found:
        return "neither a path nor a header.", "Write /path/* at the margin, or   Name: value  indented below it."
    indent, name, space, value = found.groups()
    if not indent:
        return f"the header {name} has lost its indent, so it belongs to no path.", f"Write:   {name}: {value}"
    if name not in KNOWN_HEADERS:
        near = get_close_matches(name, KNOWN_HEADERS, 1, 0.7)
        mend = f"Write:   {near[0]}: {value}" if near else "Take it out, or add it to KNOWN_HEADERS."
        return f"{name} is no header that is known here.", mend
    if space or not value.strip():
        return f"the header {name} has a space before its colon, or no value.", f"Write:   {name}: value"
    return None


def _headers(text: str) -> Iterator[tuple[int, str, str, str]]:
    """(line, path, name, value) of each header of _headers; a header that lost its indent is taken for one."""
    path = ""
    for number, line in _lines(text):
        if line.startswith("/"):
            path = line.strip()
        elif found := re.match(r"\s*([\w-]+) *: *(.*)", line):
            yield number, path, found[1], found[2].strip()


#: Where the theme puts files whose names change with their content, and no other.
HASHED = ("/assets/javascripts/bundle.", "/assets/javascripts/workers/", "/assets/stylesheets/")


def _clashes(found: list[tuple[int, str, str, str]]) -> Iterator[Problem]:
    """Headers that stand twice, below one path or below two that fit one file; what is kept too long."""
    seen: set[tuple[str, str]] = set()
    for number, where, name, value in found:
        if (where, name.lower()) in seen:
            yield Problem(HEADERS, number, f"{name} stands twice below {where}.", "Keep one of the two lines.")
        elif where != "/*" and ("/*", name.lower()) in seen:
            what = f"{name} stands below /* and below {where}: hosts join the two values."
            yield Problem(HEADERS, number, what, "Keep one of the two lines.")
        seen.add((where, name.lower()))
        if name == "Cache-Control" and "immutable" in value and not where.startswith(HASHED):
            what = f"{where} is kept for a year, and names there carry no hash of their content."
            yield Problem(HEADERS, number, what, f"Only below {' and '.join(HASHED)} do they.")


@rule
def headers_are_well_formed(site: Site) -> Iterator[Problem]:
    """_headers is made of paths and of headers indented below them, and sends every page with the site's policy."""
    text, path = site.text(HEADERS), False
    for number, line in _lines(text):
        if line.startswith("/"):
            path = True
        elif line.strip() and not line.startswith("#"):
            said = _header(line) if path else ("a header before any path.", "Write above it:  /*")
            if said:
                yield Problem(HEADERS, number, *said)
    found = list(_headers(text))
    yield from _clashes(found)
    every = {name: (number, value) for number, where, name, value in found if where == "/*"}
    misspelt = any(name not in KNOWN_HEADERS for _, _, name, _ in found)
    for name, want in EVERY_PAGE.items():
        number, have = every.get(name, (_line(text, "/*"), ""))
        if (name not in every and not misspelt) or (name in every and want and have != want):
            mend = f"Below /*, write:   {name}: {want or '…'}"
            yield Problem(HEADERS, number, f"every page is to be sent with {name}.", mend)
    hashes = _get(site.config, ("extra", "script_hashes")) or []
    number, policy = every.get("Content-Security-Policy", (1, ""))
    if policy and sorted(HASH.findall(policy)) != sorted(map(str, hashes)):
        mend = f"Write in script-src: 'self' {' '.join(map(str, hashes))}"
        what = "the hashes of scripts are not those of extra.script_hashes in mkdocs.yml."
        yield Problem(HEADERS, number, what, mend)


# -- Other hosts -------------------------------------------------------------------------------------------------------

#: Last labels of host names. A new one is added once the address has been opened.
TLDS = re.compile(
    "ai|app|asia|at|au|be|bg|biz|blog|br|bz|ca|cat|cc|ch|cloud|cn|co|com|cz|de|dev|dk|edu|es|eu|fi|fr|gov|gr|health"
    "|hk|hu|id|ie|il|in|info|int|io|is|it|jobs|jp|kr|law|legal|life|lk|lt|lu|media|mil|mp|mt|museum|mx|my|name|net|news"
    "|ng|nl|no|nz|online|org|ph|photography|pk|pl|plus|pro|pt|pub|ro|ru|sa|science|scot|se|sg|site|technology|tips"
    "|tr|tw|ua|uk|us|vn|wiki|za"
)
#: Short labels before a country's, where that country has a closed set of them.
SECOND = {
    "uk": re.compile("ac|co|gov|ltd|me|mod|net|nhs|org|plc|police|sch"),
    "au": re.compile("asn|com|edu|gov|id|net|org"),
    "nz": re.compile("ac|co|geek|gen|govt|iwi|net|org|school"),
    "za": re.compile("ac|co|gov|law|net|org|web"),
}
#: Hosts that read alike and are two.
DISTINCT = {
    frozenset(("cipd.org", "cips.org")),
    frozenset(("documents.pub", "vdocuments.pub")),
    frozenset(("ema.europa.eu", "esma.europa.eu")),
    frozenset(("fdocuments.us", "vdocuments.us")),
}
#: Names of no host: examples, and the machine itself.
PLACEHOLDERS = re.compile(r"host|localhost|example\.(?:org|com|net)|[\d.]+")
ADDRESS = re.compile(r"(?<![\w.])([A-Za-z]+):(/+)([^\s/<>\"'`)\]]+)")


@cache
def _addresses(text: str) -> list[tuple[int, str, str]]:
    """(line, what stands before the host, host) of each address of another host in a text."""
    found = []
    for number, line in _lines(text):
        if ":/" in line:
            hits = ((m[1] + ":" + m[2], m[3].lower().split("?")[0].split("#")[0]) for m in ADDRESS.finditer(line))
            found += [(number, *one) for one in hits]
    return [one for one in found if not PLACEHOLDERS.fullmatch(re.sub(r":\d+$", "", one[2]))]


@cache
def _of_page(page: Page) -> list[tuple[int, str, str]]:
    """The same of a page."""
    below = [(line + page.first_line - 1, start, host) for line, start, host in _addresses(page.body)]
    return [(line + 1, start, host) for line, start, host in _addresses(page.front)] + below


def _bare(host: str) -> str:
    """A host without port, www and a last dot."""
    return re.sub(r":\d+$", "", host).removeprefix("www.").removesuffix(".")


@cache
def _bad_host(start: str, host: str) -> str:
    """What is wrong with an address up to its path, '' where nothing is."""
    if start.lower() not in ("http://", "https://"):
        return f"{start}{host} does not begin with https:// or http://"
    labels = _bare(host).split(".")
    if len(labels) < 2 or not all(re.fullmatch(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?", label) for label in labels):
        return f"{host} is no name of a host"
    if re.match(r"(?:w|ww|wwww+)\.|www\.www\.|www[^.\d]", host):
        return f"{host} has a www that is misspelt"
    if not TLDS.fullmatch(labels[-1]):
        return f"{host} ends in .{labels[-1]}, which is no ending that is known here"
    second = SECOND.get(labels[-1])
    if second and len(labels[-2]) < 4 and not second.fullmatch(labels[-2]):
        return f"{host} ends in .{labels[-2]}.{labels[-1]}, which is no ending that is known here"
    return ""


@cache
def _shortened(word: str) -> frozenset[str]:
    """A word, and what is left of it without one of its letters."""
    return frozenset({word, *(word[:i] + word[i + 1 :] for i in range(len(word)))})


def _alike(one: str, two: str) -> bool:
    """Whether two hosts differ by a letter or two; those that differ in one short label, ro. and ru., are left out."""
    pairs = list(zip(one.split("."), two.split("."), strict=False))
    apart = [(a, b) for a, b in pairs if a != b]
    short = one.count(".") == two.count(".") and len(apart) == 1 and max(map(len, apart[0])) < 4
    # But for letters that changed places: nao and noa.
    short = short and (sorted(apart[0][0]) != sorted(apart[0][1]) or len(apart[0][0]) < 3)
    return not short and frozenset((one, two)) not in DISTINCT and not _shortened(one).isdisjoint(_shortened(two))


@cache
def _twins(hosts: frozenset[str]) -> list[tuple[str, str]]:
    """Pairs of hosts that are alike."""
    by_rest: dict[str, list[str]] = {}
    for host in sorted(hosts):
        for rest in _shortened(host):
            by_rest.setdefault(rest, []).append(host)
    pairs = {(a, b) for some in by_rest.values() for n, a in enumerate(some) for b in some[n + 1 :]}
    return sorted(pair for pair in pairs if _alike(*pair))


@rule
def hosts_are_known(site: Site) -> Iterator[Problem]:
    """Addresses of other hosts begin and end as addresses do, and no two hosts differ by a slip."""
    places = _places(site)
    assert places, "no page names another host"
    for some in places.values():
        for file, line, wrong in some:
            if wrong:
                mend = "Open it, and mend it; an ending that is real is added to TLDS in tools/rules/around.py."
                yield Problem(file, line, f"{wrong}.", mend)
    for rare, often in _slips(places):
        for file, line, _ in places[rare]:
            mend = f"Write {often}, or add both to DISTINCT in tools/rules/around.py."
            yield Problem(file, line, f"the host {rare} is nearly {often} ({places[often][0][0]}).", mend)


def _places(site: Site) -> dict[str, list[tuple[str, int, str]]]:
    """(file, line, what is wrong with the address or '') of each place in which a host stands, by the host."""
    found = [(page.file, _of_page(page)) for page in site.pages.values()]
    found += [(file, _addresses(site.text(file))) for file in OUTSIDE]
    places: dict[str, list[tuple[str, int, str]]] = {}
    for file, addresses in found:
        for line, start, host in addresses:
            places.setdefault(_bare(host), []).append((file, line, _bad_host(start, host)))
    return places


def _slips(places: dict[str, list[tuple[str, int, str]]]) -> list[tuple[str, str]]:
    """(host, the host that it is likely meant to be) of hosts that are alike.

    Of two that stand as often, the one that comes later is taken for the slip.
    """
    order = {host: (-len(some), n) for n, (host, some) in enumerate(places.items())}
    pairs = _twins(frozenset(host for host, some in places.items() if not any(wrong for _, _, wrong in some)))
    return [(two, one) for one, two in (sorted(pair, key=lambda host: order[host]) for pair in pairs)]


@cache
def _misnamed(record: str) -> list[tuple[str, str]]:
    """(host, name) of each host of an entry that is nearly, but not quite, a name that the entry tells."""
    plain = re.sub(r"<[^>]*>", "", record).lower()
    words: list[str] = []
    for text in (plain, plain.replace("&", " and "), plain.replace("&", "n")):
        words += [*re.sub(r"[^a-z0-9\s]", "", text).split(), " "]
    joined = ["".join(words[i : i + n]) for i in range(len(words)) for n in range(1, 5)]
    names = {name for name in joined if " " not in name and len(name) > 4}
    found = []
    for host in re.findall(r"<https?://([^/>]+)", record):
        core = re.sub(r"\W", "", max(_bare(host.lower()).split(".")[:-1] or [""], key=len))
        if len(core) > 5 and not any(core in name for name in names):
            near = [n for n in names if abs(len(n) - len(core)) < 2 and not _shortened(n).isdisjoint(_shortened(core))]
            found += [(host, name) for name in sorted(near)[:1]]
    return found


@rule
def hosts_bear_their_names(site: Site) -> Iterator[Problem]:
    """A source whose host is named like its publisher spells it as the publisher is spelt."""
    # What is nearly the host of another entry is named by `hosts_are_known`.
    slips = {rare for rare, _ in _slips(_places(site))}
    for source in sources(site).values():
        for host, name in (one for one in _misnamed(source.record) if _bare(one[0].lower()) not in slips):
            mend = f"Open the address; if {name!r} is right, mend the host, else the name."
            what = f"the host {host} is nearly {name!r}, which the entry says."
            yield Problem(source.file, source.line + 1, what, mend)


# -- Weight ------------------------------------------------------------------------------------------------------------

#: Most bytes of a picture, and of any other file that readers load.
PICTURE, FILE = 60_000, 200_000


@rule
def files_are_light(site: Site) -> Iterator[Problem]:
    """No file below docs/ is heavier than a page may be; what stands in no page's way, the Markdown, is left out."""
    for file in (file for file in site.files if not file.endswith(".md")):
        picture = file.endswith((".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif"))
        most, size = PICTURE if picture else FILE, _size(site, file)
        if size > most:
            mend = "Draw it as SVG, or make it smaller." if picture else "Make it smaller, or take it out."
            yield Problem(file, 1, f"{size:,} bytes; {most:,} are allowed.", mend)


def _size(site: Site, file: str) -> int:
    """The bytes of a file."""
    return len(site.bytes(file)) if file in site.edits else (site.root / file).stat().st_size
