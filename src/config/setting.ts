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

export const integer = (min: number, max: number) => (text: string) =>
  z.string().regex(/^\d+$/u).transform(Number).pipe(z.number().int().min(min).max(max)).parse(text);

export const between = (min: number, max: number): string => `a whole number from ${min} to ${max}`;

export const onOff = (text: string): boolean => z.enum(['on', 'off']).parse(text) === 'on';

export const parseHost = (text: string): string =>
  z
    .string()
    .regex(/^[\w.:%-]+$/u)
    .parse(text);

/** Seconds. */
export const HOUR = 3600;
export const DAY = 24 * HOUR;
