#!/usr/bin/env bash
# The install steps of the README, for machines that are made for a class: the development container and Binder run
# this very script. Packages of the lock file, then what `npm start` does before it starts.
set -euo pipefail
cd "$(dirname "$0")/../.."
npm ci --no-audit --no-fund </dev/null
npm run setup </dev/null
