#!/usr/bin/env bash
# Collapses each corpus level by level until one hypertoken holds it.
set -euo pipefail
folder=$(dirname "${BASH_SOURCE[0]}")
source "$folder/ask.sh"
"$folder/read.sh" >/dev/null

query='mutation ($corpus: String!) { collapse(corpus: $corpus) { occurrences levels { level occurrences } corpus { name collapse } } }'

for corpus in 'пример curl' 'example curl'; do
  answer=$(ask "$query" "{\"corpus\":\"$corpus\"}")
  expect '"collapse":"FRESH"' "$answer"
  echo "$answer"
done
