import { checkCancelled } from '../errors.ts';
import type { DocumentSource, Reader } from '../reading/reader.ts';
import type { CorpusName, DocumentName } from '../scene/name.ts';
import { documentId, type Language } from '../scene/scene.ts';
import type { WriteReport } from '../store/graph-store.ts';
import { type CoupleOptions, coupleCorpus } from './couple-job.ts';
import type { JobContext } from './job.ts';

export interface ReadRequest extends CoupleOptions {
  readonly corpus: CorpusName;
  readonly name: DocumentName;
  readonly source: DocumentSource;
  /** Told by the text where it is left out. */
  readonly lang?: Language | undefined;
}

export interface ReadReport extends WriteReport {
  readonly lang: Language;
  /** Of the document. */
  readonly scenes: number;
  /** Couplings that were made or changed, those to other documents included. */
  readonly couplings: number;
  /** What the reader had to do that a person would want to know. */
  readonly notices: readonly string[];
}

/**
 * Reads one document into the store, whole or not at all, and couples what waits in its corpus. Interrupted between
 * the two, the document stays and a later run couples it. The same bytes again change nothing.
 * @throws HypersceneError what {@link Reader.read} throws, STORE_FAILED, DISK_FULL, CANCELLED
 */
export const readIntoCorpus = async (
  context: JobContext & { readonly reader: Reader },
  { corpus, name, source, lang, couplingsMax }: ReadRequest,
): Promise<ReadReport> => {
  checkCancelled(context);
  const { reader, store, signal, onProgress } = context;
  const reading = await reader.read(source, {
    document: documentId(corpus, name),
    lang,
    markup: /\.(?:md|markdown)$/iu.test(name) ? 'markdown' : undefined,
    signal,
    onProgress: ({ stage, bytes, bytesTotal }) => {
      if (stage === 'reading' && bytesTotal !== null)
        onProgress?.({ stage, subject: name, done: bytes, total: bytesTotal, unit: 'bytes' });
    },
  });
  try {
    const { sha256, bytes } = reading;
    const written = await store.writeDocument({ corpus, name, lang: reading.lang, sha256, bytes }, reading.parts());
    const coupled = await coupleCorpus(context, corpus, { couplingsMax });
    const [document] = await store.documentsById([written.document]);
    return {
      ...written,
      lang: reading.lang,
      scenes: written.scenesAdded + written.scenesKept,
      couplings: coupled.added,
      notices: document?.notices ?? [],
    };
  } finally {
    await reading.dispose();
  }
};
