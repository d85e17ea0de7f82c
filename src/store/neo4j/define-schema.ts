import { Neo4jError, type Session } from 'neo4j-driver';

/** Such a statement parts its own work, and is refused within a transaction. */
const IN_TRANSACTIONS = /\bIN TRANSACTIONS\b/u;

/**
 * Runs a statement of a migration. A server that was killed while it made a constraint keeps the index under it without
 * the constraint, and then refuses to make it for ever, `IF NOT EXISTS` or not: that index is dropped, and
 * the constraint made. A server that is still at it holds a lock on the name, so that no other process sees it half made.
 * @param timeout ms
 */
export const defineSchema = async (session: Session, text: string, timeout: number): Promise<void> => {
  if (IN_TRANSACTIONS.test(text)) return void (await session.run(text, {}, { timeout }));
  const run = (statement: string) => session.executeWrite((transaction) => transaction.run(statement), { timeout });
  try {
    await run(text);
  } catch (error) {
    const name = constraintName(text);
    if (name === null || !isNameTaken(error) || !(await isIndexAlone(session, name))) throw error;
    await run(`DROP INDEX ${name} IF EXISTS`);
    await run(text);
  }
};

const constraintName = (text: string): string | null => /^\s*CREATE CONSTRAINT (\w+)\s/u.exec(text)?.[1] ?? null;

const isNameTaken = (error: unknown): boolean =>
  error instanceof Neo4jError && error.code === 'Neo.ClientError.Schema.IndexWithNameAlreadyExists';

const isIndexAlone = async (session: Session, name: string): Promise<boolean> => {
  const { records } = await session.run(
    'SHOW INDEXES YIELD name, owningConstraint WHERE name = $name AND owningConstraint IS NULL RETURN name',
    { name },
  );
  return records.length === 1;
};
