"""The site under other addresses: at a root, below a path, without a last slash, without a host; and being served.

Each is a small site of the same templates and files, with few pages, so that a build takes a second.
"""

import contextlib
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import feedparser
import pytest
from playwright.sync_api import TimeoutError

from tests.built import Built
from tests.conftest import small
from tools.address import check_address, fault
from tools.engine import QUIET, build

#: What SITE_URL says, and the address that every page must then name. The site of all other tests stands below a path,
#: with its slash.
SITES = {
    "root, no slash": ("https://kpo.example", "https://kpo.example/"),
    "sub-path, no slash": ("https://www.example.org/kpo", "https://www.example.org/kpo/"),
    "sub-domain, http, port": ("http://kpo.example.org:8080/a/b", "http://kpo.example.org:8080/a/b/"),
    "query": ("https://www.example.org/kpo?utm_source=x#top", "https://www.example.org/kpo/"),
    "that of serve": ("http://127.0.0.1:8000/", "http://127.0.0.1:8000/"),
    "empty": ("", "/"),
}


def wrong(site: Built, home: str) -> list[str]:
    """What does not name the address `home` in a site that was built for it."""
    found, root = [], urlsplit(home).path

    def expect(what: str, have: object, want: object) -> None:
        if have != want:
            found.append(f"{what} is {have!r}, not {want!r}")

    for url in ("", "glossary/ito/", "examples/xo1/"):
        page = site.pages[url]
        expect(f"{page.name}: canonical", page.canonical, [home + url] if home != "/" else [])
        expect(f"{page.name}: og:url", page.meta("og:url", "property"), home + url)
        image = page.meta("og:image", "property") or ""
        expect(f"{page.name}: picture", image.startswith(home) and image.removeprefix(home) in site.files, True)
        data = page.tree.xpath("string(//script[@type='application/ld+json'])")
        expect(f"{page.name}: JSON-LD", f'"url": "{home}{url}"' in data, True)
    sent = [line.split() for line in site.text("_redirects").splitlines() if line]
    expect("a short address in capitals", [f"{root}XO1/", f"{root}xo1/", "301"] in sent, True)
    short = site.stubs["xo1/"]
    expect("xo1/: og:url", short.meta("og:url", "property"), f"{home}examples/xo1/")
    expect("xo1/: picture", short.meta("og:image", "property"), f"{home}assets/cards/examples-xo1.png")
    for page in site.pages.values():
        expect(f"{page.name}: policy", bool(page.policy), True)
    # The page for errors is shown at any address, so its links must be whole paths.
    lost, path = site.pages["404.html"], "/" + home.partition("://")[2].partition("/")[2]
    styles = lost.tree.xpath("//link[@rel='stylesheet']/@href")
    style = next(one for one in styles if one.endswith("style.css"))
    expect("404: style", urljoin("http://host/deep/er/", style), f"http://host{path}assets/style.css")
    listed = {node.text for node in ElementTree.fromstring(site.text("sitemap.xml")).iter() if node.tag[-3:] == "loc"}
    expect("sitemap", {home, f"{home}about/", f"{home}glossary/ito/"} <= listed, True)
    expect("sitemap, others", {one for one in listed if not one.startswith(home)}, set())
    known = [f"Sitemap: {home}sitemap.xml"] if home != "/" else []
    expect("robots.txt", re.findall(r"^Sitemap: .*", site.text("robots.txt"), re.M), known)
    host = home if home != "/" else ""
    expect("llms.txt", f"]({host}about/): " in site.text("llms.txt"), True)
    return found + feed_faults(site.text("feed.xml"), host)


def feed_faults(text: str, home: str) -> list[str]:
    """What a reader of feeds finds wrong in a feed at `home`; '' where no host is known."""
    feed = feedparser.parse(text.encode())
    if feed.bozo:
        return [f"feed.xml: not well formed ({feed.bozo_exception})"]
    links = {link["rel"]: link["href"] for link in feed.feed.get("links", [])}
    found = []
    if links != {"self": f"{home}feed.xml", "alternate": home or "."}:
        found.append(f"feed.xml: its links are {links}")
    if not feed.entries:
        found.append("feed.xml: no entry")
    for entry in feed.entries:
        if not entry.link.startswith(f"{home}"):
            found.append(f"feed.xml: an entry leads to {entry.link}")
        if not re.fullmatch(r"[A-Z0-9].*[^.\s]", entry.title) or len(entry.title) > 200 or "{{" in entry.title:
            found.append(f"feed.xml: {entry.title!r} is no title")
        if not (entry.id.startswith("urn:uuid:") and entry.get("updated_parsed") and entry.content[0].value):
            found.append(f"feed.xml: {entry.title!r} has no id, no day or no text")
    return found + ["feed.xml: an id stands twice"] * (len({one.id for one in feed.entries}) < len(feed.entries))


@pytest.mark.parametrize("situation", SITES)
def test_site_names_its_address(tmp_path, situation):
    """Whatever SITE_URL is like, either engine builds a site in which everything names one right address."""
    url, home = SITES[situation]
    root, problems = small(tmp_path / "site"), []
    for engine in ("mkdocs", "zensical"):
        code, log = build(root, engine, url)
        assert code == 0, log
        problems += [f"{engine}: {one}" for one in wrong(Built(root / "site"), home)]
    assert not problems, "\n".join(problems)


# -- Breaks: what the tests above look at, made wrong ------------------------------------------------------------------


@pytest.fixture(scope="module")
def right(tmp_path_factory):
    """A small site that is right, and its address."""
    root = small(tmp_path_factory.mktemp("right") / "site")
    code, log = build(root, "mkdocs", "https://kpo.example/")
    assert code == 0, log
    return root / "site"


WRONG = [
    ("glossary/ito/index.html", "assets/cards/default.png", "assets/none.png", "picture is False"),
    ("glossary/ito/index.html", "<head>", '<head><link rel="canonical" href="x">', "canonical is"),
    ("glossary/ito/index.html", 'property="og:url" content="', "\\g<0>x", "og:url is"),
    ("glossary/ito/index.html", '"url": "https://kpo.example/', '"url": "https://kpo.example', "JSON-LD is False"),
    ("xo1/index.html", 'property="og:url" content="', "\\g<0>x", "xo1/: og:url is"),
    ("xo1/index.html", 'property="og:image" content="', "\\g<0>x", "xo1/: picture is"),
    ("about/index.html", "Content-Security-Policy", "Content-Policy", "policy is False"),
    ("404.html", 'href="/assets/style.css', 'href="assets/style.css', "404: style is"),
    ("sitemap.xml", "https://kpo.example/about/", "https://kpo.exampleabout/", "sitemap is False"),
    ("robots.txt", "Sitemap: https", "Sitemap: http", "robots.txt is"),
    ("llms.txt", "](https://kpo.example/about/", "](about/", "llms.txt is False"),
    ("_redirects", "/XO1/ /xo1/", "/XO1/ xo1/", "a short address in capitals is False"),
    ("feed.xml", 'href="https://kpo.example/feed.xml"', 'href="feed.xml"', "its links are"),
    ("feed.xml", "<entry>", "<entry><entry>", "not well formed"),
    ("feed.xml", "    <title>", "    <title>a ", "is no title"),
    ("feed.xml", "https://kpo.example/about/#changes", "about/#changes", "an entry leads to about/#changes"),
    ("feed.xml", "    <updated>", "    <old>", "not well formed"),
]


@pytest.mark.parametrize(("file", "old", "new", "says"), WRONG, ids=[f"{b[0]} {b[-1]}" for b in WRONG])
def test_wrong_address_is_seen(right, file, old, new, says):
    """One address that is wrong is named."""
    text = (right / file).read_text("utf-8")
    assert old in text, f"the break is stale: {old!r} is not in {file}"
    broken = Built(right, {file: text.replace(old, new.replace("\\g<0>", old), 1)})
    found = wrong(broken, "https://kpo.example/")
    assert any(says in one for one in found), found


def test_feed_without_entries_and_with_an_id_twice_is_seen(right):
    """A feed that holds nothing, and one with an entry twice, are found."""
    text, home = (right / "feed.xml").read_text("utf-8"), "https://kpo.example/"
    entry = re.search(r" *<entry>.*?</entry>\n", text, re.S)[0]
    assert feed_faults(text, home) == []
    assert "feed.xml: an id stands twice" in feed_faults(text.replace(entry, entry * 2), home)
    assert "feed.xml: no entry" in feed_faults(re.sub(r" *<entry>.*</entry>\n", "", text, flags=re.S), home)


# -- SITE_URL, before a build ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("url", ["", *(url for url, _ in SITES.values() if "?" not in url), "http://[::1]:8000/"])
def test_address_of_a_site_is_let_pass(url):
    """What the engines make a right site of."""
    assert fault(url) == ""


BAD = {
    "kpo.example/path/": "does not begin with https:// or http://",
    "ftp://kpo.example/": "does not begin with https:// or http://",
    "https://": "names no host",
    "https://me:secret@kpo.example/": "names no host",
    "https://kpo.example:99999/": "is no address",
    "https://kpo.example/?x=1": "goes on after its path",
    "https://kpo.example/#top": "goes on after its path",
    "https://kpo.example/a b/": "holds a sign that stands in no address",
}


@pytest.mark.parametrize("url", BAD)
def test_other_address_ends_in_one_clear_line(monkeypatch, capsys, url):
    """What is no address of a site is said in a line, with the way to write it, and nothing is built."""
    monkeypatch.setenv("SITE_URL", url)
    assert check_address() == 1
    said = capsys.readouterr().err
    assert said == f"SITE_URL={url} {BAD[url]}. Write it as in SITE_URL=https://host/path/\n"


# -- Served ------------------------------------------------------------------------------------------------------------


def _free(host: str) -> int | None:
    """A free port of a host; None where this machine has no such address."""
    with contextlib.suppress(OSError):
        family, kind, _, _, at = socket.getaddrinfo(host, 0, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as one:
            one.bind(at)
            return one.getsockname()[1]
    return None


@contextlib.contextmanager
def served(root: Path, engine: str, host: str, port: int):
    """An engine's own server over a site, once it answers; ended afterwards."""
    env = os.environ | QUIET | {"SITE_URL": "https://www.example.org/kpo/"}
    env |= {"KPO_SERVE": "1"} if engine == "zensical" else {}
    command = [sys.executable, "-m", engine, "serve", "--dev-addr", f"{host}:{port}"]
    with (root / "log").open("w", encoding="utf-8") as log:
        server = subprocess.Popen(command, cwd=root, env=env, stdout=log, stderr=log)
    try:
        for _ in range(300):
            with contextlib.suppress(OSError), socket.create_connection((host.strip("[]"), port), 1):
                break
            assert server.poll() is None, (root / "log").read_text("utf-8")
            time.sleep(0.1)
        yield f"http://{host.replace('0.0.0.0', '127.0.0.1')}:{port}/kpo/"
    finally:
        server.terminate()
        server.wait()


#: Where a machine has no IPv6, another address of its own takes that place.
SIX = "[::1]" if _free("::1") else "127.0.0.1"


@pytest.mark.parametrize("host", ["localhost", SIX])
def test_served_pages_have_no_policy(tmp_path, host):
    """At other addresses, too, a page that is served has no policy; that it shows edits is tried once, below."""
    root, port = small(tmp_path / "site"), _free(host.strip("[]"))
    with served(root, "mkdocs", host, port) as address, urllib.request.urlopen(f"{address}about/", timeout=30) as one:
        text = one.read().decode()
    assert "Text." in text and "livereload" in text
    assert "Content-Security-Policy" not in text


@pytest.mark.parametrize(("engine", "host"), [("mkdocs", "0.0.0.0"), ("zensical", "localhost")])
def test_served_pages_reload(browser, tmp_path, engine, host):
    """A page that is served shows an edit without a reload by hand, and no policy stands in the way of that."""
    root = small(tmp_path / "site")
    page, errors = browser.new_page(), []
    page.on("console", lambda message: errors.append(message.text) if "Content Security" in message.text else None)
    with served(root, engine, host, _free(host.strip("[]"))) as address:
        page.goto(f"{address}about/")
        assert page.locator("meta[http-equiv]").count() == 0
        file = root / "docs/about.md"
        # The server may not yet watch when it first answers.
        for n in range(20):
            file.write_text(file.read_text("utf-8") + f"\nEdit {n}.\n", "utf-8")
            with contextlib.suppress(TimeoutError):
                page.get_by_text("Edit ").first.wait_for(timeout=3000)
                break
        assert page.get_by_text("Edit ").count()
        page.close()
    assert not errors


# -- From disk ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_site_is_read_from_disk(browser, tmp_path, engine):
    """Opened as a file, a page shows its text, its links and a short address lead to pages, no search waits in vain."""
    root, errors, page = small(tmp_path / "site"), [], browser.new_page()
    code, log = build(root, engine, "")
    assert code == 0, log
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((root / "site/glossary/ito/index.html").as_uri())
    page.locator("article a[href*='glossary/index.html'], article a[href='../index.html']").first.click()
    page.wait_for_url("**/glossary/index.html")
    assert page.locator("h1").inner_text()
    assert page.locator("[data-md-component=search], [for=__search]").count() == 0
    page.keyboard.press("/")
    page.goto((root / "site/bpo/index.html").as_uri())
    page.wait_for_url("**/definitions/bpo/index.html")
    page.close()
    assert not errors
