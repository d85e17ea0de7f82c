import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HypersceneError } from '../../../src/errors.ts';
import type { StationAnswer } from '../../../src/model/llama/station.ts';
import { tinyGguf } from '../gguf/tiny-gguf.ts';
import { modelFolders } from './llama-model.ts';
import { type RecordedStation, type RecordOptions, recordedStation, startModel, until } from './recorded-station.ts';
import { testModel } from './test-model.ts';

/** Beginnings of some 100 positions and more. */
const RUSSIAN = `${'Он стоял у двери, не решаясь войти, и слушал, как в доме смеются. '.repeat(2)}`;
const ENGLISH = `${'The old sailor walked along the harbour wall and watched the grey boats come in. '.repeat(5)}`;
const ENDLESS = 400;

let folders: Awaited<ReturnType<typeof modelFolders>>;
let real: string;
let tiny: string;
const open: RecordedStation[] = [];

const stationOf = (options: RecordOptions): RecordedStation => {
  const station = recordedStation(options);
  open.push(station);
  return station;
};

beforeAll(async () => {
  folders = await modelFolders();
  await mkdir(folders.cache);
  tiny = join(folders.cache, 'tiny.gguf');
  [real] = await Promise.all([testModel(), writeFile(tiny, tinyGguf({ seed: 1 }))]);
});

afterEach(async () => {
  await Promise.all(open.splice(0).map(({ station }) => station.close()));
});

afterAll(() => folders.remove());

const codeOf = async (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => 'done',
    (error: unknown) => (error as HypersceneError).code,
  );

/** Both of its processes up, of which one has read the first text last and the other the second. */
const bothUp = async (
  { station, slots, ask, pidOf }: RecordedStation,
  one: string,
  two: string,
): Promise<readonly [number, number]> => {
  const stopping = new AbortController();
  const pending = new Set<Promise<unknown>>();
  const isUp = (): boolean => station.processes.filter(({ state }) => state === 'ready').length === 2;
  for (let i = 0; !isUp(); i += 1) {
    // More than one process has sequences for.
    while (pending.size <= slots) {
      const asked = codeOf(ask(`${i}`, { tokensMax: ENDLESS, signal: stopping.signal }));
      pending.add(asked);
      void asked.then(() => pending.delete(asked));
    }
    await until(() => isUp() || pending.size <= slots);
  }
  stopping.abort();
  await Promise.all(pending);
  await until(() => station.processes.every(({ running }) => running.size === 0));
  await ask(one);
  await ask(two);
  expect(pidOf(one)).not.toBe(pidOf(two));
  return [pidOf(one), pidOf(two)];
};

describe('two processes of one model', () => {
  test('are two only once the first is full', async () => {
    const { station, ask } = stationOf({ path: tiny, slots: 2 });
    await Promise.all([ask('a'), ask('b')]);
    await ask('c');
    expect(station.standing).toBe(1);
    await Promise.all([ask('a'), ask('b'), ask('c')]);
    await until(() => station.standing === 2);
  });

  test('each answer to the beginning that it holds, in both languages', async () => {
    const recorded = stationOf({ path: real });
    const [russian, english] = await bothUp(recorded, RUSSIAN, ENGLISH);
    expect(russian).not.toBe(english);
    for (const [i, beginning] of [ENGLISH, RUSSIAN, RUSSIAN, ENGLISH, RUSSIAN, ENGLISH].entries()) {
      const text = `${beginning}${i}`;
      const { usage } = await recorded.ask(text);
      expect(recorded.pidOf(text)).toBe(beginning === RUSSIAN ? russian : english);
      expect(usage.cached).toBeGreaterThan(usage.prompt / 2);
    }
  });

  test('share what nobody has read: it goes to the one that has had nothing to do for longest', async () => {
    const recorded = stationOf({ path: tiny });
    const [first, second] = await bothUp(recorded, 'раз', 'two');
    const texts = ['Царь велел', 'The king said', 'Мельник пел', 'A miller sang'];
    for (const text of texts) await recorded.ask(text);
    expect(texts.map(recorded.pidOf)).toEqual([first, second, first, second]);
  });

  test('share it by how much they have to do, too', async () => {
    const recorded = stationOf({ path: tiny, slots: 2 });
    const [first, second] = await bothUp(recorded, 'раз', 'two');
    const stopping = new AbortController();
    const asked = [0, 1, 2].map((i) =>
      codeOf(recorded.ask(`long ${i}`, { tokensMax: ENDLESS, signal: stopping.signal })),
    );
    await until(() => recorded.given.some(({ text }) => text === 'long 2'));
    const pids = [0, 1, 2].map((i) => recorded.pidOf(`long ${i}`));
    expect(new Set(pids.slice(0, 2))).toEqual(new Set([first, second]));
    stopping.abort();
    await Promise.all(asked);
  });

  test('make nobody wait for the one that holds the beginning, while the other is free', async () => {
    const recorded = stationOf({ path: real });
    const [holder, other] = await bothUp(recorded, RUSSIAN, ENGLISH);
    const stopping = new AbortController();
    let pieces = 0;
    const busy = codeOf(
      recorded.ask(`${RUSSIAN}И вот`, {
        tokensMax: ENDLESS,
        signal: stopping.signal,
        onPiece: () => {
          pieces += 1;
        },
      }),
    );
    await until(() => pieces > 0);
    const { usage } = await recorded.ask(`${RUSSIAN}Но тут`);
    // The one that holds it has not ended yet, and was not asked.
    expect(recorded.station.processes.find(({ model }) => model.pid === holder)?.running.size).toBe(1);
    expect(recorded.pidOf(`${RUSSIAN}Но тут`)).toBe(other);
    expect(usage.cached).toBe(0);
    stopping.abort();
    expect(await busy).toBe('CANCELLED');
  });

  test('take turns among all who ask: however much one asks for, another waits a turn of each', async () => {
    const recorded = stationOf({ path: tiny });
    const { ask, given } = recorded;
    await bothUp(recorded, 'раз', 'two');
    const before = given.length;
    const many = Array.from({ length: 10 }, (_, i) => ask(`many ${i}`, { client: 'many' }));
    const few = Array.from({ length: 3 }, (_, i) => ask(`few ${i}`, { client: 'few' }));
    await Promise.all([...many, ...few]);
    const order = given.slice(before).map(({ text }) => text);
    // Two had begun before the other asked.
    expect(order.slice(0, 2)).toEqual(['many 0', 'many 1']);
    expect(order.slice(2, 8)).toEqual(['many 2', 'few 0', 'many 3', 'few 1', 'many 4', 'few 2']);
    expect(order).toHaveLength(13);
    expect(new Set(given.slice(before).map(({ pid }) => pid)).size).toBe(2);
  });
});

describe('a process that ends', () => {
  const scored = (text: string) => ({
    task: { kind: 'score', prompt: { form: 'raw', segments: [{ kind: 'text', text }] } } as const,
  });

  test('loses nothing of what it had or what waits, and leaves the other alone', async () => {
    const recorded = stationOf({ path: real, slots: 2 });
    const [killed, other] = await bothUp(recorded, RUSSIAN, ENGLISH);
    const texts = Array.from({ length: 8 }, (_, i) => `${i % 2 === 0 ? RUSSIAN : ENGLISH}${i}`);
    const before = recorded.given.length;
    const asked = texts.map((text) => recorded.ask(text, scored(text)));
    const hadByOther = recorded.given.slice(before).filter(({ pid }) => pid === other);
    const lost = recorded.given.slice(before).filter(({ pid }) => pid === killed);
    expect(lost.length).toBeGreaterThan(0);
    expect(hadByOther.length).toBeGreaterThan(0);
    expect(recorded.station.waiting).toBeGreaterThan(0);
    process.kill(killed, 'SIGKILL');
    const answers = await Promise.all(asked);
    expect(answers.map(({ result }) => (result as { tokens: readonly unknown[] }).tokens.length)).toEqual(
      answers.map(({ usage }) => usage.prompt),
    );
    const times = (text: string): number => recorded.given.slice(before).filter((each) => each.text === text).length;
    for (const { text } of hadByOther) expect(times(text)).toBe(1);
    for (const { text } of lost) expect(times(text)).toBe(2);
    expect(recorded.station.restarts).toBe(1);
    expect(recorded.station.processes.map(({ model }) => model.pid)).toContain(other);
  });

  test('while it loads loses nothing either', async () => {
    let starts = 0;
    const { station, ask } = stationOf({
      path: tiny,
      processesMax: 1,
      spawn: (start) => {
        const model = start();
        starts += 1;
        if (starts === 1) model.kill();
        return model;
      },
    });
    const answers = await Promise.all(['раз', 'two'].map((text) => ask(text)));
    expect(answers.map(({ usage }) => usage.generated)).toEqual([2, 2]);
    expect([starts, station.restarts]).toEqual([2, 1]);
  });

  test('each time while it loads is told to those who wait, and tried again for the next', async () => {
    let starts = 0;
    const { ask } = stationOf({
      path: tiny,
      processesMax: 1,
      spawn: (start) => {
        const model = start();
        starts += 1;
        if (starts <= 2) model.kill();
        return model;
      },
    });
    expect(await Promise.all([codeOf(ask('раз')), codeOf(ask('two'))])).toEqual(['MODEL_CRASHED', 'MODEL_CRASHED']);
    expect(await codeOf(ask('three'))).toBe('done');
  });

  test('is given nothing again that nobody waits for', async () => {
    const { station, ask, given, spawned } = stationOf({ path: real, processesMax: 1, timeout: 100 });
    await station
      .run({ client: 'test', workspace: 'test', task: { kind: 'count', prompts: [] }, adapter: null, alone: false })
      .catch(() => undefined);
    const text = RUSSIAN.repeat(2);
    expect(await codeOf(ask(text, scored(text)))).toBe('MODEL_TIMEOUT');
    spawned[0]?.kill();
    await spawned[0]?.ended;
    await until(() => station.processes.length === 0);
    expect(given.filter((each) => each.text === text)).toHaveLength(1);
    expect(station.waiting).toBe(0);
  });
});

describe('a further process', () => {
  test.each([
    [
      'for which there is no memory',
      () => {
        throw new HypersceneError('MODEL_TOO_LARGE', 'no room');
      },
    ],
    ['that does not load', () => startModel('/nowhere/model.gguf')],
  ])('%s fails nobody: the first does it', async (_, further) => {
    let tries = 0;
    const { ask, given, station } = stationOf({
      path: tiny,
      spawn: (start, isFirst) => {
        if (isFirst) return start();
        tries += 1;
        return further();
      },
    });
    const answers: readonly StationAnswer[] = await Promise.all(Array.from({ length: 6 }, (_each, i) => ask(`${i}`)));
    expect(answers.map(({ usage }) => usage.generated)).toEqual(Array.from({ length: 6 }, () => 2));
    expect(tries).toBeGreaterThan(0);
    expect(new Set(given.map(({ pid }) => pid)).size).toBe(1);
    expect(station.restarts).toBe(0);
  });
});

describe('a station that is given up', () => {
  test('does what it has, ends its processes at once, and tells that nothing is loaded', async () => {
    let unloaded = 0;
    const { station, ask } = stationOf({
      path: tiny,
      onUnloaded: () => {
        unloaded += 1;
      },
    });
    const asked = Promise.all(['раз', 'two', 'три'].map((text) => ask(text)));
    station.retire();
    expect((await asked).map(({ usage }) => usage.generated)).toEqual([2, 2, 2]);
    await until(() => unloaded === 1);
    expect(station.processes).toEqual([]);
  });

  test('is there again for whoever asks it all the same', async () => {
    const { station, ask } = stationOf({ path: tiny });
    station.retire();
    await ask('раз');
    expect(station.standing).toBe(1);
  });
});
