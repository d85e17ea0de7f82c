"""Asks the service by Python's standard library alone."""

import json
import os
import urllib.error
import urllib.request

URL = os.environ.get("HYPERSCENE_URL", "http://localhost:4000/graphql")
KEY = os.environ.get("HYPERSCENE_KEY")


class HypersceneError(Exception):
    """What a request came to that failed; `code` is the service's, such as CORPUS_NOT_FOUND."""

    def __init__(self, error):
        super().__init__(error.get("message"))
        extensions = error.get("extensions", {})
        self.code = extensions.get("code")
        self.retriable = extensions.get("retriable", False)
        self.details = extensions.get("details")


def ask(query, **variables):
    """The data of an answer, as dictionaries and lists."""
    headers = {"Content-Type": "application/json", "Accept": "application/graphql-response+json"}
    if KEY:
        headers["Authorization"] = f"Bearer {KEY}"
    body = json.dumps({"query": query, "variables": variables}).encode()
    request = urllib.request.Request(URL, data=body, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            answer = json.load(response)
    except urllib.error.HTTPError as failed:
        # An answer in GraphQL's own media type says what is wrong, whatever the status.
        if "json" not in failed.headers.get("Content-Type", ""):
            raise
        answer = json.load(failed)
    if answer.get("errors"):
        raise HypersceneError(answer["errors"][0])
    return answer["data"]


def pages(query, field, **variables):
    """All items of a list of the root, page by page: the query takes `$after`."""
    after = None
    while True:
        page = ask(query, after=after, **variables)[field]
        yield from page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            return
        after = page["pageInfo"]["endCursor"]
