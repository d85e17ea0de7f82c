import type { Command } from 'commander';
import { HypersceneError } from '../errors.ts';
import { parseCode } from '../scene/hypertoken.ts';
import type { Language } from '../scene/scene.ts';
import { BUNDLE_SCENES_DEFAULT, bundleOccurrence } from '../worker/bundle-job.ts';
import { writeBundle } from './bundle-output.ts';
import { examples, labelsOption, parseCount } from './options.ts';
import type { Session } from './session.ts';

interface BundleOptions {
  readonly labels: Language;
  readonly scenes?: number;
}

type ParsedCode = ReturnType<typeof parseCode>;

export const addBundleCommand = (program: Command, session: Session): void => {
  program
    .command('bundle')
    .description('what an occurrence holds together: who, in what tension, where, how closely, and its main scenes')
    .argument('<occurrence>', 'Δ14:7; also D14:7 and 14:7', parseCode)
    .option(
      '--scenes <n>',
      `scenes to be read at most, the first of its form (default: ${BUNDLE_SCENES_DEFAULT})`,
      parseCount,
    )
    .addOption(labelsOption())
    .addHelpText('after', examples('bundle Δ3120:1', 'bundle 3120:1 --labels en', 'bundle D3120:1 --json'))
    .action((code: ParsedCode, options: BundleOptions) => bundle(session, code, options));
};

const bundle = async (
  session: Session,
  { code, ordinal }: ParsedCode,
  { labels, scenes }: BundleOptions,
): Promise<void> => {
  if (ordinal === null)
    throw new HypersceneError('USAGE', 'a bundle is one of an occurrence', {
      expected: 'a code with an ordinal, such as Δ14:7; expand lists the occurrences of a code',
    });
  await session.withApplication(async ({ store }) => {
    const request = { ref: { code, ordinal }, scenesMax: scenes };
    await writeBundle(session, await bundleOccurrence({ store, signal: session.signal }, request), labels);
  });
};
