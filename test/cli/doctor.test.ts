import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import fc from 'fast-check';
import { Redis } from 'ioredis';
import selfsigned from 'selfsigned';
import { checkClock, checkDisk, checkMemory } from '../../src/cli/checks/check-machine.ts';
import { checkTraces } from '../../src/cli/checks/check-traces.ts';
import { checkRedis, refuseUnfit } from '../../src/main/check-redis.ts';
import { EmbeddedEngine } from '../../src/store/embedded/embedded-engine.ts';
import { migrate } from '../../src/store/migrate.ts';
import { loadMigrations, MIGRATIONS_FOLDER } from '../../src/store/migration-files.ts';
import { startRedisServer } from '../redis/redis-server.ts';
import { startCollector } from '../telemetry/collector.ts';
import { jsonLines, makeFolder, removeFolder, startCli } from './run-cli.ts';
import { runHere } from './run-here.ts';

const folder = makeFolder();
afterAll(() => removeFolder(folder));

/** ms, for tests that start several processes. */
const MINUTES = 240_000;

interface Finding {
  readonly check: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly advice: string | null;
}

const examine = async (env: Readonly<Record<string, string>>, data = join(folder, 'data')) => {
  const { status, stdout, stderr } = await runHere(['doctor', '--json'], {
    data,
    env: { HYPERSCENE_PORT: '0', ...env },
  });
  const findings = jsonLines<Finding>(stdout);
  return { status, failed: findings.filter(({ ok }) => !ok), findings, all: stdout + stderr };
};

describe('the doctor', () => {
  it(
    'names what is wrong with each part, and with no other, and has an advice for each',
    async () => {
      const taken = createServer();
      await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
      const port = (taken.address() as AddressInfo).port;
      const { status, failed, all } = await examine({
        HYPERSCENE_METRICS_PORT: String(port),
        REDIS_URL: 'redis://user:geheim-1@127.0.0.1:1',
        OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}/none`,
        OTEL_EXPORTER_OTLP_HEADERS: 'x-key=geheim-2',
      });
      taken.closeAllConnections();
      await new Promise((resolve) => taken.close(resolve));
      expect(status).toBe(1);
      expect(failed.map(({ check }) => check)).toEqual(['redis', 'traces', 'port']);
      expect(failed.map(({ detail }) => detail.split(':')[0])).toEqual([
        'REDIS_UNREACHABLE',
        'COLLECTOR_FAILED',
        'PORT_IN_USE',
      ]);
      for (const { advice } of failed) expect(advice).toMatch(/\S/u);
      expect(all).not.toContain('geheim');
    },
    MINUTES,
  );

  it(
    'tells of a graph that another process has open, and which',
    async () => {
      const data = join(folder, 'locked');
      const server = startCli(['serve', '--port', '0'], { data });
      await server.seen('stdout', 'http://');
      const { failed } = await examine({}, data);
      server.child.kill('SIGTERM');
      await server.done;
      expect(failed).toMatchObject([{ check: 'store', detail: expect.stringContaining('STORE_LOCKED') }]);
      expect(failed[0]?.detail).toContain(String(server.child.pid));
      expect(failed[0]?.advice).toMatch(/stop that process/u);
    },
    MINUTES,
  );

  it(
    'looks at a graph that is there without changing it',
    async () => {
      const data = join(folder, 'seen');
      await examine({}, data);
      const { findings } = await examine({}, data);
      expect(findings.find(({ check }) => check === 'store')?.detail).toMatch(/\d migrations applied$/u);
    },
    MINUTES,
  );

  it(
    'tells of a file that is no graph',
    async () => {
      const data = join(folder, 'broken');
      await examine({}, data);
      writeFileSync(join(data, 'graph'), 'это не граф');
      const { failed } = await examine({}, data);
      expect(failed).toMatchObject([{ check: 'store', advice: expect.stringMatching(/--data/u) }]);
    },
    MINUTES,
  );
});

/** A graph as an earlier or a later release would have left it. */
const migratedBy = async (data: string, change: (folder: string, names: readonly string[]) => void): Promise<void> => {
  const migrations = join(folder, `migrations of ${basename(data)}`);
  cpSync(MIGRATIONS_FOLDER, migrations, { recursive: true });
  change(migrations, readdirSync(migrations).toSorted());
  mkdirSync(data, { mode: 0o700 });
  const engine = await EmbeddedEngine.open(join(data, 'graph'));
  await migrate(engine, await loadMigrations('embedded', migrations));
  await engine.close();
};

describe('the check of migrations', () => {
  it(
    'names those that are pending, and leaves them so',
    async () => {
      const data = join(folder, 'earlier');
      await migratedBy(data, (migrations, names) => {
        for (const name of names.slice(1)) rmSync(join(migrations, name));
      });
      for (const _ of ['once', 'again']) {
        const { failed } = await examine({}, data);
        expect(failed).toMatchObject([{ check: 'store', detail: expect.stringContaining('MIGRATION_PENDING') }]);
        expect(failed[0]?.advice).toContain('hyperscene migrate');
      }
    },
    MINUTES,
  );

  it('tells of one that was changed after it was applied', async () => {
    const data = join(folder, 'changed');
    await migratedBy(data, (migrations, [first = '']) => {
      const file = join(migrations, first);
      writeFileSync(file, `${readFileSync(file, 'utf8')}\nMERGE (:Migration {version: 99});\n`);
    });
    const { failed } = await examine({}, data);
    expect(failed).toMatchObject([{ check: 'store', detail: expect.stringContaining('MIGRATION_CHANGED') }]);
  });
});

describe('the check of a Neo4j server', () => {
  const NEO4J = {
    HYPERSCENE_STORE: 'neo4j',
    HYPERSCENE_NEO4J_PASSWORD: 'geheim-6',
    HYPERSCENE_NEO4J_RETRY_TIMEOUT: '0',
  };

  it('says that it is not reached, and what to look at', async () => {
    const { failed, all } = await examine({ ...NEO4J, HYPERSCENE_NEO4J_URI: 'bolt://127.0.0.1:1' });
    expect(failed).toMatchObject([{ check: 'store', detail: expect.stringContaining('STORE_UNREACHABLE') }]);
    expect(failed[0]?.advice).toContain('HYPERSCENE_NEO4J_URI');
    expect(all).not.toContain('geheim');
  });

  it('says that a certificate is not trusted, and what to look at', async () => {
    const { private: key, cert } = await selfsigned.generate([{ name: 'commonName', value: 'localhost' }]);
    const server = createTlsServer({ key, cert }, (socket) => socket.destroy());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const uri = `bolt+s://localhost:${(server.address() as AddressInfo).port}`;
    const { failed } = await examine({ ...NEO4J, HYPERSCENE_NEO4J_URI: uri });
    await new Promise((resolve) => server.close(resolve));
    expect(failed).toMatchObject([{ check: 'store', detail: expect.stringContaining('STORE_TLS') }]);
    expect(failed[0]?.advice).toContain('HYPERSCENE_NEO4J_CA_FILE');
  });
});

describe('the check of keys', () => {
  it(
    'tells how many there are, and that others may read them',
    async () => {
      const data = join(folder, 'keyed');
      const keys = async () => (await examine({}, data)).findings.find(({ check }) => check === 'keys');
      expect(await keys()).toMatchObject({ ok: true, detail: expect.stringContaining('none') });
      await runHere(['key', 'create', 'reader'], { data });
      expect(await keys()).toMatchObject({ ok: true, detail: '1 key' });
      chmodSync(join(data, 'keys.json'), 0o644);
      const open = await keys();
      expect(open).toMatchObject({ ok: false, detail: expect.stringContaining('BAD_KEY_FILE') });
      expect(open?.advice).toContain('chmod 600');
    },
    MINUTES,
  );
});

describe('the check of Redis', () => {
  it('finds a server that is fit', async () => {
    const server = await startRedisServer({ password: 'geheim-3' });
    try {
      expect(await checkRedis({ url: server.url, password: null })).toMatch(
        /^\d+\.\d+\.\d+ at 127\.0\.0\.1:\d+, noeviction$/u,
      );
    } finally {
      await server.stop();
    }
  });

  it('refuses a wrong password, none at all, and a server that may throw jobs away', async () => {
    const server = await startRedisServer({ password: 'geheim-4' });
    const client = new Redis(server.url);
    try {
      const denied = { code: 'REDIS_DENIED', message: expect.not.stringContaining('geheim') };
      await expect(
        checkRedis({ url: server.url.replace('geheim-4', 'geheim-5'), password: null }),
      ).rejects.toMatchObject(denied);
      await expect(checkRedis({ url: server.url.replace(':geheim-4@', ''), password: null })).rejects.toMatchObject(
        denied,
      );
      await client.config('SET', 'maxmemory-policy', 'allkeys-lru');
      const unfit = { code: 'REDIS_FAILED', details: { expected: 'maxmemory-policy noeviction', came: 'allkeys-lru' } };
      await expect(checkRedis({ url: server.url, password: null })).rejects.toMatchObject(unfit);
    } finally {
      client.disconnect();
      await server.stop();
    }
  });

  it('takes 6.2 and newer, with a clock within a minute, and nothing else', () => {
    const version = fc.tuple(fc.nat(20), fc.nat(20), fc.nat(20));
    fc.assert(
      fc.property(version, fc.integer({ min: -200_000, max: 200_000 }), ([major, minor, patch], skew) => {
        const facts = { version: `${major}.${minor}.${patch}`, policy: 'noeviction', time: 1e12 + skew };
        const isFit = (major > 6 || (major === 6 && minor >= 2)) && Math.abs(skew) <= 60_000;
        const check = () => refuseUnfit(facts, 1e12);
        if (isFit) check();
        else expect(check).toThrow(expect.objectContaining({ code: 'REDIS_FAILED' }));
      }),
    );
    expect(() => refuseUnfit({ version: 'unknown', policy: 'noeviction', time: 0 }, 0)).toThrow('too old');
  });
});

describe('the check of the collector of traces', () => {
  const traces = (url: string) => ({ url, headers: {}, serviceName: 'x', sampler: 'always_on', ratio: 1 }) as const;

  it('finds one that takes traces, and none where none are sent', async () => {
    const collector = await startCollector();
    expect(await checkTraces(traces(`${collector.url}/v1/traces`))).toBe(`${collector.url} takes them`);
    await expect(checkTraces(traces(`${collector.url}/other`))).rejects.toMatchObject({
      code: 'COLLECTOR_FAILED',
      details: { came: 'status 404' },
    });
    collector.answerWith(401);
    await expect(checkTraces(traces(`${collector.url}/v1/traces`))).rejects.toMatchObject({
      details: { came: 'status 401' },
    });
    await collector.close();
    await expect(checkTraces(traces(`${collector.url}/v1/traces`))).rejects.toMatchObject({
      details: { came: expect.stringMatching(/^(?:ECONNREFUSED|UND_ERR_SOCKET)$/u) },
    });
    expect(await checkTraces(null)).toBe('not sent');
  });

  it('tells of a clock that is another one', async () => {
    const server = createServer((_request, response) => {
      response.sendDate = false;
      response.setHeader('date', new Date(Date.now() - 3_600_000).toUTCString());
      response.end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/traces`;
    await expect(checkTraces(traces(url))).rejects.toThrow(/clocks .* differ/u);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('the check of the machine', () => {
  it('refuses a disk with little room', async () => {
    expect(await checkDisk(folder)).toMatch(/GiB free$/u);
    // Linux's file system of processes is always full.
    await expect(checkDisk('/proc')).rejects.toMatchObject({ code: 'DISK_FULL', details: { at: '/proc' } });
  });

  it('refuses a clock that stands before what was written, or that was never set', async () => {
    const data = join(folder, 'clock');
    mkdirSync(data);
    writeFileSync(join(data, 'graph'), '');
    const now = Date.now();
    expect(await checkClock(data, now)).toBe(new Date(now).toISOString());
    await expect(checkClock(data, now - 3_600_000)).rejects.toMatchObject({ code: 'BAD_CLOCK' });
    await expect(checkClock(data, 0)).rejects.toThrow('never set');
    expect(await checkClock(join(folder, 'nothing'), now)).toBe(new Date(now).toISOString());
  });

  it('takes the limit of the container where there is one, else the memory of the machine', async () => {
    const GIB = 2 ** 30;
    expect(await checkMemory(2 * GIB, 8 * GIB)).toBe('2048 MiB by the limit of the container');
    expect(await checkMemory(0, 8 * GIB)).toBe('8192 MiB of the machine');
    // What cgroups say where nothing is limited.
    expect(await checkMemory(2 ** 63, 8 * GIB)).toBe('8192 MiB of the machine');
    await expect(checkMemory(GIB / 4, 8 * GIB)).rejects.toMatchObject({
      code: 'LITTLE_MEMORY',
      details: { came: '256 MiB by the limit of the container' },
    });
  });
});
