import { dirname } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { createKey, revokeKey } from '../access/change-keys.ts';
import { type ApiKey, readKeyFile } from '../access/key-file.ts';
import { isScope, SCOPES, type Scope } from '../access/principal.ts';
import { keysFile } from '../main/keys-file.ts';
import { makePrivateFolder } from '../store/private-folder.ts';
import { examples, parseCount } from './options.ts';
import type { Session } from './session.ts';
import type { Column } from './table.ts';
import { writeTable } from './write-table.ts';

interface CreateOptions {
  readonly scope: readonly Scope[];
  readonly days?: number;
}

const DAY_MS = 86_400_000;

export const addKeyCommand = (program: Command, session: Session): void => {
  const key = program
    .command('key')
    .description('make, list and revoke the API keys that callers sign in with')
    .addHelpText(
      'after',
      `\nOnce there is a key, every request to \`serve\` needs one. A key opens one workspace: that of --workspace.\n${examples(
        'key create reader',
        'key create loader --scope write --days 90',
        'key list',
        'key revoke reader',
      )}`,
    )
    .action(() => key.help());
  key
    .command('create')
    .description('make a key and print it, once')
    .argument('<name>', 'by which it is known in logs and can be revoked')
    .addOption(
      new Option('--scope <scopes>', `what it is good for: ${SCOPES.join(', ')}, each with those before it`)
        .argParser(parseScopes)
        .default(['read'], 'read'),
    )
    .option('--days <n>', 'days after which it expires; never unless set', parseCount)
    .addHelpText('after', examples('key create reader', 'key create loader --scope write --workspace team --json'))
    .action((name: string, options: CreateOptions) => create(session, name, options));
  key
    .command('list')
    .description('list the keys, without what one signs in with, which is kept nowhere')
    .addHelpText('after', examples('key list', 'key list --json'))
    .action(() => list(session));
  key
    .command('revoke')
    .description('take a key back: a server that runs refuses it within two seconds')
    .argument('<name>', 'the name it was made with')
    .addHelpText('after', examples('key revoke reader'))
    .action((name: string) => revoke(session, name));
};

const parseScopes = (text: string): readonly Scope[] => {
  const scopes = text.split(',').map((word) => word.trim());
  if (!scopes.every(isScope)) throw new InvalidArgumentError(`expected some of ${SCOPES.join(', ')}`);
  return scopes;
};

const create = async (session: Session, name: string, { scope, days }: CreateOptions): Promise<void> => {
  const config = session.config();
  const path = keysFile(config);
  await makePrivateFolder(dirname(path));
  const expires = days === undefined ? null : new Date(Date.now() + days * DAY_MS);
  const secret = await createKey(path, { name, scopes: scope, workspace: config.workspace, expires });
  if (session.json)
    return session.output.json({ name, key: secret, scopes: scope, workspace: config.workspace, expires });
  session.note(
    `key ${name}, scope ${scope.join(', ')}, workspace ${config.workspace}, in ${path}; it is shown this once:`,
  );
  await session.output.line(secret);
};

const COLUMNS: readonly Column<ApiKey>[] = [
  { title: 'name', cell: ({ name }) => name, widthMax: 64 },
  { title: 'scope', cell: ({ scopes }) => scopes.join(', ') },
  { title: 'workspace', cell: ({ workspace }) => workspace },
  { title: 'created', cell: ({ created }) => created.slice(0, 10) },
  { title: 'expires', cell: ({ expires }) => expires?.slice(0, 10) ?? 'never' },
];

const list = async (session: Session): Promise<void> => {
  const keys = (await readKeyFile(keysFile(session.config()))) ?? [];
  if (session.json) {
    for (const { sha256: _, ...key } of keys) await session.output.json(key);
    return;
  }
  if (keys.length === 0) return session.note('no keys: whoever reaches the port may do everything');
  await writeTable(session.output, COLUMNS, [keys]);
};

const revoke = async (session: Session, name: string): Promise<void> => {
  const { workspace } = await revokeKey(keysFile(session.config()), name);
  if (session.json) return session.output.json({ name, revoked: true });
  await session.output.line(`key ${name} of workspace ${workspace} is revoked`);
};
