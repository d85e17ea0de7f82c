import Sequencer from '@jest/test-sequencer';

/**
 * The suites that take longest, the longest first: begun last, one of them would keep one worker busy for minutes while the
 * others are done. Jest itself knows how long a suite took only where it ran before. A rough order will do.
 */
const LONGEST = [
  'conformance/graph-store-neo4j',
  'crash/neo4j-crash',
  'store/backup/round-trip',
  'conformance/injection',
  'store/portions',
  'export/export-corpus',
  'conformance/history',
  'store/neo4j/open-neo4j-store',
  'package/pack',
  'cli/model-parts',
  'api/model-reproducible',
  'model/llama/open-llama',
  'conformance/graph-store-embedded',
  'conformance/reach-across',
  'export/import-corpus',
  'cli/backup',
  'cli/migrate',
  'export/formats/cypher',
  'redis/killed-workers',
  'api/model-packs',
  'model/llama/packs',
  'model/llama/memory-budget',
  'model/llama/station',
  'worker/read-with-model',
  'cli/drain',
  'bench/store',
  'worker/collapse-and-expand',
  'cli/export',
  'api/changes',
  'cli/process',
  'cli/commands',
  'bench/api',
  'export/formats/parquet',
  'store/cypher-store/search-segment',
  'store/merge/merge-views',
  'cli/doctor',
  'cli/activation',
  'cli/mcp',
  'package/schema-lint',
  'conformance/graph-store-memory',
  'examples/examples',
  'server/mcp-route',
  'crash/second-process',
  'worker/search-job',
  'cli/views',
  'cli/agents',
  'cli/merge',
  'api/jobs',
  'cli/stopping',
  'crash/embedded-crash',
  'conformance/graph-store-observed',
  'api/search',
  'cli/merge-views',
  'worker/recollapse',
  'api/activation',
  'package/schema-contract',
  'api/paging-while-changing',
  'worker/merge-agents',
  'reading/extremes',
  'cli/search',
  'cli/jobs',
  'cli/usage',
  'worker/merge-and-collapse',
].map((name) => `/test/${name}.test.ts`);

const rank = ({ path }) => {
  const at = LONGEST.findIndex((name) => path.replaceAll('\\', '/').endsWith(name));
  return at === -1 ? LONGEST.length : at;
};

// biome-ignore lint/style/noDefaultExport: jest reads nothing else
export default class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).toSorted((a, b) => rank(a) - rank(b));
  }
}
