"""Reads a Russian and an English text and finds scenes in them."""

from hyperscene import HypersceneError, ask, pages

TEXTS = [
    (
        "пример python",
        "Старый царь стоял у двери и молчал. Девушка вошла, и свеча погасла. Царь испугался.",
        "дверь",
        "Старый царь стоял у двери и молчал.",
    ),
    (
        "example python",
        "The old prince stood at the door in silence. The girl came in, and the candle went out. The prince was afraid.",
        "doors",
        "The old prince stood at the door in silence.",
    ),
]

READ = "mutation ($input: ReadTextInput!) { readText(input: $input) { sceneCount couplings } }"
SCENES = """
query ($filter: SceneFilter!, $after: String) {
  scenes(filter: $filter, first: 1, after: $after) {
    nodes { text code ordinal hyperlexeme agent { entity } }
    pageInfo { hasNextPage endCursor }
  }
}
"""


def main():
    for corpus, text, words, expected in TEXTS:
        read = ask(READ, input={"corpus": corpus, "name": "door", "text": text})["readText"]
        print(f"{corpus}: {read['sceneCount']} scenes, {read['couplings']} couplings")

        whole = [scene["text"] for scene in pages(SCENES, "scenes", filter={"corpus": corpus})]
        assert " ".join(whole) == text, whole

        found = list(pages(SCENES, "scenes", filter={"corpus": corpus, "text": words}))
        assert [scene["text"] for scene in found] == [expected], found
        for scene in found:
            print(f"  {scene['code']}:{scene['ordinal']} {scene['hyperlexeme']}: {scene['text']}")

    try:
        ask(SCENES, filter={"corpus": "нет такого корпуса"})
    except HypersceneError as error:
        assert error.code == "CORPUS_NOT_FOUND", error.code
    else:
        raise AssertionError("a corpus that is not there was found")


if __name__ == "__main__":
    main()
