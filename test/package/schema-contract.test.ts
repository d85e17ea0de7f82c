import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BreakingChangeType, DangerousChangeType } from 'graphql';
import { makeFolder, ROOT, removeFolder } from '../cli/run-cli.ts';

const SCRIPT = join(ROOT, 'scripts', 'schema-contract.mjs');

const contract = (...args: readonly string[]): { readonly status: number | null; readonly told: string } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, ...args], { encoding: 'utf8' });
  return { status, told: stdout + stderr };
};

/** A checkout right after a release; each test begins with a copy. */
const released = makeFolder();
let root: string;

beforeAll(() => {
  for (const path of ['schema', 'package.json']) cpSync(join(ROOT, path), join(released, path), { recursive: true });
  writeFileSync(join(released, 'CHANGELOG.md'), '# Changelog\n');
  expect(contract('--root', released, 'release')).toEqual({ status: 0, told: '' });
});
beforeEach(() => {
  root = makeFolder();
  cpSync(released, root, { recursive: true });
});

afterEach(() => removeFolder(root));
afterAll(() => removeFolder(released));

const check = () => contract('--root', root, 'check');

const edit = (file: string, from: string, to: string): void => {
  const path = join(root, 'schema', file);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
};

const changelog = (...lines: readonly string[]): void =>
  writeFileSync(join(root, 'CHANGELOG.md'), `# Changelog\n\n${lines.join('\n')}\n`);

test('the schema keeps to what was released, or the changelog says where it does not', () => {
  expect(contract('check')).toEqual({ status: 0, told: '' });
});

/** What is changed: file, text, what it becomes; where that is; what the changelog must call it. */
const CHANGES: Readonly<Record<string, readonly [string, string, string, string, 'Breaking' | 'Dangerous']>> = {
  'a field removed': ['scene.graphql', '  position: Int!\n', '  place: Int!\n', 'Scene.position', 'Breaking'],
  'a field that may be null now': ['scene.graphql', '  text: String!\n', '  text: String\n', 'Scene.text', 'Breaking'],
  'an enum value removed': [
    'scene.graphql',
    '  "One of several clauses of a sentence, each with its own finite verb and agent."\n  HALF\n',
    '',
    'SceneKind.HALF',
    'Breaking',
  ],
  'an enum value added': ['scene.graphql', '  HALF\n', '  HALF\n  "Several."\n  MANY\n', 'SceneKind.MANY', 'Dangerous'],
  'an argument that must be given now': [
    'corpus.graphql',
    'corpus("The corpus\'s name." name: String!)',
    'corpus("The corpus\'s name." name: String!, "The language." lang: Language!)',
    'Query.corpus(lang:)',
    'Breaking',
  ],
  'an argument that may be left out': [
    'corpus.graphql',
    'corpus("The corpus\'s name." name: String!)',
    'corpus("The corpus\'s name." name: String!, "The language." lang: Language)',
    'Query.corpus(lang:)',
    'Dangerous',
  ],
  'another default': [
    'activation.graphql',
    '    budget: Int! = 400\n',
    '    budget: Int! = 500\n',
    'Query.activate(budget:)',
    'Dangerous',
  ],
  'an input’s field that must be given now': [
    'scene.graphql',
    '  kind: SceneKind\n  "Scenes read',
    '  kind: SceneKind!\n  "Scenes read',
    'SceneFilter.kind',
    'Breaking',
  ],
  'a field that may no longer stand below a list': [
    'scene.graphql',
    '  motif: Occurrence\n',
    '  motif: Occurrence @perParent\n',
    'Scene.motif',
    'Breaking',
  ],
  'an input of which one field alone may be given': [
    'scene.graphql',
    'input FacetInput {\n  "Which side of the scene."\n  kind: FacetKind!\n',
    'input FacetInput @oneOf {\n  "Which side of the scene."\n  kind: FacetKind\n',
    'FacetInput',
    'Breaking',
  ],
};

describe.each(Object.keys(CHANGES))('%s', (name) => {
  const [file, from, to, coordinate, label] = CHANGES[name] ?? ['', '', '', '', 'Breaking'];

  test('is told with the line that would let it through', () => {
    edit(file, from, to);
    const { status, told } = check();
    expect(status).toBe(1);
    expect(told).toContain(`- ${label} (GraphQL): \`${coordinate}\``);
  });

  test('passes when the unreleased section names it, as released it is the contract', () => {
    edit(file, from, to);
    changelog(
      '## 0.2.0 — unreleased',
      '',
      '### Changed',
      '- Else.',
      `- ${label} (GraphQL): \`x\` and`,
      `  \`${coordinate}\`: why.`,
    );
    expect(check()).toEqual({ status: 0, told: '' });
    contract('--root', root, 'release');
    changelog('## 0.3.0 — unreleased');
    expect(check()).toEqual({ status: 0, told: '' });
  });
});

test.each([
  ['in the section of a release', ['## [Unreleased]', '', '## 0.1.0', '- Breaking (GraphQL): `Scene.text`']],
  ['beside the label', ['## Unreleased', '- Else (GraphQL): `Scene.text`', '- Breaking (GraphQL): more.']],
  ['in part', ['## Unreleased', '- Breaking (GraphQL): `Scene`, `Scene.tex`']],
])('a change does not pass when it is named %s', (_, lines) => {
  edit('scene.graphql', '  text: String!\n', '  text: String\n');
  changelog(...lines);
  expect(check().status).toBe(1);
});

test('what breaks is not let through as what is dangerous', () => {
  edit('scene.graphql', '  text: String!\n', '  text: String\n');
  changelog('## Unreleased', '- Dangerous (GraphQL): `Scene.text`');
  expect(check().status).toBe(1);
});

test('what only adds passes without a word', () => {
  edit('scene.graphql', '  text: String!\n', '  text: String!\n  "Its words."\n  words: [String!]! @perParent\n');
  expect(check()).toEqual({ status: 0, told: '' });
});

test('every kind of change that graphql-js knows has a place', () => {
  const before = `directive @gone on FIELD_DEFINITION
    directive @d(a: Int, b: Int) repeatable on FIELD_DEFINITION | OBJECT
    scalar S interface N { id: ID! } interface M { id: ID! } type A { id: ID! } type B implements N { id: ID! }
    type C { id: ID! } union U = A | B enum E { ONE TWO } input I { a: Int b: Int } type Gone { id: ID! }
    type Query { a(x: Int, y: Int = 1): A b: B! u: U e(i: I): E s: S n: N c: C gone: Gone f: Float m: M }`;
  const after = `directive @d(b: Int, c: Int!) on FIELD_DEFINITION
    type S { id: ID! } interface N { id: ID! } interface M { id: ID! } type A implements M { id: ID! } type B { id: ID! }
    type C { id: ID! } union U = A | C enum E { ONE THREE } input I { b: String c: Int! d: Int }
    type Query { a(y: Int = 2, z: Int!, w: Int): A b: B u: U e(i: I!): E s: S n: N c: C f: Int m: M }`;
  const folder = makeFolder();
  try {
    mkdirSync(join(folder, 'schema/released'), { recursive: true });
    writeFileSync(join(folder, 'schema/released/schema.graphql'), before);
    writeFileSync(join(folder, 'schema/schema.graphql'), after);
    writeFileSync(join(folder, 'CHANGELOG.md'), '');
    const { told } = contract('--root', folder, 'check');
    const lines = [...told.matchAll(/- (?:Breaking|Dangerous) \(GraphQL\): `([^`]+)`/gu)].map(([, at]) => at);
    const kinds = Object.keys({ ...BreakingChangeType, ...DangerousChangeType });
    expect(kinds).toHaveLength(22);
    expect(lines.toSorted()).toEqual(
      [
        '@gone',
        '@d',
        '@d',
        '@d(a:)',
        '@d(c:)',
        'Gone',
        'Float',
        'S',
        'A',
        'B',
        'U.B',
        'U.C',
        'E.TWO',
        'E.THREE',
        'I.a',
        'I.b',
        'I.c',
        'I.d',
        'Query.gone',
        'Query.b',
        'Query.f',
        'Query.a(x:)',
        'Query.a(y:)',
        'Query.a(z:)',
        'Query.a(w:)',
        'Query.e(i:)',
      ].toSorted(),
    );
  } finally {
    removeFolder(folder);
  }
});

test('what it is asked for must be known', () => {
  expect(contract('compare')).toMatchObject({ status: 2, told: expect.stringContaining('check|release') });
});
