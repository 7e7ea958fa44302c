# Two commands: `make demo` to try it, `make test` to check everything.
PYTHON ?= python3
PORT ?= 8765
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
UV := VIRTUAL_ENV=$(VENV) $(BIN)/uv pip
PYTEST := $(BIN)/python -m pytest -q --no-header -p no:cacheprovider
# More than cores: a test that starts processes or waits for a clock leaves its core idle.
SIDE_BY_SIDE := -n $(shell echo $$(( $$(nproc 2>/dev/null || echo 2) + 2 ))) --dist worksteal
OTHERS := flows torture browser

.DEFAULT_GOAL := help
.PHONY: help countries demo test torture lint types contracts units flows browser bench bench-attack bench-documents bench-form bench-rush bench-idle bench-planning bench-growth bench-jobs bench-continuing bench-exporting bench-page bench-reminders bench-all format lock words manifests facts pictures packages clean charts record-release

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

demo: $(READY) ## Try it: a local Slack and the bot, no account needed (PORT=8799 for another port)
	@exec $(BIN)/undersigned demo --port $(PORT)

test: $(READY) ## Check everything: all of lint, types, contracts, units, flows, browser and torture in short
	@exec $(BIN)/python -m tests.everything

lint: $(READY) ## Look at format, style, dead code and dependencies that nothing uses
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/vulture
	$(BIN)/vulture bot
	$(BIN)/vulture understudy/bolt_understudy
	$(BIN)/deptry .
	$(BIN)/deptry understudy --config understudy/pyproject.toml

types: $(READY) ## Check the types
	$(BIN)/basedpyright

contracts: $(READY) ## Check which room may import which
	$(BIN)/lint-imports

units: $(READY) ## Test rules, views, storage on both databases and the local Slack
	$(PYTEST) $(SIDE_BY_SIDE) tests understudy/tests $(OTHERS:%=--ignore=tests/%)

flows: $(READY) ## Test stories through the local Slack
	$(PYTEST) $(SIDE_BY_SIDE) tests/flows

browser: $(READY) ## Test the demo's page in a real browser
	@$(BIN)/python -m tests.support.machine.programs
	$(PYTEST) tests/browser

torture: $(READY) ## Do in full what `make test` does in short; it takes an hour or more
	$(BIN)/python -m tests.torture
	UNDERSIGNED_LIVES=2000 $(PYTEST) tests/use_cases/test_life.py tests/use_cases/test_erased.py -k "test_life or test_nothing_is_left"

bench: $(READY) ## Measure how fast a Sign is kept
	$(BIN)/python -m bench.sign
	$(BIN)/python -m bench.socket_mode
	$(BIN)/python -m bench.together

# What one more figure each is measured by; `bench-reminders` takes ten minutes.
bench-attack bench-documents bench-form bench-rush bench-idle bench-planning bench-growth bench-jobs bench-continuing bench-exporting bench-page bench-reminders: $(READY)
	$(BIN)/python -m bench.$(@:bench-%=%)

bench-all: bench bench-attack bench-documents bench-form bench-rush bench-idle bench-planning bench-growth bench-jobs bench-continuing bench-exporting bench-page bench-reminders ## Measure all of it

format: $(READY) ## Format the code and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

words: $(READY) ## Write the catalogue of sentences and the words of every screen from the code
	$(BIN)/python -m tests.support.words

countries: $(READY) ## Write the countries' names from Unicode's, as Babel has them
	$(BIN)/python -m tests.support.country_names

charts: $(READY) ## Write the charts in ARCHITECTURE.md and the list in docs/modules.md from the code
	$(BIN)/python -m tests.support.charts

manifests: $(READY) ## Write the app's manifests from the code
	$(BIN)/undersigned manifest --mode socket > manifests/socket-mode.json
	$(BIN)/undersigned manifest --mode http --url https://letters.example.org > manifests/http.json

facts: $(READY) ## Write what the tests need to know of Slack, from the reference files beside the checkout
	$(BIN)/python -m tests.facts.derive

record-release: $(READY) ## Write migration 0001 from the tables, and record the release again
	$(BIN)/python -m tests.support.first_schema
	PYTHONHASHSEED=0 $(BIN)/python -m tests.storage.recording

pictures: $(READY) ## Make the README's picture and recording, from the demo in a browser
	$(BIN)/python -m tests.browser.pictures

lock: $(READY) ## Pin the dependencies anew after a change in pyproject.toml
	$(BIN)/uv pip compile --universal --quiet --generate-hashes --no-header --no-annotate pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --universal --quiet --generate-hashes --no-header --no-annotate --extra documents -c requirements.txt pyproject.toml -o requirements-documents.txt
	$(BIN)/uv pip compile --universal --quiet --generate-hashes --no-header --no-annotate --extra documents --group dev -c requirements.txt pyproject.toml -o requirements-dev.txt

packages: $(READY) ## Build what others install, into dist/: the sources and wheels of the bot and the local Slack
	$(BIN)/uv build --quiet --no-build-isolation --python $(BIN)/python --out-dir dist .
	$(BIN)/uv build --quiet --no-build-isolation --python $(BIN)/python --out-dir dist understudy

clean: ## Remove the environment, the demo's files and what tools have kept
	rm -rf $(VENV) var dist .pytest_cache .ruff_cache .hypothesis .import_linter_cache

# The environment, from the lock, brought up to date when the lock changes. pip brings uv, which the
# lock pins too; uv brings the rest much faster. Where uv cannot reach what pip is set up to reach,
# pip brings all of it. The local Slack is installed beside the lock, which holds what it needs.
$(READY): requirements-dev.txt pyproject.toml understudy/pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed. Name one: make PYTHON=python3.11 …")'
	@echo "Setting up $(VENV) with the packages that requirements-dev.txt pins. It takes a minute or two, once."
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV)
	@sed -n '/^uv==/,/[^\\]$$/p' requirements-dev.txt > $(VENV)/uv.txt
	@$(PIP) --require-hashes -r $(VENV)/uv.txt
	@$(UV) sync --quiet --require-hashes --compile-bytecode requirements-dev.txt \
		&& $(UV) install --quiet --no-deps --no-build-isolation -e . -e ./understudy \
		|| { echo "uv could not do it. pip does, which takes longer." \
		&& $(PIP) --require-hashes -r requirements-dev.txt \
		&& $(PIP) --no-deps --no-build-isolation -e . -e ./understudy; }
	@echo "$(VENV) is ready."
	@touch $@
