"""For hosts: what docs/_headers says, in the words of hosts that do not read that file; short addresses in capitals."""

import json
import re

from tools.make.hosted import HOME, ROOT
from tools.make.stubs import redirects
from tools.site import Site

Rules = list[tuple[str, dict[str, str]]]
NOTE = 'Made from docs/_headers by `make records`. README.md, "Put it on a host", says where this goes.'


def rules(text: str) -> Rules:
    """The paths of a file of headers, each with its headers, in order."""
    found: Rules = []
    for line in text.split("\n"):
        if line.startswith("/"):
            found.append((line.strip(), {}))
        elif found and (header := re.fullmatch(r"\s+([\w-]+): *(.+)", line)):
            found[-1][1][header[1]] = header[2].strip()
    return found


def _pattern(path: str) -> str:
    """A path of that file as a regular expression that finds it below any sub-path."""
    return path.removesuffix("*").replace(".", "\\.")


def _nginx(every: dict[str, str], cached: Rules) -> str:
    cases = "".join(f'  "~{_pattern(path)}" "{one["Cache-Control"]}";\n' for path, one in cached)
    headers = "".join(f'  add_header {name} "{value}" always;\n' for name, value in every.items())
    return f"""# {NOTE}
map $uri $kpo_cache {{
  default "";
{cases}}}
server {{
  listen 80;
  root /srv/kpo/site;
  error_page 404 /404.html;
{headers}  # An empty value is not sent.
  add_header Cache-Control $kpo_cache;
}}
"""


def _apache(every: dict[str, str], cached: Rules) -> str:
    headers = "".join(f'Header always set {name} "{value}"\n' for name, value in every.items())
    cases = "".join(
        f'<If "%{{REQUEST_URI}} =~ m#{_pattern(path)}#">\n  Header set Cache-Control "{one["Cache-Control"]}"\n</If>\n'
        for path, one in cached
    )
    return f"# {NOTE}\nErrorDocument 404 /404.html\n{headers}{cases}"


def _caddy(every: dict[str, str], cached: Rules) -> str:
    headers = "".join(f'    {name} "{value}"\n' for name, value in every.items())
    cases = "".join(f'  header *{path} Cache-Control "{one["Cache-Control"]}"\n' for path, one in cached)
    return f"""# {NOTE}
:80 {{
  root * /srv/kpo/site
  file_server
  header {{
{headers}  }}
{cases}  handle_errors {{
    rewrite * /404.html
    file_server
  }}
}}
"""


def _vercel(every: dict[str, str], cached: Rules) -> str:
    def block(source: str, headers: dict[str, str]) -> dict[str, object]:
        return {"source": source, "headers": [{"key": key, "value": value} for key, value in headers.items()]}

    blocks = [
        block("/(.*)", every),
        *(block(path.replace(".", "\\.").replace("*", "(.*)"), one) for path, one in cached),
    ]
    return json.dumps({"trailingSlash": True, "headers": blocks}, indent=2) + "\n"


def hosts(site: Site) -> dict[str, str]:
    """A file for each host; without a block for every path, none."""
    found = rules(site.text("docs/_headers"))
    every = next((one for path, one in found if path == "/*"), None)
    cached = [(path, one) for path, one in found if path != "/*" and set(one) == {"Cache-Control"}]
    if not every:
        return {}
    makers = {"nginx.conf": _nginx, "apache.htaccess": _apache, "Caddyfile": _caddy, "vercel.json": _vercel}
    return {f"hosts/{name}": make(every, cached) for name, make in makers.items()}


def capitals(site: Site) -> dict[str, str]:
    """docs/_redirects: each short address in capitals leads to itself, for programs that run no script.

    A reader's browser is led by assets/lost.js, whatever letters are capital. Cloudflare Pages and Netlify read this.
    """
    short = [old.rstrip("/") for old in redirects(site) if old.count("/") == 1 and old != old.upper()]
    lines = [f"{{{{ root }}}}{one.upper()}{end} {{{{ root }}}}{one}/ 301" for one in short for end in ("", "/")]
    return {"docs/_redirects": HOME + ROOT + "\n".join(lines) + "\n"}
