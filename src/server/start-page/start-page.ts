import type { Language } from '../../scene/scene.ts';
import { curlLine, type Example, examples } from './examples.ts';
import { type Html, html } from './html.ts';
import type { StartCorpus, StartData, StartScene } from './start-data.ts';
import { WORDS, type Words } from './words.ts';

export interface StartPageOptions {
  readonly lang: Language;
  /** Scheme, host and port for the lines to copy. */
  readonly origin: string;
}

/** The whole page as a string. Texts, names and errors are data and are escaped wherever they stand. */
export const startPage = (data: StartData, { lang, origin }: StartPageOptions): string => {
  const words = WORDS[lang];
  const queries = examples(data.corpora[0]?.name ?? null, lang);
  return html`<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Hyperscene</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/start.css">
<script src="/assets/start.js" defer></script>
</head>
<body>
<header>
<h1><span class="mark" aria-hidden="true">Δ</span> Hyperscene</h1>
<a class="language" href="?lang=${lang === 'ru' ? 'en' : 'ru'}" hreflang="${lang === 'ru' ? 'en' : 'ru'}">${words.otherLanguage}</a>
<p>${words.tagline}</p>
</header>
<main>
${data.errors.length > 0 ? html`<p class="notice" role="alert">${words.unavailable}</p>` : html``}
${corporaSection(data, words, lang)}
${data.corpora.map((corpus) => scenesSection(corpus, words))}
${querySection(queries.find(({ name }) => name === 'facets') ?? queries[0], words)}
${examplesSection(queries, words, origin)}
</main>
</body>
</html>
`.markup;
};

const corporaSection = ({ corpora, hasMore, errors }: StartData, words: Words, lang: Language): Html => {
  if (corpora.length === 0) return errors.length > 0 ? html`` : html`<p class="notice">${words.empty}</p>`;
  const count = new Intl.NumberFormat(lang);
  const row = ({ name, documentCount, sceneCount, couplingCount, collapse }: StartCorpus) => html`<tr>
<th scope="row"><bdi>${name}</bdi></th>
<td class="number" data-label="${words.documents}">${count.format(documentCount)}</td>
<td class="number" data-label="${words.scenes}">${count.format(sceneCount)}</td>
<td class="number" data-label="${words.couplings}">${count.format(couplingCount)}</td>
<td data-label="${words.hypertokens}">${words.collapse[collapse]}</td>
</tr>`;
  return html`<section>
<h2>${words.corpora}</h2>
<table class="corpora">
<thead><tr><th scope="col">${words.corpus}</th><th scope="col" class="number">${words.documents}</th><th scope="col" class="number">${words.scenes}</th><th scope="col" class="number">${words.couplings}</th><th scope="col">${words.hypertokens}</th></tr></thead>
<tbody>
${corpora.map(row)}
</tbody>
</table>
${hasMore ? html`<p>${words.more}</p>` : html``}
</section>`;
};

const scenesSection = ({ name, scenes }: StartCorpus, words: Words): Html => {
  if (scenes.length === 0) return html``;
  const row = ({ text, lang, agent, hyperlexeme, code, ordinal }: StartScene) => html`<tr>
<td class="text" lang="${lang.toLowerCase()}" dir="auto"><span>${text}</span></td>
<td class="agent" dir="auto" data-label="${words.agent}">${agent?.entity ?? '—'}</td>
<td class="lexeme" data-label="${words.hyperlexeme}">${hyperlexeme}</td>
<td class="code" data-label="${words.code}"><span>${code}<span class="ordinal">:${ordinal}</span></span></td>
</tr>`;
  return html`<section>
<h2>${words.firstScenes}: <bdi>${name}</bdi></h2>
<table class="scenes">
<thead><tr><th scope="col" class="text">${words.scene}</th><th scope="col">${words.agent}</th><th scope="col">${words.hyperlexeme}</th><th scope="col">${words.code}</th></tr></thead>
<tbody>
${scenes.map(row)}
</tbody>
</table>
</section>`;
};

const querySection = (example: Example | undefined, words: Words): Html => html`<section>
<h2>${words.query}</h2>
<noscript><p class="notice">${words.noScript}</p></noscript>
<form id="query-form" data-failed="${words.failed}">
<label for="query">GraphQL · <code>POST /graphql</code></label>
<textarea id="query" name="query" rows="18" spellcheck="false" autocapitalize="off" autocomplete="off">${example?.query ?? ''}</textarea>
<p><button type="submit">${words.run}</button> <small>${words.queryHint}</small></p>
</form>
<h3 id="answer-title">${words.answer}</h3>
<pre id="answer" class="answer" tabindex="0" aria-labelledby="answer-title" aria-live="polite">…</pre>
</section>`;

const examplesSection = (queries: readonly Example[], words: Words, origin: string): Html => html`<section>
<h2>${words.examples}</h2>
${queries.map(({ name, query }) => {
  const curl = curlLine(origin, query);
  return html`<details>
<summary>${words.exampleTitles[name]}</summary>
<pre tabindex="0"><code>${query}</code></pre>
<p><button type="button" class="load" data-query="${query}">${words.load}</button> <button type="button" class="copy" data-text="${curl}" data-copied="${words.copied}">${words.copy}</button></p>
<pre class="curl" tabindex="0"><code>${curl}</code></pre>
</details>`;
})}
</section>`;
