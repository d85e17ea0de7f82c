import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import fc from 'fast-check';
import { LOG_LEVELS } from '../src/config/settings.ts';
import { describeSettings, readConfig, unknownVariables } from '../src/config.ts';
import { HypersceneError } from '../src/errors.ts';

const thrownBy = (run: () => unknown): HypersceneError => {
  try {
    run();
  } catch (error) {
    if (error instanceof HypersceneError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe('readConfig', () => {
  it('listens on this machine only and keeps its data in the home folder when nothing is set', () => {
    const config = readConfig({});
    expect(config).toMatchObject({ host: '127.0.0.1', port: 4000, workspace: 'default', logLevel: 'warn' });
    expect(isAbsolute(config.dataDir)).toBe(true);
  });

  it('makes a relative data folder absolute', () => {
    expect(readConfig({ HYPERSCENE_DATA: 'граф' }).dataDir).toBe(resolve('граф'));
  });

  it('lets an option outrank its variable', () => {
    const env = { HYPERSCENE_PORT: '5000', HYPERSCENE_HOST: '0.0.0.0' };
    expect(readConfig(env, { port: '6000' })).toMatchObject({ port: 6000, host: '0.0.0.0' });
  });

  it('takes an empty variable as not set', () => {
    expect(readConfig({ HYPERSCENE_PORT: '' }).port).toBe(4000);
  });

  it('cannot be changed', () => {
    const config = readConfig({});
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.limits)).toBe(true);
  });

  it.each([
    ['HYPERSCENE_PORT', '65536'],
    ['HYPERSCENE_PORT', '-1'],
    ['HYPERSCENE_PORT', '4e3'],
    ['HYPERSCENE_PORT', ' 80'],
    ['HYPERSCENE_PORT', '٤'],
    ['HYPERSCENE_HOST', 'два слова'],
    ['HYPERSCENE_DATA', 'a\0b'],
    ['HYPERSCENE_WORKSPACE', ' край '],
    ['HYPERSCENE_LOG_LEVEL', 'loud'],
    ['HYPERSCENE_DOCUMENT_BYTES_MAX', '0'],
    ['HYPERSCENE_SCENE_LENGTH_MAX', '1.5'],
    ['HYPERSCENE_COUPLINGS_PER_SCENE', 'many'],
    ['HYPERSCENE_PAGE_MAX', '1001'],
  ])('refuses %s=%j, saying what was expected and what came', (variable, value) => {
    const error = thrownBy(() => readConfig({ [variable]: value }));
    expect(error).toMatchObject({ code: 'BAD_CONFIG', exitStatus: 78 });
    expect(error.message).toContain(variable);
    expect(error.message).toContain(JSON.stringify(value));
    const setting = describeSettings().find((described) => described.variable === variable);
    expect(error.message).toContain(setting?.expected);
  });

  it('blames the option, not the variable, for a bad option', () => {
    const error = thrownBy(() => readConfig({ HYPERSCENE_PORT: '5000' }, { port: 'порт' }));
    expect(error).toMatchObject({ code: 'USAGE', exitStatus: 2 });
    expect(error.message).toContain('--port');
  });

  it('takes every port there is and gives it back as a number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 65_535 }), (port) => {
        expect(readConfig({ HYPERSCENE_PORT: String(port) }).port).toBe(port);
      }),
    );
  });

  it('answers any text in any variable with a setting or with BAD_CONFIG, never otherwise', () => {
    const variables = describeSettings().map(({ variable }) => variable);
    fc.assert(
      fc.property(fc.constantFrom(...variables), fc.string({ unit: 'binary' }), (variable, value) => {
        try {
          readConfig({ HYPERSCENE_STORE: 'neo4j', [variable]: value });
        } catch (error) {
          expect(error).toMatchObject({ code: 'BAD_CONFIG' });
        }
      }),
    );
  });
});

describe('readConfig for jobs', () => {
  const redis = (env: Readonly<Record<string, string>>) => readConfig(env).jobs.redis;

  it('has no Redis unless it is told of one, and leaves it to the store who runs jobs', () => {
    expect(readConfig({}).jobs).toMatchObject({
      redis: null,
      served: null,
      concurrency: 2,
      attemptsMax: 6,
      lock: 30_000,
    });
    expect(readConfig({ HYPERSCENE_JOBS_SERVED: 'yes', HYPERSCENE_JOBS_DRAIN: '3' }).jobs).toMatchObject({
      served: true,
      drain: 3000,
    });
  });

  it('takes the password from the address or beside it, and tells neither', () => {
    const url = 'rediss://user:geheim@очередь.example:6380/2';
    expect(redis({ REDIS_URL: url })).toEqual({ url, password: null, prefix: 'hyperscene' });
    const beside = { REDIS_URL: 'redis://queue', HYPERSCENE_REDIS_PASSWORD: 'п', HYPERSCENE_REDIS_PREFIX: '{а-b}' };
    expect(thrownBy(() => redis(beside)).message).toContain('HYPERSCENE_REDIS_PREFIX');
    expect(redis({ ...beside, HYPERSCENE_REDIS_PREFIX: '{a-b}' })).toMatchObject({ password: 'п', prefix: '{a-b}' });
    for (const bad of ['http://:geheim@queue', 'redis://:geheim@', 'geheim', 'redis://:geheim@queue/x']) {
      const error = thrownBy(() => redis({ REDIS_URL: bad }));
      expect(error.code).toBe('BAD_CONFIG');
      expect(error.message).not.toContain('geheim');
    }
  });
});

describe('readConfig for a Neo4j server', () => {
  const NEO4J = { HYPERSCENE_STORE: 'neo4j', HYPERSCENE_NEO4J_URI: 'neo4j+s://граф.example:7687' };

  it('keeps the graph in a file unless it is told otherwise', () => {
    expect(readConfig({ HYPERSCENE_NEO4J_PASSWORD: 'x' }).store).toEqual({ kind: 'embedded' });
  });

  it('takes address, database, password, pool and time-outs in seconds', () => {
    const env = {
      ...NEO4J,
      HYPERSCENE_NEO4J_DATABASE: 'scenes',
      HYPERSCENE_NEO4J_USER: 'reader',
      HYPERSCENE_NEO4J_PASSWORD: ' пароль ',
      HYPERSCENE_NEO4J_POOL_MAX: '7',
      HYPERSCENE_NEO4J_READ_TIMEOUT: '5',
    };
    expect(readConfig(env).store).toEqual({
      kind: 'neo4j',
      uri: 'neo4j+s://граф.example:7687',
      database: 'scenes',
      credentials: { type: 'password', user: 'reader', password: ' пароль ' },
      caFile: null,
      poolMax: 7,
      connectTimeout: 30_000,
      readTimeout: 5000,
      writeTimeout: 3_600_000,
      retryTimeout: 30_000,
    });
  });

  it('takes a token in place of a password, and nothing where there is neither', () => {
    const store = (env: Readonly<Record<string, string>>) => readConfig({ ...NEO4J, ...env }).store;
    expect(store({ HYPERSCENE_NEO4J_TOKEN: 'abc' })).toMatchObject({ credentials: { type: 'token', token: 'abc' } });
    expect(store({})).toMatchObject({ credentials: { type: 'none' } });
    const both = { ...NEO4J, HYPERSCENE_NEO4J_TOKEN: 'secret-1', HYPERSCENE_NEO4J_PASSWORD: 'secret-2' };
    const error = thrownBy(() => readConfig(both));
    expect(error.code).toBe('BAD_CONFIG');
    expect(error.message).not.toContain('secret-');
  });

  it('reads a secret from a file, without the line end', () => {
    const folder = mkdtempSync(join(tmpdir(), 'hyperscene-config-'));
    try {
      const file = join(folder, 'password');
      writeFileSync(file, ' из файла \n');
      expect(readConfig({ ...NEO4J, HYPERSCENE_NEO4J_PASSWORD_FILE: file }).store).toMatchObject({
        credentials: { password: ' из файла ' },
      });
      const gone = thrownBy(() => readConfig({ ...NEO4J, HYPERSCENE_NEO4J_PASSWORD_FILE: join(folder, 'none') }));
      expect(gone.message).toContain('HYPERSCENE_NEO4J_PASSWORD_FILE');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.each([
    ['HYPERSCENE_NEO4J_URI', 'http://localhost:7474'],
    ['HYPERSCENE_NEO4J_URI', 'localhost:7687'],
    ['HYPERSCENE_NEO4J_URI', 'bolt://user:geheim@localhost'],
    ['HYPERSCENE_NEO4J_DATABASE', '`x`'],
    ['HYPERSCENE_NEO4J_POOL_MAX', '1'],
    ['HYPERSCENE_STORE', 'memory'],
  ])('refuses %s=%j', (variable, value) => {
    const error = thrownBy(() => readConfig({ ...NEO4J, [variable]: value }));
    expect(error).toMatchObject({ code: 'BAD_CONFIG' });
    expect(error.message).toContain(variable);
    expect(error.message).not.toContain('geheim');
  });

  it('refuses an authority for an address that says itself what it trusts', () => {
    const error = thrownBy(() => readConfig({ ...NEO4J, HYPERSCENE_NEO4J_CA_FILE: 'ca.pem' }));
    expect(error).toMatchObject({ code: 'BAD_CONFIG' });
    const uri = 'neo4j://host';
    expect(readConfig({ ...NEO4J, HYPERSCENE_NEO4J_URI: uri, HYPERSCENE_NEO4J_CA_FILE: 'ca.pem' }).store).toMatchObject(
      { caFile: resolve('ca.pem') },
    );
  });
});

describe('describeSettings', () => {
  it.each(['embedded', 'neo4j'])('describes settings whose defaults are valid for the %s store', (store) => {
    const env = Object.fromEntries(describeSettings().map(({ variable, fallback }) => [variable, fallback]));
    expect(readConfig({ ...env, HYPERSCENE_STORE: store })).toEqual(readConfig({ HYPERSCENE_STORE: store }));
  });

  it('names every log level', () => {
    const level = describeSettings().find(({ variable }) => variable === 'HYPERSCENE_LOG_LEVEL');
    for (const name of LOG_LEVELS) expect(level?.expected).toContain(name);
  });
});

describe('unknownVariables', () => {
  it('finds a misspelt setting and leaves other variables alone', () => {
    expect(unknownVariables({ HYPERSCENE_PROT: '1', HYPERSCENE_PORT: '2', PATH: '/bin' })).toEqual(['HYPERSCENE_PROT']);
  });

  it('knows the files of secrets, and of secrets only', () => {
    const env = { HYPERSCENE_NEO4J_PASSWORD_FILE: '/run/x', HYPERSCENE_PORT_FILE: '/run/y' };
    expect(unknownVariables(env)).toEqual(['HYPERSCENE_PORT_FILE']);
  });
});

/** What each variable takes, and what comes of it; everything else must be refused. */
const EVERY_SETTING = describeSettings().map((setting) => [setting.variable, setting] as const);

describe.each(EVERY_SETTING)('%s', (variable, { expected, secret, about, fallback }) => {
  const range = /whole number from (\d+) to (\d+)/u.exec(expected);
  const names = /^one of (.+)$/u.exec(expected)?.[1]?.split(', ');
  // What some are refused without.
  const beside = { HYPERSCENE_STORE: 'neo4j', HYPERSCENE_JWT_ISSUER: 'issuer', HYPERSCENE_JWT_AUDIENCE: 'audience' };
  const read = (value: string) => readConfig({ ...beside, [variable]: value });
  const refusal = (value: string): HypersceneError | null => {
    try {
      read(value);
      return null;
    } catch (error) {
      if (error instanceof HypersceneError) return error;
      throw error;
    }
  };

  it('says what it is', () => {
    expect(about).toMatch(/^\S.*[^.]$/u);
    expect(variable).toMatch(/^[A-Z][A-Z\d_]+$/u);
  });

  it('takes its default, and what it says that it takes', () => {
    expect(refusal(fallback)).toBeNull();
    if (range) {
      const [min, max] = [Number(range[1]), Number(range[2])];
      fc.assert(
        fc.property(fc.integer({ min, max }), (value) => refusal(String(value)) === null),
        { numRuns: 15 },
      );
    }
    for (const name of names ?? []) expect(refusal(name)).toBeNull();
  });

  it('refuses all else with BAD_CONFIG, naming itself and what was expected, and a secret never', () => {
    const values = range
      ? fc.oneof(
          fc.integer({ min: -1e9, max: Number(range[1]) - 1 }).map(String),
          fc.integer({ min: Number(range[2]) + 1, max: 2 ** 53 }).map(String),
          fc.string({ unit: 'binary', minLength: 1 }).filter((text) => !/^\d+$/u.test(text)),
        )
      : fc.string({ unit: 'binary', minLength: 1 });
    fc.assert(
      fc.property(values, (value) => {
        const error = refusal(value);
        if (range || (names && !names.includes(value.toLowerCase()))) expect(error).not.toBeNull();
        if (error === null) return;
        expect(error).toMatchObject({ code: 'BAD_CONFIG', exitStatus: 78 });
        expect(error.message).toContain(variable);
        expect(error.message).toContain(expected);
        if (secret && value.length > 8) expect(error.message).not.toContain(value);
      }),
      { numRuns: 30 },
    );
  });
});

describe('readConfig for operations', () => {
  it('measures at the address of the service, and traces nothing, when nothing is set', () => {
    const { operations, traces } = readConfig({});
    expect(operations).toEqual({ metrics: { listen: null }, drainDelay: 0, drainTimeout: 10_000 });
    expect(traces).toBeNull();
  });

  it('gives the metrics an address of their own where a port is set, and turns them off', () => {
    const listen = (env: Readonly<Record<string, string>>) => readConfig(env).operations.metrics;
    expect(listen({ HYPERSCENE_METRICS_PORT: '9464' })).toEqual({ listen: { host: '127.0.0.1', port: 9464 } });
    expect(listen({ HYPERSCENE_METRICS_PORT: '0', HYPERSCENE_METRICS_HOST: '::' })).toEqual({
      listen: { host: '::', port: 0 },
    });
    expect(listen({ HYPERSCENE_METRICS: 'off', HYPERSCENE_METRICS_PORT: '9464' })).toBeNull();
  });

  it('sends traces to /v1/traces of the collector, or to the whole address that outranks it', () => {
    const url = (env: Readonly<Record<string, string>>) => readConfig(env).traces?.url;
    expect(url({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318' })).toBe('http://c:4318/v1/traces');
    expect(url({ OTEL_EXPORTER_OTLP_ENDPOINT: 'https://c/otlp/' })).toBe('https://c/otlp/v1/traces');
    const both = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c', OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://t/x' };
    expect(url(both)).toBe('http://t/x');
    expect(url({ ...both, OTEL_SDK_DISABLED: 'true' })).toBeUndefined();
  });

  it('takes headers, percent-encoded, and refuses a password in the address and a line end in a header', () => {
    const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c' };
    const traces = readConfig({ ...endpoint, OTEL_EXPORTER_OTLP_HEADERS: 'a=1, authorization=Bearer%20x%3D' }).traces;
    expect(traces?.headers).toEqual({ a: '1', authorization: 'Bearer x=' });
    for (const env of [
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://u:geheim@c' },
      { ...endpoint, OTEL_EXPORTER_OTLP_HEADERS: 'a=x%0d%0ageheim' },
      { ...endpoint, OTEL_EXPORTER_OTLP_HEADERS: 'geheim' },
    ]) {
      const error = thrownBy(() => readConfig(env));
      expect([error.code, error.message.includes('geheim')]).toEqual(['BAD_CONFIG', false]);
    }
  });
});

describe('readConfig for the base model', () => {
  const model = (env: Readonly<Record<string, string>>) => readConfig(env).model;

  it('takes the default model on the CPU, from the hub, when nothing is set', () => {
    const config = model({});
    expect(config).toMatchObject({
      address: 'default',
      hub: { url: 'https://huggingface.co', token: null },
      server: null,
      gpu: 'off',
      context: 2048,
      slots: 4,
      processes: 1,
      threads: 0,
      kv: 'f16',
      idle: 300_000,
      timeout: 120_000,
      queue: 64,
      prefixes: 2 ** 28,
      packs: null,
    });
    expect(isAbsolute(config.folder)).toBe(true);
    expect(config.memory).toBeGreaterThanOrEqual(2 ** 26);
    for (const part of [config, config.hub]) expect(Object.isFrozen(part)).toBe(true);
  });

  it.each([
    ['none', null],
    ['default', 'default'],
    ['hf:o/r/a.gguf@main#sha256=00', 'hf:o/r/a.gguf@main#sha256=00'],
    ['модели/a.GGUF', resolve('модели/a.GGUF')],
  ])('takes the model %s', (given, address) => {
    expect(model({ HYPERSCENE_MODEL: given }).address).toBe(address);
  });

  it.each(['Default', 'a.bin', 'hf:o/r/a b.gguf', 'https://x/a'])('refuses the model %j', (given) => {
    expect(thrownBy(() => model({ HYPERSCENE_MODEL: given })).code).toBe('BAD_CONFIG');
  });

  it('takes a server, its key from a file too, and tells neither key nor token', () => {
    const env = {
      HYPERSCENE_MODEL_URL: 'http://llm:8080/v1/',
      HYPERSCENE_MODEL_KEY: 'k',
      HYPERSCENE_MODEL_NAME: 'Qwen',
    };
    expect(model(env).server).toEqual({ url: 'http://llm:8080/v1', key: 'k', name: 'Qwen' });
    expect(model({ HYPERSCENE_MODEL_KEY: 'k' }).server).toBeNull();
    for (const bad of [
      { HYPERSCENE_HUB_TOKEN: 'geheim\nx: y' },
      { HYPERSCENE_MODEL_KEY: 'geheim ж' },
      { HYPERSCENE_HUB: 'https://geheim@hub' },
      { HYPERSCENE_MODEL_URL: 'http://u:geheim@llm' },
    ])
      expect(thrownBy(() => model(bad)).message).not.toContain('geheim');
  });
});
