import type { Parameter, Parameters } from '../../../src/store/parameter.ts';

/** Properties that hold a key made by `identityOf`: whoever is found by one is of the workspace that made it. */
export const KEY_PROPERTIES: readonly string[] = [
  'uid',
  'workspace',
  'key',
  'part',
  'place',
  'bucket',
  'ref',
  'layer',
  'layers',
  'pending',
  'uncoupled',
  'merged',
  'personUid',
  'shelf',
];

/** Parameters that hold such a key, or a list of them. */
export const KEY_PARAMETERS: readonly string[] = [
  'workspace',
  'corpus',
  'corpora',
  'document',
  'documents',
  'chunk',
  'chunks',
  'scenes',
  'places',
  'buckets',
  'facets',
  'hypertoken',
  'hypertokens',
  'occurrences',
  'refs',
  'layer',
  'layers',
  'keys',
  'key',
  'agent',
  'agents',
  'alias',
  'into',
  'personUid',
  'shelf',
  'uids',
  'members',
];

/** Fields of `$rows` that hold such a key. */
export const KEY_FIELDS: readonly string[] = [
  'uid',
  'a',
  'b',
  'from',
  'to',
  'document',
  'scene',
  'facet',
  'hypertoken',
  'occurrence',
  'agent',
  'part',
  'place',
  'bucket',
  'ref',
];

const texts = (value: Parameter | undefined): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string');

const begins = (key: string, workspace: string): boolean =>
  key === workspace || key.startsWith(`${workspace.replaceAll('%', '%25').replaceAll('/', '%2F')}/`);

/** The keys in a statement's parameters that are not of the workspace. */
export const strayKeys = (name: string, parameters: Parameters, workspace: string): readonly string[] => {
  const found = KEY_PARAMETERS.flatMap((parameter) => texts(parameters[parameter]).map((key) => [parameter, key]));
  const { rows } = parameters;
  for (const row of Array.isArray(rows) ? (rows as readonly Parameters[]) : [])
    for (const field of KEY_FIELDS) found.push(...texts(row[field]).map((key) => [`rows.${field}`, key]));
  return found
    .filter(([, key]) => key !== '' && !begins(key ?? '', workspace))
    .map(([where, key]) => `${name} ${where}: ${key} is not of ${workspace}`);
};
