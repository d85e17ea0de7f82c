import { type WorkspaceName, workspaceName } from '../../scene/name.ts';
import { corpusUids, workspaceNames } from '../cypher/archive-queries.ts';
import { appliedMigrations } from '../cypher/migration-queries.ts';
import type { CypherEngine } from '../cypher-engine.ts';
import type { GraphArchive } from '../graph-archive.ts';
import { loadMigrations } from '../migration-files.ts';
import { readWorkspace } from './archive-reader.ts';
import { discardWorkspace, restoreWorkspace } from './archive-writer.ts';
import type { StoreContext } from './context.ts';
import { identityOf } from './identity.ts';
import { keptLookups } from './kept-lookups.ts';

export interface SharedParts {
  readonly engine: CypherEngine;
  /** Other processes may have the store open too. */
  readonly shared: boolean;
  /** The workspaces that this process is restoring, or failed to. */
  readonly restoring: Set<WorkspaceName>;
}

/** The archive over any engine that answers the named texts of `cypher/`. */
export const createCypherArchive = ({ engine, shared, restoring }: SharedParts): GraphArchive => {
  const contextOf = (workspace: WorkspaceName): StoreContext => ({
    engine,
    workspace,
    identity: identityOf(workspace),
    lookups: keptLookups(engine),
  });
  return {
    workspaces: async () => (await engine.read(workspaceNames, {})).map(({ name }) => workspaceName(name)),
    migration: async () => Math.max(0, ...(await engine.read(appliedMigrations, {})).map(({ version }) => version)),
    count: async (workspace) => {
      const corpora = await engine.read(corpusUids, { workspace });
      return { corpora: corpora.length, scenes: corpora.reduce((sum, { scenes }) => sum + scenes, 0) };
    },
    copy: (workspace, sink, signal) => {
      const reading = { context: contextOf(workspace), sink, signal, shared };
      if (shared) return readWorkspace({ ...reading, view: engine });
      return engine.snapshot((view) => readWorkspace({ ...reading, view }));
    },
    restore: async (workspace, source, options) => {
      const onMark = (): void => void restoring.add(workspace);
      const migrations = await loadMigrations(engine.dialect);
      const later = migrations.filter(({ version }) => version > source.migration);
      const parts = { context: contextOf(workspace), source, later, options, shared, now: new Date(), onMark };
      await restoreWorkspace(parts);
      restoring.delete(workspace);
    },
    discard: async (workspace, signal) => {
      await discardWorkspace(contextOf(workspace), signal);
      restoring.delete(workspace);
    },
  };
};
