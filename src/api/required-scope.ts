import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getDirectiveValues,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { SCOPES, type Scope } from '../access/principal.ts';

const DIRECTIVE = 'requires';

/** Held as long as the document is, which Apollo keeps for queries that come again. */
const known = new WeakMap<OperationDefinitionNode, Scope>();

/**
 * The scope that an operation asks for: what its fields ask for by `@requires`; else reading, and writing for a field of Mutation. It follows from the text, so that an operation is refused as a whole before it does anything.
 */
export const requiredScope = (
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): Scope => {
  const cached = known.get(operation);
  if (cached !== undefined) return cached;
  const root = schema.getRootType(operation.operation);
  const fragments = fragmentsOf(document);
  const scopes = root ? scopesOf({ schema, fragments, visited: new Set() }, operation.selectionSet, root) : [];
  const scope = scopes.reduce<Scope>((a, b) => (SCOPES.indexOf(b) > SCOPES.indexOf(a) ? b : a), 'read');
  known.set(operation, scope);
  return scope;
};

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

const fragmentsOf = ({ definitions }: DocumentNode): Fragments =>
  new Map(
    definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );

interface Walk {
  readonly schema: GraphQLSchema;
  readonly fragments: Fragments;
  readonly visited: Set<string>;
}

const scopesOf = (walk: Walk, { selections }: SelectionSetNode, type: GraphQLNamedType): readonly Scope[] =>
  selections.flatMap((selection) => scopesOfSelection(walk, selection, type));

const scopesOfSelection = (walk: Walk, selection: SelectionNode, type: GraphQLNamedType): readonly Scope[] => {
  switch (selection.kind) {
    case Kind.FIELD: {
      const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[selection.name.value] : undefined;
      if (field === undefined) return [];
      const least = type === walk.schema.getMutationType() ? 'write' : null;
      const own = declaredScope(walk.schema, field.astNode) ?? least;
      const below = selection.selectionSet ? scopesOf(walk, selection.selectionSet, getNamedType(field.type)) : [];
      return own === null ? below : [own, ...below];
    }
    case Kind.INLINE_FRAGMENT:
      return scopesOf(walk, selection.selectionSet, named(walk, selection.typeCondition?.name.value) ?? type);
    case Kind.FRAGMENT_SPREAD: {
      const name = selection.name.value;
      const fragment = walk.fragments.get(name);
      const on = named(walk, fragment?.typeCondition.name.value);
      if (fragment === undefined || on === undefined || walk.visited.has(name)) return [];
      walk.visited.add(name);
      return scopesOf(walk, fragment.selectionSet, on);
    }
  }
};

const named = ({ schema }: Walk, name: string | undefined): GraphQLNamedType | undefined =>
  name === undefined ? undefined : schema.getType(name);

const declaredScope = (schema: GraphQLSchema, node: Parameters<typeof getDirectiveValues>[1] | null | undefined) => {
  const directive = schema.getDirective(DIRECTIVE);
  if (!node || !directive) return null;
  // The schema's values are upper case, as the values of all its enums.
  const { scope } = (getDirectiveValues(directive, node) ?? {}) as { scope?: string };
  return SCOPES.find((known) => known.toUpperCase() === scope?.toUpperCase()) ?? null;
};
