import { formatOccurrence } from '../scene/hypertoken.ts';
import type { Language } from '../scene/scene.ts';
import { sceneLine } from '../scene/scene-line.ts';
import type { StoredScene } from '../store/graph-store.ts';
import type { Session } from './session.ts';
import type { Column } from './table.ts';
import { writeTable } from './write-table.ts';

const columns = (labels: Language, documents: boolean): readonly Column<StoredScene>[] => [
  { title: 'code', cell: formatOccurrence },
  ...(documents ? [{ title: 'document', cell: ({ documentName }: StoredScene) => documentName, widthMax: 16 }] : []),
  { title: 'at', cell: ({ position }) => String(position), align: 'right' },
  { title: 'hyperlexeme', cell: (scene) => sceneLine(scene, labels).hyperlexeme },
  { title: 'agent', cell: ({ agent }) => agent?.entity ?? '·', widthMax: 16 },
  { title: 'context', cell: ({ context }) => context.map(({ key }) => key).join(', ') || '·', widthMax: 20 },
  { title: 'text', cell: ({ text }) => text, flexible: true },
];

/** Writes pages of scenes: a JSON line each, or a table a page. */
export const writeScenes = async (
  session: Session,
  pages: AsyncIterable<readonly StoredScene[]> | Iterable<readonly StoredScene[]>,
  { labels, documents }: { readonly labels: Language; readonly documents: boolean },
): Promise<void> => {
  if (!session.json) return writeTable(session.output, columns(labels, documents), pages);
  for await (const scenes of pages) for (const scene of scenes) await session.output.json(sceneLine(scene, labels));
};
