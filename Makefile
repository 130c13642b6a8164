# Each command sets up all that it needs, and does nothing twice.
#   make serve   the site on http://127.0.0.1:8000/, with live reload
#   make build   the site as files in site/
#   make test    the whole suite, in a real browser too
#   make check    the rules on the Markdown alone, in seconds
#   make records  write what the records make: indexes, neighbours, terms.json, cards, tests/urls.txt
#   make html     the Nu HTML checker over every page; needs Java
#   make report   how hard each page is to read, in figures
#   make bench    times builds against the stock theme and the second engine
#   make lock    renew the two lock files from the ranges in pyproject.toml

PYTHON ?= python3
PORT ?= 8000
ENGINE := mkdocs
ENV := .venv
BIN := $(ENV)/bin
# Both engines print a notice about their own future on every build.
export NO_MKDOCS_2_WARNING := 1
export DISABLE_MKDOCS_2_WARNING := true

.PHONY: serve build test check records html report bench lock
.DEFAULT_GOAL := serve

serve: $(ENV)/site.ok
	@$(BIN)/python -c 'import socket; s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(("127.0.0.1", $(PORT)))' 2>/dev/null \
	  || { echo "Port $(PORT) is taken: stop what uses it, or run: make serve PORT=8001" >&2; exit 1; }
	@if [ -e $(ENV)/test.ok ]; then $(BIN)/python tests/watch.py & else echo "Records are not checked while you edit: for that, run make check once."; fi; \
	  $(BIN)/$(ENGINE) serve --dev-addr 127.0.0.1:$(PORT)

# The day of the commit, so that two builds of one commit are equal byte by byte.
build: export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || date +%s)
build: $(ENV)/site.ok
	@$(BIN)/$(ENGINE) build --strict
	@sed -n 's|.*<loc>\(.*\)</loc>.*|Sitemap: \1sitemap.xml|p' site/sitemap.xml | awk '{ print length, $$0 }' | sort -n | head -n 1 | cut -d' ' -f2- >> site/robots.txt
	@echo "Built: site/index.html. For another address than the default: SITE_URL=https://host/path/ make build"

test: $(ENV)/test.ok
	@$(BIN)/python tests/browser.py
	@$(BIN)/python -m pytest $(ARGS)

check: $(ENV)/test.ok
	@$(BIN)/python -m pytest tests/test_content.py --tb=short

records: $(ENV)/test.ok
	@$(BIN)/python tests/browser.py
	@$(BIN)/python tests/records.py

html: $(ENV)/test.ok
	@$(BIN)/python tests/check_html.py

report: $(ENV)/test.ok
	@$(BIN)/python tests/report.py

bench: $(ENV)/test.ok
	@$(BIN)/python tests/bench.py

# --universal: one lock for every system and every Python from requires-python on. uv writes no index address into it.
lock: $(ENV)/lock.ok
	@for extra in "" test; do \
	  $(ENV)/lock/bin/uv pip compile --quiet --universal --upgrade --generate-hashes --no-header \
	    $${extra:+--extra $$extra} --output-file requirements$${extra:+-$$extra}.txt pyproject.toml || exit 1; \
	done
	@echo "Renewed: requirements.txt, requirements-test.txt. Now run: make test"

$(ENV)/site.ok: requirements.txt
$(ENV)/test.ok: requirements-test.txt

$(ENV)/%.ok: | $(ENV)/bin/python
	@echo "Installing the packages of $< into $(ENV) (log: $(ENV)/$*.log) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $< >$(ENV)/$*.log 2>&1 \
	  || { tail -n 3 $(ENV)/$*.log >&2; echo "Packages could not be installed: is the network, or your package index, reachable? Then run the same command again." >&2; exit 1; }
	@touch $@

$(ENV)/lock.ok: Makefile | $(ENV)/bin/python
	@$(PYTHON) -m venv $(ENV)/lock
	@$(ENV)/lock/bin/python -m pip install --quiet --disable-pip-version-check 'uv>=0.9,<1' >$(ENV)/lock.log 2>&1 \
	  || { tail -n 3 $(ENV)/lock.log >&2; echo "uv could not be installed: is the network, or your package index, reachable?" >&2; exit 1; }
	@touch $@

$(ENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo "Python 3.11 or newer is needed; '$(PYTHON)' is not. Install it, or name it: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv $(ENV) 2>$(ENV).log || { cat $(ENV).log >&2; rm -rf $(ENV); echo "The virtual environment could not be made: install Python's venv module (Debian: apt-get install python3-venv)." >&2; exit 1; }
	@rm -f $(ENV).log
