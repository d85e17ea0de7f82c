import { readdirSync } from 'node:fs';
import type { MigrationStatus } from '../../src/store/migrate.ts';
import { sharedServer } from '../neo4j/shared-server.ts';
import { type CliResult, jsonLines, makeFolder, removeFolder, writeBeginnings } from './run-cli.ts';
import { runHere } from './run-here.ts';

const [data, folder] = [makeFolder(), makeFolder()];
afterAll(() => {
  for (const made of [data, folder]) removeFolder(made);
});
const texts = writeBeginnings(folder);

const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<CliResult> =>
  runHere(args, { data, env });

const neo4jEnvironment = async (): Promise<Readonly<Record<string, string>>> => {
  const { uri, user, password } = await sharedServer();
  return {
    HYPERSCENE_STORE: 'neo4j',
    HYPERSCENE_NEO4J_URI: uri,
    HYPERSCENE_NEO4J_USER: user,
    HYPERSCENE_NEO4J_PASSWORD: password,
    HYPERSCENE_WORKSPACE: `cli ${process.pid} ${Date.now()}`,
  };
};

describe('migrate on a new embedded store', () => {
  it('finds the migrations pending, says so, and applies them once', async () => {
    const before = await run(['migrate', '--validate']);
    expect(before).toMatchObject({ status: 78, stdout: '' });
    expect(before.stderr).toContain('MIGRATION_PENDING');
    expect((await run(['migrate', '--status'])).stdout).toMatch(/1\s+graph\s+pending/u);
    expect(readdirSync(data)).toEqual([]);
    const applied = jsonLines<MigrationStatus>((await run(['migrate', '--json'])).stdout);
    expect(applied.map(({ state }) => state)).toContain('applied');
    const again = await run(['migrate']);
    expect(again).toMatchObject({ status: 0, stdout: '' });
    expect(again.stderr).toContain('up to date');
    expect(await run(['migrate', '--validate'])).toMatchObject({ status: 0 });
  });

  it('takes one of its options only', async () => {
    expect(await run(['migrate', '--status', '--validate'])).toMatchObject({ status: 2 });
  });
});

describe('the command line with a Neo4j server', () => {
  it('migrates, reads, couples, collapses, expands and deletes as with a file', async () => {
    const env = await neo4jEnvironment();
    expect(await run(['migrate'], env)).toMatchObject({ status: 0 });
    expect(await run(['migrate', '--validate'], env)).toMatchObject({ status: 0 });
    const results: string[] = [];
    for (const store of [env, {}]) {
      expect(await run(['read', ...texts, '--corpus', 'сказки'], store)).toMatchObject({ status: 0 });
      expect(await run(['collapse', '--corpus', 'сказки'], store)).toMatchObject({ status: 0 });
      results.push((await run(['dump', '--corpus', 'сказки'], store)).stdout);
      results.push((await run(['expand', '1:1', '--json'], store)).stdout);
      expect(await run(['delete', 'сказки', '--yes'], store)).toMatchObject({ status: 0 });
    }
    const [dump, expanded, ...embedded] = results;
    expect(dump?.length).toBeGreaterThan(100_000);
    expect([dump, expanded]).toEqual(embedded);
  });

  it('says what is wrong with the server or the password, and keeps the password to itself', async () => {
    const env = await neo4jEnvironment();
    const away = await run(['corpora'], { ...env, HYPERSCENE_NEO4J_URI: 'bolt://127.0.0.1:1' });
    expect(away).toMatchObject({ status: 69 });
    expect(away.stderr).toContain('STORE_UNREACHABLE');
    const denied = await run(['corpora'], { ...env, HYPERSCENE_NEO4J_PASSWORD: 'не тот пароль' });
    expect(denied).toMatchObject({ status: 77 });
    expect(denied.stderr).toContain('STORE_DENIED');
    expect(denied.stderr).not.toContain('не тот пароль');
    const settings = await run(['doctor', '--config', '--json'], env);
    expect(settings.stdout).not.toContain(env['HYPERSCENE_NEO4J_PASSWORD'] ?? 'missing');
    expect(settings.stdout).toContain('(secret)');
  });

  it('is looked at by the doctor, who says what to look at where the password is wrong', async () => {
    const env = await neo4jEnvironment();
    const doctor = await run(['doctor'], { ...env, HYPERSCENE_NEO4J_PASSWORD: 'не тот пароль', HYPERSCENE_PORT: '0' });
    expect(doctor).toMatchObject({ status: 1 });
    expect(doctor.stdout).toMatch(/^failed +store +STORE_DENIED: .*HYPERSCENE_NEO4J_PASSWORD/mu);
    expect(doctor.stdout).not.toContain('не тот пароль');
    const well = await run(['doctor'], { ...env, HYPERSCENE_PORT: '0' });
    expect(well.stdout).toMatch(/^ok +store +neo4j, .*(?:migrations applied|new)$/mu);
  });
});
