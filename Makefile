# An index of what can be done here; each line's comment says what it does.
.PHONY: help setup book test lint run bench sizes clean

PROFILE ?= full
PACKAGES := libpng-dev libcairo2-dev libdnnl-dev libgomp1 fonts-liberation \
  libcmark-gfm-dev libcmark-gfm-extensions-dev duktape-dev libjs-katex fonts-katex libjs-lunr
SUDO := $(if $(filter 0,$(shell id -u)),,sudo)
SWIFT_FILES := Package.swift Sources Tests Chapters Benchmarks

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## install the Debian packages that are missing
	@if ! command -v dpkg-query > /dev/null; then \
	  echo "Not a Debian or Ubuntu system: install what holds these, then go on: $(PACKAGES)"; \
	else \
	  missing=; \
	  for package in $(PACKAGES); do \
	    dpkg-query -W -f='$${Status}' $$package 2> /dev/null | grep -q ' installed' \
	      || missing="$$missing $$package"; \
	  done; \
	  if [ -n "$$missing" ]; then \
	    $(SUDO) apt-get update && $(SUDO) apt-get install -y --no-install-recommends $$missing; \
	  fi; \
	fi

book: setup ## build the book; also: make book CHAPTER=ssd, make book PROFILE=quick
	$(if $(filter-out full quick,$(PROFILE)),$(error PROFILE is full or quick))
	swift run chapter build $(CHAPTER) $(if $(filter quick,$(PROFILE)),--quick)

test: setup lint ## build everything and run all tests
	swift build --build-tests
	swift test --skip-build

lint: ## check the format of all Swift files
	swift format lint --strict --recursive $(SWIFT_FILES)

run: setup ## run a chapter and see what it prints: make run CHAPTER=ssd
	swift run chapter run $(CHAPTER)

bench: setup ## time training and kernels beside PyTorch; writes output/bench.json
	swift run -c release Benchmark

sizes: ## list source files by length, longest first
	@git ls-files '*.swift' '*.c' '*.h' | xargs wc -l | sort -rn | head -30

clean: ## remove compiled programs; results and pages: swift run chapter clean
	swift package clean
