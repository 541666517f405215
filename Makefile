# `make help` lists what there is. Without make: python3 run.py setup | run | check | test | bench
PYTHON ?= python3
VENV := .venv/bin
LOCK := $(VENV)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --only-binary :all: \
	--no-header --no-annotate
T ?=
B ?=

.DEFAULT_GOAL := help
.PHONY: help setup run test check bench lock words law mutants shots

help: ## wypisuje te polecenia
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r name what; do \
		printf '  make %-8s %s\n' "$$name" "$$what"; done

setup: ## przygotowuje środowisko w .venv
	@$(PYTHON) run.py setup

run: ## uruchamia Starostwo (PORT, HOST, DATA_DIR, TLS=1, DATABASE_URL ze środowiska)
	@$(PYTHON) run.py run

test: ## wszystkie sprawdzenia i testy; T=tests/records tylko testy z tego folderu
	@$(PYTHON) run.py test $(T)

check: ## styl, typy, reguły importu, migracje
	@$(PYTHON) run.py check

bench: ## mierzy szybkość i pamięć, zapisuje docs/bench.md; B="--letters 1000000" większy urząd
	@$(PYTHON) run.py bench $(B)

lock: ## na nowo przypina wersje bibliotek z requirements/*.in
	@$(PYTHON) run.py setup --tests
	@for name in setup run test anchor snmp_anchor; do $(LOCK) requirements/$$name.in -o requirements/$$name.txt; done
	@$(subst --only-binary :all:,,$(LOCK)) requirements/books_anchor.in -o requirements/books_anchor.txt

words: ## uzupełnia katalogi tłumaczeń o nowe teksty i mówi, czego w nich brakuje
	@DJANGO_SETTINGS_MODULE=starostwo.site.settings $(VENV)/python -m checks.catalogues

shots: ## robi od nowa zdjęcia do README (docs/pictures)
	@SHOTS=1 $(VENV)/python -m pytest tests/journeys/test_main_job.py -k signed_application -q

law: ## odnawia docs/law.md i docs/features.md po przejściu testów
	@$(VENV)/python -m checks.law --write var/tests/report-*.json
	@$(VENV)/python -m checks.features --write

mutants: ## zmienia po jednym warunku w regułach i sprawdza, że testy to wykryją (M=clock wybiera moduły)
	@$(VENV)/python -m checks.mutants $(M)
