"""The LZW codec of zip2zip on lists of codes: JSON from stdin, JSON to stdout. See bench/README.md."""

import json
import sys
from importlib.metadata import version

from zip2zip_compression import LZWCompressor

task = json.load(sys.stdin)
codec = LZWCompressor(
    initial_vocab_size=task["codes"],
    max_codebook_size=task["codebookMax"],
    max_subtokens=task["subtokensMax"],
    pad_token_id=task["codes"],
    disabled_ids=[],
)


def decodes(encoded, codes):
    """Whether a decoder that knows nothing but the codes gives them back; at 0.3.4 it panics on some."""
    try:
        decoded, _ = codec.decode(encoded)
    except BaseException as error:
        # What a panic of Rust arrives as cannot be imported, and is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        return False
    return decoded == codes


documents = []
for codes in task["documents"]:
    encoded, _, codebook = codec.encode(codes)
    documents.append({"encoded": encoded, "entries": len(codebook.to_dict()), "decodes": decodes(encoded, codes)})
json.dump({"version": version("zip2zip_compression"), "documents": documents}, sys.stdout)
