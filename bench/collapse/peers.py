"""One run of one side, told as JSON: peers.py <side> <folder> <nodes>."""

import array
import json
import os
import resource
import sys
import time

import igraph
import leidenalg

side, folder, nodes = sys.argv[1], sys.argv[2], int(sys.argv[3])


def column(name):
    values = array.array("i")
    with open(os.path.join(folder, name), "rb") as file:
        values.frombytes(file.read())
    return values


began = time.perf_counter()
graph = igraph.Graph(n=nodes, edges=list(zip(column("x.bin"), column("y.bin"))))
build_seconds = time.perf_counter() - began

started = time.perf_counter()
if side == "igraph":
    found = graph.community_leiden(objective_function="modularity", n_iterations=2).membership
    version = igraph.__version__
else:
    found = leidenalg.find_partition(graph, leidenalg.ModularityVertexPartition, n_iterations=2, seed=1).membership
    version = leidenalg.version
seconds = time.perf_counter() - started

with open(os.path.join(folder, f"{side}.bin"), "wb") as file:
    file.write(array.array("i", found).tobytes())
rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
print(json.dumps({"seconds": seconds, "buildSeconds": build_seconds, "rssMb": rss, "version": str(version)}))
