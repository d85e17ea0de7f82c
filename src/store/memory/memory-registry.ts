import { EMPTY_FIGURE } from '../../scene/figure.ts';
import type { HypertokenForm, LearnReport } from '../graph-store.ts';
import { checkForms, learn, learnFigure, type WorkspaceState } from './workspace-state.ts';

/** @throws HypersceneError STORE_FAILED */
export const learnMemoryHypertokens = (state: WorkspaceState, forms: readonly HypertokenForm[]): LearnReport => {
  checkForms(state, forms);
  // Δ0, the figure of all `none`, is the first whatever comes.
  if (forms.length > 0) learnFigure(state, EMPTY_FIGURE);
  const before = state.registry.size;
  const codes = forms.map((form) => learn(state, form).code);
  return { codes, newCodes: state.registry.size - before };
};
