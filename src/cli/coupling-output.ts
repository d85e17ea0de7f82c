import { reasonLabel } from '../api/reason-label.ts';
import type { Coupling } from '../scene/coupling.ts';
import type { Language, SceneId } from '../scene/scene.ts';
import type { Session } from './session.ts';
import type { Column } from './table.ts';
import { writeTable } from './write-table.ts';

/**
 * Writes the couplings among scenes as a table below theirs; nothing where there is none.
 * @param names code and ordinal of each scene at their ends
 */
export const writeCouplings = async (
  session: Session,
  names: ReadonlyMap<SceneId, string>,
  { couplings, labels }: { readonly couplings: readonly Coupling[]; readonly labels: Language },
): Promise<void> => {
  if (couplings.length === 0) return;
  const columns: readonly Column<Coupling>[] = [
    { title: 'coupling', cell: ({ a, b }) => `${names.get(a) ?? a} — ${names.get(b) ?? b}` },
    { title: 'weight', cell: ({ weight }) => weight.toFixed(3), align: 'right' },
    {
      title: 'because',
      cell: ({ because }) => because.map((reason) => `${reason.kind}: ${reasonLabel(reason, labels)}`).join(', '),
      flexible: true,
    },
  ];
  await session.output.line('');
  await writeTable(session.output, columns, [couplings]);
};
