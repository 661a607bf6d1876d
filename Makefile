# Each target is one line over make.py, which sets up all it needs (on Windows: python make.py run).
PYTHON := $(shell for p in python3 python python3.13 python3.12 python3.11; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$p && break; done)
ifeq ($(PYTHON),)
  $(error Usher needs Python 3.11 or newer on PATH)
endif

.DEFAULT_GOAL := help
.PHONY: help run test lint bench package check pin

help run test lint bench package check pin:
	@$(PYTHON) make.py $@ $(ARGS)
