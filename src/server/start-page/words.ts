import type { Language } from '../../scene/scene.ts';

/** What the start page says, besides data. */
export interface Words {
  readonly tagline: string;
  readonly otherLanguage: string;
  readonly corpora: string;
  readonly corpus: string;
  readonly documents: string;
  readonly scenes: string;
  readonly couplings: string;
  readonly collapse: Readonly<Record<'NONE' | 'FRESH' | 'STALE', string>>;
  readonly hypertokens: string;
  readonly firstScenes: string;
  readonly scene: string;
  readonly agent: string;
  readonly hyperlexeme: string;
  readonly code: string;
  readonly more: string;
  readonly empty: string;
  readonly query: string;
  readonly queryHint: string;
  readonly run: string;
  readonly answer: string;
  readonly noScript: string;
  readonly examples: string;
  readonly load: string;
  readonly copy: string;
  readonly copied: string;
  readonly failed: string;
  readonly unavailable: string;
  readonly exampleTitles: Readonly<Record<ExampleName, string>>;
}

export type ExampleName = 'corpora' | 'facets' | 'couplings' | 'hypertokens' | 'read' | 'collapse';

const RU: Words = {
  tagline:
    'Текст становится сценами, сцены сцепляются, сцепки схлопываются в гипертокены и разворачиваются обратно точно.',
  otherLanguage: 'English',
  corpora: 'Корпуса',
  corpus: 'Корпус',
  documents: 'Документы',
  scenes: 'Сцены',
  couplings: 'Сцепки',
  collapse: { NONE: 'ещё нет', FRESH: 'свежие', STALE: 'устарели' },
  hypertokens: 'Гипертокены',
  firstScenes: 'Из первых сцен',
  scene: 'Сцена',
  agent: 'Агент',
  hyperlexeme: 'Гиперлексема',
  code: 'Код',
  more: 'Корпусов больше, чем показано: остальные по запросу corpora.',
  empty:
    'Здесь ещё нет ни одного корпуса. Прочитайте текст запросом readText из примеров ниже или из командной строки.',
  query: 'Запрос',
  queryHint: 'Ctrl + Enter выполняет запрос.',
  run: 'Выполнить',
  answer: 'Ответ',
  noScript: 'Без JavaScript запросы можно выполнять строками curl ниже.',
  examples: 'Примеры',
  load: 'В форму',
  copy: 'Копировать curl',
  copied: 'Скопировано',
  failed: 'Сервер не ответил',
  unavailable: 'Хранилище сейчас не отвечает. Подробности в журнале сервера.',
  exampleTitles: {
    corpora: 'Корпуса и их размеры',
    facets: 'Сцены и их грани',
    couplings: 'С чем и почему сцеплена сцена',
    hypertokens: 'Гипертокены корпуса',
    read: 'Прочитать текст',
    collapse: 'Схлопнуть корпус',
  },
};

const EN: Words = {
  tagline: 'Text becomes scenes, scenes couple, couplings collapse into hypertokens and expand back exactly.',
  otherLanguage: 'Русский',
  corpora: 'Corpora',
  corpus: 'Corpus',
  documents: 'Documents',
  scenes: 'Scenes',
  couplings: 'Couplings',
  collapse: { NONE: 'not yet', FRESH: 'up to date', STALE: 'out of date' },
  hypertokens: 'Hypertokens',
  firstScenes: 'From the first scenes',
  scene: 'Scene',
  agent: 'Agent',
  hyperlexeme: 'Hyperlexeme',
  code: 'Code',
  more: 'There are more corpora than shown here: ask for corpora to see the rest.',
  empty: 'There is no corpus yet. Read a text with readText, one of the examples below, or from the command line.',
  query: 'Query',
  queryHint: 'Ctrl + Enter runs the query.',
  run: 'Run',
  answer: 'Answer',
  noScript: 'Without JavaScript, run queries with the curl lines below.',
  examples: 'Examples',
  load: 'Into the form',
  copy: 'Copy curl',
  copied: 'Copied',
  failed: 'The server did not answer',
  unavailable: 'The store does not answer at the moment. The server’s log says more.',
  exampleTitles: {
    corpora: 'Corpora and their sizes',
    facets: 'Scenes and their facets',
    couplings: 'What a scene is coupled to, and why',
    hypertokens: 'Hypertokens of a corpus',
    read: 'Read a text',
    collapse: 'Collapse a corpus',
  },
};

export const WORDS: Readonly<Record<Language, Words>> = { ru: RU, en: EN };
