import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_WORKSPACE } from '../../src/scene/name.ts';
import type { Dialect } from '../../src/store/cypher/dialect.ts';
import { LABELS } from '../../src/store/cypher/label.ts';
import { EmbeddedEngine } from '../../src/store/embedded/embedded-engine.ts';
import { openEmbeddedMigrator, openEmbeddedStore } from '../../src/store/embedded/open-embedded-store.ts';
import { migrate, migrationStatus } from '../../src/store/migrate.ts';
import { loadMigrations, MIGRATIONS_FOLDER } from '../../src/store/migration-files.ts';
import { RUSSIAN, write } from '../conformance/prose.ts';

let folder: string;
let migrationsFolder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperscene-migrate-'));
  migrationsFolder = join(folder, 'migrations');
  path = join(folder, 'graph');
  await cp(MIGRATIONS_FOLDER, migrationsFolder, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const nextFile = async (suffix = ''): Promise<string> => {
  const version = (await loadMigrations('embedded')).length + 1;
  return join(migrationsFolder, `V${String(version).padStart(3, '0')}__test${suffix}.cypher`);
};

const withEngine = async <T>(work: (engine: EmbeddedEngine) => Promise<T>): Promise<T> => {
  const engine = await EmbeddedEngine.open(path);
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
};

/** Migrates by the files of the test's own folder. */
const migrateFrom = (dialect: Dialect = 'embedded') =>
  withEngine(async (engine) => {
    const migrations = await loadMigrations(dialect, migrationsFolder);
    return (await migrate(engine, migrations)).map(({ version }) => version);
  });

describe('files of migrations', () => {
  it('are read in order, the same number for both stores', async () => {
    const [embedded, neo4j] = await Promise.all([loadMigrations('embedded'), loadMigrations('neo4j')]);
    expect(embedded.map(({ version }) => version)).toEqual(embedded.map((_, i) => i + 1));
    expect(neo4j.map(({ version, name }) => [version, name])).toEqual(
      embedded.map(({ version, name }) => [version, name]),
    );
  });

  it('hold statements only that may be run again', async () => {
    for (const dialect of ['embedded', 'neo4j'] as const)
      for (const { file, statements } of await loadMigrations(dialect))
        for (const { text } of statements)
          expect(`${file}: ${text}`).toMatch(
            /: (?:CREATE (?:CONSTRAINT|(?:FULLTEXT )?INDEX) \w+ IF NOT EXISTS|DROP (?:CONSTRAINT|INDEX) \w+ IF EXISTS|MERGE|MATCH)\b/u,
          );
  });

  it('name labels of the allow-list only', async () => {
    const allowed = new Set<string>(Object.values(LABELS));
    for (const dialect of ['embedded', 'neo4j'] as const)
      for (const { statements } of await loadMigrations(dialect))
        for (const { text } of statements)
          for (const [, label = ''] of text.matchAll(/FOR \(\w+:(\w+)\)/gu)) expect(allowed).toContain(label);
  });

  it('part at semicolons at line ends, and leave comments out', async () => {
    await writeFile(
      await nextFile(),
      "// a; comment\r\nMERGE (:A {s: 'x;y'});\r\n\r\n  // more\r\nMERGE (:B\r\n  {n: 1});\r\n",
    );
    const [last] = (await loadMigrations('embedded', migrationsFolder)).slice(-1);
    expect(last?.statements.map(({ text }) => text)).toEqual(["MERGE (:A {s: 'x;y'})", 'MERGE (:B\n  {n: 1})']);
  });

  it('have the same checksum whatever line ends they were checked out with', async () => {
    const file = join(migrationsFolder, 'V001__graph.cypher');
    await writeFile(file, (await readFile(file, 'utf8')).replaceAll('\n', '\r\n'));
    const checksums = async (from?: string) => (await loadMigrations('embedded', from)).map(({ checksum }) => checksum);
    expect(await checksums(migrationsFolder)).toEqual(await checksums());
  });

  it('are refused when one is missing, there twice, or has a name that is none', async () => {
    const at = await nextFile();
    for (const bad of [
      at.replace(/V(\d+)__test/u, (_, n: string) => `V${String(Number(n) + 1).padStart(3, '0')}__test`),
      join(migrationsFolder, 'V001__again.cypher'),
      join(migrationsFolder, 'V1__short.cypher'),
    ]) {
      await writeFile(bad, 'MERGE (:A);\n');
      await expect(loadMigrations('embedded', migrationsFolder)).rejects.toMatchObject({ code: 'MISSING_ASSET' });
      await rm(bad);
    }
    await expect(loadMigrations('embedded', join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'MISSING_ASSET' });
  });
});

describe('migrations of an embedded store', () => {
  it('are applied at the first opening and never again', async () => {
    await (await openEmbeddedStore({ path })).close();
    expect(await migrateFrom()).toEqual([]);
    const migrator = await openEmbeddedMigrator({ path });
    expect((await migrator.status()).map(({ state }) => state)).not.toContain('pending');
    expect(await migrator.apply()).toEqual([]);
    await migrator.close();
  });

  it('are applied when they come later, and leave what is there alone', async () => {
    const database = await openEmbeddedStore({ path });
    await write(database.workspace(DEFAULT_WORKSPACE), { sentences: RUSSIAN.slice(0, 9) });
    await database.close();
    const file = await nextFile();
    await writeFile(file, 'CREATE INDEX test_index IF NOT EXISTS FOR (n:Scene) ON (n.lang);\n');
    expect(await migrateFrom()).toEqual([(await loadMigrations('embedded')).length + 1]);
    expect(await migrateFrom()).toEqual([]);
    await expect(openEmbeddedStore({ path })).rejects.toMatchObject({ code: 'STORE_UNREADABLE' });
    await withEngine(async (engine) => {
      const [row] = await engine.read<{ readonly n: number }>(
        { name: 'count', text: 'MATCH (s:Scene) RETURN count(s) AS n' },
        {},
      );
      expect(row).toEqual({ n: 9 });
    });
  });

  it('may speak the dialect of one store, by a sibling of the same number', async () => {
    await writeFile(await nextFile('.embedded'), 'MERGE (:TestOfEmbedded);\n');
    await writeFile(await nextFile('.neo4j'), 'NOT FOR GRAFEO;\n');
    expect(await migrateFrom('embedded')).toHaveLength((await loadMigrations('embedded')).length + 1);
  });

  it('stop the start when a file changed after it was applied', async () => {
    await migrateFrom();
    const file = join(migrationsFolder, 'V001__graph.cypher');
    const before = await readFile(file, 'utf8');
    await writeFile(file, `${before}// a word more\n`);
    await expect(migrateFrom()).rejects.toMatchObject({
      code: 'MIGRATION_CHANGED',
      exitStatus: 78,
      message: expect.stringContaining('V001__graph'),
    });
    await writeFile(file, before);
    expect(await migrateFrom()).toEqual([]);
  });

  it('are pending until the last statement is done', async () => {
    const file = await nextFile();
    await writeFile(file, 'MERGE (:Half);\nTHIS IS NO CYPHER;\n');
    await expect(migrateFrom()).rejects.toMatchObject({ code: 'STORE_FAILED' });
    const states = await withEngine(async (engine) =>
      migrationStatus(engine, await loadMigrations('embedded', migrationsFolder)),
    );
    expect(states.at(-1)).toMatchObject({ state: 'pending', appliedAt: null });
    await writeFile(file, 'MERGE (:Half);\nMERGE (:Whole);\n');
    expect((await migrateFrom()).at(-1)).toBe(states.length);
  });
});
