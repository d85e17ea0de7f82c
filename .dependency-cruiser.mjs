// Which room of src/ may import which: the table of ARCHITECTURE.md as a lint rule. Type imports count as imports.
import swc from '@swc/core/Visitor.js';

// The walker that swc ships (1.16) stops at `using` declarations, which swc itself parses.
const { visitStatement } = swc.Visitor.prototype;
swc.Visitor.prototype.visitStatement = function (statement) {
  if (statement.type !== 'UsingDeclaration') return visitStatement.call(this, statement);
  this.visitVariableDeclaration({ ...statement, declarations: statement.decls });
  return statement;
};

/** Rooms that a room may import besides itself. */
const ROOMS = {
  errors: [],
  scene: ['errors'],
  config: ['errors', 'scene'],
  access: ['errors', 'scene'],
  activation: ['errors', 'scene'],
  coupling: ['errors', 'scene'],
  collapse: ['errors', 'scene'],
  store: ['errors', 'scene'],
  model: ['errors', 'scene', 'activation'],
  reading: ['errors', 'scene', 'model'],
};
const DOMAIN = Object.keys(ROOMS).filter((room) => room !== 'config');
ROOMS.export = ['errors', 'scene', 'collapse', 'activation', 'store'];
ROOMS.worker = [...DOMAIN, 'export'];
ROOMS.telemetry = [...DOMAIN, 'worker'];
ROOMS.api = [...DOMAIN, 'worker', 'export', 'telemetry'];
ROOMS.mcp = ['errors', 'worker', 'api'];
ROOMS.server = [...DOMAIN, 'worker', 'export', 'telemetry', 'api', 'mcp'];
ROOMS.main = [...DOMAIN, 'worker', 'export', 'telemetry', 'api', 'mcp', 'server', 'config'];
ROOMS.cli = [...ROOMS.main, 'main'];
ROOMS.page = [];
ROOMS.client = [];

const pathOf = (room) => `^src/${room}(/|\\.ts$)`;

const roomRules = Object.entries(ROOMS).map(([room, imports]) => ({
  name: `room-${room}`,
  comment: `src/${room} may import ${imports.join(', ') || 'no other room'}`,
  severity: 'error',
  from: { path: pathOf(room) },
  to: { path: '^src/', pathNot: [room, ...imports].map(pathOf) },
}));

// biome-ignore lint/style/noDefaultExport: dependency-cruiser reads nothing else
export default {
  forbidden: [
    ...roomRules,
    {
      name: 'known-room',
      comment: 'a new room of src/ needs its line in the table above',
      severity: 'error',
      from: { path: '^src/', pathNot: Object.keys(ROOMS).map(pathOf) },
      to: {},
    },
    {
      name: 'adapters-by-main',
      comment:
        'only the composition root builds adapters; everyone else knows their ports. A merge reads what the Cypher one wrote',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: [
          '^src/main(/|\\.ts$)',
          '^src/store/(embedded|memory|merge|neo4j|cypher|migrat|packed-rows)',
          '^src/model/',
          '^src/worker/(local|bullmq)/',
        ],
      },
      to: { path: '^src/(store/(embedded|memory|neo4j|cypher)|model/[^/]+/|worker/(local|bullmq)/)' },
    },
    {
      name: 'client-in-browsers',
      comment: 'the client runs wherever there is fetch: nothing of Node',
      severity: 'error',
      from: { path: pathOf('client') },
      to: { dependencyTypes: ['core'] },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      // The one exception holds types and nothing to load.
      to: { couldNotResolve: true, pathNot: '^@graphql-typed-document-node/core$' },
    },
    {
      name: 'declared-packages',
      comment: 'the published package brings its dependencies only, and asks for an optional peer',
      severity: 'error',
      from: { path: '^src/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        // @types come with the types they describe; nothing of them is loaded.
        dependencyTypesNot: ['type-only', 'npm-peer'],
      },
    },
  ],
  options: {
    // TypeScript 7 has no JavaScript API; swc parses the same files.
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json'],
      conditionNames: ['import', 'node', 'default'],
      exportsFields: ['exports'],
    },
  },
};
