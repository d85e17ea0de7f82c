import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bySubject } from '../../src/config/setting-subjects.ts';
import { settingsPage } from '../../src/config/settings-page.ts';
import { describeSettings } from '../../src/config.ts';

const FILE = join(import.meta.dirname, '../../docs/configuration.md');

test('docs/configuration.md is what the settings say: `npm run generate:configuration` writes it', () => {
  expect(readFileSync(FILE, 'utf8')).toBe(settingsPage(describeSettings()));
});

test('every setting stands in it once, and no row is broken', () => {
  const rows = settingsPage(describeSettings())
    .split('\n')
    .filter((line) => line.startsWith('| `'));
  const variables = rows.map((row) => /^\| `(\w+)` \|/u.exec(row)?.[1]);
  expect(variables.toSorted()).toEqual(
    describeSettings()
      .map(({ variable }) => variable)
      .toSorted(),
  );
  for (const row of rows) expect(row.match(/(?<!\\)\|/gu)).toHaveLength(6);
});

test('it is the same on every machine', () => {
  expect(settingsPage(describeSettings())).not.toMatch(/\/(?:root|home|Users)\//u);
});

test('no subject is empty, and none has a setting that is not there', () => {
  const known = new Set(describeSettings());
  for (const { settings } of bySubject(describeSettings())) {
    expect(settings.length).toBeGreaterThan(0);
    for (const setting of settings) expect(known.has(setting)).toBe(true);
  }
});
