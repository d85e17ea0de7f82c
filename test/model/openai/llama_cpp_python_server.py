"""llama-cpp-python's server over a model, until standard input ends: MODEL CONTEXT KEY generate|embed mark|bare."""

import os
import sys
import threading

import uvicorn
from llama_cpp.server.app import create_app
from llama_cpp.server.settings import ModelSettings, ServerSettings

model, context, key, task, beginning = sys.argv[1:]


def end_with_input() -> None:
    sys.stdin.read()
    os._exit(0)


threading.Thread(target=end_with_input, daemon=True).start()
settings = ModelSettings(
    model=model,
    n_ctx=int(context),
    n_threads=1,
    n_threads_batch=1,
    logits_all=task == "generate",
    embedding=task == "embed",
    kv_overrides=["tokenizer.ggml.add_bos_token=bool:true"] if beginning == "mark" else None,
    verbose=False,
)
app = create_app(server_settings=ServerSettings(api_key=key), model_settings=[settings])
uvicorn.run(app, host="127.0.0.1", port=0)
