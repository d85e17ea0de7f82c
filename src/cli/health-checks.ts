import { randomUUID } from 'node:crypto';
import { rm, statfs, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { unknownVariables } from '../config.ts';
import { HypersceneError } from '../errors.ts';
import { openDatabase, openReader, openTokenizer } from '../main.ts';
import { figureOf } from '../scene/figure.ts';
import { hyperlexeme } from '../scene/hyperlexeme.ts';
import { corpusName, documentName } from '../scene/name.ts';
import { documentId, type Language, type Scene } from '../scene/scene.ts';
import { makePrivateFolder } from '../store/private-folder.ts';
import type { Session } from './session.ts';

/** One thing that must be there for the program to work. */
export interface HealthCheck {
  readonly name: string;
  /** What to do when it is not. */
  readonly advice: string;
  /** @returns what was found; throws what is wrong */
  readonly run: (session: Session) => Promise<string>;
}

const NODE_MAJOR_MIN = 24;
/** A novel takes some 10 MB of graph; below this a few hours of reading fill the disk. */
const FREE_BYTES_MIN = 500 * 2 ** 20;

const checkNode = async (): Promise<string> => {
  if (Number.parseInt(process.versions.node, 10) >= NODE_MAJOR_MIN) return `${process.version} at ${process.execPath}`;
  throw new HypersceneError('MISSING_ASSET', 'Node is too old', {
    expected: `${NODE_MAJOR_MIN} or newer`,
    came: process.version,
  });
};

const checkSettings = async (session: Session): Promise<string> => {
  session.config();
  const unknown = unknownVariables(session.env);
  if (unknown.length === 0) return 'valid';
  throw new HypersceneError('BAD_CONFIG', 'no such setting', { came: unknown.join(', ') });
};

const checkFolder = async (session: Session): Promise<string> => {
  const { dataDir } = session.config();
  const probe = join(dataDir, `.probe-${randomUUID()}`);
  await makePrivateFolder(dataDir);
  await writeFile(probe, 'writable');
  await rm(probe);
  return dataDir;
};

const checkDisk = async (session: Session): Promise<string> => {
  const { bavail, bsize } = await statfs(session.config().dataDir);
  const free = bavail * bsize;
  const shown = `${(free / 2 ** 30).toFixed(1)} GiB free`;
  if (free >= FREE_BYTES_MIN) return shown;
  throw new HypersceneError('DISK_FULL', 'little room is left', { expected: '0.5 GiB', came: shown });
};

const checkStore = async (session: Session): Promise<string> => {
  const database = await openDatabase(session.config());
  await database.close();
  return `${database.kind}, ${database.location}`;
};

const SENTENCES: Readonly<Record<Language, string>> = {
  ru: 'Старый царь стоял у двери и молчал.',
  en: 'The old prince stood at the door in silence.',
};

/** Dictionary, lexicons and grammar of a language all take part in finding who acts. */
const checkReader = async (session: Session, lang: Language): Promise<string> => {
  const reader = await openReader(session.config());
  try {
    const document = documentId(corpusName('doctor'), documentName(lang));
    await using reading = await reader.read({ text: SENTENCES[lang] }, { document, lang, signal: session.signal });
    const scenes: Scene[] = [];
    for await (const part of reading.parts()) if (part.type === 'scenes') scenes.push(...part.scenes);
    const [scene] = scenes;
    if (!scene?.agent)
      throw new HypersceneError('MISSING_ASSET', 'the reader finds no agent', { at: JSON.stringify(SENTENCES[lang]) });
    return `reads ${JSON.stringify(SENTENCES[lang])}: agent ${scene.agent.entity}, ${hyperlexeme(figureOf(scene), lang)}`;
  } finally {
    await reader.close();
  }
};

const checkPort = async (session: Session): Promise<string> => {
  const { host, port } = session.config();
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen({ host, port }, resolve);
  });
  await new Promise((resolve) => server.close(resolve));
  return `${host}:${port} is free`;
};

export const CHECKS: readonly HealthCheck[] = [
  { name: 'node', advice: 'install Node 24 or newer', run: checkNode },
  { name: 'settings', advice: '`hyperscene doctor --config` lists them', run: checkSettings },
  {
    name: 'data folder',
    advice: 'choose another with --data or HYPERSCENE_DATA, or change its rights',
    run: checkFolder,
  },
  { name: 'disk', advice: 'free some room, or choose another folder with --data', run: checkDisk },
  {
    name: 'store',
    advice: 'its message says what to do; --data chooses another folder, HYPERSCENE_STORE another kind',
    run: checkStore,
  },
  { name: 'russian', advice: 'install the package again', run: (session) => checkReader(session, 'ru') },
  { name: 'english', advice: 'install the package again', run: (session) => checkReader(session, 'en') },
  {
    name: 'tokenizer',
    advice: 'install the package again',
    run: async () => {
      const { name, count } = await openTokenizer();
      return `${name}, ${count(SENTENCES.ru)} positions for a Russian sentence, ${count(SENTENCES.en)} for an English one`;
    },
  },
  { name: 'port', advice: 'stop what listens there, or choose another with --port or HYPERSCENE_PORT', run: checkPort },
];
