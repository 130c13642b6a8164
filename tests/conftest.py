"""Fixtures: the sources, one build per engine, one server, the browser. All of them live for the whole run."""

import os
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from browser import MEND, find_browser
from model import SUBPATH, Source, Unreadable, build, copy_site


class _Server(ThreadingHTTPServer):
    # The default of 5 drops a browser's parallel connections, and each then waits a second before it tries again.
    request_queue_size = 128


class _Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        """Say nothing: a run makes thousands of requests."""


def pytest_sessionstart():
    """A file that no rule can read ends the run at once, with one line for each such file."""
    try:
        Source()
    except Unreadable as error:
        pytest.exit(str(error), returncode=1)


@pytest.fixture(scope="session")
def source():
    """The project's own sources."""
    return Source()


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """A web server of a folder: (folder, address of the site's root below it, with the sub-path)."""
    folder = tmp_path_factory.mktemp("www")
    httpd = _Server(("127.0.0.1", 0), partial(_Quiet, directory=folder))
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    # Not 127.0.0.1: at that address, which is serve's, the pages come without their content security policy.
    yield folder, f"http://localhost:{httpd.server_port}{SUBPATH}"
    httpd.shutdown()


def _strict(tmp_path_factory, engine, base):
    code, site = build(copy_site(tmp_path_factory.mktemp(engine) / "site"), engine, base)
    if code:
        lines = [line for line in site.log.splitlines() if line.startswith(("WARNING", "ERROR", "Aborted"))]
        pytest.fail(f"{engine} does not build strictly:\n" + ("\n".join(lines) or site.log), pytrace=False)
    return site


@pytest.fixture(scope="session")
def built(server, tmp_path_factory):
    """The site as MkDocs builds it, strictly; it is what the server serves."""
    folder, base = server
    site = _strict(tmp_path_factory, "mkdocs", base)
    os.symlink(site.folder, folder / SUBPATH.strip("/"))
    return site


@pytest.fixture(scope="session")
def zensical(server, tmp_path_factory):
    """The site as the second engine builds it, strictly, with the same address."""
    return _strict(tmp_path_factory, "zensical", server[1])


@pytest.fixture(scope="session")
def chromium():
    """Path of the browser; a missing one is a failure, never a skip."""
    path = find_browser()
    assert path, MEND
    return path
