import { HypersceneError } from '../../errors.ts';

/** Where a base model is. */
export type ModelAddress = DefaultAddress | FileAddress | HubAddress;

export interface DefaultAddress {
  readonly kind: 'default';
}

export interface FileAddress {
  readonly kind: 'file';
  readonly path: string;
}

/** A file of a hub of models, as Hugging Face's. */
export interface HubAddress {
  readonly kind: 'hub';
  readonly owner: string;
  readonly repo: string;
  /** Within the repository, with `/` between folders. */
  readonly file: string;
  /** A branch, a tag or a commit. */
  readonly revision: string;
  /** 64 digits; null: as the hub says. */
  readonly sha256: string | null;
}

const HUB =
  /^hf:(?<owner>[^/@#]+)\/(?<repo>[^/@#]+)\/(?<file>[^@#]+)(?:@(?<revision>[^@#]+))?(?:#sha256=(?<sha256>[\da-f]{64}))?$/u;
/** None is `.` or `..`, hidden, an option or a device: it becomes the name of a file here. */
const NAME = /^[A-Za-z\d_][\w.+=-]{0,127}$/u;
const EXPECTED = 'default, hf:OWNER/REPO/FILE.gguf[@REVISION][#sha256=…], or a path that ends in .gguf';
const MAIN = 'main';

const SHARD = /^(?<stem>.+)-(?<at>\d{5})-of-(?<of>\d{5})(?<end>\.gguf)$/iu;
/** The largest models known come in some 150. */
const SHARDS_MAX = 1000;

/** @throws HypersceneError BAD_MODEL_ADDRESS */
export const parseModelAddress = (text: string): ModelAddress => {
  if (text === 'default') return { kind: 'default' };
  if (text.startsWith('hf:')) return parseHubAddress(text);
  if (!/\.gguf$/iu.test(text) || text.includes('\0')) throw badAddress(text, EXPECTED);
  return { kind: 'file', path: text };
};

const parseHubAddress = (text: string): HubAddress => {
  const { owner, repo, file, revision = MAIN, sha256 = null } = HUB.exec(text)?.groups ?? {};
  if (owner === undefined || repo === undefined || file === undefined) throw badAddress(text, EXPECTED);
  const names = [owner, repo, ...file.split('/'), ...revision.split('/')];
  const bad = names.find((name) => !NAME.test(name));
  if (bad !== undefined)
    throw badAddress(
      text,
      `names of letters, digits and "._+=-", none of which begins with a dot, and not ${quote(bad)}`,
    );
  if (!/\.gguf$/iu.test(file)) throw badAddress(text, 'a file that ends in .gguf');
  if (sha256 !== null && shardsOf(file).length > 1) throw badAddress(text, 'no sha256 for a model in several files');
  return { kind: 'hub', owner, repo, file, revision, sha256 };
};

export const formatModelAddress = (address: ModelAddress): string => {
  if (address.kind === 'default') return 'default';
  if (address.kind === 'file') return address.path;
  const { owner, repo, file, revision, sha256 } = address;
  const at = revision === MAIN ? '' : `@${revision}`;
  return `hf:${owner}/${repo}/${file}${at}${sha256 === null ? '' : `#sha256=${sha256}`}`;
};

/**
 * The files of a model, of which any may be named: `a-00002-of-00003.gguf` → those of all three; else the one itself.
 * @throws HypersceneError BAD_MODEL_ADDRESS for more than 1000, or one that is not among them
 */
export const shardsOf = (file: string): readonly string[] => {
  const { stem, at, of, end } = SHARD.exec(file)?.groups ?? {};
  if (stem === undefined || of === undefined || end === undefined) return [file];
  const count = Number(of);
  if (count < 1 || count > SHARDS_MAX || Number(at) < 1 || Number(at) > count)
    throw badAddress(file, `a part from 1 to the number of all, which is ${SHARDS_MAX} at most`);
  return Array.from({ length: count }, (_, index) => `${stem}-${String(index + 1).padStart(5, '0')}-of-${of}${end}`);
};

const quote = (text: string): string => JSON.stringify(text.slice(0, 200));

const badAddress = (text: string, expected: string): HypersceneError =>
  new HypersceneError('BAD_MODEL_ADDRESS', 'not the address of a model', { expected, came: quote(text) });
