# Every command of the project. `make` alone lists them.

MODULE    := github.com/rung-dev/rung
BIN       := $(CURDIR)/.cache/bin
GENERATED := ent/gen graph/gen ':(glob)graph/*.resolvers.go' schema.graphqls
LINT      := 2.15.0
VULN      := 1.9.0
IMAGE     ?= rung
SUDO      := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

CERTIFICATES := /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/cert.pem

# GraphiQL, which npm builds and Go embeds when it is there.
BUNDLE  := internal/explorer/built/entry.json
SOURCES := $(addprefix internal/explorer/,$(addprefix app/,package-lock.json package.json build.mjs)) \
           $(wildcard internal/explorer/app/src/*) internal/explorer/page/ask.js

.DEFAULT_GOAL := help
.PHONY: help run build explorer pages test permissions permissions-teeth bench fairness soak timing clients verify generate generated migration linter lint vuln postgres compiler chromium image clean

help: ## lists the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-17s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# Without npm, or without a network for it, everything but /explorer is there.
run: ## builds ./rung and serves the demo world
	@if command -v npm >/dev/null; then \
		$(MAKE) --no-print-directory explorer || echo "The explorer could not be built: /explorer says how, / works without it."; \
	elif [ ! -f $(BUNDLE) ]; then \
		echo "There is no npm to build the explorer with: /explorer says how, / works without it."; \
	fi
	@go build -o rung .
	@exec ./rung serve --demo

build: ## builds ./rung
	go build -o rung .

explorer: $(BUNDLE) ## builds GraphiQL into the binary to come; needs npm
	@:

$(BUNDLE): $(SOURCES)
	@if ! command -v npm >/dev/null; then echo "Install npm (on Debian: make chromium), then run make explorer." >&2; exit 1; fi
	@cd internal/explorer/app && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null && npm run --silent build

pages: ## checks the pages for browsers in a headless Chromium
	@.ci/explorer

test: ## runs the tests on SQLite and PostgreSQL, with the race detector
	@.ci/test

soak: ## runs the tests that take minutes in their long form
	@RUNG_SOAK=1 .ci/test -count=1 -timeout 60m -run Soak

timing: ## measures that how long an answer takes tells of nothing
	@RUNG_SOAK=1 go test . -count=1 -v -run TestSoakTiming

permissions: ## asks as everybody for everything, and compares with docs/permissions
	@RUNG_PERMISSIONS=all .ci/test

# The table of rows is built so that each of its conditions is told apart. RUNG_TEETH
# chooses some by their names: RUNG_TEETH='^talents:' make permissions-teeth.
permissions-teeth: ## pulls each rule of who sees what in turn; the permission test must notice
	RUNG_PERMISSIONS=all go test . -tags teeth -gcflags='$(MODULE)/internal/access=-l' -count=1 -v -timeout 60m -run ThePermissionsHaveTeeth

bench: ## measures the operations that clients send most, on both engines
	@mkdir -p $(BIN)
	@go build -o $(BIN)/bench ./bench
	@go run ./internal/store/storetest/cluster $(BIN)/bench

fairness: ## measures that a tenant at ten times its quota keeps no other waiting; needs two cores
	@mkdir -p $(BIN)
	@go build -o $(BIN)/rung .
	@go build -o $(BIN)/fairness ./bench/fairness
	@$(BIN)/fairness -rung $(BIN)/rung

clients: ## runs the client samples, the audits and the contract check against a server of their own
	@.ci/clients

# The generators leave a core idle, on which the linter is built.
verify: ## everything a change must pass: generated code, lint, test, clients, pages
	@$(MAKE) --no-print-directory -j2 generated linter
	@$(MAKE) --no-print-directory lint
	@$(MAKE) --no-print-directory test
	@$(MAKE) --no-print-directory clients
	@$(MAKE) --no-print-directory pages

generate: ## writes ent/gen, graph/gen and schema.graphqls again
	go generate ./ent
	go tool gqlgen generate
	@mkdir -p .cache
	go run . schema > .cache/schema.graphqls
	@mv .cache/schema.graphqls schema.graphqls

# Compared with the index, so that `git add` is enough before a commit.
generated: generate ## fails when generated files differ from what git holds
	@stale="$$(git diff --name-only -- $(GENERATED); git ls-files --others --exclude-standard -- $(GENERATED))"; \
	if [ -n "$$stale" ]; then \
		git --no-pager diff --stat -- $(GENERATED); \
		echo "Generated files are stale or not added:" $$stale >&2; \
		echo "Run make generate, then git add ent/gen graph schema.graphqls." >&2; \
		exit 1; \
	fi

# Atlas copies whole tables on SQLite where a column would do, and sees no change
# of a check. Edit such a file, then run make migration edited=1.
migration: ## writes the next migration for both engines: make migration name=add_terms
	@if [ -z "$(name)$(edited)" ]; then echo "Name the migration: make migration name=add_terms" >&2; exit 1; fi
	go run -tags migration ./ent/migrations/tool $(if $(edited),-edited,-name "$(name)")

linter:
	@if [ "$$($(BIN)/golangci-lint version --short 2>/dev/null)" != "$(LINT)" ]; then \
		GOBIN=$(BIN) go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v$(LINT); \
	fi

lint: linter ## runs the linters, of which vet is one, over all that is not generated
	$(BIN)/golangci-lint run $$(go list ./... | grep -v /gen/ | sed 's|^$(MODULE)|.|')

vuln: ## looks for known vulnerabilities that the code can reach
	go run golang.org/x/vuln/cmd/govulncheck@v$(VULN) ./...

# The tests start servers of their own: no cluster is made for the system.
postgres: ## installs PostgreSQL for the tests
	@if [ -f /etc/debian_version ]; then \
		conf=/etc/postgresql-common/createcluster.d/rung.conf; \
		$(SUDO) mkdir -p "$${conf%/*}" && \
		echo "create_main_cluster = false" | $(SUDO) tee "$$conf" >/dev/null && \
		$(SUDO) apt-get update -qq && \
		$(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends postgresql; \
		status=$$?; $(SUDO) rm -f "$$conf"; exit $$status; \
	fi; \
	echo "Install PostgreSQL with its server programs, then run make test:" >&2; \
	echo "  macOS   brew install postgresql@17" >&2; \
	echo "  Fedora  sudo dnf install postgresql-server" >&2; \
	echo "  Arch    sudo pacman -S postgresql" >&2; \
	exit 1

compiler: ## installs the C compiler that the race detector needs
	@if [ -f /etc/debian_version ]; then \
		$(SUDO) apt-get update -qq && \
		$(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends gcc libc6-dev; \
		exit; \
	fi; \
	echo "Install a C compiler, then run make test:" >&2; \
	echo "  macOS   xcode-select --install" >&2; \
	echo "  Fedora  sudo dnf install gcc" >&2; \
	echo "  Arch    sudo pacman -S gcc" >&2; \
	exit 1

chromium: ## installs npm and Chromium for the explorer and its check
	@if [ -f /etc/debian_version ]; then \
		wanted=chromium; command -v npm >/dev/null || wanted="chromium npm"; \
		$(SUDO) apt-get update -qq && \
		$(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $$wanted; \
		exit; \
	fi; \
	echo "Install npm and Chromium, then run make pages:" >&2; \
	echo "  macOS   brew install node && brew install --cask google-chrome" >&2; \
	echo "  Fedora  sudo dnf install nodejs-npm chromium" >&2; \
	echo "  Arch    sudo pacman -S npm chromium" >&2; \
	exit 1

image: ## builds the container image; pulls nothing
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory explorer; fi
	@rm -rf .cache/image && mkdir -p .cache/image/data
	CGO_ENABLED=0 GOOS=linux go build -trimpath -tags timetzdata -ldflags "-s -w" -o .cache/image/rung .
	@for file in $(CERTIFICATES); do \
		if [ -s "$$file" ]; then cp "$$file" .cache/image/ca-certificates.crt; exit; fi; \
	done; \
	echo "No certificates found. Install ca-certificates, then run make image." >&2; exit 1
	docker build --network none --file docker/Dockerfile --tag $(IMAGE) .cache/image

clean: ## removes what was built; keeps ./data
	rm -rf rung .cache coverage.out internal/explorer/app/node_modules
	find internal/explorer/built -type f ! -name .gitignore -delete
