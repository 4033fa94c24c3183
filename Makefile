# Every command of the project; `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
CATALOGUES := $(shell find resources -name '*.po')
COMPILED := $(CATALOGUES:.po=.mo)
T ?= tests

.PHONY: help demo check released run torture bench screens guide dist lint types walls strings test catalogues format lock clean
.PHONY: ready-run ready-window ready-check ready-build

help: ## list these commands
	@sed -nE 's/^([a-z]+):.*## (.*)/\1|\2/p' Makefile | while IFS='|' read -r name text; do printf '%-15s %s\n' "make $$name" "$$text"; done

demo: ready-run $(COMPILED) ## replay the year 2024 into build/demo and compare it with the stated figures
	QT_QPA_PLATFORM=offscreen $(BIN)/pravo-desktop demo --out build/demo

check: lint types walls strings test ## everything below that can fail, as .ci/run calls it

lint: ready-check ## style and mistakes: ruff
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: ready-check ## strict mypy, tests too
	$(BIN)/mypy

walls: ready-check ## who may import whom: import-linter
	$(BIN)/lint-imports

strings: ready-check ## catalogues kk and ru complete, placeholders match, none stale; docs/indicators.md fits the code
	$(BIN)/python tools/catalogues.py check
	$(BIN)/python tools/indicator_docs.py --check

test: ready-check $(COMPILED) ## all tests, or one: make test T=tests/domain
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n 2 $(T)

released: ready-run ## write this version's practice folder, backup and package into tests/data
	$(BIN)/python -m tools.released

run: ready-window $(COMPILED) ## open the window
	$(BIN)/pravo-desktop

torture: ready-check $(COMPILED) ## long tests of reliability, counts into docs/reliability.md; make torture N="bombs kills" SHARE=0.05
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tools.torture $(if $(SHARE),--share $(SHARE)) $(N)

bench: ready-run $(COMPILED) ## measure against floors in the same run; make bench B="pdf", B="type page memory" at 50,000 cases, B="figures preview_package accept_package" at 360,000
	test -d build/demo/packages || $(MAKE) demo
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tools.bench $(B)

dist: ready-build $(COMPILED) ## build the one-folder program into build/dist, start it away from its source, measure it
	$(BIN)/pyinstaller --noconfirm --log-level WARN --distpath build/dist --workpath build/work build.spec
	$(BIN)/python -m tools.dist_check build/dist/pravo-desktop

catalogues: ready-check ## bring new strings into the catalogues, and what is made from the code into docs
	$(BIN)/python tools/catalogues.py update
	$(BIN)/python tools/indicator_docs.py
	$(BIN)/python tools/contract.py
	$(BIN)/python tools/rights.py

format: ready-check ## mend the style
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

LOCK := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url
lock: ready-check ## pin the dependencies of pyproject.toml again (LOCK_OPTIONS=--upgrade for newer ones)
	$(LOCK) $(LOCK_OPTIONS) pyproject.toml --group install -o requirements.txt >/dev/null
	$(LOCK) $(LOCK_OPTIONS) --group dev -c requirements.txt -o requirements-dev.txt >/dev/null
	$(LOCK) $(LOCK_OPTIONS) --group build -c requirements.txt -o requirements-build.txt >/dev/null

screens: ready-check $(COMPILED) ## a picture of every page, kk and ru, light and dark, 100 and 150 %, in build/screens; of the demo if it was made
	QT_QPA_PLATFORM=offscreen $(BIN)/python tools/screens.py

guide: ready-check $(COMPILED) ## the user guide as PDF, kk and ru, in build/guide; with the pictures that make screens has left
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tools.guide

clean: ## remove what can be made again, but .venv
	rm -rf build *.egg-info .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage
	find . -path ./.venv -prune -o -name __pycache__ -exec rm -rf {} +
	find resources -name '*.mo' -delete

ready-run ready-window ready-check ready-build:
	@tools/setup.sh $(@:ready-%=%)

$(COMPILED) &: $(CATALOGUES) | ready-run
	$(BIN)/python tools/catalogues.py compile
	@touch -c $(COMPILED)
