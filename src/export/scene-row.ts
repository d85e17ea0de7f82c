import { type Figure, figureOf, NONE } from '../scene/figure.ts';
import { hyperlexeme as hyperlexemeOf } from '../scene/hyperlexeme.ts';
import { formatCode, formatOccurrence, type LevelPlace } from '../scene/hypertoken.ts';
import type { Language, SceneKind } from '../scene/scene.ts';
import type { StoredScene } from '../store/graph-store.ts';

/** A scene on every rung, with where it stands in the text and in the levels. */
export interface SceneRow {
  readonly id: string;
  readonly document: string;
  /** 0, 1, 2 … in its document. */
  readonly position: number;
  readonly kind: SceneKind;
  readonly lang: Language;
  /** Of the scene in its document, UTF-16 code units, `end` behind the last. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly hyperlexeme: string;
  readonly agent: string | null;
  readonly context: readonly string[];
  /** Keys of what stands in the figure: archetype, atmosphere, tension, each with its kind, `archetype:threshold`. */
  readonly facets: readonly string[];
  /** n of Δn. */
  readonly code: number;
  readonly ordinal: number;
  /** `Δ14` */
  readonly hypertoken: string;
  /** `Δ14:7` */
  readonly occurrence: string;
  /** Above level 0, from below. */
  readonly levels: readonly LevelPlace[];
}

/** The morphemes of a figure as they are named in every language. */
export const facetMorphemes = ({ archetype, atmosphere, tension }: Figure): readonly string[] =>
  Object.entries({ archetype, atmosphere, tension })
    .filter(([, key]) => key !== NONE)
    .map(([kind, key]) => `${kind}:${key}`);

/** What is the same wherever a figure stands. */
type FigureRow = Pick<SceneRow, 'hyperlexeme' | 'facets'>;

/**
 * Rows of scenes. What a figure is called is made once: there are 26,445 at most, and a corpus has some hundreds.
 * @param labels language of the hyperlexemes
 */
export const sceneRows = (labels: Language): ((scene: StoredScene, levels: readonly LevelPlace[]) => SceneRow) => {
  const figures = new Map<string, FigureRow>();
  const figureRow = (scene: StoredScene): FigureRow => {
    const known = figures.get(scene.figure);
    if (known !== undefined) return known;
    const figure = figureOf(scene);
    const made = { hyperlexeme: hyperlexemeOf(figure, labels), facets: facetMorphemes(figure) };
    figures.set(scene.figure, made);
    return made;
  };
  return (scene, levels) => {
    const { hyperlexeme, facets } = figureRow(scene);
    return {
      id: scene.id,
      document: scene.documentName,
      position: scene.position,
      kind: scene.kind,
      lang: scene.lang,
      start: scene.start,
      end: scene.end,
      text: scene.text,
      hyperlexeme,
      agent: scene.agent?.entity ?? null,
      context: scene.context.map(({ key }) => key),
      facets,
      code: scene.code,
      ordinal: scene.ordinal,
      hypertoken: formatCode(scene.code),
      occurrence: formatOccurrence(scene),
      levels,
    };
  };
};
