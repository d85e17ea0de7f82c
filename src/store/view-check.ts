import { HypersceneError } from '../errors.ts';
import { isDigest } from '../scene/digest.ts';
import type { CorpusName, ViewName } from '../scene/name.ts';
import { VIEW_SCENES_MAX, type ViewInput, type ViewRecord } from './graph-store.ts';
import { checkWellFormed } from './indexed-key.ts';

const refuse = (expected: string, came: string): never => {
  throw new HypersceneError('BAD_ARGUMENT', 'bad view', { expected, came });
};

/** What the view itself shows, before the store is looked at. @throws HypersceneError BAD_ARGUMENT, VIEW_TOO_LARGE */
export const checkView = ({ name, form, digest, figures, scenes, selection }: ViewInput): void => {
  checkWellFormed('view', [name, form, ...figures, JSON.stringify(selection)]);
  checkWellFormed('id of a scene', scenes);
  if (!isDigest(digest)) refuse('a digest, 32 hex digits', JSON.stringify(digest));
  if (scenes.length === 0) refuse('a scene in it', 'none');
  if (scenes.length > VIEW_SCENES_MAX) throw viewTooLarge(VIEW_SCENES_MAX, String(scenes.length));
  const seen = new Set<string>();
  for (const id of scenes) if (seen.size === seen.add(id).size) refuse('each scene once', `${id} twice`);
};

export const viewTooLarge = (max: number, came: string): HypersceneError =>
  new HypersceneError('VIEW_TOO_LARGE', 'too many scenes for a view', { expected: `at most ${max}`, came });

export const viewExists = (
  { name, occurrence: { size } }: ViewRecord,
  { scenes }: ViewInput,
  sameScenes: boolean,
): HypersceneError =>
  new HypersceneError('VIEW_EXISTS', 'another view has this name', {
    at: JSON.stringify(name),
    expected: `another name, or to replace what has it: ${size} scenes`,
    came: sameScenes
      ? 'the same scenes, coupled otherwise than when it was made'
      : `${scenes.length} scenes, not the same`,
  });

export const viewNotFound = (corpus: CorpusName, name: ViewName): HypersceneError =>
  new HypersceneError('VIEW_NOT_FOUND', 'no such view', { at: `corpus ${corpus}`, came: JSON.stringify(name) });
