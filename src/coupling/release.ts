import type { TensionKey } from '../scene/inventory.ts';

/**
 * Which tensions release which: the opposition of two forces resolves when one gives way, is overcome or is let go
 * (Talmy 1988, "Force dynamics in language and cognition"). What is not listed raises nothing.
 */
const RELEASED_BY: Readonly<Partial<Record<TensionKey, readonly TensionKey[]>>> = {
  restraint: ['breakthrough', 'release', 'yielding'],
  blockage: ['breakthrough', 'release', 'powerlessness'],
  compulsion: ['yielding', 'resistance', 'release'],
  prohibition: ['breakthrough', 'yielding', 'release'],
  resistance: ['yielding', 'breakthrough', 'rupture'],
  struggle: ['breakthrough', 'yielding', 'release', 'calm'],
  exertion: ['breakthrough', 'weariness', 'calm'],
  flight: ['release', 'calm'],
  pursuit: ['breakthrough', 'holding', 'release'],
  attraction: ['love', 'joy', 'repulsion'],
  choice: ['breakthrough', 'yielding'],
  waiting: ['joy', 'release', 'wonder', 'despair'],
  powerlessness: ['breakthrough', 'despair', 'release'],
  threat: ['flight', 'release', 'calm', 'breakthrough'],
  fear: ['calm', 'release', 'flight', 'joy'],
  anger: ['calm', 'release', 'shame', 'guilt'],
  grief: ['calm', 'release', 'hope'],
  curiosity: ['wonder'],
  shame: ['release', 'calm'],
  guilt: ['release', 'calm'],
  longing: ['joy', 'love'],
  hope: ['joy', 'despair'],
  despair: ['hope', 'release', 'joy'],
  envy: ['release', 'calm'],
  doubt: ['breakthrough', 'loyalty', 'calm'],
  loneliness: ['love', 'joy'],
  weariness: ['calm'],
  concealment: ['wonder', 'guilt', 'release'],
  lack: ['joy', 'breakthrough'],
};

/** Does a scene under `later` let go what a scene under `earlier` raised? */
export const releases = (later: string, earlier: string): boolean =>
  (RELEASED_BY as Readonly<Record<string, readonly string[]>>)[earlier]?.includes(later) ?? false;
