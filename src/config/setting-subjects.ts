import { ACCESS_SETTINGS } from './access-settings.ts';
import { EXPORT_SETTINGS } from './export-settings.ts';
import { JOB_SETTINGS } from './job-settings.ts';
import { MCP_SETTINGS } from './mcp-settings.ts';
import { MODEL_SETTINGS } from './model-settings.ts';
import { OPERATIONS_SETTINGS } from './operations-settings.ts';
import type { SettingDescription } from './setting.ts';
import { STORE_SETTINGS } from './store-settings.ts';
import { TRACE_SETTINGS } from './trace-settings.ts';

export interface SettingSubject {
  readonly title: string;
  readonly settings: readonly SettingDescription[];
}

const NAMED: readonly SettingSubject[] = [
  { title: 'The graph', settings: Object.values(STORE_SETTINGS) },
  { title: 'Access', settings: Object.values(ACCESS_SETTINGS) },
  { title: 'Jobs', settings: Object.values(JOB_SETTINGS) },
  { title: 'Exports', settings: Object.values(EXPORT_SETTINGS) },
  { title: 'Language models', settings: Object.values(MCP_SETTINGS) },
  { title: 'The base model', settings: Object.values(MODEL_SETTINGS) },
  { title: 'Operations', settings: Object.values(OPERATIONS_SETTINGS) },
  { title: 'Traces', settings: Object.values(TRACE_SETTINGS) },
];

/** The settings by what they are about, each once; those of no subject of their own come first. */
export const bySubject = (settings: readonly SettingDescription[]): readonly SettingSubject[] => {
  const taken = new Set(NAMED.flatMap((subject) => subject.settings));
  return [{ title: 'General', settings: settings.filter((setting) => !taken.has(setting)) }, ...NAMED];
};
