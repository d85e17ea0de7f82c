import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fastify } from 'fastify';
import neo4j, { type Driver } from 'neo4j-driver';
import { DEFAULT_WORKSPACE, workspaceName } from '../../../src/scene/name.ts';
import { addHealthRoutes, storeCheck } from '../../../src/server/health-routes.ts';
import { LABELS } from '../../../src/store/cypher/label.ts';
import { query } from '../../../src/store/cypher/query.ts';
import type { CypherReader } from '../../../src/store/cypher-engine.ts';
import { migrate, migrationStatus } from '../../../src/store/migrate.ts';
import { loadMigrations, MIGRATIONS_FOLDER, type Migration } from '../../../src/store/migration-files.ts';
import { Neo4jEngine } from '../../../src/store/neo4j/neo4j-engine.ts';
import { openNeo4jMigrator, openNeo4jStore } from '../../../src/store/neo4j/open-neo4j-store.ts';
import { CORPUS, RUSSIAN, write } from '../../conformance/prose.ts';
import { classArchive } from '../../neo4j/class-archive.ts';
import { neo4jJars } from '../../neo4j/neo4j-jars.ts';
import { type Neo4jServer, startNeo4jServer } from '../../neo4j/neo4j-server.ts';
import { storeOptions } from '../../neo4j/store-options.ts';

/** A server of its own: these tests take migrations away and change them. */
let server: Neo4jServer;
let folder: string;
let driver: Driver;

const startServer = async (port?: number): Promise<Neo4jServer> => {
  const jars = await neo4jJars();
  return startNeo4jServer({
    jars,
    java: await classArchive(jars),
    home: join(folder, 'server'),
    password: 'пароль-password',
    ...(port === undefined ? {} : { port }),
  });
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperscene-neo4j-'));
  server = await startServer();
  driver = neo4j.driver(server.uri, neo4j.auth.basic(server.user, server.password), { disableLosslessIntegers: true });
});

afterAll(async () => {
  await driver.close();
  await server.kill();
  await rm(folder, { recursive: true, force: true });
});

const ask = async <Row extends object>(text: string): Promise<readonly Row[]> =>
  (await driver.executeQuery(text)).records.map((record) => record.toObject() as Row);

const names = async (what: 'CONSTRAINTS' | 'INDEXES'): Promise<readonly string[]> =>
  (await ask<{ readonly name: string }>(`SHOW ${what} YIELD name RETURN name ORDER BY name`)).map(({ name }) => name);

const wipe = async (): Promise<void> => {
  await driver.executeQuery('MATCH (n) DETACH DELETE n');
  for (const name of await names('CONSTRAINTS')) await driver.executeQuery(`DROP CONSTRAINT ${name}`);
  for (const { name } of await ask<{ readonly name: string }>(
    "SHOW INDEXES YIELD name, type, owningConstraint WHERE type <> 'LOOKUP' AND owningConstraint IS NULL RETURN name",
  ))
    await driver.executeQuery(`DROP INDEX ${name}`);
};

const withEngine = async <T>(work: (engine: Neo4jEngine) => Promise<T>): Promise<T> => {
  const own = neo4j.driver(server.uri, neo4j.auth.basic(server.user, server.password), {
    disableLosslessIntegers: true,
  });
  const engine = new Neo4jEngine({
    driver: own,
    database: null,
    readTimeout: 60_000,
    writeTimeout: 60_000,
    retryTimeout: 30_000,
  });
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
};

describe('a server is reached', () => {
  const works = async (changes: Parameters<typeof storeOptions>[1]): Promise<void> => {
    const database = await openNeo4jStore(storeOptions(server, changes));
    try {
      expect(await database.workspace(DEFAULT_WORKSPACE).corpora({ first: 1 })).toEqual({
        items: [],
        hasNextPage: false,
      });
    } finally {
      await database.close();
    }
  };
  const inScheme = (scheme: string): string => server.uri.replace('bolt:', `${scheme}:`);

  it.each(['bolt', 'neo4j', 'bolt+ssc', 'neo4j+ssc'])('by %s://', (scheme) => works({ uri: inScheme(scheme) }));

  it('by TLS with the authority named', async () => {
    const caFile = join(folder, 'authority.pem');
    await writeFile(caFile, server.certificate);
    await works({ caFile });
  });

  it('by the name of its database', () => works({ database: 'neo4j' }));

  it.each([
    ['a certificate that nobody knows', 'bolt+s', {}, 'STORE_TLS', 'certificate is not trusted'],
    ['one that nobody knows, by routing', 'neo4j+s', {}, 'STORE_TLS', 'certificate is not trusted'],
    [
      'a wrong password',
      'bolt',
      { credentials: { type: 'password', user: 'neo4j', password: 'нет' } },
      'STORE_DENIED',
      'credentials',
    ],
    [
      'a token it does not take',
      'bolt',
      { credentials: { type: 'token', token: 'ab.cd' } },
      'STORE_DENIED',
      'Unsupported',
    ],
    ['no credentials at all', 'bolt', { credentials: { type: 'none' } }, 'STORE_DENIED', 'refuses'],
    ['a database that is not there', 'bolt', { database: 'nowhere' }, 'STORE_UNREACHABLE', 'nowhere'],
  ] as const)('but not with %s', async (_, scheme, changes, code, text) => {
    const opening = openNeo4jStore(storeOptions(server, { uri: inScheme(scheme), ...changes }));
    await expect(opening).rejects.toMatchObject({ code, message: expect.stringContaining(text) });
    await expect(opening).rejects.not.toThrow(server.password);
  });

  it('but not where nothing listens, nor with an authority that cannot be read', async () => {
    await expect(openNeo4jStore(storeOptions(server, { uri: 'bolt://127.0.0.1:1' }))).rejects.toMatchObject({
      code: 'STORE_UNREACHABLE',
      retriable: true,
    });
    const caFile = join(folder, 'nowhere.pem');
    await expect(openNeo4jStore(storeOptions(server, { caFile }))).rejects.toMatchObject({ code: 'UNREADABLE_FILE' });
  });

  it.each([
    ['nothing', () => ''],
    ['something else', () => 'Это не сертификат.\n'],
    ['a certificate cut short', () => `${server.certificate.slice(0, 200)}\n-----END CERTIFICATE-----\n`],
    ['two, one of them spoilt', () => `${server.certificate}\n${server.certificate.replace('MII', 'AAA')}`],
  ])('but not with an authority whose file holds %s', async (_, content) => {
    const caFile = join(folder, 'spoilt.pem');
    await writeFile(caFile, content());
    await expect(openNeo4jStore(storeOptions(server, { caFile }))).rejects.toMatchObject({
      code: 'BAD_CONFIG',
      message: expect.stringContaining(caFile),
    });
  });
});

describe('migrations of a server', () => {
  beforeEach(wipe);
  afterAll(wipe);

  const extra = (version: number, ...texts: readonly string[]): Migration => ({
    version,
    name: `test_${version}`,
    file: `V00${version}__test_${version}.cypher`,
    checksum: String(version).repeat(64),
    statements: texts.map((text, i) => ({ name: `test#${i}`, text })),
  });

  it('are applied once, by one of those that start at the same time', async () => {
    const count = extra((await loadMigrations('neo4j')).length + 1, 'CREATE (:Counted)');
    const migrations = [...(await loadMigrations('neo4j')), count];
    const applied = await Promise.all(
      Array.from({ length: 6 }, () => withEngine((engine) => migrate(engine, migrations))),
    );
    expect(applied.flat().map(({ version }) => version)).toEqual(migrations.map(({ version }) => version));
    expect(await ask('MATCH (n:Counted) RETURN count(n) AS n')).toEqual([{ n: 1 }]);
    expect(await ask('MATCH (m:Migration) WHERE m.version > 0 RETURN count(m) AS n')).toEqual([
      { n: migrations.length },
    ]);
  });

  it('make every label that is looked up by uid unique', async () => {
    await (await openNeo4jStore(storeOptions(server))).close();
    const constraints = await names('CONSTRAINTS');
    for (const label of Object.values(LABELS)) expect(constraints).toContain(`${label.toLowerCase()}_uid_unique`);
    const [offline] = await ask("SHOW INDEXES YIELD name, state WHERE state <> 'ONLINE' RETURN name");
    expect(offline).toBeUndefined();
  });

  it('are done again from the beginning when one was cut short', async () => {
    const migrations = await loadMigrations('neo4j');
    const version = migrations.length + 1;
    const broken = [...migrations, extra(version, 'MERGE (:Half {uid: 1})', 'THIS IS NO CYPHER')];
    await withEngine(async (engine) => {
      await expect(migrate(engine, broken)).rejects.toMatchObject({ code: 'STORE_FAILED' });
      const whole = [...migrations, extra(version, 'MERGE (:Half {uid: 1})', 'MERGE (:Half {uid: 2})')];
      expect((await migrationStatus(engine, whole)).at(-1)).toMatchObject({ state: 'pending' });
      await migrate(engine, whole);
      expect((await migrationStatus(engine, whole)).every(({ state }) => state === 'applied')).toBe(true);
    });
    expect(await ask('MATCH (n:Half) RETURN count(n) AS n')).toEqual([{ n: 2 }]);
  });

  it('stop the start when a file changed after it was applied, and go on when it is put back', async () => {
    await (await openNeo4jStore(storeOptions(server))).close();
    const changed = join(folder, 'changed');
    await cp(MIGRATIONS_FOLDER, changed, { recursive: true });
    const file = join(changed, 'V001__graph.cypher');
    await writeFile(file, `${await readFile(file, 'utf8')}\n// a word more\n`);
    await withEngine(async (engine) => {
      await expect(migrate(engine, await loadMigrations('neo4j', changed))).rejects.toMatchObject({
        code: 'MIGRATION_CHANGED',
        message: expect.stringContaining('V001__graph'),
      });
    });
    const migrator = await openNeo4jMigrator(storeOptions(server));
    expect(await migrator.apply()).toEqual([]);
    await migrator.close();
  });

  it('stop the start when a newer version of the program migrated the graph', async () => {
    const migrations = await loadMigrations('neo4j');
    await withEngine((engine) => migrate(engine, [...migrations, extra(migrations.length + 1)]));
    await expect(openNeo4jStore(storeOptions(server))).rejects.toMatchObject({
      code: 'STORE_UNREADABLE',
      message: expect.stringContaining(`test_${migrations.length + 1}`),
    });
  });
});

describe('a transaction too large for the memory of the server', () => {
  const numbers = query('numbers', 'UNWIND range(1, 40000000) AS n WITH n ORDER BY n DESC RETURN count(n) AS size');

  it(
    'is begun once, and told with what to set',
    () =>
      withEngine(async (engine) => {
        let begun = 0;
        const tooLarge = { code: 'STORE_MEMORY', message: expect.stringContaining('server.memory.heap.max_size') };
        const work = (view: CypherReader) => {
          begun += 1;
          return view.read(numbers, {});
        };
        await expect(engine.write(work)).rejects.toMatchObject(tooLarge);
        await expect(engine.snapshot(work)).rejects.toMatchObject(tooLarge);
        expect(begun).toBe(2);
        await expect(engine.read(numbers, {})).rejects.toMatchObject(tooLarge);
      }),
    120_000,
  );
});

describe('a server that goes away and comes back', () => {
  it('is reported as away, at once to who asks whether it is ready, and found again with all that was written', async () => {
    const database = await openNeo4jStore(storeOptions(server, { retryTimeout: 6000, connectTimeout: 2000 }));
    const store = database.workspace(workspaceName('away'));
    const app = fastify();
    addHealthRoutes(app, { isDraining: false }, [storeCheck(store)]);
    const ready = async (): Promise<number> => (await app.inject('/ready')).statusCode;
    await write(store, { sentences: RUSSIAN.slice(0, 9) });
    expect(await ready()).toBe(200);
    await server.kill();
    expect(await ready()).toBe(503);
    await expect(store.corpora({ first: 1 })).rejects.toMatchObject({ code: 'STORE_UNREACHABLE', retriable: true });
    server = await startServer(server.port);
    // Right after its start a server still makes its first plans, on a busy machine for longer than a prober waits.
    for (let tries = 0; tries < 20 && (await ready()) !== 200; tries++) await setTimeout(500);
    expect(await ready()).toBe(200);
    expect(await store.countScenes({ corpus: CORPUS })).toBe(9);
    await app.close();
    await database.close();
  });
});
