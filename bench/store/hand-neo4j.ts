import neo4j, { type Driver } from 'neo4j-driver';
import type { HandEngine } from './by-hand.ts';
import type { HandAsk } from './hand-reader.ts';
import type { ServerAddress } from './job.ts';

export const connect = ({ uri, user, password }: ServerAddress): Driver =>
  neo4j.driver(uri, neo4j.auth.basic(user, password), { disableLosslessIntegers: true });

export const handNeo4j = (driver: Driver): HandEngine => ({
  int: (n) => neo4j.int(n),
  batch: 1000,
  transaction: async (work) => {
    const session = driver.session();
    try {
      await session.executeWrite((transaction) => work((text, parameters) => transaction.run(text, parameters)));
    } finally {
      await session.close();
    }
  },
});

export const askNeo4j = (driver: Driver): HandAsk => ({
  int: (n) => neo4j.int(n),
  collects: true,
  search: "CALL db.index.fulltext.queryNodes('scene_terms', $token) YIELD node AS s",
  ask: async (text, parameters) => {
    const { records } = await driver.executeQuery(text, parameters, { routing: neo4j.routing.READ });
    return records.map((record) => record.toObject());
  },
});
