# An index of what can be done here; each line's comment says what it does.
.PHONY: help setup book test test-browser lint run bench sizes clean

PROFILE ?= full
PACKAGES := libpng-dev libturbojpeg0-dev libcairo2-dev libdnnl-dev libgomp1 fonts-liberation \
  libcmark-gfm-dev libcmark-gfm-extensions-dev duktape-dev libjs-katex fonts-katex libjs-lunr
# What the browser test needs beside that; the rules of accessibility come from PyPI.
BROWSERS := chromium chromium-browser google-chrome google-chrome-stable
AXE := .cache/axe/axe.min.js
AXE_DIGEST := 84494fec757e4710dc751c8d7a636e457f4532f08f85c86dc9070133fbff53bc
SUDO := $(if $(filter 0,$(shell id -u)),,sudo)
SWIFT_FILES := Package.swift Sources Tests Chapters Benchmarks

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

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

test-browser: PACKAGES += tidy $(if $(shell which $(BROWSERS)),,chromium)
test-browser: setup $(AXE) ## read the built book in Chromium: make test-browser SCREENSHOTS=folder
	swift run BrowserTest output$(if $(filter quick,$(PROFILE)),/quick) --axe $(AXE) \
	  $(if $(SCREENSHOTS),--screenshots $(SCREENSHOTS))

$(AXE):
	@mkdir -p $(@D)
	@{ python3 -m pip download --quiet --no-deps --dest $(@D) axe-playwright-python==0.1.8 \
	  && python3 -m zipfile -e $(@D)/axe_playwright_python-0.1.8-*.whl $(@D) \
	  && echo "$(AXE_DIGEST)  $(@D)/axe_playwright_python/axe.min.js" | sha256sum --check --quiet \
	  && mv $(@D)/axe_playwright_python/axe.min.js $@ && rm -r $(@D)/axe_playwright_python*; } \
	  || echo "WITHOUT ACCESSIBILITY: cannot fetch axe-core; it comes from PyPI, with python3 and pip."

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
