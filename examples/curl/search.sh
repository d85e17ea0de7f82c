#!/usr/bin/env bash
# Finds scenes by words in any form, with who acts in them and what kind of scene each is.
set -euo pipefail
folder=$(dirname "${BASH_SOURCE[0]}")
source "$folder/ask.sh"
"$folder/read.sh" >/dev/null

query='query ($filter: SceneFilter!, $labels: Language!) { scenes(filter: $filter) { totalCount nodes { text hyperlexeme(labels: $labels) agent { entity } } } }'

# «двери» stands there, «дверь» is asked for.
russian=$(ask "$query" '{"filter":{"corpus":"пример curl","text":"дверь"},"labels":"RU"}')
expect '"text":"Старый царь стоял у двери и молчал."' "$russian"
expect '"entity":"царь"' "$russian"
echo "$russian"

english=$(ask "$query" '{"filter":{"corpus":"example curl","text":"doors"},"labels":"EN"}')
expect '"text":"The old prince stood at the door in silence."' "$english"
echo "$english"
