# `make` builds sources/ into output/, `make test` runs the gate. Both first set up what is missing.

.DEFAULT_GOAL := build
.NOTPARALLEL:
.PHONY: help build test lint format catalogues bench lock clean runtime development

help: ## List these targets
	@sed -n 's/^\([a-z]*\):.*## /\1	/p' Makefile | expand -t 12

build: runtime ## Build sources/ into output/
	@.venv/bin/leafdeck build

test: lint ## Run the gate: lint, types, layers, tests
	@.venv/bin/pytest -n 2

lint: development ## Run the gate without the tests
	@.venv/bin/ruff check
	@.venv/bin/ruff format --check
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-logo

format: development ## Put the Python code into shape
	@.venv/bin/ruff check --fix-only
	@.venv/bin/ruff format

catalogues: development ## Bring the translations of our words up to date
	@.venv/bin/python -m tests.catalogues

bench: development ## Measure how long building takes, all or MEASURES="clean start --modules 50"
	@.venv/bin/python -m tests.bench $(MEASURES)

lock: development ## Pin anew what pyproject.toml asks for
	@sh .setup/lock.sh

clean: ## Empty output/
	@[ ! -d output ] || find output -mindepth 1 ! -path output/README.md -delete

runtime development:
	@sh .setup/environment.sh $@
