import type { Command } from 'commander';
import { HypersceneError } from '../../errors.ts';
import { type Application, openModelAlone } from '../../main.ts';
import type { ModelContext } from '../../worker/model/model-context.ts';
import type { Session } from '../session.ts';

/** By what a model answers. */
export interface CallOptions {
  readonly pack?: string;
  readonly adapter?: string;
  readonly reproducible?: boolean;
}

export const addCallOptions = (command: Command): Command =>
  command
    .option('--pack <name>', 'pack whose rows and adapter are used, of the folder HYPERSCENE_PACKS')
    .option('--adapter <name>', "pack whose adapter is used in place of that pack's own; none for none")
    .option('--reproducible', 'the same bytes every time on the same machine: runs alone and from an empty cache');

/** `useful`: it is opened unless another process has it, since only rows that may come out are looked up in it. */
export type GraphNeed = 'needed' | 'useful' | 'none';

/** Opens the model, and the graph where it is needed: beside a server that has it open, what needs none works. */
export const withModel = async <T>(
  session: Session,
  { graph, ...options }: CallOptions & { readonly graph: GraphNeed },
  work: (context: ModelContext) => Promise<T>,
): Promise<T> => {
  const run = async ({ store, reader, model }: Opened): Promise<T> =>
    work({ store, reader, model: await model.open(), call: callOf(session, options) });
  if (graph === 'none') return alone(session, run);
  let isOpen = false;
  try {
    return await session.withApplication((application) => {
      isOpen = true;
      return run(application);
    });
  } catch (error) {
    const isLocked = error instanceof HypersceneError && error.code === 'STORE_LOCKED';
    if (isOpen || graph === 'needed' || !isLocked) throw error;
  }
  session.note('another process has the graph open: rows are told by their figures, without the numbers of codes');
  return alone(session, run);
};

type Opened = Pick<Application, 'store' | 'reader' | 'model'>;

const callOf = (session: Session, { pack, adapter, reproducible }: CallOptions): ModelContext['call'] => ({
  client: session.config().workspace,
  workspace: session.config().workspace,
  pack: pack ?? null,
  adapter,
  reproducible: reproducible === true,
  signal: session.signal,
});

const alone = async <T>(session: Session, work: (opened: Opened) => Promise<T>): Promise<T> => {
  const application = await openModelAlone(session.config(), session.onModelProgress);
  try {
    return await work(application);
  } finally {
    session.endProgress();
    await application.close();
  }
};
