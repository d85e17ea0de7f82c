import { isAbsolute, resolve } from 'node:path';
import fc from 'fast-check';
import { describeSettings, LOG_LEVELS, readConfig, unknownVariables } from '../src/config.ts';
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
          readConfig({ [variable]: value });
        } catch (error) {
          expect(error).toMatchObject({ code: 'BAD_CONFIG' });
        }
      }),
    );
  });
});

describe('describeSettings', () => {
  it('describes settings whose defaults are valid', () => {
    const env = Object.fromEntries(describeSettings().map(({ variable, fallback }) => [variable, fallback]));
    expect(readConfig(env)).toEqual(readConfig({}));
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
});
