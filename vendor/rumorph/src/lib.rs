//! The Russian morphological analyser `rumorph` behind a C interface of five functions, so that a
//! host without bindings can drive it.
//!
//! # Protocol
//!
//! 1. `alloc` a buffer as large as the dictionary, write the dictionary into it, `load` it.
//!    A loaded dictionary is used in place, and the module keeps the buffer for good.
//! 2. `alloc` a buffer for tokens once, and use it again for every sentence.
//! 3. Write the tokens of one sentence as UTF-8, separated by `\n`, call `analyse`, and read
//!    `output_length` bytes from the address it returned, before the next call of any function.
//!
//! Leave out empty tokens: they get an empty line, but count as neighbours of the others.
//!
//! Every call can grow the memory of the module, which detaches views of it: make a new view
//! after each call.
//!
//! # Output
//!
//! One line per token, each ended with `\n`: as many lines as the input has `\n`, plus one.
//! A line has five fields, separated by `\t`:
//!
//! | field       | meaning                                                                 |
//! |-------------|-------------------------------------------------------------------------|
//! | lemma       | the lemma, in lower case                                                |
//! | POS         | the part of speech of Universal Dependencies                            |
//! | features    | `Name=Value`, joined by `\|`, of the features in [`FEATURES`]; may be empty |
//! | probability | of this analysis among all of the token's, 0 to 1 with four decimals    |
//! | source      | `dictionary`, `rule` (numbers, signs, Latin) or `guess` (by the ending) |
//!
//! A token without an analysis (it is empty, or has a space, a control character or an invisible
//! character in it) has an empty line.

use std::alloc::{Layout, alloc as allocate, dealloc as deallocate};
use std::cell::RefCell;
use std::fmt::Write;

use rumorph::{Analysis, Dictionary, SENTENCE_CHUNK};

/// The features in the output, in this order.
const FEATURES: [&str; 12] = [
    "Case", "Gender", "Number", "VerbForm", "Tense", "Aspect", "Voice", "Variant", "Animacy",
    "Person", "Polarity", "Mood",
];

/// The longest input `analyse` takes, in bytes; it bounds the memory one call can need.
const MAX_INPUT: usize = 1 << 20;

/// An output buffer larger than this is given back before the next call.
const KEPT_OUTPUT: usize = 1 << 20;

/// Alignment of the buffers; rumorph reads a dictionary in place if it is aligned to 8.
const ALIGNMENT: usize = 16;

/// `load`: the dictionary is loaded.
const LOADED: i32 = 0;
/// `load`: the dictionary is loaded, but has no context model; `context` has no effect.
const LOADED_WITHOUT_CONTEXT: i32 = 1;
/// `load`: the bytes are not a dictionary, or are damaged.
const NOT_A_DICTIONARY: i32 = -1;
/// `load`: this instance has a dictionary already.
const ALREADY_LOADED: i32 = -2;

#[derive(Default)]
struct Engine {
    dictionary: Option<Dictionary>,
    output: String,
}

thread_local! {
    static ENGINE: RefCell<Engine> = RefCell::default();
}

fn layout(length: usize) -> Option<Layout> {
    Layout::from_size_align(length.max(1), ALIGNMENT).ok()
}

/// Allocates `length` bytes, aligned to 16; null if there is no memory.
#[unsafe(no_mangle)]
pub extern "C" fn alloc(length: usize) -> *mut u8 {
    match layout(length) {
        // SAFETY: the size of the layout is not zero.
        Some(layout) => unsafe { allocate(layout) },
        None => std::ptr::null_mut(),
    }
}

/// Frees a buffer of `alloc`; null is ignored.
///
/// # Safety
///
/// `pointer` and `length` are those of one `alloc`, not freed yet, and not handed to a `load`
/// that succeeded.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dealloc(pointer: *mut u8, length: usize) {
    if let Some(layout) = layout(length).filter(|_| !pointer.is_null()) {
        // SAFETY: the caller's promise.
        unsafe { deallocate(pointer, layout) }
    }
}

/// Loads the dictionary: 0 loaded, 1 loaded without a context model, -1 not a dictionary or
/// damaged, -2 already loaded. On 0 and 1 the module owns the buffer; otherwise the caller still
/// does, and should free it.
///
/// # Safety
///
/// `pointer` and `length` are those of one `alloc`. If the dictionary is loaded, the buffer is
/// never written to or freed again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn load(pointer: *const u8, length: usize) -> i32 {
    if pointer.is_null() {
        return NOT_A_DICTIONARY;
    }
    ENGINE.with_borrow_mut(|engine| {
        if engine.dictionary.is_some() {
            return ALREADY_LOADED;
        }
        // SAFETY: the caller's promise; if loading fails, nothing keeps the slice.
        let bytes: &'static [u8] = unsafe { std::slice::from_raw_parts(pointer, length) };
        let Ok(dictionary) = Dictionary::from_static(bytes) else {
            return NOT_A_DICTIONARY;
        };
        // The context model is unpacked on first use: here, and not in the first sentence.
        let context = dictionary.analyze_sentence(&["да"]).is_ok();
        engine.dictionary = Some(dictionary);
        if context {
            LOADED
        } else {
            LOADED_WITHOUT_CONTEXT
        }
    })
}

/// Analyses the tokens of one sentence, separated by `\n`, and returns the address of the output
/// (see the module's documentation), which stays valid until the next call. `context` other than
/// 0 ranks the analyses of a token by its neighbours, 0 by the frequencies of the dictionary.
///
/// Returns null, and the output is empty, if no dictionary is loaded, or if the input is longer
/// than 1 MiB or not UTF-8.
///
/// # Safety
///
/// `length` bytes at `pointer` are readable; they are not kept.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn analyse(pointer: *const u8, length: usize, context: i32) -> *const u8 {
    ENGINE.with_borrow_mut(|engine| {
        let Engine { dictionary, output } = engine;
        if output.capacity() > KEPT_OUTPUT {
            *output = String::new();
        }
        output.clear();
        if pointer.is_null() || length > MAX_INPUT {
            return std::ptr::null();
        }
        // SAFETY: the caller's promise.
        let input = unsafe { std::slice::from_raw_parts(pointer, length) };
        match (dictionary, std::str::from_utf8(input)) {
            (Some(dictionary), Ok(input)) => {
                write_analyses(dictionary, input, context != 0, output);
                output.as_ptr()
            }
            _ => std::ptr::null(),
        }
    })
}

/// The length of the output of the last `analyse`, in bytes.
#[unsafe(no_mangle)]
pub extern "C" fn output_length() -> usize {
    ENGINE.with_borrow(|engine| engine.output.len())
}

/// Writes a line for each token of `input`.
fn write_analyses(dictionary: &Dictionary, input: &str, context: bool, output: &mut String) {
    let tokens: Vec<&str> = input.split('\n').collect();
    // rumorph cuts a sentence into the same chunks; cutting it here bounds the memory.
    for chunk in tokens.chunks(SENTENCE_CHUNK) {
        let ranked = if context {
            dictionary.analyze_sentence(chunk).ok()
        } else {
            None
        };
        match ranked {
            Some(ranked) => {
                for analyses in &ranked {
                    write_line(dictionary, analyses.first(), output);
                }
            }
            None => {
                for token in chunk {
                    write_line(dictionary, dictionary.analyze(token).first(), output);
                }
            }
        }
    }
}

/// Writes the line of a token: empty, if it has no analysis, or one that would break the format.
fn write_line(dictionary: &Dictionary, analysis: Option<&Analysis>, output: &mut String) {
    let usable = analysis.filter(|analysis| !analysis.lemma.contains(['\n', '\t']));
    if let Some(analysis) = usable
        && let Some(tag) = dictionary.ud_tag(analysis.ud)
    {
        output.push_str(&analysis.lemma);
        output.push('\t');
        output.push_str(tag.pos());
        output.push('\t');
        let present = FEATURES
            .iter()
            .filter_map(|name| Some((name, tag.feat(name)?)));
        for (index, (name, value)) in present.enumerate() {
            if index > 0 {
                output.push('|');
            }
            output.push_str(name);
            output.push('=');
            output.push_str(value);
        }
        let source = analysis.source.as_str();
        // Writing to a string does not fail.
        let _ = write!(output, "\t{:.4}\t{source}", analysis.prob);
    }
    output.push('\n');
}
