import { setFlagsFromString } from 'node:v8';

// Keeps V8 13.6 from compiling calls out of WebAssembly (undici's parser): where many threads come and go in one process, freeing
// such code ended a process of Jest with `Check failed: jit_page.has_value()`. No thread takes it as a flag of the program.
setFlagsFromString('--wasm-wrapper-tiering-budget=2147483647');
