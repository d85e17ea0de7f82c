import { randomUUID } from 'node:crypto';
import { rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { readKeyFile } from '../access/key-file.ts';
import { isLoopback } from '../access/loopback.ts';
import { type Config, unknownVariables } from '../config.ts';
import { HypersceneError } from '../errors.ts';
import { checkRedis } from '../main/check-redis.ts';
import { keysFile } from '../main/keys-file.ts';
import { openDatabase, openMigrator, openReader, openTokenizer } from '../main.ts';
import { figureOf } from '../scene/figure.ts';
import { hyperlexeme } from '../scene/hyperlexeme.ts';
import { corpusName, documentName } from '../scene/name.ts';
import { documentId, type Language, type Scene } from '../scene/scene.ts';
import { checkMigrations, type MigrationStatus } from '../store/migrate.ts';
import { makePrivateFolder } from '../store/private-folder.ts';
import { checkClock, checkDisk, checkMemory } from './checks/check-machine.ts';
import { checkTraces } from './checks/check-traces.ts';
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

/** A graph that is there is looked at and left as it is; a new one is made, since only that shows that it can be. */
const checkStore = async (session: Session): Promise<string> => {
  const config = session.config();
  const migrator = await openMigrator(config);
  let statuses: readonly MigrationStatus[];
  try {
    statuses = await migrator.status();
  } finally {
    await migrator.close();
  }
  checkMigrations(statuses);
  const pending = statuses.filter(({ state }) => state === 'pending').map(({ name }) => name);
  if (pending.length === statuses.length) return makeStore(config);
  const { location } = migrator;
  if (pending.length > 0)
    throw new HypersceneError('MIGRATION_PENDING', 'migrations are not applied', {
      at: location,
      came: pending.join(', '),
    });
  return `${config.store.kind}, ${location}, ${statuses.length} migrations applied`;
};

const makeStore = async (config: Config): Promise<string> => {
  const database = await openDatabase(config);
  await database.close();
  return `${database.kind}, ${database.location}, new`;
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

const checkPorts = async (session: Session): Promise<string> => {
  const { host, port, operations } = session.config();
  const addresses = [{ host, port }, operations.metrics?.listen].filter((address) => address != null);
  for (const address of addresses) await checkPort(address);
  return `${addresses.map((address) => `${address.host}:${address.port}`).join(' and ')} free`;
};

const checkPort = async ({ host, port }: { readonly host: string; readonly port: number }): Promise<void> => {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen({ host, port }, resolve);
  }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'EADDRINUSE') throw cause;
    throw new HypersceneError('PORT_IN_USE', `port ${port} of ${host} is in use`, { expected: 'a free port', cause });
  });
  await new Promise((resolve) => server.close(resolve));
};

/** The queue of jobs is the only part that asks for Redis. */
const checkQueue = async (session: Session): Promise<string> => {
  const { redis } = session.config().jobs;
  return redis === null ? 'not used: the process that serves runs jobs itself' : checkRedis(redis);
};

/** Read by others as well, hashes of keys still tell who may come in, and writable by them, they let anyone. */
const checkKeys = async (session: Session): Promise<string> => {
  const config = session.config();
  const path = keysFile(config);
  const { openAuthentication } = await import('../main/authentication.ts');
  const [keys, { isOpen }] = [await readKeyFile(path), await openAuthentication(config)];
  if (isOpen) {
    if (isLoopback(config.host)) return 'none: whoever is on this machine may do everything';
    throw new HypersceneError('BAD_CONFIG', 'no keys, and other machines could connect', { came: config.host });
  }
  const mode = keys === null ? 0 : (await stat(path)).mode & 0o077;
  if (mode !== 0 && process.platform !== 'win32')
    throw new HypersceneError('BAD_KEY_FILE', 'others may read or change the file of keys', {
      expected: 'mode 600',
      came: `mode ${((await stat(path)).mode & 0o777).toString(8)}`,
      at: path,
    });
  const expired = (keys ?? []).filter(({ expires }) => expires !== null && Date.parse(expires) <= Date.now()).length;
  const count = keys?.length ?? 0;
  const tokens = config.access.webTokens === null ? '' : `, tokens of ${config.access.webTokens.issuer}`;
  return `${count} ${count === 1 ? 'key' : 'keys'}${expired === 0 ? '' : `, ${expired} of them expired`}${tokens}`;
};

export const CHECKS: readonly HealthCheck[] = [
  { name: 'node', advice: 'install Node 24 or newer', run: checkNode },
  {
    name: 'memory',
    advice: 'raise the memory limit of the container, or run it on a larger machine',
    run: () => checkMemory(),
  },
  { name: 'settings', advice: '`hyperscene doctor --config` lists them', run: checkSettings },
  {
    name: 'data folder',
    advice: 'choose another with --data or HYPERSCENE_DATA, or change its rights',
    run: checkFolder,
  },
  {
    name: 'clock',
    advice: 'set the clock, best by NTP',
    run: (session) => checkClock(session.config().dataDir, Date.now()),
  },
  {
    name: 'disk',
    advice: 'free some room, or choose another folder with --data',
    run: (session) => checkDisk(session.config().dataDir),
  },
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
  { name: 'keys', advice: '`hyperscene key create` makes one; `chmod 600` shuts the file', run: checkKeys },
  { name: 'redis', advice: 'look at REDIS_URL and HYPERSCENE_REDIS_PASSWORD', run: checkQueue },
  {
    name: 'traces',
    advice: 'look at OTEL_EXPORTER_OTLP_ENDPOINT and OTEL_EXPORTER_OTLP_HEADERS; OTEL_SDK_DISABLED=true sends none',
    run: (session) => checkTraces(session.config().traces),
  },
  {
    name: 'port',
    advice: 'stop what listens there, or choose another with --port, HYPERSCENE_PORT or HYPERSCENE_METRICS_PORT',
    run: checkPorts,
  },
];
