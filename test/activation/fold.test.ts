import fc from 'fast-check';
import { FOLDED_RUNGS, type PlacedHypertoken, writeHypertoken, writeScene } from '../../src/activation/fold.ts';
import { positionsOf, RUNGS } from '../../src/activation/rung.ts';
import { figureKey, figureOf } from '../../src/scene/figure.ts';
import { code } from '../../src/scene/hypertoken.ts';
import { documentName } from '../../src/scene/name.ts';
import type { CodedScene } from '../../src/scene/scene-line.ts';
import { anyScene } from '../arbitrary/scene.ts';

const writing = (labels: 'ru' | 'en') => ({ labels, count: (text: string): number => text.length });
const THRESHOLD = { archetype: 'threshold', atmosphere: 'silence', tension: 'restraint' } as const;
const FLIGHT = { archetype: 'none', atmosphere: 'none', tension: 'flight' } as const;
const EMPTY = { archetype: 'none', atmosphere: 'none', tension: 'none' } as const;
const motif: PlacedHypertoken = { code: code(90), ordinal: 2, figures: [THRESHOLD, FLIGHT], agents: ['он', 'царь'] };

test.each([
  ['ru', ['порогтишинасдерживание·бегство[он; царь]', 'порог тишина сдерживание · бегство', 'Δ90:2', 'Δ90']],
  ['en', ['thresholdsilencerestraint·flight[он; царь]', 'threshold silence restraint · flight', 'Δ90:2', 'Δ90']],
] as const)('a motif is one hypertoken on every rung, in %s', (labels, texts) => {
  expect(FOLDED_RUNGS.map((rung) => writeHypertoken(motif, rung, writing(labels)).text)).toEqual(texts);
  const { positions } = writeHypertoken(motif, 'hyperlexeme', writing(labels));
  expect(positions).toBe(texts[0].length);
  expect(FOLDED_RUNGS.slice(1).map((rung) => writeHypertoken(motif, rung, writing(labels)).positions)).toEqual([
    4, 1, 1,
  ]);
});

test('a motif without agents has no brackets, and a figure of nothing takes one position', () => {
  const bare = { ...motif, figures: [EMPTY, FLIGHT], agents: [] };
  expect(writeHypertoken(bare, 'hyperlexeme', writing('ru')).text).toBe('сцена·бегство');
  expect(writeHypertoken(bare, 'facets', writing('en'))).toEqual({ text: 'scene · flight', positions: 2 });
});

test('a scene is written on every rung, and takes what its rung takes', () => {
  fc.assert(
    fc.property(anyScene, fc.nat(99), fc.constantFrom('ru' as const, 'en' as const), (scene, n, labels) => {
      const figure = figureKey(figureOf(scene));
      const coded: CodedScene = { ...scene, documentName: documentName('d'), figure, code: code(n), ordinal: 3 };
      for (const rung of RUNGS) {
        const { text, positions } = writeScene(coded, rung, writing(labels));
        expect(positions).toBe(positionsOf(scene, rung, labels, writing(labels).count));
        if (rung === 'text') expect(text).toBe(scene.text);
        if (rung === 'hyperlexeme') expect(text.length).toBe(positions);
        if (rung === 'facets') expect(text).not.toBe('');
        if (rung === 'occurrence') expect(text).toBe(`Δ${n}:3`);
        if (rung === 'code') expect(text).toBe(`Δ${n}`);
      }
    }),
  );
});
