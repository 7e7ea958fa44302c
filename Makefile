# Two commands: `make demo` to try it, `make test` to check everything.
PYTHON ?= python3
PORT ?= 8765
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test torture lint types contracts units flows browser bench bench-idle bench-planning bench-growth bench-reminders bench-all format lock words manifests facts clean charts record-release

demo: $(READY)
	@exec $(BIN)/undersigned demo --port $(PORT)

test: $(READY)
	@exec $(BIN)/python -m tests.everything

# What `make test` does in short, in full; it takes an hour or more.
torture: $(READY)
	$(BIN)/python -m tests.torture
	UNDERSIGNED_LIVES=2000 $(BIN)/python -m pytest -q --no-header -p no:cacheprovider tests/use_cases/test_life.py -k test_life

# The environment, from the lock, made anew when the lock changes.
$(READY): requirements-dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; say which with PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/vulture
	$(BIN)/vulture bot
	$(BIN)/deptry .

types: $(READY)
	$(BIN)/basedpyright

contracts: $(READY)
	$(BIN)/lint-imports

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(READY)
	$(BIN)/python -m bench.sign
	$(BIN)/python -m bench.socket_mode
	$(BIN)/python -m bench.together

# What one more figure each is measured by; `bench-reminders` takes ten minutes.
bench-idle bench-planning bench-growth bench-reminders: $(READY)
	$(BIN)/python -m bench.$(@:bench-%=%)

bench-all: bench bench-idle bench-planning bench-growth bench-reminders

# The catalogue of sentences, from the code.
words: $(READY)
	$(BIN)/python -m tests.support.words

# The charts and tables in ARCHITECTURE.md, from the code's own tables.
charts: $(READY)
	$(BIN)/python -m tests.support.charts

# What the tests need to know of Slack, from the reference files beside the checkout.
facts: $(READY)
	$(BIN)/python -m tests.facts.derive

lock: $(READY)
	$(BIN)/uv pip compile --universal --quiet --generate-hashes --no-header --no-annotate pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --universal --quiet --generate-hashes --no-header --no-annotate --extra documents -c requirements.txt pyproject.toml -o requirements-documents.txt
	$(BIN)/uv pip compile --universal --quiet --generate-hashes --no-header --no-annotate --extra documents --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt

clean:
	rm -rf $(VENV) var .pytest_cache .ruff_cache .hypothesis
