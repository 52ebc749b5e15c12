#!/bin/bash
# Builds and checks the page with the machine's Node and npm.
#   build.sh page DIRECTORY   the built page, as files, into DIRECTORY
#   build.sh check            types and unit tests
set -euo pipefail
cd "$(dirname "$0")"

command -v node >/dev/null && command -v npm >/dev/null ||
  { echo "webadmin: Node 20 and npm are needed to build the web administration page" >&2; exit 1; }

# What npm installed stays until the lock file changes; only one build installs at a time.
install() {
  local wanted
  wanted=$(sha256sum package-lock.json | cut -c1-64)
  exec 9>.install.lock
  flock 9
  if [ "$(cat node_modules/.installed 2>/dev/null)" != "$wanted" ]; then
    npm ci --prefer-offline --no-audit --no-fund --loglevel=error
    echo "$wanted" >node_modules/.installed
  fi
  exec 9>&-
}

case ${1:-} in
  page)
    install
    npx --no-install vite build --outDir "$2" --emptyOutDir --logLevel warn
    ;;
  check)
    install
    npx --no-install tsc --noEmit
    npx --no-install vitest run
    ;;
  *)
    echo "usage: build.sh page DIRECTORY | check" >&2
    exit 2
    ;;
esac
