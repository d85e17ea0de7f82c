import { parse } from 'yaml';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What the rules look at; the schema has seen to the types. */
export interface Service {
  readonly image?: string;
  readonly build?: unknown;
  readonly user?: string;
  readonly restart?: string;
  readonly read_only?: boolean;
  readonly privileged?: boolean;
  readonly network_mode?: string;
  readonly cap_drop?: readonly string[];
  readonly cap_add?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly networks?: readonly string[];
  readonly secrets?: readonly string[];
  readonly environment?: Readonly<Record<string, string | null>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition?: string }>>;
  readonly healthcheck?: {
    readonly test?: readonly string[];
    readonly interval?: string;
    readonly timeout?: string;
    readonly retries?: number;
    readonly start_period?: string;
  };
  readonly deploy?: { readonly resources?: { readonly limits?: { readonly memory?: string } } };
}

export interface Project {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks?: Readonly<Record<string, { readonly internal?: boolean } | null>>;
  readonly volumes?: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, { readonly file?: string; readonly environment?: string }>>;
}

/** `$$`, `$NAME`, `${NAME}` and `${NAME<operator>word}`, the operators of the Compose specification. */
const REFERENCE = /\$(?:(\$)|\{(\w+)(?:(:?[-?+])([^}]*))?\}|(\w+))/gu;

const resolved = (name: string, operator: string, word: string, env: Environment): string => {
  const value = env[name];
  const isGiven = value !== undefined && !(operator.startsWith(':') && value === '');
  switch (operator.at(-1)) {
    case '-':
      return isGiven ? value : word;
    case '+':
      return isGiven ? word : '';
    case '?':
      if (!isGiven) throw new Error(`required variable ${name} is missing a value: ${word}`);
      return value;
    default:
      return value ?? '';
  }
};

const interpolate = (node: unknown, env: Environment): unknown => {
  if (typeof node === 'string')
    return node.replace(REFERENCE, (_, escaped, braced, operator = '', word = '', bare) =>
      escaped ? '$' : resolved(braced ?? bare, operator, word, env),
    );
  if (Array.isArray(node)) return node.map((item) => interpolate(item, env));
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, interpolate(value, env)]));
};

/**
 * A project as Compose sees it before it fills in its own defaults.
 * @throws Error for a required variable without a value, YAMLParseError
 */
export const loadProject = (text: string, env: Environment): Project =>
  interpolate(parse(text, { merge: true }), env) as Project;

/** Names of the variables that a Compose file asks for. */
export const variablesOf = (text: string): readonly string[] => {
  const bare = text.replaceAll(/#.*$/gmu, '').replaceAll('$$', '');
  const references = [...bare.matchAll(REFERENCE)].map(([, , braced, , , name]) => braced ?? name ?? '');
  // A key without a value is handed on from the environment.
  const handedOn = [...bare.matchAll(/^ +(HYPERSCENE_\w+):\s*$/gmu)].map(([, name]) => name ?? '');
  return [...new Set([...references, ...handedOn])].sort();
};
