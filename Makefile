.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard translations/*/LC_MESSAGES/messages.po))

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "%-12s %s\n", $$1, $$2}'

$(VENV)/run.stamp: requirements/run.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/test.stamp: requirements/test.txt $(VENV)/run.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@

%.mo: %.po $(VENV)/run.stamp
	$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

catalogues: $(CATALOGUES) ## compile the Dutch and French catalogues

run: $(VENV)/run.stamp catalogues ## install, migrate and serve at http://127.0.0.1:8000 (PORT changes it)
	@exec $(BIN)/companion serve

browser:
	@test -x /usr/bin/chromium || { test "$$(id -u)" = 0 && apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y chromium >/dev/null; } || { echo "Install Debian's chromium package first: apt-get install chromium"; exit 1; }

postgresql:
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || { test "$$(id -u)" = 0 && apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y postgresql >/dev/null; } || { echo "Install Debian's postgresql package first: apt-get install postgresql"; exit 1; }

firefox:
	@test -x /usr/bin/firefox-esr || { test "$$(id -u)" = 0 && apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y firefox-esr >/dev/null; } || { echo "Install Debian's firefox-esr package first: apt-get install firefox-esr"; exit 1; }

test: $(VENV)/test.stamp catalogues browser firefox postgresql ## install and run every test, with browsers and PostgreSQL
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest --numprocesses auto --dist worksteal

coverage: $(VENV)/test.stamp catalogues postgresql ## which lines and branches the tests without browsers go through (twice as slow)
	$(BIN)/pytest --numprocesses auto --ignore tests/e2e --cov --cov-report term:skip-covered

mutants: $(VENV)/test.stamp ## would a test notice? Small mistakes in the domain, one at a time (hours; ONLY="companion/domain/day.py" or "--sample 5")
	$(BIN)/python -m tests.mutants $(ONLY)

texts: $(VENV)/test.stamp ## collect the source texts into the catalogues
	$(BIN)/pybabel --quiet extract --mapping-file translations/babel.ini --keywords N_ --keywords translate --sort-by-file --no-location --omit-header --output-file translations/messages.pot companion
	for language in nl fr; do $(BIN)/pybabel --quiet update --input-file translations/messages.pot --output-file translations/$$language/LC_MESSAGES/messages.po --locale $$language --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date; done

lock: $(VENV)/test.stamp ## write the lock files again (needs uv)
	for file in run test; do uv pip compile --quiet --generate-hashes --universal --python-version 3.11 --no-header --no-emit-index-url --no-annotate requirements/$$file.in --output-file requirements/$$file.txt; done

bench: $(VENV)/run.stamp ## time what must be quick, print the table and write bench/results.json
	@$(BIN)/python -m bench

pictures: $(VENV)/test.stamp catalogues browser ## make the pictures of the README
	$(BIN)/python -m tests.pictures

.PHONY: help catalogues run browser firefox postgresql test coverage mutants texts lock bench pictures
