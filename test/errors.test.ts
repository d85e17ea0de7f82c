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

test('an error keeps its code and message across a message port', () => {
  const error = new HypersceneError('STORE_LOCKED', 'locked', { came: 'process 1' });
  const back = fromErrorMessage(structuredClone(toErrorMessage(error)));
  expect(back).toMatchObject({ code: 'STORE_LOCKED', message: 'locked; came process 1', retriable: true });
});

test('an error without a code of its own counts as internal', () => {
  expect(toErrorMessage(new TypeError('x'))).toMatchObject({ code: 'INTERNAL', message: 'x' });
  expect(toErrorMessage('y')).toMatchObject({ code: 'INTERNAL', message: 'y' });
});
