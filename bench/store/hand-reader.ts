import type { SceneId } from '../../src/scene/scene.ts';
import { orderOf, positionOf } from '../../src/store/corpus-order.ts';
import { CORPUS } from './documents.ts';
import type { Answer, Reader } from './reading.ts';
import { tokenizer } from './tokens.ts';

type Row = Readonly<Record<string, unknown>>;

/** Runs one statement that reads, in a transaction of its own. */
export interface HandAsk {
  ask(text: string, parameters: Readonly<Record<string, unknown>>): Promise<readonly Row[]>;
  readonly int: (n: number) => unknown;
  /** Facets in the scenes' own statement: fewer round trips to a server; twice the time on the embedded engine. */
  readonly collects: boolean;
  /** Binds `s` to the scenes in which `$token` stands: full text has no common Cypher. */
  readonly search: string;
}

const SCENE = `s.id AS id, s.corpus AS corpus, s.document AS document, d.name AS documentName, s.position AS position,
  s.kind AS kind, s.start AS start, s.end AS end, s.text AS text, s.lang AS lang, s.figure AS figure, s.code AS code,
  s.ordinal AS ordinal, s.rank AS rank`;
const ANY = 'AGENT|TENSION|CONTEXT|ATMOSPHERE|ARCHETYPE';
const FACET =
  'type(r) AS kind, r.key AS key, f.key AS entity, r.order AS order, r.start AS start, r.end AS end, r.confidence AS confidence, r.by AS by';

const WITH_FACETS = `MATCH (s)<-[:HAS_SCENE]-(d:Document)
  OPTIONAL MATCH (s)-[r:${ANY}]->(f:Facet)
  RETURN ${SCENE}, collect({kind: type(r), key: r.key, entity: f.key, order: r.order, start: r.start, end: r.end,
    confidence: r.confidence, by: r.by}) AS facets`;

/** The same questions in Cypher written for each of them, by one who knows how the graph is stored and indexed. */
export class HandReader implements Reader {
  readonly #engine: HandAsk;
  readonly #workspace: string;
  readonly #corpus: string;
  readonly #tokensOf: (text: string) => readonly string[];

  constructor(engine: HandAsk, workspace: string) {
    this.#engine = engine;
    this.#workspace = workspace;
    this.#corpus = `${workspace}/${CORPUS}`;
    this.#tokensOf = tokenizer(workspace);
  }

  scene(id: SceneId): Promise<Answer> {
    return this.scenes([id]);
  }

  async scenes(ids: readonly SceneId[]): Promise<Answer> {
    const found = await this.#read(
      'uid',
      ids.map((id) => `${this.#workspace}/${id}`),
    );
    const byId = new Map(found.map((scene) => [scene['id'], scene]));
    return toAnswer(ids.map((id) => byId.get(id)));
  }

  async page(afterRank: number, first: number): Promise<Answer> {
    const { int } = this.#engine;
    const [order, position] = [orderOf(afterRank), positionOf(afterRank) + 1];
    const documents = await this.#engine.ask(
      `MATCH (c:Corpus {uid: $corpus})-[:HAS_DOCUMENT]->(d:Document)
       WHERE d.order >= $order AND d.order <= $last
       RETURN d.uid AS uid, d.order AS order, d.scenes AS scenes ORDER BY order`,
      { corpus: this.#corpus, order: int(order), last: int(order + 1) },
    );
    const places = documents.flatMap(({ uid, order: at, scenes }) => {
      const from = at === order ? position : 0;
      return Array.from({ length: Math.max(0, Number(scenes) - from) }, (_, i) => `${uid}/${from + i}`);
    });
    const found = await this.#read('place', places.slice(0, first));
    return toAnswer(found.toSorted((x, y) => Number(x['rank']) - Number(y['rank'])));
  }

  /** Both hops in one statement: some 100 rows, from which the nearest and heaviest are picked here. */
  async neighbourhood(seed: SceneId, limit: number): Promise<Answer> {
    const uid = `${this.#workspace}/${seed}`;
    const rows = await this.#engine.ask(
      `MATCH (s:Scene {uid: $uid})
       MATCH (s)-[c:COUPLED_WITH]-(a:Scene)
       WITH a, c
       MATCH (a)-[e:COUPLED_WITH]-(b:Scene)
       RETURN a.id AS near, c.weight AS weight, b.id AS far, e.weight AS farWeight`,
      { uid },
    );
    const ids = nearest(seed, rows).slice(0, limit);
    const uids = ids.map((id) => `${this.#workspace}/${id}`);
    const [scenes, couplings] = await Promise.all([
      this.#read('uid', uids),
      this.#engine.ask(
        `UNWIND $uids AS uid MATCH (s:Scene {uid: uid})
         MATCH (s)-[c:COUPLED_WITH]->(o:Scene)
         RETURN s.id AS a, o.id AS b, c.weight AS weight, c.because AS because`,
        { uids },
      ),
    ]);
    const byId = new Map(scenes.map((scene) => [scene['id'], scene]));
    const among = couplings.filter(({ b }) => byId.has(b));
    return { ...toAnswer(ids.map((id) => byId.get(id))), couplings: among.length };
  }

  async search(word: string, first: number): Promise<Answer> {
    const [token = ''] = this.#tokensOf(word);
    const keys = await this.#engine.ask(
      `${this.#engine.search}\n RETURN s.uid AS uid, s.rank AS rank ORDER BY rank LIMIT $first`,
      {
        token,
        first: this.#engine.int(first),
      },
    );
    const found = await this.#read(
      'uid',
      keys.map(({ uid }) => uid as string),
    );
    return toAnswer(found.toSorted((x, y) => Number(x['rank']) - Number(y['rank'])));
  }

  async #read(key: 'uid' | 'place', values: readonly string[]): Promise<readonly Row[]> {
    const match = `UNWIND $values AS value MATCH (s:Scene {${key}: value})`;
    if (this.#engine.collects) return this.#engine.ask(`${match}\n${WITH_FACETS}`, { values });
    const [scenes, facets] = await Promise.all([
      this.#engine.ask(`${match} MATCH (s)<-[:HAS_SCENE]-(d:Document) RETURN ${SCENE}`, { values }),
      this.#engine.ask(`${match} MATCH (s)-[r:${ANY}]->(f:Facet) RETURN s.id AS scene, ${FACET}`, { values }),
    ]);
    const byScene = Map.groupBy(facets, ({ scene }) => scene);
    return scenes.map((scene) => ({ ...scene, facets: byScene.get(scene['id']) ?? [] }));
  }
}

const nearest = (seed: SceneId, rows: readonly Row[]): readonly SceneId[] => {
  const near = heaviest(rows.map(({ near: id, weight }) => [id as SceneId, weight as number]));
  const known = new Set<SceneId>([seed, ...near]);
  const far = heaviest(rows.map(({ far: id, farWeight }) => [id as SceneId, farWeight as number]));
  return [seed, ...near, ...far.filter((id) => !known.has(id))];
};

const heaviest = (weighted: readonly (readonly [SceneId, number])[]): readonly SceneId[] => {
  const weights = new Map<SceneId, number>();
  for (const [id, weight] of weighted) weights.set(id, Math.max(weight, weights.get(id) ?? 0));
  return [...weights].sort(([x, v], [y, w]) => w - v || (x < y ? -1 : 1)).map(([id]) => id);
};

const toAnswer = (scenes: readonly (Row | undefined)[]): Answer => {
  const found = scenes.filter((scene) => scene !== undefined);
  return {
    ids: found.map((scene) => scene['id'] as SceneId),
    facets: found.reduce((sum, scene) => sum + (scene['facets'] as readonly unknown[]).length, 0),
    couplings: 0,
  };
};
