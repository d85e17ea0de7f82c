import Sequencer from '@jest/test-sequencer';

/**
 * The suites that take longest, the longest first: begun last, one of them would keep one worker busy for minutes while the
 * others are done. Jest itself knows how long a suite took only where it ran before. A rough order will do.
 */
const LONGEST = [
  'conformance/graph-store-neo4j',
  'export/export-corpus',
  'crash/neo4j-crash',
  'store/backup/round-trip',
  'conformance/graph-store-embedded',
  'cli/views',
  'cli/merge',
  'cli/agents',
  'cli/export',
  'conformance/injection',
  'cli/activation',
  'store/portions',
  'export/formats/cypher',
  'cli/merge-views',
  'export/import-corpus',
  'store/neo4j/open-neo4j-store',
  'cli/commands',
  'conformance/history',
  'package/pack',
  'cli/backup',
  'cli/migrate',
  'worker/merge-and-collapse',
  'conformance/reach-across',
  'api/search',
  'bench/api',
  'api/changes',
  'cli/doctor',
  'redis/killed-workers',
  'config',
  'worker/recollapse',
  'cli/search',
  'conformance/graph-store-memory',
  'bench/store',
  'export/formats/parquet',
  'worker/collapse-and-expand',
  'server/mcp-route',
  'cli/jobs',
  'cli/usage',
  'cli/drain',
  'examples/examples',
  'package/schema-lint',
  'store/merge/merge-views',
  'api/jobs',
  'store/cypher-store/search-segment',
  'cli/key',
  'package/schema-contract',
  'worker/search-job',
  'crash/second-process',
  'cli/bad-input',
  'server/refused-bodies',
  'cli/mcp',
  'api/activation',
  'conformance/graph-store-observed',
  'crash/embedded-crash',
  'worker/merge-agents',
  'reading/extremes',
  'api/paging-while-changing',
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
