import { type Config, productVersion } from '../config.ts';
import { KeptExports } from '../export/kept-exports.ts';
import { openTextCounter } from '../main.ts';
import type { GraphDatabase } from '../store/graph-store.ts';

/** Where the exports of jobs are kept. */
export const openExports = ({ exports }: Config, store: GraphDatabase['kind']): KeptExports =>
  new KeptExports({ ...exports, counter: openTextCounter, product: { version: productVersion(), store } });
