import { HypersceneError } from '../../../src/errors.ts';
import { fromGrafeoError } from '../../../src/store/embedded/grafeo-error.ts';

/** As Grafeo 0.6 words them. */
it.each([
  ['Database error: IO error: database file cannot be locked for reading: graph', 'STORE_LOCKED'],
  ['Database error: GRAFEO-X001: Internal error: database file is locked by another process: graph', 'STORE_LOCKED'],
  ['IO error: No space left on device (os error 28)', 'DISK_FULL'],
  ['GRAFEO-S002: invalid file header', 'STORE_UNREADABLE'],
  ['Permission denied (os error 13)', 'STORE_FAILED'],
  ['GRAFEO-T001: write conflict', 'STORE_CONFLICT'],
  ['GRAFEO-T007: transaction ended', 'STORE_CLOSED'],
  ['GRAFEO-X001: Internal error: something else', 'STORE_FAILED'],
])('reads «%s» as %s and keeps what the engine said', (message, code) => {
  expect(fromGrafeoError({ message }, 'graph')).toMatchObject({ code, details: { at: 'graph', came: message } });
});

it('hands on an error of its own as it is', () => {
  const own = new HypersceneError('STORE_CLOSED', 'the store is closed');
  expect(fromGrafeoError(own, 'graph')).toBe(own);
});
