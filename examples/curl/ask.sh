# To be sourced: `ask QUERY VARIABLES` posts a query and prints the answer, one line of JSON; ends the script where it has errors.
HYPERSCENE_URL="${HYPERSCENE_URL:-http://localhost:4000/graphql}"

ask() {
  local authorization=() answer
  if [ -n "${HYPERSCENE_KEY:-}" ]; then authorization=(--header "Authorization: Bearer $HYPERSCENE_KEY"); fi
  answer=$(
    curl --silent --show-error --fail-with-body --max-time 60 "$HYPERSCENE_URL" \
      --header 'Content-Type: application/json' \
      --header 'Accept: application/graphql-response+json' \
      ${authorization[@]+"${authorization[@]}"} \
      --data "{\"query\":\"$1\",\"variables\":$2}"
  ) || { echo "$answer" >&2; return 1; }
  if [[ $answer == *'"errors":'* ]]; then echo "$answer" >&2; return 1; fi
  echo "$answer"
}

# `expect TEXT ANSWER`: ends the script where the answer has no such text.
expect() {
  if [[ $2 != *"$1"* ]]; then echo "expected $1, came $2" >&2; return 1; fi
}

# `first FIELD ANSWER`: the first text of that field.
first() {
  sed -E "s/.*\"$1\":\"([^\"]*)\".*/\1/" <<<"$(grep -oE "\"$1\":\"[^\"]*\"" <<<"$2" | head -n 1)"
}
