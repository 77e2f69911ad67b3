# Everything runs in .venv, which these targets build from the hash-pinned requirements.
# `make demo` needs Python >= 3.11 with venv, pip, make and git, and nothing else.

PYTHON ?= python3
# Tests wait for other processes a third of their time, so three keep two cores busy; each may come
# to hold 4 GB.
JOBS ?= $(shell awk '/MemAvailable/ { print ($$2 > 16000000) ? 3 : 2 }' /proc/meminfo 2>/dev/null || echo 2)

VENV := .venv
RUN := $(VENV)/bin/python

# System packages that some tests need: a token in software, and a browser.
SYSTEM_PACKAGES := softhsm2 chromium

# Whoever turned it off for himself: the tests start hundreds of processes of the gateway, and each
# would compile all of it anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo serve test test-full check lint types generated docs figures bench fmt lock system system-packages fresh wheel clean

help: ## What there is
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' Makefile | expand -t 12

# --- the environment ---------------------------------------------------------------------------

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed; say which: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "python -m venv failed; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }

$(VENV)/.runtime: requirements/runtime.txt scripts/link_clone.py | $(VENV)/bin/python
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/runtime.txt
	$(RUN) scripts/link_clone.py
	@touch $@

$(VENV)/.dev: requirements/dev.txt scripts/link_clone.py | $(VENV)/bin/python
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(RUN) scripts/link_clone.py
	@touch $@ $(VENV)/.runtime

# --- running -----------------------------------------------------------------------------------

demo: $(VENV)/.runtime ## Set up, issue invoices of four countries, deliver, archive, verify
	$(RUN) -m gateway.cli demo

serve: $(VENV)/.runtime ## Database, API, worker and sandbox network; GATEWAY_HOST and GATEWAY_PORT move it
	$(RUN) -m gateway.cli serve

# --- checking ----------------------------------------------------------------------------------

test: $(VENV)/.dev ## The tests, the long ones with a seeded share of their work
	$(RUN) -m pytest -n $(JOBS)

test-full: $(VENV)/.dev ## The tests with all of their work (hours); their figures at the end
	$(RUN) -m pytest -n $(JOBS) --full

check: lint types generated ## Format, lint, types, imports, generated files, changelog

lint: $(VENV)/.dev
	$(RUN) -m ruff format --check
	$(RUN) -m ruff check
	$(VENV)/bin/lint-imports --no-cache

types: $(VENV)/.dev
	$(RUN) -m mypy

generated: $(VENV)/.dev
	$(RUN) -m gateway.contract --check
	$(RUN) scripts/write_clients.py --check
	$(RUN) scripts/write_docs.py --check
	$(RUN) scripts/write_verifier.py --check
	$(RUN) scripts/check_changelog.py

docs: $(VENV)/.dev ## Write what follows from the code: openapi.json, rules, countries, the verifier
	$(RUN) -m gateway.contract
	$(RUN) scripts/write_clients.py
	$(RUN) scripts/write_docs.py
	$(RUN) scripts/write_verifier.py

figures: $(VENV)/.dev ## Measure what survives, and how rules agree: docs/fidelity-figures.md, agreement.md
	$(RUN) scripts/write_fidelity_figures.py
	$(RUN) scripts/write_agreement.py

bench: $(VENV)/.dev ## Time writing and reading, beside drafthorse and factur-x
	$(RUN) -m benchmarks.syntaxes

fmt: $(VENV)/.dev ## Format, and mend what the linter can mend
	$(RUN) -m ruff check --fix-only --quiet
	$(RUN) -m ruff format

# --- maintaining -------------------------------------------------------------------------------

lock: $(VENV)/.dev ## Compile requirements/*.txt anew: runtime and dev together
	$(RUN) -m pip install --quiet --disable-pip-version-check uv
	scripts/lock.sh $(RUN)

system-packages:
	@echo $(SYSTEM_PACKAGES)

system: ## Install the system packages that some tests need (root)
	@if [ -n "$(strip $(SYSTEM_PACKAGES))" ]; then \
	  install="apt-get install -y --no-install-recommends $(SYSTEM_PACKAGES)"; \
	  $$install || { apt-get update && $$install; }; \
	else echo "no system packages are needed"; fi

fresh: ## make demo and make test in fresh clones: as this user and, when root, as an ordinary one
	scripts/fresh-clone.sh

wheel: $(VENV)/.dev ## Build the wheel into dist/
	$(RUN) -m hatchling build --target wheel

clean: ## Remove the environment, caches and the demo's files
	rm -rf $(VENV) .demo dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage*
	find gateway formats countries schemas tests scripts -type d -name __pycache__ -prune -exec rm -rf {} +
