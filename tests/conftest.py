"""Fixtures: the sources, one build per engine, one web server, one browser per worker. All live for the whole run.

The run's first process starts the server, and each worker of pytest-xdist finds it by the environment. Each engine
builds once, whichever worker asks first. With KPO_BUILT, a folder, the site of the first engine is taken from there
instead of being built; it was built for the address KPO_SITE_URL. So CI publishes the very files that it tested.
"""

import gc
import os
import re
import shutil
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import pytest
from filelock import FileLock
from xdist.scheduler import LoadScopeScheduling

from tests.built import BROKEN, Built
from tools import commands
from tools.browser import MEND, find_browser, flags
from tools.engine import build, copy_site
from tools.rules import check
from tools.rules.around import configuration_is_whole
from tools.site import ADDRESSES, ROOT, Site, Unreadable

#: The site is built below a sub-path, so that a link which only works at the root of a host is found.
SUBPATH = "/kpo/"
FOLDER = pytest.StashKey[TemporaryDirectory]()


class _Server(ThreadingHTTPServer):
    # The default of 5 drops a browser's parallel connections, and each then waits a second before it tries again.
    request_queue_size = 128

    def handle_error(self, request, client_address):
        """Say nothing of a browser that goes on to another page before it has all of this one."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body of an answer are two packets: the second would wait until the first is acknowledged, 40 ms.
    disable_nagle_algorithm = True

    def translate_path(self, path):
        """Where the file of a path lies; a broken copy holds what was broken alone, all else is the built site's."""
        file, (copy, _, rest) = Path(super().translate_path(path)), path.lstrip("/").partition("/")
        if copy.startswith(BROKEN) and not (file / "index.html" if file.is_dir() else file).exists():
            file = super().translate_path(SUBPATH + rest)
        return str(file)

    def end_headers(self):
        """Let a browser keep what is the same on all pages; no test changes a file that was asked for before."""
        if "/assets/" in self.path:
            self.send_header("Cache-Control", "max-age=3600")
        super().end_headers()

    def log_message(self, *args):
        """Say nothing: a run makes thousands of requests."""


def pytest_configure(config):
    """Start the server, before there are workers."""
    if hasattr(config, "workerinput"):
        return
    config.stash[FOLDER] = TemporaryDirectory(prefix="kpo-")
    folder = Path(config.stash[FOLDER].name)
    (folder / "www").mkdir()
    httpd = _Server(("127.0.0.1", 0), partial(_Quiet, directory=folder / "www"))
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    os.environ["KPO_TEST_FOLDER"] = str(folder)
    os.environ["KPO_TEST_SERVER"] = f"http://localhost:{httpd.server_port}"


# What was read of some six hundred pages lives for the whole run; looking through it for what is left over takes a
# sixth of the time of all that reads them.
gc.set_threshold(100_000, 50, 50)

#: What one worker runs, by how its tests' names begin: what each first remembers takes longer than most of them. That
#: is the trees of the two built sites, what the rules say of each page, which colours were seen, the search's index.
#: The journeys are long: all at once, so that none is left for the end, when one worker would wait for the other.
ALIKE = {
    "tests/test_built.py": "built",
    "tests/test_second_engine.py::test_second_engine_can_take_over": "built",
    "tests/test_rules.py": "rules",
    "tests/test_commands.py": "rules",
    "tests/test_confirmed.py": "rules",
    "tests/test_documents.py": "rules",
    "tests/test_browser.py::test_every_page_in_the_grid": "grid",
    "tests/test_browser.py::test_one_page_of_each_kind_in_all_settings[light": "light",
    "tests/test_browser.py::test_one_page_of_each_kind_in_all_settings[dark": "dark",
    "tests/test_second_engine.py": "second",
    "tests/test_search.py": "search",
    "tests/test_journeys.py": "journeys",
}


class _Alike(LoadScopeScheduling):
    """Hands out the tests of a group together, the largest group first, and each other test alone.

    `--dist loadgroup` does the same by marks, but pytest-xdist 3.8 loses these on the way to the scheduler with
    pytest 9.2, and says nothing (pytest-xdist's issue 1386).
    """

    def _split_scope(self, nodeid):
        return next((group for start, group in ALIKE.items() if nodeid.startswith(start)), nodeid)


def pytest_xdist_make_scheduler(config, log):
    """Let the groups above decide."""
    return _Alike(config, log)


def pytest_unconfigure(config):
    """Delete what the run has built."""
    if folder := config.stash.get(FOLDER, None):
        folder.cleanup()


def pytest_sessionstart(session):
    """What would fail every test (a file that is no page, mkdocs.yml) ends the run at once, a line for each fault."""
    try:
        problems = [str(problem) for problem in configuration_is_whole(Site())]
    except Unreadable as error:
        problems = [str(error)]
    if problems:
        pytest.exit("\n".join(problems), returncode=1)


@pytest.fixture(scope="session")
def site():
    """The project's own sources."""
    return Site()


@pytest.fixture(scope="session")
def folder():
    """The folder of the run, which all workers share; what is below www/ is served."""
    return Path(os.environ["KPO_TEST_FOLDER"])


@pytest.fixture(scope="session")
def base():
    """The address of the built site's home page: where the browser finds it, and for which it was built."""
    if "KPO_BUILT" in os.environ:
        return os.environ["KPO_SITE_URL"]
    return os.environ["KPO_TEST_SERVER"] + SUBPATH


def _once(folder, name, base):
    """Build the site with an engine, unless another worker has; return its folder."""
    root = folder / name
    with FileLock(f"{root}.lock"):
        if not root.exists():
            code, log = build(copy_site(root), name, base)
            (root / "log").write_text(log if code else "", "utf-8")
    if log := (root / "log").read_text("utf-8"):
        lines = [line for line in log.splitlines() if line.startswith(("WARNING", "ERROR", "Aborted"))]
        pytest.fail(f"{name} does not build strictly:\n" + ("\n".join(lines) or log), pytrace=False)
    return root / "site"


def _serve(folder, name, target):
    """Serve a folder below another name, unless another worker does."""
    link = folder / "www" / name
    with FileLock(f"{folder / 'www'}.lock"):
        if not link.exists():
            # Not a symbolic link: Windows lets only few make one.
            shutil.copytree(target, link, copy_function=os.link)


@pytest.fixture(scope="session")
def built(folder, base):
    """The site as MkDocs builds it, strictly; it is served at `base`."""
    ready = os.environ.get("KPO_BUILT")
    target = Path(ready).resolve() if ready else _once(folder, "mkdocs", base)
    _serve(folder, SUBPATH.strip("/"), target)
    return Built(target)


@pytest.fixture(scope="session")
def zensical(folder, base):
    """The site as the second engine builds it, strictly, with the same address."""
    return Built(_once(folder, "zensical", base))


@pytest.fixture(scope="session")
def second(folder, zensical):
    """The address at which the second engine's site is served."""
    _serve(folder, "second", zensical.folder)
    return os.environ["KPO_TEST_SERVER"] + "/second/"


@pytest.fixture(scope="session")
def browser(built, base):
    """A Chromium of this worker's own; a missing one is a failure, never a skip."""
    path = find_browser()
    assert path, MEND
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=flags())
        if "KPO_BUILT" in os.environ:
            _answer_for(chromium, base, built.folder)
        yield chromium
        chromium.close()


def _answer_for(chromium, base, folder):
    """Let every context of the browser find the site of `folder` at the address for which it was built."""
    new_context = chromium.new_context

    def answer(route):
        path = urlsplit(route.request.url).path.removeprefix(urlsplit(base).path)
        file = folder / path / "index.html" if path.endswith("/") or not path else folder / path
        if file.is_file():
            route.fulfill(path=file)
        else:
            route.fulfill(path=folder / "404.html", status=404)

    def routed(**settings):
        context = new_context(**settings)
        context.route(f"{base}**", answer)
        return context

    chromium.new_context = routed
    chromium.new_page = lambda **settings: routed(**settings).new_page()


@pytest.fixture
def broken(folder, built, tmp_path_factory):
    """Serve the built site with defects: (file, old, new), ... -> (that site, its address)."""
    copies = []

    def make(*edits):
        copy = folder / "www" / f"{tmp_path_factory.mktemp(BROKEN).name}-{os.getpid()}"
        copy.mkdir()
        copies.append(copy)
        site = built
        for file, old, new in edits:
            text = site.text(file)
            assert old in text, f"the break is stale: {old!r} is not in {file}"
            site = site.edited({file: text.replace(old, new, 1)})
            (copy / file).parent.mkdir(parents=True, exist_ok=True)
            (copy / file).write_bytes(site.bytes(file))
        return site, f"{os.environ['KPO_TEST_SERVER']}/{copy.name}/"

    yield make
    for copy in copies:
        shutil.rmtree(copy)


#: What a clone lacks.
MADE = shutil.ignore_patterns(".git", ".venv", ".cache", ".*_cache", "__pycache__", "site", "tests")


@pytest.fixture(scope="session")
def looked_at(site):
    """Every rule has seen every page: what is remembered of these is there for the processes that a check copies."""
    check(site)


@pytest.fixture
def project(tmp_path, monkeypatch, looked_at):
    """A copy of the project, on which the commands work: (the file's path, old, new) edits it."""
    root = shutil.copytree(ROOT, tmp_path / "project", ignore=MADE)
    (root / ADDRESSES).parent.mkdir()
    shutil.copy(ROOT / ADDRESSES, root / ADDRESSES)
    monkeypatch.setattr(commands, "Site", lambda: Site(root))

    def edit(file, old, new):
        text = (root / file).read_text("utf-8")
        assert old in text, f"{old!r} is not in {file}"
        (root / file).write_text(text.replace(old, new, 1), "utf-8")

    edit.root = root
    return edit


#: The pages of the small site.
KEPT = (
    *("index.md", "about.md", "glossary/index.md", "glossary/ito.md", "examples/xo1.md", "definitions/bpo.md"),
    *("bpo/index.md", "xo1/index.md"),
)


def small(target: Path) -> Path:
    """A copy of the site with few pages, and of these the front matter and the title alone."""
    root = copy_site(target)
    for file in list((root / "docs").rglob("*.md")):
        if file.relative_to(root / "docs").as_posix() not in KEPT:
            file.unlink()
            continue
        if "template: stub.html" in file.read_text("utf-8"):
            continue
        front = re.match(r"---\n(?:.*\n)*?---\n", file.read_text("utf-8"))[0]
        title = re.search(r"^title: ['\"]?(.*?)['\"]?$", front, re.M)[1]
        file.write_text(f"{front}\n# {title}\n\nText.\n", "utf-8")
    # The old address of a page that moved lies deeper than a short one.
    moved = (root / "docs/xo1/index.md").read_text("utf-8").replace("](../", "](../../")
    (root / "docs/examples/old").mkdir()
    (root / "docs/examples/old/index.md").write_text(moved, "utf-8")
    config = root / "mkdocs.yml"
    nav = "".join(f"  - {name}\n" for name in KEPT[:6] if name != "glossary/ito.md")
    config.write_text(re.sub(r"^nav:\n(?:  .*\n)+", f"nav:\n{nav}", config.read_text("utf-8"), flags=re.M), "utf-8")
    return root
