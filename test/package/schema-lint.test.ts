import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder, ROOT, removeFolder } from '../cli/run-cli.ts';

let root: string;

beforeEach(() => {
  root = makeFolder();
  for (const path of ['schema', 'eslint.config.mjs']) cpSync(join(ROOT, path), join(root, path), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'), 'junction');
});

afterEach(() => removeFolder(root));

/** Rules that the schema breaks, with the text each is about. */
const lint = (): readonly string[] => {
  const eslint = join(ROOT, 'node_modules', 'eslint', 'bin', 'eslint.js');
  const { stdout, stderr } = spawnSync(process.execPath, [eslint, '--format', 'json', 'schema'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  const files = JSON.parse(stdout) as readonly { readonly messages: readonly { readonly ruleId: string | null }[] }[];
  return files.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId ?? 'none'));
};

const edit = (from: string, to: string): void => {
  const path = join(root, 'schema', 'scene.graphql');
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
};

test('the schema breaks no rule', () => {
  expect(lint()).toEqual([]);
});

test.each([
  ['a field without a description', '  "Exactly the document\'s slice `[start, end)`."\n', '', 'require-description'],
  [
    'a root field that cannot fail alone',
    '  ): SceneConnection\n',
    '  ): SceneConnection!\n',
    'require-nullable-result-in-root',
  ],
  [
    'a list without `after`',
    '    "Cursor of the item to go on after."\n    after: String\n  ): CouplingConnection',
    '  ): CouplingConnection',
    'relay-arguments',
  ],
  [
    'a connection that may have no page info',
    '  pageInfo: PageInfo!\n',
    '  pageInfo: PageInfo\n',
    'relay-connection-types',
  ],
  ['an edge that is a scalar', '  edges: [SceneEdge!]!\n', '  edges: [String!]!\n', 'relay-edge-types'],
  ['a name in another style', '  position: Int!\n', '  Position_in_text: Int!\n', 'naming-convention'],
  [
    'a type that nobody names',
    '"How much of a sentence',
    '"Of no use."\ntype Lost {\n  "Nothing."\n  id: ID!\n}\n\n"How much of a sentence',
    'no-unreachable-types',
  ],
])('%s is found', (_, from, to, rule) => {
  edit(from, to);
  expect(lint()).toContain(`@graphql-eslint/${rule}`);
});
