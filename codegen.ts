import type { CodegenConfig } from '@graphql-codegen/cli';
import { enumValues } from './src/api/enum-values.ts';

/**
 * Types of the resolvers, from `schema/`. Objects of the schema are resolved from the domain's own types (`mappers`,
 * by way of `src/api/parents.ts`), so that a resolver stays one line. Run: `graphql-codegen --config codegen.ts`.
 */
export const config: CodegenConfig = {
  schema: 'schema/*.graphql',
  generates: {
    'src/api/generated/resolver-types.ts': {
      plugins: ['typescript', 'typescript-resolvers'],
      config: {
        contextType: '../context.ts#ApiContext',
        emitLegacyCommonJSImports: false,
        enumsAsTypes: true,
        immutableTypes: true,
        inputMaybeValue: 'T | null | undefined',
        noSchemaStitching: true,
        skipTypename: true,
        strictScalars: true,
        useTypeImports: true,
        scalars: {
          ID: 'string',
          Code: '../../scene/hypertoken.ts#Code',
          OccurrenceRef: '../../scene/hypertoken.ts#OccurrenceRef',
        },
        enumValues,
        mappers: {
          Corpus: '../../store/graph-store.ts#CorpusRecord',
          Document: '../../store/graph-store.ts#DocumentRecord',
          Scene: '../../store/graph-store.ts#StoredScene',
          Facet: '../parents.ts#FacetParent',
          AgentFacet: '../parents.ts#AgentFacetParent',
          CorpusFacet: '../../store/graph-store.ts#FacetRecord',
          Morpheme: '../parents.ts#MorphemeParent',
          AgentMerge: '../../store/graph-store.ts#AgentMerge as AgentMergeParent',
          Figure: '../../scene/figure.ts#Figure as FigureParent',
          Coupling: '../parents.ts#CouplingParent',
          Reason: '../../scene/coupling.ts#Reason as ReasonParent',
          Hypertoken: '../../store/graph-store.ts#HypertokenRecord',
          Occurrence: '../../scene/hypertoken.ts#Occurrence as OccurrenceParent',
          SceneConnection: '../parents.ts#SceneConnectionParent',
          Expansion: '../parents.ts#ExpansionParent',
          Activation: '../../worker/activate-job.ts#Activation as ActivationParent',
          ActivatedScene: '../parents.ts#ActivatedSceneParent',
          Clue: '../../activation/clue.ts#Clue as ClueParent',
          AssembledContext: '../parents.ts#AssembledContextParent',
          Bundle: '../../worker/bundle-job.ts#OccurrenceBundle',
          FacetStanding: '../parents.ts#FacetStandingParent',
          TensionStretch: '../../collapse/bundle.ts#TensionStretch as TensionStretchParent',
          BundleSpan: '../../collapse/bundle.ts#BundleSpan as BundleSpanParent',
          View: '../../store/graph-store.ts#ViewRecord',
          ViewSelection: '../../scene/view.ts#ViewSelection as ViewSelectionParent',
          ReadTextPayload: '../../worker/read-job.ts#ReadReport',
          CouplePayload: '../parents.ts#CouplePayloadParent',
          Budget: '../../worker/budget-job.ts#Budget as BudgetParent',
          BudgetGroup: '../../activation/budget.ts#BudgetRow',
          CollapsePayload: '../parents.ts#CollapsePayloadParent',
          RecouplePayload: '../parents.ts#CouplePayloadParent',
          AgentMergePayload: '../parents.ts#AgentMergePayloadParent',
          ContextPiece: '../../worker/assemble-job.ts#WrittenPiece',
        },
      },
    },
    // The client's: what its operations answer, each with its text as a string, so that it needs no parser.
    'src/client/generated/operations.ts': {
      documents: 'src/client/operations/*.graphql',
      plugins: ['typescript-operations', 'typed-document-node'],
      config: {
        documentMode: 'string',
        dedupeFragments: true,
        documentVariableSuffix: '',
        dedupeOperationSuffix: true,
        enumsAsTypes: true,
        enumType: 'string-literal',
        immutableTypes: true,
        inputMaybeValue: 'T | null | undefined',
        skipTypename: true,
        strictScalars: true,
        useTypeImports: true,
        scalars: {
          ID: 'string',
          Code: { input: 'string | number', output: 'string' },
          OccurrenceRef: 'string',
        },
      },
    },
  },
};

// biome-ignore lint/style/noDefaultExport: graphql-codegen reads nothing else
export default config;
