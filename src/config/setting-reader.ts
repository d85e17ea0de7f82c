import { readFileSync } from 'node:fs';
import { HypersceneError } from '../errors.ts';
import { SETTINGS } from './settings.ts';

/** Values given on the command line: they outrank the environment. */
export type ConfigOverrides = Readonly<
  Partial<Record<'dataDir' | 'host' | 'port' | 'workspace' | 'serverUrl', string>>
>;

export type Environment = Readonly<Record<string, string | undefined>>;

type SettingName = keyof typeof SETTINGS;
type SettingValue<Name extends SettingName> = ReturnType<(typeof SETTINGS)[Name]['parse']>;
/** Gives the checked value of one setting. */
export type SettingReader = <Name extends SettingName>(name: Name) => SettingValue<Name>;

/** ms: settings are told in seconds. */
export const SECOND = 1000;

export const fileOf = (variable: string): string => `${variable}_FILE`;

export const readSetting = <Name extends SettingName>(
  name: Name,
  env: Environment,
  overrides: ConfigOverrides,
): SettingValue<Name> => {
  const { variable, option, expected, fallback, secret, parse } = SETTINGS[name];
  const given = Object.entries(overrides).find(([key]) => key === name)?.[1];
  const text = given ?? (env[variable] || (secret && readSecret(env, variable)) || fallback);
  try {
    return parse(text) as SettingValue<Name>;
  } catch (cause) {
    const details = { expected, came: JSON.stringify(withoutUser(text).slice(0, 200)), cause };
    if (given !== undefined) throw new HypersceneError('USAGE', `bad ${option ?? name}`, details);
    throw new HypersceneError('BAD_CONFIG', `bad ${variable}`, secret ? { expected } : details);
  }
};

/** An address may hold a password, and an error is printed. */
const withoutUser = (text: string): string => text.replace(/\/\/[^/]*@/u, '//…@');

/** Without the line end that an editor puts at the end of a file. */
const readSecret = (env: Environment, variable: string): string => {
  const path = env[fileOf(variable)];
  if (path === undefined || path === '') return '';
  try {
    return readFileSync(path, 'utf8').replace(/\r?\n$/u, '');
  } catch (cause) {
    throw new HypersceneError('BAD_CONFIG', `bad ${fileOf(variable)}`, {
      expected: 'a file that can be read',
      came: JSON.stringify(path),
      cause,
    });
  }
};
