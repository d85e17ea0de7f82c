"""What Python's libraries do for bench/borders.ts: `peers.py plays FOLDER`, or `tile` and `judge` with JSON at standard input."""

import json
import math
import re
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path

import nltk
from nltk.metrics.segmentation import pk, windowdiff
from nltk.stem.snowball import SnowballStemmer
from nltk.tokenize.texttiling import TextTilingTokenizer, TokenSequence
from stop_words import get_stop_words

TEI = "{http://www.tei-c.org/ns/1.0}"


def spoken(element):
    """Text without stage directions."""
    if element.tag == TEI + "stage":
        return ""
    return (element.text or "") + "".join(spoken(child) + (child.tail or "") for child in element)


def speech(sp):
    said = " ".join(spoken(child) for child in sp if child.tag in (TEI + "p", TEI + "lg", TEI + "l"))
    speaker = sp.find(TEI + "speaker")
    name = "" if speaker is None else spoken(speaker).strip().rstrip(".:")
    return {"speaker": " ".join(name.split()), "text": " ".join(said.split())}


def play(path):
    body = ElementTree.parse(path).getroot().find(f".//{TEI}body")
    scenes = [[speech(sp) for sp in div.iter(TEI + "sp")] for div in body.iter(TEI + "div") if div.get("type") == "scene"]
    scenes = [[said for said in scene if said["text"]] for scene in scenes]
    verse = sum(1 for _ in body.iter(TEI + "l"))
    return {"name": path.name.removesuffix(".xml").removesuffix(".tei"), "verse": verse, "scenes": [s for s in scenes if s]}


class PresplitTextTiling(TextTilingTokenizer):
    """
    NLTK's own scores, smoothing, depths and cut-off (Hearst 1997); only what it does to raw text is replaced, since that drops all
    letters but a to z. Its comparison of blocks is replaced by an equal one in linear time; `check` holds the two together.
    """

    def sequences(self, blocks):
        words = [(word, at) for at, word in enumerate(word for block in blocks for word in block)]
        sequences = [TokenSequence(i / self.w, words[i : i + self.w]) for i in range(0, len(words), self.w)]
        for sequence in sequences:
            sequence.wrdindex_list = [(word, at) for word, at in sequence.wrdindex_list if word is not None]
        return sequences

    def compare(self, sequences):
        bags = [Counter(word for word, _ in sequence.wrdindex_list) for sequence in sequences]
        gaps = len(bags) - 1
        scores = []
        for gap in range(gaps):
            size = gap + 1 if gap < self.k - 1 else gaps - gap if gap > gaps - self.k else self.k
            left, right = sum(bags[gap - size + 1 : gap + 1], Counter()), sum(bags[gap + 1 : gap + size + 1], Counter())
            norm = math.sqrt(sum(n * n for n in left.values()) * sum(n * n for n in right.values()))
            scores.append(0.0 if norm == 0 else sum(n * right[word] for word, n in left.items()) / norm)
        return scores

    def check(self, blocks):
        sequences = self.sequences(blocks)
        native = self._block_comparison(sequences, self._create_token_table(sequences, [0, 10**9]))
        assert all(abs(x - y) < 1e-9 for x, y in zip(native, self.compare(sequences), strict=True)), "blocks compare unequal"

    def tile(self, blocks):
        """Blocks before which a border stands, and the depth of each block's beginning."""
        sequences = self.sequences(blocks)
        if len(sequences) < 6:
            return {"borders": [], "depth": [0] * len(blocks)}
        depths = self._depth_scores(self._smooth_scores(self.compare(sequences)))
        chosen = self._identify_boundaries(depths)
        starts = [0]
        for block in blocks:
            starts.append(starts[-1] + len(block))
        borders, depth, block = set(), [0.0] * len(blocks), 1
        for gap, (score, is_border) in enumerate(zip(depths, chosen)):
            at = (gap + 1) * self.w
            while block < len(blocks) - 1 and abs(starts[block + 1] - at) <= abs(starts[block] - at):
                block += 1
            depth[block] = max(depth[block], float(score))
            if is_border:
                borders.add(block)
        return {"borders": sorted(borders), "depth": depth}


def stems(blocks, lang):
    stop, stemmer = set(get_stop_words(lang)), SnowballStemmer({"ru": "russian", "en": "english"}[lang])
    known = {}
    def stem(word):
        if word not in known:
            known[word] = None if word in stop else stemmer.stem(word)
        return known[word]
    return [[stem(word) for word in re.findall(r"\w+", block.lower())] for block in blocks]


def tile(request):
    documents = [stems(document["blocks"], document["lang"]) for document in request["documents"]]
    tilings = [PresplitTextTiling(w=w, k=k, stopwords=[]) for w, k in request["grid"]]
    shortest = min(documents, key=lambda blocks: sum(map(len, blocks)))
    for tiling in tilings:
        tiling.check(shortest)
    return {"nltk": nltk.__version__, "tiled": [[tiling.tile(blocks) for tiling in tilings] for blocks in documents]}


def judge(pairs):
    return [[windowdiff(gold, found, k), pk(gold, found, k)] for gold, found, k in pairs]


if __name__ == "__main__":
    if sys.argv[1] == "plays":
        answer = [play(path) for path in sorted(Path(sys.argv[2]).glob("*.xml"))]
    else:
        answer = {"tile": tile, "judge": judge}[sys.argv[1]](json.load(sys.stdin))
    json.dump(answer, sys.stdout, ensure_ascii=False)
