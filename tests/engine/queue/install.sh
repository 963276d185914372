#!/usr/bin/env bash
# Installs what the tests of the queue start: redis-server, and openssl for a certificate. Wants Debian and root.
set -euo pipefail
if ! command -v redis-server >/dev/null || ! command -v redis-cli >/dev/null || ! command -v openssl >/dev/null; then
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends redis-server redis-tools openssl
fi
