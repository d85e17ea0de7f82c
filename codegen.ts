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
          DateTime: 'string',
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
          SearchConnection: '../parents.ts#SearchConnectionParent',
          SearchHit: '../parents.ts#SearchHitParent',
          Highlight: '../../worker/scene-answers.ts#Highlight as HighlightParent',
          View: '../../store/graph-store.ts#ViewRecord',
          ViewSelection: '../../scene/view.ts#ViewSelection as ViewSelectionParent',
          ReadTextPayload: '../../worker/read-job.ts#ReadReport',
          CollapsePayload: '../parents.ts#CollapsePayloadParent',
          RecouplePayload: '../parents.ts#RecouplePayloadParent',
          AgentMergePayload: '../parents.ts#AgentMergePayloadParent',
          Job: '../../worker/job-queue.ts#JobRecord',
          JobProgress: '../../worker/job-queue.ts#JobProgress as JobProgressParent',
          JobError: '../../worker/job-queue.ts#JobError as JobErrorParent',
          ReadJobResult: '../parents.ts#JobResultOf<"read">',
          CoupleJobResult: '../parents.ts#JobResultOf<"couple" | "recouple">',
          CollapseJobResult: '../parents.ts#JobResultOf<"collapse">',
          AgentMergeJobResult: '../parents.ts#JobResultOf<"mergeAgents" | "undoMerge">',
          ContextPiece: '../../worker/assemble-job.ts#WrittenPiece',
        },
      },
    },
  },
};

// biome-ignore lint/style/noDefaultExport: graphql-codegen reads nothing else
export default config;
