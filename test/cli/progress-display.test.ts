import { lineProgress } from '../../src/cli/progress-display.ts';
import type { Progress } from '../../src/worker/job.ts';

const reading = (done: number): Progress => ({
  stage: 'reading',
  subject: 'шинель.txt',
  done,
  total: 118_000,
  unit: 'bytes',
});

const display = () => {
  const lines: string[] = [];
  const clock = { ms: 0 };
  const { update } = lineProgress(
    (line) => lines.push(line),
    () => clock.ms,
  );
  return { lines, clock, update };
};

describe('lineProgress', () => {
  it('says at once what begins and what is done, and little in between', () => {
    const { lines, update } = display();
    for (let done = 0; done <= 118_000; done += 1000) update(reading(done));
    expect(lines).toEqual(['reading шинель.txt: 0 % of 118.0 kB', 'reading шинель.txt: 100 % of 118.0 kB']);
  });

  it('gives a sign of life during long work', () => {
    const { lines, clock, update } = display();
    for (let done = 0; done < 10; done += 1) {
      update(reading(done * 1000));
      clock.ms += 700;
    }
    expect(lines).toHaveLength(4);
    expect(lines.at(-1)).toBe('reading шинель.txt: 7 % of 118.0 kB, 1.4 kB a second');
  });

  it('announces the next stage', () => {
    const { lines, update } = display();
    update(reading(10));
    update({ stage: 'coupling', subject: 'книги', done: 1, total: 4, unit: 'scenes' });
    expect(lines[1]).toBe('coupling книги: 25 % of 4 scenes');
  });
});
