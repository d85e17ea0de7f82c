import neo4j, { type Driver } from 'neo4j-driver';
import { defineSchema } from '../../../src/store/neo4j/define-schema.ts';
import { sharedServer } from '../../neo4j/shared-server.ts';

let driver: Driver;
beforeAll(async () => {
  const { uri, user, password } = await sharedServer();
  driver = neo4j.driver(uri, neo4j.auth.basic(user, password));
});
afterAll(() => driver.close());

const define = async (text: string): Promise<void> => {
  const session = driver.session();
  try {
    await defineSchema(session, text, 60_000);
  } finally {
    await session.close();
  }
};

const CONSTRAINT = 'CREATE CONSTRAINT half_made_unique IF NOT EXISTS FOR (n:HalfMade) REQUIRE n.uid IS UNIQUE';

/** What a server that was killed while it made the constraint has left. */
it('makes a constraint of which a killed server left the index alone', async () => {
  await driver.executeQuery('CREATE INDEX half_made_unique FOR (n:HalfMade) ON (n.uid)');
  try {
    await define(CONSTRAINT);
    await define(CONSTRAINT);
    const { records } = await driver.executeQuery(
      "SHOW INDEXES YIELD name, owningConstraint WHERE name = 'half_made_unique' RETURN owningConstraint",
    );
    expect(records.map((record) => record.get('owningConstraint'))).toEqual(['half_made_unique']);
  } finally {
    await driver.executeQuery('DROP CONSTRAINT half_made_unique IF EXISTS');
    await driver.executeQuery('DROP INDEX half_made_unique IF EXISTS');
  }
});

it('leaves every other refusal as it is', async () => {
  await expect(define('CREATE CONSTRAINT half_made_unique FOR (n:HalfMade) REQUIRE')).rejects.toThrow(/Invalid input/u);
});
