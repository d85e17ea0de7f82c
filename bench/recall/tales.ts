import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A tale of FairytaleQA (Xu et al. 2022). */
export interface Tale {
  readonly name: string;
  readonly sections: readonly string[];
}

/** A question that experts wrote, and where in the tale they answered it from. */
export interface Question {
  readonly id: string;
  readonly tale: string;
  readonly text: string;
  /** Indices into the sections of the tale, from 0. */
  readonly sections: readonly number[];
  readonly answers: readonly string[];
  /** `explicit`: the answer stands in the text; `implicit`: it takes an inference. As the experts marked it. */
  readonly explicit: 'explicit' | 'implicit';
  readonly attribute: string;
}

export interface TaleQuestions {
  readonly tales: readonly Tale[];
  readonly questions: readonly Question[];
}

interface StoryLine {
  readonly story: string;
  readonly sections: readonly string[];
}

interface QuestionLine {
  readonly story: string;
  readonly question_id: string;
  readonly question: string;
  readonly sections: readonly number[];
  readonly answers: readonly string[];
  readonly explicit: Question['explicit'];
  readonly attribute: string;
}

const linesOf = async <Line>(path: string): Promise<readonly Line[]> =>
  (await readFile(path, 'utf8'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);

/** @param folder with `fairytaleqa_stories.jsonl` and `fairytaleqa_qa.jsonl` */
export const readTales = async (folder: string): Promise<TaleQuestions> => {
  const stories = await linesOf<StoryLine>(join(folder, 'fairytaleqa_stories.jsonl'));
  const asked = await linesOf<QuestionLine>(join(folder, 'fairytaleqa_qa.jsonl'));
  return {
    tales: stories
      .map(({ story, sections }) => ({ name: story, sections }))
      .toSorted((x, y) => (x.name < y.name ? -1 : 1)),
    questions: asked.map(({ story, question_id, question, sections, answers, explicit, attribute }) => ({
      id: `${story} ${question_id}`,
      tale: story,
      text: question,
      // Numbered from 1 there.
      sections: sections.map((section) => section - 1),
      answers,
      explicit,
      attribute,
    })),
  };
};

/** Every other tale by name, fixed before anything was measured: what is tuned is tuned on `dev`. */
export const splitOf = (tales: readonly Tale[]): ReadonlyMap<string, 'dev' | 'test'> =>
  new Map(tales.map(({ name }, i) => [name, i % 2 === 0 ? 'dev' : 'test']));
