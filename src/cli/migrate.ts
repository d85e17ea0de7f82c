import { type Command, Option } from 'commander';
import { HypersceneError } from '../errors.ts';
import { openMigrator } from '../main.ts';
import { checkMigrations, type MigrationStatus, type Migrator } from '../store/migrate.ts';
import { examples } from './options.ts';
import type { Session } from './session.ts';
import type { Column } from './table.ts';
import { writeTable } from './write-table.ts';

interface MigrateOptions {
  readonly status?: boolean;
  readonly validate?: boolean;
}

const COLUMNS: readonly Column<MigrationStatus>[] = [
  { title: 'version', cell: ({ version }) => String(version), align: 'right' },
  { title: 'name', cell: ({ name }) => name },
  { title: 'state', cell: ({ state }) => state },
  { title: 'applied', cell: ({ appliedAt }) => appliedAt ?? '·' },
  { title: 'checksum', cell: ({ checksum, appliedChecksum }) => (checksum ?? appliedChecksum ?? '').slice(0, 12) },
];

export const addMigrateCommand = (program: Command, session: Session): void => {
  program
    .command('migrate')
    .description('apply what is new in migrations/ to the graph; every start does so by itself')
    .addOption(new Option('--status', 'only list the migrations and their state').conflicts('validate'))
    .option('--validate', 'only check: exit status 78 if one is pending or changed after it was applied')
    .addHelpText('after', examples('migrate', 'migrate --status', 'migrate --validate && hyperscene serve'))
    .action((options: MigrateOptions) => run(session, options));
};

const run = async (session: Session, { status, validate }: MigrateOptions): Promise<void> => {
  const migrator = await openMigrator(session.config());
  try {
    if (status) await list(session, await migrator.status());
    else if (validate) await check(session, migrator);
    else await apply(session, migrator);
  } finally {
    await migrator.close();
  }
};

const list = async (session: Session, statuses: readonly MigrationStatus[]): Promise<void> => {
  if (session.json) for (const status of statuses) await session.output.json(status);
  else await writeTable(session.output, COLUMNS, [statuses]);
};

const check = async (session: Session, { location, status }: Migrator): Promise<void> => {
  const statuses = await status();
  checkMigrations(statuses);
  const pending = statuses.filter(({ state }) => state === 'pending').map(({ name }) => name);
  if (pending.length > 0)
    throw new HypersceneError('MIGRATION_PENDING', 'migrations are not applied', {
      at: location,
      came: pending.join(', '),
    });
  if (session.json) await list(session, statuses);
  else await session.output.line(`valid: ${statuses.length} migrations, ${location}`);
};

const apply = async (session: Session, migrator: Migrator): Promise<void> => {
  const applied = await migrator.apply();
  if (applied.length > 0) return list(session, applied);
  session.note(`nothing to do: ${migrator.location} is up to date`);
};
