import { fromErrorMessage, HypersceneError, toErrorMessage } from '../src/errors.ts';

test('an error says what was expected, what came and where', () => {
  const error = new HypersceneError('NOT_UTF8', 'not UTF-8', {
    expected: 'UTF-8 text',
    came: 'byte 0xff',
    at: 'byte 7',
  });
  expect(error.message).toBe('not UTF-8; at byte 7; expected UTF-8 text; came byte 0xff');
  expect(error).toMatchObject({ graphqlCode: 'BAD_USER_INPUT', retriable: false, exitStatus: 65 });
});

test('an error is told again of what stands at a place, with all that it says', () => {
  const error = new HypersceneError('BAD_ARGUMENT', 'bad tokens', { expected: '1 or more', came: '0' });
  const placed = error.placedAt('parts[2]');
  expect(placed).toMatchObject({
    code: 'BAD_ARGUMENT',
    message: 'bad tokens; at parts[2]; expected 1 or more; came 0',
    details: { at: 'parts[2]', expected: '1 or more', came: '0' },
    cause: error,
  });
  expect(placed.placedAt('lists[1]').details.at).toBe('lists[1], parts[2]');
});

test('an error keeps its code and message across a message port', () => {
  const error = new HypersceneError('STORE_LOCKED', 'locked', { came: 'process 1' });
  const back = fromErrorMessage(structuredClone(toErrorMessage(error)));
  expect(back).toMatchObject({ code: 'STORE_LOCKED', message: 'locked; came process 1', retriable: true });
});

test('an error without a code of its own counts as internal', () => {
  expect(toErrorMessage(new TypeError('x'))).toMatchObject({ code: 'INTERNAL', message: 'x' });
  expect(toErrorMessage('y')).toMatchObject({ code: 'INTERNAL', message: 'y' });
});
