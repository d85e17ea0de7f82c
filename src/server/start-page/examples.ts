import type { Language } from '../../scene/scene.ts';
import type { ExampleName } from './words.ts';

/** A query to try, about a corpus that is there. */
export interface Example {
  readonly name: ExampleName;
  readonly query: string;
}

const TEXT: Readonly<Record<Language, string>> = {
  ru: 'Он стоял у двери, не решаясь войти. В комнате было темно.',
  en: 'He stood at the door, not daring to enter. The room was dark.',
};

/** @param corpus a corpus that is there; null when none is */
export const examples = (corpus: string | null, lang: Language): readonly Example[] => {
  const labels = lang.toUpperCase();
  const name = JSON.stringify(corpus ?? (lang === 'ru' ? 'проба' : 'trial'));
  const read: Example = {
    name: 'read',
    query: `mutation {
  readText(input: { corpus: ${lang === 'ru' ? '"проба"' : '"trial"'}, name: ${lang === 'ru' ? '"дверь"' : '"door"'}, text: ${JSON.stringify(TEXT[lang])} }) {
    sceneCount
    couplings
    document { scenes { nodes { text hyperlexeme(labels: ${labels}) code } } }
  }
}`,
  };
  if (corpus === null) return [read];
  return [
    {
      name: 'corpora',
      query: `{
  corpora { nodes { name documentCount sceneCount couplingCount collapse } }
}`,
    },
    {
      name: 'facets',
      query: `{
  scenes(filter: { corpus: ${name} }, first: 5) {
    totalCount
    nodes {
      text
      agent { entity text confidence by }
      tension { label(labels: ${labels}) text confidence by }
      context { key }
      atmosphere { label(labels: ${labels}) }
      archetype { label(labels: ${labels}) }
      hyperlexeme(labels: ${labels})
      code
      ordinal
    }
    pageInfo { hasNextPage endCursor }
  }
}`,
    },
    {
      name: 'couplings',
      query: `{
  scenes(filter: { corpus: ${name} }, first: 3) {
    nodes {
      text
      couplings(first: 3) {
        nodes { weight because { kind label(labels: ${labels}) weight } other { text code } }
      }
    }
  }
}`,
    },
    {
      name: 'hypertokens',
      query: `{
  hypertokens(filter: { corpus: ${name} }, first: 10) {
    nodes { code level hyperlexeme(labels: ${labels}) occurrenceCount }
  }
}`,
    },
    read,
    {
      name: 'collapse',
      query: `mutation {
  collapse(corpus: ${name}) { occurrences risen newCodes }
}`,
    },
  ];
};

/** A line for a POSIX shell: within single quotes only the single quote itself has a meaning. */
export const curlLine = (origin: string, query: string): string => {
  const oneLine = query.replaceAll(/\n\s*/gu, ' ');
  const body = JSON.stringify({ query: oneLine }).replaceAll("'", "'\\''");
  return `curl -sS ${origin}/graphql -H 'content-type: application/json' -d '${body}'`;
};
