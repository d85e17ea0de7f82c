#!/usr/bin/env bash
# Gives back exactly the scenes that the highest hypertoken of a corpus stands for.
set -euo pipefail
folder=$(dirname "${BASH_SOURCE[0]}")
source "$folder/ask.sh"
"$folder/collapse.sh" >/dev/null

# Above the highest level all is as there.
highest='query ($corpus: String!) { occurrences(filter: { corpus: $corpus, level: 9 }) { nodes { ref size } } }'
expand='query ($ref: OccurrenceRef!) { expand(ref: $ref) { scenes { totalCount nodes { text } } couplings { weight } } }'

for corpus in 'пример curl' 'example curl'; do
  ref=$(first ref "$(ask "$highest" "{\"corpus\":\"$corpus\"}")")
  answer=$(ask "$expand" "{\"ref\":\"$ref\"}")
  case $corpus in
    пример*) expect '"text":"Царь испугался."' "$answer" ;;
    example*) expect '"text":"The prince was afraid."' "$answer" ;;
  esac
  echo "$ref $answer"
done
