#!/usr/bin/env bash
# Records gradient flows on a graphics processor, a recording a run, and goes on where the last call
# ended. README.md beside this file tells how to use it.
set -uo pipefail

usage() {
  cat <<'TEXT'
bash tests/peers/gpu.sh START OUTPUT [SECONDS] [--from FOLDER] [--jobs N] [--list FILE] [--cpu]

START     the folder that export_start.ts wrote
OUTPUT    gets recordings.tar.gz, checkpoints.tar.gz and log.txt; what is there from an earlier call
          is gone on from
SECONDS   how long this call may take, from 30 to 600 (560)
--from    a folder with an earlier call's files, where OUTPUT begins empty
--jobs    so many processes share the processor, each taking the next run of the list (3)
--list    runs, a line each (runs.txt beside this file; runs_first.txt is what was recorded first)
--cpu     without a graphics processor, which is slow

A run is channels:n:seed or NETWORK-width:n:seed, [:perturb[:tolerance]][:key=value ...]; keys are
horizon, loss-left, parametrization, weight-std, seconds, perturb and tolerance.
RUNS (commas between), HORIZON, TOLERANCE and PYTHON in the environment replace the list, 5, 0.01 and
python3.
TEXT
}

fail() { echo "gpu.sh: $1" >&2; exit "${2:-2}"; }

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
positional=() earlier="" device=cuda jobs=3 list=$here/runs.txt
while [ $# -gt 0 ]; do
  case "$1" in
    -h | --help) usage; exit 0 ;;
    --cpu) device=cpu ;;
    --from) [ $# -ge 2 ] || fail "--from needs a folder"; earlier=$2; shift ;;
    --jobs) [ $# -ge 2 ] || fail "--jobs needs a number"; jobs=$2; shift ;;
    --list) [ $# -ge 2 ] || fail "--list needs a file"; list=$2; shift ;;
    -*) fail "there is no option $1 (--help tells what there is)" ;;
    *) positional+=("$1") ;;
  esac
  shift
done
[ ${#positional[@]} -ge 2 ] && [ ${#positional[@]} -le 3 ] || { usage >&2; exit 2; }
start=${positional[0]} output=${positional[1]} budget=${positional[2]:-560}
[[ $budget =~ ^[0-9]+$ ]] && [ "$budget" -ge 30 ] && [ "$budget" -le 600 ] ||
  fail "SECONDS is $budget; it must be an integer from 30 to 600"
[ -f "$start/start.json" ] || fail "$start has no start.json; export_start.ts writes such a folder"
[[ $jobs =~ ^[1-9][0-9]?$ ]] || fail "--jobs is $jobs; it must be an integer from 1 to 99"
[ -f "$list" ] || fail "--list $list: there is no such file"
[ -z "$earlier" ] || [ -d "$earlier" ] || fail "--from $earlier: there is no such folder"

began=$(date +%s)
python=${PYTHON:-python3}
"$python" -c '
import sys
try:
    import numpy, torch
except ImportError:
    sys.exit(1)
sys.exit(0 if sys.argv[1] == "cpu" or torch.cuda.is_available() else 3)' "$device"
case $? in
  0) ;;
  3) fail "there is no graphics processor here; --cpu runs without one, slowly" 3 ;;
  *) fail "$python has no PyTorch and NumPy (PYTHON names another one)" 1 ;;
esac

runs=${RUNS:-$(grep -v '^ *\(#\|$\)' "$list" | tr '\n' ',')}

mkdir -p "$output" || fail "$output cannot be made" 1
work=$(mktemp -d) || fail "there is no room for temporary files" 1
trap 'rm -rf "$work"' EXIT
mkdir "$work/runs"
for folder in ${earlier:+"$earlier"} "$output"; do
  for archive in recordings checkpoints; do
    [ ! -f "$folder/$archive.tar.gz" ] || tar -xzf "$folder/$archive.tar.gz" -C "$work/runs" ||
      fail "$folder/$archive.tar.gz cannot be unpacked" 1
  done
done

# Whole files only: each archive is made elsewhere and put in its place by renaming. A file that is
# replaced or gone meanwhile is in the next one.
pack() { # NAME, then what is packed, a line each
  (cd "$work/runs" && sort | tar -czf "$work/$1" --ignore-failed-read -T -) 2>/dev/null
  [ -s "$work/$1" ] && cp "$work/$1" "$output/.$1" && mv "$output/.$1" "$output/$1"
}
# Checkpoints hardly shrink: the small ones, up to 12 MiB in all; what is left out begins anew.
pack_all() {
  (cd "$work/runs" && find . -maxdepth 1 -type f \( -name '*.csv' -o -name '*.json' \)) |
    pack recordings.tar.gz
  (cd "$work/runs" && find . -maxdepth 1 -type f -name '*.checkpoint.npz' -printf '%s %p\n') |
    sort -n | awk '(total += $1) <= 12 * 1048576 { print $2 }' | pack checkpoints.tar.gz
  cp "$work/log.txt" "$output/log.txt"
}

: > "$work/log.txt"
until=$((began + budget - 12)) # 12 s to save and to pack
children=()
for ((job = 1; job <= jobs; job++)); do
  PYTHONUNBUFFERED=1 "$python" "$here/myrtle_flow.py" --start "$start" --output "$work/runs" \
    --runs "$runs" --claim --device "$device" --horizon "${HORIZON:-5}" \
    --tolerance "${TOLERANCE:-0.01}" --until $until > >(tee -a "$work/log.txt") 2>&1 &
  children+=($!)
done
trap 'kill -TERM "${children[@]}" 2>/dev/null' TERM INT
packed=$(date +%s)
while kill -0 "${children[@]}" 2>/dev/null; do
  sleep 1
  [ $(date +%s) -le $((until + 7)) ] || kill -KILL "${children[@]}" 2>/dev/null
  if [ $(($(date +%s) - packed)) -ge 30 ]; then pack_all; packed=$(date +%s); fi
done
status=0
for child in "${children[@]}"; do
  wait "$child" || status=$?
done
pack_all
echo "gpu.sh: $(find "$work/runs" -name '*.csv' | wc -l) recordings, $(($(date +%s) - began)) s"
exit $status
