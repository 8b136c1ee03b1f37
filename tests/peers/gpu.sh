#!/usr/bin/env bash
# Records Myrtle-5's gradient flow on a graphics processor, a recording a run, and goes on where the
# last call ended. README.md beside this file tells how to use it.
set -uo pipefail

usage() {
  cat <<'TEXT'
bash tests/peers/gpu.sh START OUTPUT [SECONDS] [--from FOLDER] [--cpu]

START     the folder that export_start.ts wrote
OUTPUT    gets recordings.tar.gz, checkpoints.tar.gz and log.txt; what is there from an earlier call
          is gone on from
SECONDS   how long this call may take, from 30 to 600 (560)
--from    a folder with an earlier call's files, where OUTPUT begins empty
--cpu     without a graphics processor, which is slow

RUNS, HORIZON, TOLERANCE and PYTHON in the environment replace the list of runs
(channels:n:seed[:perturbation[:tolerance]], commas between), 5, 0.01 and python3.
TEXT
}

fail() { echo "gpu.sh: $1" >&2; exit "${2:-2}"; }

positional=() earlier="" device=cuda
while [ $# -gt 0 ]; do
  case "$1" in
    -h | --help) usage; exit 0 ;;
    --cpu) device=cpu ;;
    --from) [ $# -ge 2 ] || fail "--from needs a folder"; earlier=$2; shift ;;
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
[ -z "$earlier" ] || [ -d "$earlier" ] || fail "--from $earlier: there is no such folder"

began=$(date +%s)
python=${PYTHON:-python3}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
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

# In order of worth. A first pair that takes seconds; 128 channels; what the agreement of the two
# programs is judged by, each with a twin from weights perturbed by 1e-6; then more images.
runs=16:100:3:0:0.003,16:100:3:1e-6:0.003
runs+=,128:500:0
runs+=,16:500:0:0:0.003,16:500:0:1e-6:0.003,32:500:0:0:0.003,32:500:0:1e-6:0.003
runs+=,128:500:1,128:500:2,128:500:3,128:500:4,128:500:5,128:500:0:1e-6
runs+=,128:1000:0,128:1000:1,128:1000:2,128:1000:3,128:1000:4,128:1000:5
runs+=,128:2000:0,128:2000:1,128:2000:2
runs=${RUNS:-$runs}

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

# Whole files only: each archive is made elsewhere and put in its place by renaming.
pack() {
  local name=$1
  shift
  (cd "$work/runs" && find . -maxdepth 1 -type f "$@" | sort | tar -czf "$work/$name" -T -) &&
    cp "$work/$name" "$output/.$name" && mv "$output/.$name" "$output/$name"
}
pack_all() {
  pack recordings.tar.gz \( -name '*.csv' -o -name '*.json' \)
  pack checkpoints.tar.gz -name '*.checkpoint.npz'
  cp "$work/log.txt" "$output/log.txt"
}

: > "$work/log.txt"
left=$((budget - 12 - ($(date +%s) - began))) # 12 s to save and to pack
[ $left -ge 5 ] || left=5
PYTHONUNBUFFERED=1 "$python" "$here/myrtle_flow.py" --start "$start" --output "$work/runs" \
  --runs "$runs" --device "$device" --horizon "${HORIZON:-5}" --tolerance "${TOLERANCE:-0.01}" \
  --seconds $left \
  > >(tee -a "$work/log.txt") 2>&1 &
child=$!
trap 'kill -TERM "$child" 2>/dev/null' TERM INT
packed=$(date +%s)
while kill -0 "$child" 2>/dev/null; do
  sleep 1
  if [ $(($(date +%s) - packed)) -ge 40 ]; then pack_all; packed=$(date +%s); fi
done
wait "$child"
status=$?
pack_all
echo "gpu.sh: $(find "$work/runs" -name '*.csv' | wc -l) recordings, $(($(date +%s) - began)) s"
exit $status
