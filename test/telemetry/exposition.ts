/** One metric of a page in Prometheus's text format 0.0.4. */
export interface Family {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram' | 'summary';
  readonly help: string;
  readonly samples: readonly Sample[];
}

export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/u;
const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (NaN|[+-]Inf|[-+\d.e]+)(?: -?\d+)?$/u;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/uy;

const SUFFIXES = {
  counter: [''],
  gauge: [''],
  summary: ['', '_sum', '_count'],
  histogram: ['_bucket', '_sum', '_count'],
};

/** Reads such a page by the letter of its definition; throws on whatever a strict scraper would refuse. */
export const parseExposition = (text: string): readonly Family[] => {
  if (!text.endsWith('\n')) throw new Error('the last line has no end');
  const families = new Map<string, { -readonly [K in keyof Family]: Family[K] } & { samples: Sample[] }>();
  let current: (Family & { samples: Sample[] }) | undefined;
  for (const line of text.slice(0, -1).split('\n')) {
    if (line === '') continue;
    const help = /^# HELP (\S+) (.+)$/u.exec(line);
    const type = /^# TYPE (\S+) (counter|gauge|histogram|summary)$/u.exec(line);
    if (help) {
      const name = help[1] ?? '';
      if (!NAME.test(name) || families.has(name)) throw new Error(`bad or repeated: ${line}`);
      current = { name, help: help[2] ?? '', type: 'gauge', samples: [] };
      families.set(name, current);
    } else if (type) {
      const family = families.get(type[1] ?? '');
      if (family === undefined || family !== current || family.samples.length > 0)
        throw new Error(`out of place: ${line}`);
      family.type = type[2] as Family['type'];
    } else if (line.startsWith('#')) throw new Error(`neither help nor type: ${line}`);
    else {
      const sample = parseSample(line);
      const fits = current && SUFFIXES[current.type].some((suffix) => sample.name === `${current?.name}${suffix}`);
      if (!fits) throw new Error(`not of the metric above it: ${line}`);
      current?.samples.push(sample);
    }
  }
  for (const family of families.values()) checkFamily(family);
  return [...families.values()];
};

const parseSample = (line: string): Sample => {
  const [, name = '', text = '', value = ''] = SAMPLE.exec(line) ?? fail(line);
  const labels: Record<string, string> = {};
  LABEL.lastIndex = 0;
  while (LABEL.lastIndex < text.length) {
    const [, label = '', written = ''] = LABEL.exec(text) ?? fail(line);
    if (label in labels) throw new Error(`a label twice: ${line}`);
    labels[label] = written.replace(/\\(.)/gu, (_, sign) => (sign === 'n' ? '\n' : sign));
  }
  const number = Number(value.replace('Inf', 'Infinity'));
  if (Number.isNaN(number) && value !== 'NaN') fail(line);
  return { name, labels, value: number };
};

const fail = (line: string): never => {
  throw new Error(`not a sample: ${line}`);
};

const checkFamily = ({ name, type, samples }: Family): void => {
  const seen = new Set<string>();
  for (const { name: sample, labels } of samples) {
    const key = `${sample} ${JSON.stringify(Object.entries(labels).toSorted())}`;
    if (seen.has(key)) throw new Error(`a sample twice: ${key}`);
    seen.add(key);
  }
  if (type === 'counter' && samples.some(({ value }) => !(value >= 0)))
    throw new Error(`a counter below zero: ${name}`);
  if (type === 'histogram') checkHistogram(name, samples);
};

/** Buckets grow with their bound, the last is +Inf and equals the count. */
const checkHistogram = (name: string, samples: readonly Sample[]): void => {
  const groups = Map.groupBy(samples, ({ labels: { le: _, ...rest } }) => JSON.stringify(rest));
  for (const [key, group] of groups) {
    const buckets = group.filter(({ labels }) => 'le' in labels);
    const bounds = buckets.map(({ labels }) => Number(String(labels['le']).replace('Inf', 'Infinity')));
    const grows = (values: readonly number[], strictly: boolean) =>
      values.every((value, i) => i === 0 || (strictly ? value > (values[i - 1] ?? 0) : value >= (values[i - 1] ?? 0)));
    const count = group.find(({ name: sample }) => sample === `${name}_count`)?.value;
    if (
      !grows(bounds, true) ||
      !grows(
        buckets.map(({ value }) => value),
        false,
      )
    )
      throw new Error(`buckets of ${name} ${key}`);
    if (bounds.at(-1) !== Infinity || buckets.at(-1)?.value !== count) throw new Error(`last bucket of ${name} ${key}`);
  }
};
