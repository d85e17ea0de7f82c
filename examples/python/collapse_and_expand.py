"""Collapses a corpus until one hypertoken holds it, and expands it exactly."""

from hyperscene import ask

STORIES = {
    "пример схлопывания python": "Старый царь стоял у двери и молчал. Девушка вошла, и свеча погасла. Царь испугался.",
    "example of collapsing python": "The old prince stood at the door in silence. The girl came in, and the candle went out. "
    "The prince was afraid.",
}

READ = "mutation ($input: ReadTextInput!) { readText(input: $input) { sceneCount } }"
COLLAPSE = "mutation ($corpus: String!) { collapse(corpus: $corpus) { occurrences levels { level occurrences } } }"
# Above the highest level all is as there.
HIGHEST = "query ($corpus: String!) { occurrences(filter: { corpus: $corpus, level: 9 }) { nodes { ref size } } }"
EXPAND = "query ($ref: OccurrenceRef!) { expand(ref: $ref) { scenes { nodes { text position } } couplings { weight } } }"


def main():
    for corpus, text in STORIES.items():
        ask(READ, input={"corpus": corpus, "name": "story", "text": text})
        collapsed = ask(COLLAPSE, corpus=corpus)["collapse"]
        print(f"{corpus}: {collapsed['occurrences']} occurrences on {len(collapsed['levels'])} levels")

        tops = ask(HIGHEST, corpus=corpus)["occurrences"]["nodes"]
        assert len(tops) == 1, tops
        expansion = ask(EXPAND, ref=tops[0]["ref"])["expand"]
        scenes = sorted(expansion["scenes"]["nodes"], key=lambda scene: scene["position"])
        assert " ".join(scene["text"] for scene in scenes) == text, scenes
        print(f"  {tops[0]['ref']} is exactly {len(scenes)} scenes and {len(expansion['couplings'])} couplings")


if __name__ == "__main__":
    main()
