// Lint of the GraphQL schema alone; Biome lints all else.
import graphql from '@graphql-eslint/eslint-plugin';

// biome-ignore lint/style/noDefaultExport: ESLint reads nothing else
export default [
  {
    files: ['schema/*.graphql'],
    languageOptions: { parser: graphql.parser, parserOptions: { graphQLConfig: { schema: 'schema/*.graphql' } } },
    plugins: { '@graphql-eslint': graphql },
    rules: {
      ...graphql.configs['flat/schema-recommended'].rules,
      ...graphql.configs['flat/schema-relay'].rules,

      // Stricter than recommended: everything has a description, root fields may fail alone.
      '@graphql-eslint/require-description': [
        'error',
        {
          types: true,
          rootField: true,
          DirectiveDefinition: true,
          FieldDefinition: true,
          InputValueDefinition: true,
          EnumValueDefinition: true,
        },
      ],
      '@graphql-eslint/require-nullable-result-in-root': 'error',
      '@graphql-eslint/require-nullable-fields-with-oneof': 'error',
      '@graphql-eslint/no-scalar-result-type-on-mutation': 'error',

      // One line in quotes, several in three: the rule knows but one style for all.
      '@graphql-eslint/description-style': 'off',
      // Lists are walked forward only: a page back is a page that was seen, and every cursor is a place, not a page.
      '@graphql-eslint/relay-arguments': ['error', { includeBoth: false }],
      // Couplings, merges, facets and views are told by what they belong to and have no id of their own. Lists that
      // are not paged, such as the contexts of a scene, and `nodes`, the connection without cursors, hold no edges.
      '@graphql-eslint/relay-edge-types': [
        'error',
        { withEdgeSuffix: true, shouldImplementNode: false, listTypeCanWrapOnlyEdgeType: false },
      ],
      // An id is what `node` takes: what is no Node has none. GraphQL itself makes all that are have theirs.
      '@graphql-eslint/strict-id-in-types': 'off',
    },
  },
];
