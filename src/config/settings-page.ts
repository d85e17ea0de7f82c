import type { SettingDescription } from './setting.ts';
import { bySubject } from './setting-subjects.ts';

const HEAD = `# Configuration

Made from the settings themselves by \`hyperscene doctor --config --markdown\`; a test fails where it is not what they say.

An option of the command line outranks its variable, and a variable the default. An empty variable counts as not set. A bad value ends the
program with status 78 (2 for an option) and an error that names the setting, what was expected and what came. A variable that begins with
\`HYPERSCENE_\` and is none of these is told by \`hyperscene doctor\`. **Secret** settings are never printed; \`VARIABLE_FILE\` may name a file that
holds the value, as secrets are mounted into containers. \`hyperscene doctor --config\` shows what is in force.
`;

/** The table of all settings, in Markdown. */
export const settingsPage = (settings: readonly SettingDescription[]): string =>
  [HEAD, ...bySubject(settings).map(({ title, settings: of }) => `## ${title}\n\n${tableOf(of)}`)].join('\n');

const tableOf = (settings: readonly SettingDescription[]): string =>
  ['| variable | option | default | expected | what it is |', '|---|---|---|---|---|', ...settings.map(rowOf), ''].join(
    '\n',
  );

const rowOf = ({ variable, option, fallback, fallbackAbout, expected, about, secret }: SettingDescription): string => {
  const shown = fallbackAbout ?? (fallback === '' ? 'empty' : code(fallback));
  return `| ${code(variable)} | ${option === null ? '' : code(option)} | ${cell(shown)} | ${cell(expected)} | ${cell(about)}${secret ? ' **Secret.**' : ''} |`;
};

const code = (text: string): string => `\`${text}\``;

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
