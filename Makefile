# Everything starts here. `make demo` and `make test` set up all that they need, in .venv.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
UV     := $(BIN)/uv
ARGS   ?=

.DEFAULT_GOAL := help
.PHONY: help demo test check messages bench bench-integrity bench-export bench-tap lock clean

help:  ## Say what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 24

demo: $(READY)  ## A week of made-up customers, then pages to look at (ARGS=--no-serve: only the week)
	@$(BIN)/collector demo $(ARGS)

test: $(READY)  ## The tests, on SQLite and on whatever of PostgreSQL, Redis, Chromium is here
	@$(BIN)/python -m pytest -q -n 4 --dist worksteal $(ARGS)

check: $(READY)  ## Lint, format, types, import directions
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

messages: $(READY)  ## What translations lack (ARGS=--update: carry the English into all of them)
	@$(BIN)/python -m collector.translations $(ARGS)

bench: $(READY)  ## Every benchmark of speed, in one table with the aims (a quarter of an hour; ARGS=--full)
	@$(BIN)/python -m tests.servers $(BIN)/python -m benchmarks.all $(ARGS)

bench-integrity: $(READY)  ## How well gamed answers are told from honest ones, world by world (ARGS=--leave-one-out)
	@$(BIN)/python -m benchmarks.integrity.bench $(ARGS)

bench-tap: $(READY)  ## Taps a second beside a one-statement tap from pgbench (ARGS='--stored 1000000')
	@$(BIN)/python -m tests.servers $(BIN)/python -m benchmarks.tap $(ARGS)

bench-export: $(READY)  ## How fast exports are beside the database's own COPY (ARGS='--rows 1000000')
	@$(BIN)/python -m tests.servers $(BIN)/python -m benchmarks.export $(ARGS)

lock: $(READY)  ## Work out requirements.lock again from pyproject.toml
	@$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --no-header pyproject.toml --all-extras -o requirements.lock

clean:  ## Remove the environment and the demo's data
	@rm -rf $(VENV) .collector *.egg-info

# uv is many times faster than pip; where it cannot be had, pip does the same from the same lock.
# Bytecode is made once, here: else every first start of a command makes it, and a service that may
# not write into its environment makes it at every start.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; run: make PYTHON=/path/to/python3.11 …"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
	  { echo "Python's venv is missing (Debian: apt-get install python3-venv)"; exit 2; }
	@echo "Installing the locked packages into $(VENV) (once, under a minute) …"
	@test -x $(UV) || $(BIN)/python -m pip install -q --disable-pip-version-check 'uv>=0.13,<0.14' || true
	@$(UV) pip install -q --compile-bytecode --system-certs --python $(BIN)/python --require-hashes -r requirements.lock \
	  || $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@$(UV) pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e . \
	  || $(BIN)/python -m pip install -q --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q -j 0 collector channels || true
	@touch $(READY)
