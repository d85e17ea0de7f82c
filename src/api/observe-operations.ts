import type { ApolloServerPlugin, GraphQLRequestContextWillSendResponse } from '@apollo/server';
import type { GraphQLResolveInfo, ResponsePath } from 'graphql';
import type { OperationOutcome } from '../telemetry/metrics.ts';
import { SpanGroups } from '../telemetry/span-groups.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import type { OpenSpan, Tracing } from '../telemetry/tracing.ts';
import type { ApiContext } from './context.ts';
import type { Resolvers } from './generated/resolver-types.ts';

/** An operation that is traced: its span, and those of its fields. */
interface TracedOperation {
  readonly span: OpenSpan;
  readonly fields: SpanGroups;
}

export interface OperationObserver {
  readonly plugin: ApolloServerPlugin<ApiContext>;
  /** The same resolvers; each field that makes its caller wait is traced. */
  observe(resolvers: readonly Resolvers[]): readonly Resolvers[];
}

/**
 * Measures and traces GraphQL operations. Neither names nor texts of queries, nor variables, are kept: clients write them.
 * @returns null where nothing is measured or traced
 */
export const observeOperations = ({ metrics, tracing }: Telemetry): OperationObserver | null => {
  if (metrics === null && tracing === null) return null;
  const traced = new WeakMap<ApiContext, TracedOperation>();
  const plugin: ApolloServerPlugin<ApiContext> = {
    requestDidStart: async ({ contextValue }) => {
      const start = performance.now();
      const operation = tracing === null ? null : startTrace(tracing);
      if (operation !== null) traced.set(contextValue, operation);
      return {
        willSendResponse: async (request) => {
          const type = request.operation?.operation ?? 'none';
          const { outcome, codes } = outcomeOf(request);
          metrics?.operation(type, outcome, (performance.now() - start) / 1000);
          for (const code of codes) metrics?.error(code);
          if (operation !== null) endTrace(operation, type, outcome, codes[0]);
        },
      };
    },
  };
  return {
    plugin,
    observe: (resolvers) => (tracing === null ? resolvers : resolvers.map((each) => traceFields(each, traced))),
  };
};

const startTrace = (tracing: Tracing): TracedOperation => ({
  span: tracing.start('graphql', 'internal'),
  fields: new SpanGroups(tracing),
});

const endTrace = (
  { span, fields }: TracedOperation,
  type: string,
  outcome: OperationOutcome,
  code: string | undefined,
): void => {
  fields.end();
  span.set({ 'graphql.operation.type': type, 'hyperscene.outcome': outcome });
  if (code !== undefined) span.fail(code);
  span.end();
};

const outcomeOf = ({
  response: { body },
}: GraphQLRequestContextWillSendResponse<ApiContext>): { outcome: OperationOutcome; codes: readonly string[] } => {
  if (body.kind !== 'single') return { outcome: 'ok', codes: [] };
  const { data, errors = [] } = body.singleResult;
  const codes = errors.map(({ extensions }) => String(extensions?.['code'] ?? 'INTERNAL'));
  if (codes.length === 0) return { outcome: 'ok', codes };
  return { outcome: data === null || data === undefined ? 'error' : 'partial', codes };
};

type Field = (parent: unknown, args: unknown, context: ApiContext, info: GraphQLResolveInfo) => unknown;

const traceFields = (resolvers: Resolvers, traced: WeakMap<ApiContext, TracedOperation>): Resolvers =>
  Object.fromEntries(
    Object.entries(resolvers).map(([type, fields]) => [
      type,
      isFieldMap(fields) ? traceType(type, fields, traced) : fields,
    ]),
  ) as Resolvers;

/** Scalars and enumerations are classes or maps of values; they resolve nothing. */
const isFieldMap = (fields: unknown): fields is Readonly<Record<string, unknown>> =>
  typeof fields === 'object' && fields !== null && Object.getPrototypeOf(fields) === Object.prototype;

const traceType = (
  type: string,
  fields: Readonly<Record<string, unknown>>,
  traced: WeakMap<ApiContext, TracedOperation>,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, resolve]) => {
      const isField = typeof resolve === 'function' && !name.startsWith('__');
      return [name, isField ? traceField(`${type}.${name}`, resolve as Field, traced) : resolve];
    }),
  );

/** All nodes of one place in a query share a span, below that of the nearest field around it that has one. */
const traceField =
  (name: string, resolve: Field, traced: WeakMap<ApiContext, TracedOperation>): Field =>
  (parent, args, context, info) => {
    const operation = traced.get(context);
    if (operation === undefined) return resolve(parent, args, context, info);
    const { span, fields } = operation;
    const around = spanAround(info.path.prev, fields) ?? span;
    return fields.run(placeOf(info.path), name, around, () => resolve(parent, args, context, info));
  };

const spanAround = (path: ResponsePath | undefined, fields: SpanGroups): OpenSpan | undefined => {
  for (let at = path; at !== undefined; at = at.prev) {
    const span = fields.awaitedSpanOf(placeOf(at));
    if (span !== undefined) return span;
  }
  return undefined;
};

/** Where in the query a field stands: its path without the places in lists. */
const placeOf = (path: ResponsePath): string => {
  const names: (string | number)[] = [];
  for (let at: ResponsePath | undefined = path; at !== undefined; at = at.prev)
    if (typeof at.key === 'string') names.push(at.key);
  return names.reverse().join('.');
};
