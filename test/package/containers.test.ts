import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { DockerfileParser } from 'dockerfile-ast';
import { validate } from 'dockerfile-utils';
import fc from 'fast-check';
import { parse } from 'yaml';
import { describeSettings } from '../../src/config.ts';
import { loadProject, type Project, type Service, variablesOf } from './compose-project.ts';
import { faultsOf } from './compose-rules.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8');

const COMPOSE = read('docker-compose.yml');
const DOCKERFILE = read('Dockerfile');
const PACKAGE = JSON.parse(read('package.json')) as { readonly version: string; readonly files: readonly string[] };

const GIVEN = { NEO4J_PASSWORD_FILE: './secrets/neo4j-password' };
const PROJECT = loadProject(COMPOSE, GIVEN);
const SERVICES = Object.keys(PROJECT.services);

const isProject = new Ajv2020({ strict: false }).compile(JSON.parse(read('vendor/compose-spec/compose-spec.json')));

const withService = (name: string, change: Partial<Record<keyof Service, unknown>>): Project => {
  const service = { ...PROJECT.services[name], ...change } as Service;
  return { ...PROJECT, services: { ...PROJECT.services, [name]: service } };
};

describe('docker-compose.yml', () => {
  it('follows the Compose specification', () => {
    isProject(parse(COMPOSE, { merge: true }));
    expect(isProject.errors ?? []).toEqual([]);
  });

  it('would be refused with a misspelt key', () => {
    const misspelt = COMPOSE.replace('retries: 12', 'retrys: 12');
    expect(misspelt).not.toBe(COMPOSE);
    expect(isProject(parse(misspelt, { merge: true }))).toBe(false);
  });

  it('is taken by Docker Compose in all its modes, where Compose is on the machine', () => {
    const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts/compose-config.mjs')], {
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('brings the service, workers, Neo4j 5.26 and Redis', () => {
    expect(SERVICES.sort()).toEqual(['hyperscene', 'neo4j', 'redis', 'work']);
    expect(PROJECT.services['neo4j']?.image).toMatch(/^neo4j:5\.26\./u);
    expect(PROJECT.services['hyperscene']?.image).toBe(`hyperscene:${PACKAGE.version}`);
  });

  it.each([{}, { NEO4J_PASSWORD_FILE: '' }])('has no password of its own: refused with %j', (env) => {
    expect(() => loadProject(COMPOSE, env)).toThrow('NEO4J_PASSWORD_FILE is missing');
  });

  it('is fit for production as it comes', () => {
    expect(faultsOf(PROJECT)).toEqual([]);
  });

  it('lets every limit of memory be set', () => {
    const limits = [...COMPOSE.matchAll(/memory: "([^"]*)"/gu)].map(([, limit]) => limit);
    expect(limits).toHaveLength(SERVICES.length);
    for (const limit of limits) expect(limit).toMatch(/^\$\{\w+:-\d+[mg]\}$/u);
  });

  it('asks for the variables that .env.example tells of, and for no others', () => {
    const told = [...read('.env.example').matchAll(/^#?([A-Z]\w*)=/gmu)].map(([, name]) => name);
    expect(told.sort()).toEqual(variablesOf(COMPOSE));
  });
});

describe('the rules for docker-compose.yml', () => {
  const REQUIRED = ['healthcheck', 'restart', 'cap_drop', 'security_opt', 'deploy', 'volumes', 'image'] as const;

  it('miss nothing that is taken away from a service', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SERVICES), fc.constantFrom(...REQUIRED), (name, key) => {
        const faults = faultsOf(withService(name, { [key]: undefined }));
        expect(faults.length).toBeGreaterThan(0);
        for (const fault of faults) expect(fault).toMatch(new RegExp(`^${name}: `, 'u'));
      }),
    );
  });

  it('want a health check that waits long enough, however its numbers are split', () => {
    const numbers = fc.record({ start: fc.nat(200), every: fc.integer({ min: 5, max: 30 }), retries: fc.nat(20) });
    fc.assert(
      fc.property(numbers, ({ start, every, retries }) => {
        const before = PROJECT.services['neo4j']?.healthcheck;
        const healthcheck = { ...before, start_period: `${start}s`, interval: `${every}s`, timeout: '5s', retries };
        const isShort = faultsOf(withService('neo4j', { healthcheck })).length > 0;
        expect(isShort).toBe(start + every * retries < 180);
      }),
    );
  });

  it.each<[string, string, Partial<Record<keyof Service, unknown>>]>([
    ['an image that moves', 'redis', { image: 'redis:alpine' }],
    ['an image without a version', 'neo4j', { image: 'neo4j' }],
    ['a health check that is switched off', 'redis', { healthcheck: { test: ['NONE'] } }],
    ['a port that is open to the network', 'hyperscene', { ports: ['4000:4000'] }],
    ['a database that is published', 'neo4j', { ports: ['127.0.0.1:7687:7687'] }],
    ['a database on an open network', 'neo4j', { networks: ['front'] }],
    ['a password in the environment', 'hyperscene', { environment: { HYPERSCENE_NEO4J_PASSWORD: 'neo4j' } }],
    ['a secret that is not declared', 'redis', { secrets: ['password'] }],
    ['a folder of the host', 'redis', { volumes: ['/srv/redis:/data'] }],
    ['root', 'neo4j', { user: '0:0' }],
    ['the user of the image', 'redis', { user: undefined }],
    ['a root that can be written to', 'hyperscene', { read_only: undefined }],
    ['a capability', 'neo4j', { cap_add: ['CHOWN'] }],
    ['privileges', 'redis', { privileged: true }],
    ['a start that does not wait', 'hyperscene', { depends_on: { neo4j: { condition: 'service_started' } } }],
  ])('refuse %s', (_what, name, change) => {
    expect(faultsOf(withService(name, change))).not.toEqual([]);
  });
});

describe('the settings that containers are given', () => {
  const known = new Set(
    describeSettings().flatMap(({ variable, secret }) => (secret ? [variable, `${variable}_FILE`] : [variable])),
  );

  it('are settings of the program', () => {
    const given = [
      ...Object.keys(PROJECT.services['hyperscene']?.environment ?? {}),
      ...[...DOCKERFILE.matchAll(/\b(HYPERSCENE_\w+)=/gu)].map(([, name]) => name ?? ''),
    ];
    expect(given.length).toBeGreaterThan(5);
    expect(given.filter((name) => !known.has(name))).toEqual([]);
  });
});

describe('the Dockerfile', () => {
  const instructions = DockerfileParser.parse(DOCKERFILE).getInstructions();
  const valuesOf = (keyword: string): readonly string[] =>
    instructions
      .filter((instruction) => instruction.getKeyword() === keyword)
      .map((instruction) => instruction.getArgumentsContent() ?? '');
  const lastStage = instructions.slice(instructions.findLastIndex((one) => one.getKeyword() === 'FROM'));

  it('has no fault that a linter of Dockerfiles sees', () => {
    expect(validate(DOCKERFILE)).toEqual([]);
    expect(validate(DOCKERFILE.replace('STOPSIGNAL', 'STOPSINGAL'))).not.toEqual([]);
  });

  it('stands on the Node that the tests run on, on Debian', () => {
    const lock = JSON.parse(read('package-lock.json')) as {
      readonly packages: Readonly<Record<string, { readonly version: string }>>;
    };
    expect(valuesOf('ARG')).toEqual([`NODE_IMAGE=node:${lock.packages['node_modules/node']?.version}-trixie-slim`]);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Docker's own notation
    expect(valuesOf('FROM').map((from) => from.split(' ')[0])).toEqual(['${NODE_IMAGE}', '${NODE_IMAGE}']);
  });

  it('installs from the lock, and runs nothing in the last stage, which is not root', () => {
    for (const run of valuesOf('RUN')) expect(run).not.toMatch(/npm (install|i)\b/u);
    expect(lastStage.map((one) => one.getKeyword())).not.toContain('RUN');
    expect(valuesOf('USER')).toEqual(['1000:1000']);
    expect(valuesOf('VOLUME')).toEqual(['/data']);
    expect(valuesOf('HEALTHCHECK')).toHaveLength(1);
  });

  it('is given all that the package is made of, and nothing else', () => {
    const [all, ...lines] = read('.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(all).toBe('*');
    const letIn = new Set(lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1)));
    const wanted = PACKAGE.files.filter((file) => !/^!|^dist\//u.test(file)).map((file) => file.split('/')[0] ?? '');
    expect(wanted.filter((file) => !letIn.has(file))).toEqual([]);
    for (const secret of ['.env', 'secrets', '.git', 'node_modules']) expect(letIn).not.toContain(secret);
  });
});
