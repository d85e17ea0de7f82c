import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import { jsonLines, makeFolder, ROOT, removeFolder } from '../cli/run-cli.ts';

const INSTALL_TIMEOUT_MS = 600_000;
const isWindows = process.platform === 'win32';

/** What a person's shell would have: nothing that a surrounding npm or jest has set. */
const cleanEnv = (): NodeJS.ProcessEnv => {
  const bins = join('node_modules', '.bin');
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => !folder.includes(bins));
  const kept = Object.entries(process.env).filter(([name]) => !/^(npm_|HYPERSCENE_|NODE_OPTIONS$)/u.test(name));
  return { ...Object.fromEntries(kept), PATH: path.join(delimiter), NO_COLOR: '1' };
};

const run = (command: string, args: readonly string[], cwd: string): SpawnSyncReturns<string> =>
  spawnSync(command, [...args], { cwd, env: cleanEnv(), encoding: 'utf8', shell: isWindows && command === 'npm' });

const expectSuccess = (result: SpawnSyncReturns<string>): string => {
  if (result.status !== 0) throw new Error(`status ${result.status}\n${result.stdout}\n${result.stderr}`);
  return result.stdout;
};

/** The Node of the machine, which may be older than the program's, and the program's own. */
const NODES = [...new Set([run('node', ['-p', 'process.execPath'], ROOT).stdout.trim(), process.execPath])];

const folder = makeFolder();
const consumer = join(folder, 'consumer');
const installed = join(consumer, 'node_modules', 'hyperscene');

beforeAll(() => {
  mkdirSync(consumer);
  const [{ filename }] = JSON.parse(
    expectSuccess(run('npm', ['pack', '--json', '--silent', '--pack-destination', folder], ROOT)),
  ) as [{ readonly filename: string }];
  // npm runs the install script of a dependency only where the installing project allows it.
  writeFileSync(
    join(consumer, 'package.json'),
    JSON.stringify({ name: 'consumer', private: true, allowScripts: { node: true } }),
  );
  const flags = ['--prefer-offline', '--no-audit', '--no-fund', '--omit=dev'];
  expectSuccess(run('npm', ['install', join(folder, filename), ...flags], consumer));
}, INSTALL_TIMEOUT_MS);

afterAll(() => removeFolder(folder));

const filesOf = (top: string): readonly string[] =>
  readdirSync(top, { recursive: true, encoding: 'utf8' })
    .map((name) => join(top, name))
    .filter((path) => statSync(path).isFile() && !relative(top, path).startsWith('node_modules'));

describe('the package', () => {
  it('brings compiled sources, schema, stories and notices, and neither TypeScript nor tests', () => {
    for (const path of [
      'dist/cli/main.js',
      'schema',
      'data/stories/SOURCES.md',
      'vendor',
      'package.json',
      'README.md',
      'LICENSE',
    ])
      expect([path, existsSync(join(installed, path))]).toEqual([path, true]);
    const names = filesOf(installed).map((path) => relative(installed, path));
    const sources = names.filter((name) => /(?<!\.d)\.tsx?$|(^|[\\/])(?:test|examples)[\\/]/u.test(name));
    expect(sources).toEqual([]);
  });

  it('names no folder of the machine it was made on, and no registry', () => {
    const registry = new URL(run('npm', ['config', 'get', 'registry'], folder).stdout.trim()).host;
    const secrets = [ROOT, `${homedir()}/`, folder, registry];
    const found = filesOf(installed).flatMap((path) => {
      const content = readFileSync(path);
      return secrets
        .filter((secret) => content.includes(secret))
        .map((secret) => `${relative(installed, path)}: ${secret}`);
    });
    expect(found).toEqual([]);
  });
});

describe('the runtime of models', () => {
  it('does not come by itself, with its binaries for GPUs, and is told to be missing', () => {
    expect(existsSync(join(consumer, 'node_modules', 'node-llama-cpp'))).toBe(false);
    const module = JSON.stringify(join(installed, 'dist', 'model', 'llama', 'runtime.js'));
    const program = `import(${module}).then(({ loadLlamaRuntime }) => loadLlamaRuntime()).catch(({ code }) => console.log(code))`;
    expect(expectSuccess(run(process.execPath, ['-e', program], consumer))).toBe('MODEL_RUNTIME_MISSING\n');
  });
});

describe.each(NODES)('the installed program, started by %s', (node) => {
  const data = join(folder, `data-${NODES.indexOf(node)}`);
  const hyperscene = (...args: readonly string[]): SpawnSyncReturns<string> =>
    run(node, [join(installed, 'bin', 'hyperscene.js'), ...args, '--data', data], consumer);

  it('tells its version', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { readonly version: string };
    expect(expectSuccess(hyperscene('--version')).trim()).toBe(version);
  });

  it('finds everything it needs', () => {
    const findings = jsonLines<{ readonly check: string; readonly ok: boolean }>(hyperscene('doctor', '--json').stdout);
    // Whether a port is free is the machine's affair.
    expect(findings.filter(({ check, ok }) => !ok && check !== 'port')).toEqual([]);
    expect(findings.length).toBeGreaterThan(5);
  });

  it.each([
    ['ru', 'Царь стоял у двери. Солдаты молчали.'],
    ['en', 'The prince stood at the door. The soldiers were silent.'],
  ])('reads a text in %s', (lang, text) => {
    const file = join(folder, `${lang}.txt`);
    writeFileSync(file, text);
    const scenes = jsonLines<{ readonly text: string; readonly lang: string; readonly code: string }>(
      expectSuccess(hyperscene('read', file, '--corpus', 'проба', '--json')),
    );
    expect(scenes.map((scene) => scene.text).join(' ')).toBe(text);
    expect(new Set(scenes.map((scene) => scene.lang))).toEqual(new Set([lang]));
    for (const { code } of scenes) expect(code).toMatch(/^Δ\d+$/u);
  });
});

describe('the client of the package', () => {
  const program = join(consumer, 'client.ts');
  const write = (filter: string, type: string): void => {
    writeFileSync(
      program,
      `import { createClient } from 'hyperscene/client';
      import { HypersceneClientError } from 'hyperscene/client/error';
      import { Scenes } from 'hyperscene/client/operations';
      const client = createClient({ url: 'http://127.0.0.1:9/graphql', backoff: { retries: 0 } });
      try {
        const { scenes } = await client.request(Scenes, { filter: ${filter} });
        const count: ${type} | null | undefined = scenes?.totalCount;
        console.log(count);
      } catch (error) {
        console.log(error instanceof HypersceneClientError && error.code);
      }
      export {};
`,
    );
  };
  const compile = (): SpawnSyncReturns<string> => {
    const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
    const types = ['--typeRoots', join(ROOT, 'node_modules', '@types'), '--types', 'node'];
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', ...types];
    return run(process.execPath, [tsc, ...options, program], consumer);
  };

  it('runs, and fails by its own error where nobody answers', () => {
    writeFileSync(join(consumer, 'package.json'), JSON.stringify({ name: 'consumer', private: true, type: 'module' }));
    write("{ corpus: 'сказки' }", 'number');
    expect(expectSuccess(run(process.execPath, ['--disable-warning=ExperimentalWarning', program], consumer))).toBe(
      'NETWORK\n',
    );
  });

  it('brings its types: they take what fits the schema and refuse the rest', () => {
    write("{ corpus: 'сказки' }", 'number');
    expect(expectSuccess(compile())).toBe('');
    write("{ korpus: 'сказки' }", 'number');
    expect(compile().stdout).toContain("'korpus' does not exist in type 'SceneFilter'");
    write("{ corpus: 'сказки' }", 'string');
    expect(compile().stdout).toContain("'number | null | undefined' is not assignable");
  });

  it('needs nothing of Node, so that a browser can load it', () => {
    const imports = filesOf(join(installed, 'dist', 'client'))
      .filter((path) => path.endsWith('.js'))
      .flatMap((path) =>
        [...readFileSync(path, 'utf8').matchAll(/(?:from|import\()\s*'([^']+)'/gu)].map(([, name]) => name),
      );
    expect(imports.length).toBeGreaterThan(3);
    expect([...new Set(imports.filter((name) => !name?.startsWith('./')))]).toEqual(['graphql-ws/client']);
  });
});
