#!/usr/bin/env bash
# Makes .venv with the locked packages and the `triage` command in it. Safe to repeat; does nothing when nothing changed.
# Usage: scripts/setup.sh run|dev      (dev adds what the tests need)
set -euo pipefail
cd "$(dirname "$0")/.."
kind=${1:-run}
lock=requirements/$kind.txt
stamp=.venv/.installed-$kind
want=$(cat "$lock" pyproject.toml | sha256sum)
[ -f "$stamp" ] && [ "$(cat "$stamp")" = "$want" ] && exit 0
# The dev lock holds everything of the run lock, at the same versions.
[ "$kind" = run ] && [ -f .venv/.installed-dev ] && [ "$(cat .venv/.installed-dev)" = "$(cat requirements/dev.txt pyproject.toml | sha256sum)" ] && exit 0

python=""
for candidate in python3.11 python3.12 python3; do
  if command -v "$candidate" >/dev/null && "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 13))' 2>/dev/null; then
    python=$candidate; break
  fi
done
[ -n "$python" ] || { echo "Python 3.11 or 3.12 is needed (durable-rules does not import on 3.13). On Debian 12: apt-get install python3" >&2; exit 1; }

missing=()
"$python" -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)
command -v cc >/dev/null || missing+=(gcc libc6-dev)
header=$("$python" -c 'import sysconfig; print(sysconfig.get_path("include"))')/Python.h
[ -f "$header" ] || missing+=(python3-dev)
if [ ${#missing[@]} -gt 0 ]; then
  say="durable-rules is compiled at set-up and needs: ${missing[*]}"
  command -v apt-get >/dev/null || { echo "$say. Install a C compiler, Python's headers and venv with your system's package manager, then run this again." >&2; exit 1; }
  root=""; [ "$(id -u)" = 0 ] || root=sudo
  echo "$say: installing them (Debian)"
  $root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $root apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

echo "Setting up .venv ($kind): a few minutes the first time"
[ -x .venv/bin/python ] || "$python" -m venv .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check --use-pep517 --require-hashes -r "$lock"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
echo "$want" > "$stamp"
