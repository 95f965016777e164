# Two commands are enough: `make run` and `make test`. The work is done by the scripts named here.
export PYTHONUTF8 := 1
BOOTSTRAP := python="$$(sh scripts/find-python.sh)" && "$$python" scripts/bootstrap.py
PY := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help run test bench screenshots translations lock env env-dev format clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: env ## Start the program; without a display, walk through it and leave a PDF and pictures
	@$(PY) scripts/run.py $(ARGS)

test: env-dev ## Run every check: lint, format, types, tests (ARGS="tests/models -x" narrows the tests)
	@$(PY) scripts/check.py $(ARGS)

bench: env-dev ## Measure the program on small, medium and large portfolios
	@$(PY) -m bench $(ARGS)

screenshots: env-dev ## Draw every page and dialog, light and dark, into docs/screenshots
	@QT_QPA_PLATFORM=offscreen $(PY) -m kam_desktop screenshots --out docs/screenshots $(ARGS)

translations: env-dev ## Collect the strings to translate into resources/translations
	@$(PY) scripts/translations.py

lock: env-dev ## Write the lock files anew from pyproject.toml (ARGS=--upgrade takes newer releases)
	@$(PY) scripts/lock.py $(ARGS)

format: env-dev ## Format the code and mend what the linter can mend
	@$(PY) -m ruff check --fix . ; $(PY) -m ruff format .

env: ## Make the environment of the program only
	@$(BOOTSTRAP)

env-dev: ## Make the environment with the tools for tests
	@$(BOOTSTRAP) --dev

clean: ## Remove the environment and everything that was built
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
