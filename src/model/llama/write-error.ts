import { HypersceneError } from '../../errors.ts';
import { systemCode } from './system-code.ts';

const FULL: ReadonlySet<string | null> = new Set(['ENOSPC', 'EDQUOT']);
const CLOSED: ReadonlySet<string | null> = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENAMETOOLONG']);

/** What the system says of a file in the folder of models, as DISK_FULL or UNWRITABLE_FILE; null for anything else. */
export const writeErrorOf = (error: unknown, at: string): HypersceneError | null => {
  const code = systemCode(error);
  if (FULL.has(code)) return diskFull(at, error);
  if (!CLOSED.has(code)) return null;
  return new HypersceneError('UNWRITABLE_FILE', 'the model cannot be kept', {
    at,
    expected: 'a folder that can be written to, or another one as HYPERSCENE_MODELS',
    came: String(code),
    cause: error,
  });
};

/** @param needed bytes, where they are known */
export const diskFull = (at: string, cause: unknown, needed: bigint | null = null): HypersceneError =>
  new HypersceneError('DISK_FULL', 'the disk is full', {
    at,
    expected: `${needed === null ? 'space for the model' : `${needed} bytes free`}, or another folder as HYPERSCENE_MODELS`,
    cause,
  });
