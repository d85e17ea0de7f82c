import {
  type ASTVisitor,
  type FieldNode,
  GraphQLError,
  type GraphQLField,
  type GraphQLNamedType,
  getNamedType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql';
import { HypersceneError } from '../errors.ts';

const DIRECTIVE = 'perParent';

/**
 * Validation rule: a field marked `@perParent` reads the store once for each parent, so it may not stand below a
 * list. A rule of the query's text rather than a limit while it runs, so that a query either always works or never.
 */
export const perParentRule = (context: ValidationContext): ASTVisitor => ({
  OperationDefinition: (operation) => {
    const root = context.getSchema().getRootType(operation.operation);
    if (root) visitSelections({ context, visited: new Set() }, operation.selectionSet, root, null);
    return false;
  },
  FragmentDefinition: () => false,
});

interface Walk {
  readonly context: ValidationContext;
  /** Fragments already seen at or below the same list. */
  readonly visited: Set<string>;
}

/** @param list the nearest list above, null for none */
const visitSelections = (
  walk: Walk,
  { selections }: SelectionSetNode,
  type: GraphQLNamedType,
  list: string | null,
): void => {
  for (const selection of selections) {
    switch (selection.kind) {
      case Kind.FIELD:
        visitField(walk, selection, type, list);
        break;
      case Kind.INLINE_FRAGMENT:
        visitSelections(
          walk,
          selection.selectionSet,
          narrowed(walk, selection.typeCondition?.name.value) ?? type,
          list,
        );
        break;
      case Kind.FRAGMENT_SPREAD:
        visitSpread(walk, selection.name.value, list);
        break;
    }
  }
};

const visitSpread = (walk: Walk, name: string, list: string | null): void => {
  const key = `${name} ${list ?? ''}`;
  if (walk.visited.has(key)) return;
  walk.visited.add(key);
  const fragment = walk.context.getFragment(name);
  const type = narrowed(walk, fragment?.typeCondition.name.value);
  if (fragment && type) visitSelections(walk, fragment.selectionSet, type, list);
};

const narrowed = ({ context }: Walk, name: string | undefined): GraphQLNamedType | undefined =>
  name === undefined ? undefined : context.getSchema().getType(name);

const visitField = (walk: Walk, node: FieldNode, type: GraphQLNamedType, list: string | null): void => {
  if (!isObjectType(type) && !isInterfaceType(type)) return;
  const field = type.getFields()[node.name.value];
  // Unknown fields are other rules' affair; introspection has none that reads the store.
  if (field === undefined) return;
  if (list !== null && isPerParent(field)) report(walk, node, `${type.name}.${field.name}`, list);
  if (node.selectionSet === undefined) return;
  const below = holdsList(field) ? `${type.name}.${field.name}` : list;
  visitSelections(walk, node.selectionSet, getNamedType(field.type), below);
};

const isPerParent = ({ astNode }: GraphQLField<unknown, unknown>): boolean =>
  astNode?.directives?.some(({ name }) => name.value === DIRECTIVE) ?? false;

const holdsList = ({ type }: GraphQLField<unknown, unknown>): boolean =>
  isListType(isNonNullType(type) ? type.ofType : type);

const report = ({ context }: Walk, node: FieldNode, field: string, list: string): void => {
  const originalError = new HypersceneError('QUERY_TOO_LARGE', `${field} reads the store once for each parent`, {
    expected: 'it below a single object',
    came: `it below the list ${list}`,
  });
  context.reportError(new GraphQLError(originalError.message, { nodes: node, originalError }));
};
