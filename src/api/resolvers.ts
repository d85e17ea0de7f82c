import { enumValues } from './enum-values.ts';
import type { Resolvers } from './generated/resolver-types.ts';
import { activationResolvers } from './resolvers/activation.ts';
import { budgetResolvers } from './resolvers/budget.ts';
import { bundleResolvers } from './resolvers/bundle.ts';
import { changeResolvers } from './resolvers/changes.ts';
import { corpusResolvers } from './resolvers/corpus.ts';
import { couplingResolvers } from './resolvers/coupling.ts';
import { documentResolvers } from './resolvers/document.ts';
import { exportResolvers } from './resolvers/export.ts';
import { facetResolvers } from './resolvers/facet.ts';
import { hypertokenResolvers } from './resolvers/hypertoken.ts';
import { jobResolvers } from './resolvers/job.ts';
import { modelResolvers } from './resolvers/model.ts';
import { nodeResolvers } from './resolvers/node.ts';
import { scalarResolvers } from './resolvers/scalars.ts';
import { sceneResolvers } from './resolvers/scene.ts';
import { searchResolvers } from './resolvers/search.ts';
import { serviceResolvers } from './resolvers/service.ts';
import { subscriptionResolvers } from './resolvers/subscription.ts';
import { viewResolvers } from './resolvers/view.ts';

/** One entry per file of `schema/`. */
export const resolvers: readonly Resolvers[] = [
  scalarResolvers,
  enumValues,
  nodeResolvers,
  corpusResolvers,
  documentResolvers,
  sceneResolvers,
  facetResolvers,
  couplingResolvers,
  hypertokenResolvers,
  activationResolvers,
  bundleResolvers,
  searchResolvers,
  changeResolvers,
  viewResolvers,
  subscriptionResolvers,
  jobResolvers,
  exportResolvers,
  budgetResolvers,
  modelResolvers,
  serviceResolvers,
];
