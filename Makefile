# make: the release program, in one static file, with its manual and completions. make install puts them under PREFIX.
#
#   make && sudo make install                 under /usr/local
#   make install PREFIX=~/.local
#   make install DESTDIR=/tmp/stage           for those who make packages
#   make install PROGRAM=path/to/tcpprobe     a program that is built already; nothing is compiled for it
#   make uninstall
#   make test, make lint, make quick          what a change must pass

PREFIX ?= /usr/local
bindir ?= $(PREFIX)/bin
mandir ?= $(PREFIX)/share/man/man1
bashdir ?= $(PREFIX)/share/bash-completion/completions
zshdir ?= $(PREFIX)/share/zsh/site-functions
fishdir ?= $(PREFIX)/share/fish/vendor_completions.d
INSTALL ?= install

# A static file, as .ci/run builds it: it runs on any Linux of this architecture.
static := -c release --static-swift-stdlib -Xswiftc -static-executable
stage := .build/make
program := $(or $(PROGRAM),$(stage)/tcpprobe)
sources := Package.swift $(shell find Sources -type f)
extras := $(stage)/manual $(stage)/tcpprobe.bash $(stage)/_tcpprobe $(stage)/tcpprobe.fish

.PHONY: all install uninstall test lint quick
.DELETE_ON_ERROR:

all: $(program) $(extras)

$(stage)/tcpprobe: $(sources)
	mkdir -p $(stage)
	swift build $(static) --product tcpprobe
	cp -f "$$(swift build $(static) --show-bin-path)/tcpprobe" $@

# A folder of pages: its own time is that of the last page that was written.
$(stage)/manual: $(program)
	.ci/manual $(program)
	rm -rf $@
	mkdir -p $@
	cp .build/manual/tcpprobe*.1 $@/
	touch $@

$(stage)/tcpprobe.bash: $(program)
	mkdir -p $(stage)
	$(abspath $(program)) --generate-completion-script bash > $@

$(stage)/_tcpprobe: $(program)
	mkdir -p $(stage)
	$(abspath $(program)) --generate-completion-script zsh > $@

$(stage)/tcpprobe.fish: $(program)
	mkdir -p $(stage)
	$(abspath $(program)) --generate-completion-script fish > $@

install: all
	$(INSTALL) -d "$(DESTDIR)$(bindir)" "$(DESTDIR)$(mandir)" "$(DESTDIR)$(bashdir)" "$(DESTDIR)$(zshdir)" "$(DESTDIR)$(fishdir)"
	$(INSTALL) -m 755 $(program) "$(DESTDIR)$(bindir)/tcpprobe"
	$(INSTALL) -m 644 $(stage)/manual/*.1 "$(DESTDIR)$(mandir)/"
	$(INSTALL) -m 644 $(stage)/tcpprobe.bash "$(DESTDIR)$(bashdir)/tcpprobe"
	$(INSTALL) -m 644 $(stage)/_tcpprobe "$(DESTDIR)$(zshdir)/_tcpprobe"
	$(INSTALL) -m 644 $(stage)/tcpprobe.fish "$(DESTDIR)$(fishdir)/tcpprobe.fish"

uninstall:
	rm -f "$(DESTDIR)$(bindir)/tcpprobe"
	rm -f "$(DESTDIR)$(mandir)"/tcpprobe.1 "$(DESTDIR)$(mandir)"/tcpprobe.*.1
	rm -f "$(DESTDIR)$(bashdir)/tcpprobe" "$(DESTDIR)$(zshdir)/_tcpprobe" "$(DESTDIR)$(fishdir)/tcpprobe.fish"

test:
	swift test

lint:
	swift format lint --strict -r Sources Tests Benchmarks Trust Package.swift

quick:
	.ci/run quick
