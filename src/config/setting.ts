import { z } from 'zod';

/** A setting as help and `doctor` print it. */
export interface SettingDescription {
  readonly variable: string;
  readonly option: string | null;
  readonly expected: string;
  readonly fallback: string;
  /** The default in words, where it depends on the machine. */
  readonly fallbackAbout?: string;
  readonly about: string;
  /** Never printed, in errors neither. `VARIABLE_FILE` may name a file that holds it, as container secrets are mounted. */
  readonly secret: boolean;
}

export interface Setting<T> extends SettingDescription {
  /** Throws a ZodError or HypersceneError on what is not `expected`. */
  readonly parse: (text: string) => T;
}

/** A schema is made once: making one takes 0.2 ms, and a configuration has 60. */
export const integer = (min: number, max: number): ((text: string) => number) => {
  const schema = z.string().regex(/^\d+$/u).transform(Number).pipe(z.number().int().min(min).max(max));
  return (text) => schema.parse(text);
};

export const between = (min: number, max: number): string => `a whole number from ${min} to ${max}`;

const ON_OFF = z.enum(['on', 'off']);
export const onOff = (text: string): boolean => ON_OFF.parse(text) === 'on';

const HOST = z.string().regex(/^[\w.:%-]+$/u);
export const parseHost = (text: string): string => HOST.parse(text);

/** Seconds. */
export const HOUR = 3600;
export const DAY = 24 * HOUR;
