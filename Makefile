# `make help` lists what there is. Python 3.11 or newer, pip and make are all a machine needs.
unexport PYTHONDONTWRITEBYTECODE
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/stamp
DEV := .venv/stamp-dev
COMMA := ,

.DEFAULT_GOAL := help
.PHONY: help run chat test check chaos mutants bench language features screenshots clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: $(STAMP) ## start Rapport on this machine, with demo data the first time
	@$(BIN)/python -m bot serve

chat: $(STAMP) ## talk to it in this terminal
	@$(BIN)/python -m bot chat

test: check ## every check and every test
	@$(BIN)/python -m pytest -n 3 --dist loadgroup $(if $(REPORT),--junitxml=$(REPORT))

check: $(DEV) ## format, lint, types, import rules
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

chaos: $(DEV) ## what survives kills, crashes, freezes and faults, with its figures; QUICK=1 takes minutes
	@$(BIN)/python -m tests.chaos $(if $(QUICK),--quick)

mutants: $(DEV) ## how many small faults the quick tests see where none may stay; ONLY="limiter leases" takes some
	@$(call INSTALL,.[mutants])
	@$(BIN)/python -m tests.mutants $(ONLY)

bench: $(DEV) ## speed beside its peers; QUICK=1 takes some two minutes
	@$(call INSTALL,.[bench])
	@$(BIN)/python -m benchmarks $(if $(QUICK),--quick)

language: $(DEV) ## how well free text is understood, on a folder of examples: CORPUS=DIR
	@$(BIN)/python -m benchmarks.language $(if $(CORPUS),--corpus $(CORPUS))

features: $(DEV) ## docs/features.md, from the transcripts
	@$(BIN)/python -m docs.features

screenshots: $(DEV) ## the pictures of docs/, drawn by a headless Chromium
	@$(BIN)/python -m docs.screenshots

clean: ## remove what was built; never the data
	@rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

# Where Python lacks its venv (some Linux systems), virtualenv does it; where uv can't be had or fails, pip does it.
.venv/bin/python:
	@$(PYTHON) -m venv .venv 2>/dev/null || { rm -rf .venv && \
	  $(PYTHON) -m pip install -q --disable-pip-version-check --target .venv/boot virtualenv && \
	  PYTHONPATH=.venv/boot $(PYTHON) -m virtualenv -q .venv; }
	@$(BIN)/python -m pip install -q --disable-pip-version-check uv 2>/dev/null || true

INSTALL = $(BIN)/uv pip install -q --python $(BIN)/python -e '$(1)' 2>/dev/null || \
  $(BIN)/python -m pip install -q --disable-pip-version-check -e '$(1)'

$(STAMP): pyproject.toml | .venv/bin/python
	@echo "Installing what Rapport needs (once) …"
	@$(call INSTALL,.[telegram$(COMMA)slack])
	@touch $@

$(DEV): pyproject.toml | .venv/bin/python
	@echo "Installing what the tests need (once) …"
	@$(call INSTALL,.[dev])
	@touch $@ $(STAMP)
