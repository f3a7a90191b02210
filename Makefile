# Every target sets itself up. `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help setup run test test-deep check format bench serve clean
TRIAGE := .venv/bin/triage
COUNCIL ?= demo/council

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: ## make .venv with the locked packages and .venv/bin/triage
	@scripts/setup.sh run

run: setup ## the main job on an invented council: extracts in, explained suggestions out
	@$(TRIAGE) demo demo

serve: setup ## the API over the invented council of `make run`, on http://127.0.0.1:8321
	@test -f $(COUNCIL)/council.toml || $(TRIAGE) demo demo
	@$(TRIAGE) serve --council $(COUNCIL)

dev:
	@scripts/setup.sh dev

check: dev ## lint, types, import contracts, the rule library's own checks
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports
	@$(TRIAGE) rules check rules/library
	@$(TRIAGE) rules test rules/library --suite ombudsman

test: check ## everything that must hold before a change lands
	@.venv/bin/pytest -m "not deep"

test-deep: dev ## thousands of examples; minutes to an hour
	@.venv/bin/pytest -m deep

format: dev ## put the code in its form
	@.venv/bin/ruff format . && .venv/bin/ruff check --fix .

bench: dev ## time and memory of each stage at growing sizes; matching beside plain Splink at a million rows
	@.venv/bin/python -m bench
	@.venv/bin/python -m bench.matching
	@.venv/bin/python -m bench.quality
	@.venv/bin/python -m bench.any_tables
	@.venv/bin/python -m bench.risk
	@.venv/bin/python -m bench.rules

clean: ## remove what the targets made
	@rm -rf .venv demo bench/out .mypy_cache .pytest_cache .ruff_cache .hypothesis
