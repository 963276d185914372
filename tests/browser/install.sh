#!/usr/bin/env bash
# Installs the browser that the tests of report and dashboard need. Wants Debian and root.
set -euo pipefail
if ! command -v "${CHROMIUM:-chromium}" >/dev/null; then
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends chromium
fi
