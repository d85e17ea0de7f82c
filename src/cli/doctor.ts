import { styleText } from 'node:util';
import type { Command } from 'commander';
import type { SettingDescription } from '../config/setting.ts';
import { settingsPage } from '../config/settings-page.ts';
import { describeSettings } from '../config.ts';
import { HypersceneError } from '../errors.ts';
import { ADVICE, asHypersceneError } from './failure.ts';
import { CHECKS } from './health-checks.ts';
import { examples } from './options.ts';
import type { Session } from './session.ts';
import type { Column } from './table.ts';
import { writeTable } from './write-table.ts';

interface DoctorOptions {
  readonly config?: boolean;
  readonly markdown?: boolean;
}

/** One line of the doctor's report. */
interface Finding {
  readonly check: string;
  readonly ok: boolean;
  /** What was found, or what is wrong. */
  readonly detail: string;
  /** What to do; null where all is well. */
  readonly advice: string | null;
}

const UNHEALTHY = 1;

export const addDoctorCommand = (program: Command, session: Session): void => {
  program
    .command('doctor')
    .description('check that everything the program needs is there; exit status 1 if something is not')
    .option('--config', 'print the settings in force instead')
    .option('--markdown', 'with --config: the table of all settings, as it stands in docs/configuration.md')
    .addHelpText('after', examples('doctor', 'doctor --json', 'doctor --config'))
    .action((options: DoctorOptions) => run(session, options));
};

const run = async (session: Session, { config, markdown }: DoctorOptions): Promise<void> => {
  if (markdown && !config) throw new HypersceneError('USAGE', '--markdown goes with --config');
  if (markdown) return session.output.write(settingsPage(describeSettings()));
  return config ? printSettings(session) : examine(session);
};

const examine = async (session: Session): Promise<void> => {
  for (const { name, run, advice } of CHECKS) {
    let finding: Finding;
    try {
      finding = { check: name, ok: true, detail: await run(session), advice: null };
    } catch (error) {
      const { code, message } = asHypersceneError(error);
      finding = { check: name, ok: false, detail: `${code}: ${message}`, advice: ADVICE[code] ?? advice };
      session.exitWith(UNHEALTHY);
    }
    await report(session, finding);
  }
};

const report = async ({ json, output }: Session, finding: Finding): Promise<void> => {
  if (json) return output.json(finding);
  const { check, ok, detail, advice } = finding;
  const mark = styleText(ok ? 'green' : 'red', ok ? 'ok    ' : 'failed', { stream: process.stdout });
  await output.line(`${mark}  ${check.padEnd(NAME_WIDTH)}  ${detail}${advice === null ? '' : `; ${advice}`}`);
};

const NAME_WIDTH = Math.max(...CHECKS.map(({ name }) => name.length));

/** As it is set; of a secret only that it is. */
const shownValue = ({ env }: Session, { variable, secret }: SettingDescription): string | null => {
  if (!secret) return env[variable] || null;
  return env[variable] || env[`${variable}_FILE`] ? '(secret)' : null;
};

const settingColumns = (session: Session): readonly Column<SettingDescription>[] => [
  { title: 'variable', cell: ({ variable }) => variable },
  { title: 'option', cell: ({ option }) => option ?? '·' },
  { title: 'set', cell: (setting) => shownValue(session, setting) ?? '·' },
  { title: 'default', cell: ({ fallback }) => fallback },
  { title: 'expected', cell: ({ expected }) => expected },
  { title: 'about', cell: ({ about }) => about, flexible: true },
];

const printSettings = async (session: Session): Promise<void> => {
  const settings = describeSettings();
  if (session.json) {
    for (const setting of settings) await session.output.json({ ...setting, set: shownValue(session, setting) });
    return;
  }
  await writeTable(session.output, settingColumns(session), [settings]);
};
