import { checkCancelled, HypersceneError } from '../errors.ts';
import type { DocumentSource, Reader } from '../reading/reader.ts';
import type { CorpusName, DocumentName } from '../scene/name.ts';
import { documentId, type Language } from '../scene/scene.ts';
import type { WriteReport } from '../store/graph-store.ts';
import { type CoupleOptions, coupleCorpus } from './couple-job.ts';
import type { JobContext } from './job.ts';
import { beginFilling, type FacetsFilled, type FillSource, type ModelFacetsRequest } from './model/model-facets.ts';

export interface ReadRequest extends CoupleOptions {
  readonly corpus: CorpusName;
  readonly name: DocumentName;
  readonly source: DocumentSource;
  /** Told by the text where it is left out. */
  readonly lang?: Language | undefined;
  /** Facets that the reader is unsure of are asked of the model; by default none. */
  readonly modelFacets?: ModelFacetsRequest | undefined;
}

export interface ReadReport extends WriteReport {
  readonly lang: Language;
  /** Of the document. */
  readonly scenes: number;
  /** Couplings that were made or changed, those to other documents included. */
  readonly couplings: number;
  /** What the reader had to do that a person would want to know. */
  readonly notices: readonly string[];
  /** What the model filled; null where it was not asked, as of what is unchanged. */
  readonly modelFacets: FacetsFilled | null;
}

/** @param fill left out by whoever never asks a model */
export type ReadContext = JobContext & { readonly reader: Reader; readonly fill?: FillSource | undefined };

const fillContext = ({ fill, ...context }: ReadContext): ReadContext & { readonly fill: FillSource } => {
  if (fill === undefined) throw new HypersceneError('INTERNAL', 'nothing to fill facets with');
  return { ...context, fill };
};

/**
 * Reads one document into the store, whole or not at all, and couples what waits in its corpus. Interrupted between
 * the two, the document stays and a later run couples it. The same bytes again change nothing, unless another model fills their weak
 * facets than did before, or none any more. A model is asked before the store is locked; interrupted, a later run asks it for the rest.
 * @throws HypersceneError what {@link Reader.read} and {@link beginFilling} throw, the errors of a model, STORE_FAILED, DISK_FULL, CANCELLED
 */
export const readIntoCorpus = async (
  context: ReadContext,
  { corpus, name, source, lang, couplingsMax, modelFacets }: ReadRequest,
): Promise<ReadReport> => {
  checkCancelled(context);
  const { reader, store, signal, onProgress } = context;
  const id = documentId(corpus, name);
  const filling = modelFacets && (await beginFilling(fillContext(context), { document: id, name }, modelFacets));
  const reading = await reader.read(source, {
    document: id,
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
    const input = { corpus, name, lang: reading.lang, sha256, bytes, filledBy: filling?.filledBy ?? null };
    const written = await store.writeDocument(input, filling?.parts(reading) ?? reading.parts());
    await filling?.done();
    const coupled = await coupleCorpus(context, corpus, { couplingsMax });
    const [document] = await store.documentsById([written.document]);
    return {
      ...written,
      lang: reading.lang,
      scenes: written.scenesAdded + written.scenesKept,
      couplings: coupled.added,
      notices: document?.notices ?? [],
      modelFacets: filling?.report() ?? null,
    };
  } finally {
    await filling?.leave();
    await reading.dispose();
  }
};
