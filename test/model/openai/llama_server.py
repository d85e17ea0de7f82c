"""llama.cpp's own server over a model, until standard input ends: MODEL CONTEXT SLOTS KEY generate|embed."""

import os
import sys

import xllamacpp

model, context, slots, key, task = sys.argv[1:]
params = xllamacpp.CommonParams()
params.model.path = model
params.n_ctx = int(context) * int(slots)
params.n_parallel = int(slots)
params.hostnames = ["127.0.0.1"]
params.port = 0
params.api_keys = [key]
params.endpoint_slots = True
params.embedding = task == "embed"
# More threads than free cores wait for one another: with two on a busy machine a token took 4 s instead of 30 ms.
params.cpuparams.n_threads = 1
params.cpuparams_batch.n_threads = 1
if task == "embed":
    params.pooling_type = xllamacpp.llama_pooling_type.LLAMA_POOLING_TYPE_MEAN
server = xllamacpp.Server(params)
print(f"listening at {server.listening_address}", flush=True)
sys.stdin.read()
os._exit(0)
