import type { Digest } from './digest.ts';
import type { FacetKind } from './facet.ts';
import type { DocumentName } from './name.ts';
import type { Language, SceneId, SceneKind } from './scene.ts';

/** How the scenes of a view were chosen: told to people, and never carried out again by itself. */
export type ViewSelection =
  /** One by one. */
  | { readonly by: 'scenes' }
  /** All within `hops` couplings of the seed, each of at least `weightMin`. */
  | { readonly by: 'seed'; readonly seed: SceneId; readonly hops: number; readonly weightMin: number }
  /** All of one document. */
  | { readonly by: 'document'; readonly document: DocumentName }
  | ({ readonly by: 'search' } & ViewSearch)
  /** The strongest path over couplings, both ends counted in. */
  | { readonly by: 'path'; readonly from: SceneId; readonly to: SceneId };

export type SelectionKind = ViewSelection['by'];

/** What was searched for; all that is given holds of each scene. */
export interface ViewSearch {
  readonly text?: string | undefined;
  readonly facets?: readonly { readonly kind: FacetKind; readonly key: string }[] | undefined;
  /** Of the figure's hypertoken: its code may be another number in another store. */
  readonly digest?: Digest | undefined;
  readonly document?: DocumentName | undefined;
  readonly kind?: SceneKind | undefined;
  readonly lang?: Language | undefined;
}
