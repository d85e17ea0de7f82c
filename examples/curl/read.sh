#!/usr/bin/env bash
# Reads a Russian and an English text into a corpus. The same again changes nothing.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/ask.sh"

query='mutation ($input: ReadTextInput!) { readText(input: $input) { document { name lang } sceneCount couplings } }'

russian=$(ask "$query" '{"input":{"corpus":"пример curl","name":"царь","text":"Старый царь стоял у двери и молчал. Девушка вошла, и свеча погасла. Царь испугался."}}')
expect '"lang":"RU"' "$russian"
echo "$russian"

english=$(ask "$query" '{"input":{"corpus":"example curl","name":"prince","text":"The old prince stood at the door in silence. The girl came in, and the candle went out. The prince was afraid."}}')
expect '"lang":"EN"' "$english"
echo "$english"
