"""Ranks scenes by BM25: bm25.py <input.json> <output.json>.

Input: {"corpora": [{"scenes": [text], "questions": [text]}], "top": n}.
Output: {"ranked": [[[[index of scene, score]]]], "versions": {...}}, by falling score, then order of the text, n at most.
"""

import json
import sys
from importlib.metadata import version

import bm25s
import numpy
import Stemmer

with open(sys.argv[1], encoding="utf-8") as file:
    asked = json.load(file)

# Porter 2, as Hyperscene's own search has it for English; the stop words are the library's.
stemmer = Stemmer.Stemmer("english")


def tokens_of(texts):
    return bm25s.tokenize(texts, stopwords="en", stemmer=stemmer, return_ids=False, show_progress=False)


ranked = []
for corpus in asked["corpora"]:
    # Lucene's variant with the library's own k1 1.5 and b 0.75.
    index = bm25s.BM25()
    index.index(tokens_of(corpus["scenes"]), show_progress=False)
    of_corpus = []
    for tokens in tokens_of(corpus["questions"]):
        known = [token for token in tokens if token in index.vocab_dict]
        scores = index.get_scores(known) if known else numpy.zeros(len(corpus["scenes"]))
        first = numpy.argsort(-scores, kind="stable")[: asked["top"]]
        of_corpus.append([[int(scene), float(scores[scene])] for scene in first])
    ranked.append(of_corpus)

with open(sys.argv[2], "w", encoding="utf-8") as file:
    json.dump({"ranked": ranked, "versions": {name: version(name) for name in ("bm25s", "PyStemmer", "numpy")}}, file)
