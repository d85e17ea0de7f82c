import { checkCancelled, HypersceneError } from '../errors.ts';
import type { WorkspaceName } from '../scene/name.ts';
import type { ServingNote } from '../server/serving-note.ts';
import { splitLines } from '../store/backup/backup-lines.ts';
import { parseHeader, SCENE_LINE } from '../store/backup/format.ts';
import type { BackupSource } from './backup-source.ts';

/** Characters handed on at once. */
const TEXT_UNITS = 2 ** 18;

export interface RemoteRequest {
  readonly note: ServingNote;
  /** None for all. */
  readonly workspaces: readonly WorkspaceName[];
  /** What to say when the process that has the store locked does not serve: the note is then an earlier one's. */
  readonly locked: HypersceneError;
  readonly signal: AbortSignal;
}

/**
 * The backup as the process tells it that has the store locked.
 * @throws HypersceneError `locked`; STORE_CONFLICT while that process gives another backup
 */
export const askForBackup = async ({ note, workspaces, locked, signal }: RemoteRequest): Promise<BackupSource> => {
  const { url, token } = note;
  const address = new URL('/backup', url);
  for (const name of workspaces) address.searchParams.append('workspace', name);
  const leaving = new AbortController();
  const response = await fetch(address, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.any([leaving.signal, signal]),
  }).catch(() => null);
  if (response?.status === 409)
    throw new HypersceneError('STORE_CONFLICT', 'another backup of this store is under way', { at: url });
  if (!response?.ok || response.body === null) throw locked;
  const { body } = response;
  return {
    produce: (write, onScenes, signal) => passOn(body, write, onScenes, signal),
    close: async () => leaving.abort(),
  };
};

/** What comes is checked once it lies in the file; a connection that breaks is a file without its end. */
const passOn = async (
  body: AsyncIterable<Uint8Array>,
  write: (text: string) => Promise<void>,
  onScenes: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<void> => {
  let total: number | null = null;
  let scenes = 0;
  let text = '';
  const flush = async (): Promise<void> => {
    onScenes(scenes, total ?? 0);
    await write(text);
    text = '';
  };
  for await (const bytes of arriving(body, signal)) {
    const line = bytes.toString('utf8');
    total ??= parseHeader(line).scenes;
    if (line.startsWith(SCENE_LINE)) scenes += 1;
    text += `${line}\n`;
    if (text.length >= TEXT_UNITS) await flush();
  }
  await flush();
};

async function* arriving(body: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<Buffer> {
  try {
    for await (const line of splitLines(body)) {
      checkCancelled({ signal });
      yield line;
    }
  } catch (error) {
    if (error instanceof HypersceneError && error.code !== 'BACKUP_UNREADABLE') throw error;
    throw new HypersceneError('STORE_FAILED', 'the process that serves the store broke off', {
      came: error instanceof Error ? error.message : String(error),
      cause: error,
    });
  }
}
