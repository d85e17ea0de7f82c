// The schema is a contract. `check` compares schema/*.graphql with schema/released/schema.graphql, the schema of the last
// release, and fails for every breaking or dangerous change that the changelog's unreleased section does not name:
//     - Breaking (GraphQL): `Scene.text` may be null …
// `release` makes today's schema the one to compare with. `--root FOLDER` is for tests: another folder than this one.
// It is a file, and not a tag, since a checkout need have neither history nor network.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import {
  buildASTSchema,
  extendSchema,
  findBreakingChanges,
  findDangerousChanges,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  print,
} from 'graphql';

const NAME = String.raw`([_A-Za-z]\w*)`;
const FIELD = String.raw`(\w+\.\w+)`;

/**
 * Where a change of graphql-js stands, as a schema coordinate: its changes carry no more than their wording. A rule's
 * text is a regular expression with the names in it.
 */
const COORDINATES = [
  [`^A required arg ${NAME} on directive ${NAME} was added`, (arg, directive) => `@${directive}(${arg}:)`],
  [`^An? (?:required|optional) arg ${NAME} on ${FIELD} was added`, (arg, field) => `${field}(${arg}:)`],
  [`^An? (?:required|optional) field ${NAME} on input type ${NAME} was added`, (field, type) => `${type}.${field}`],
  [`^${FIELD} arg ${NAME} `, (field, arg) => `${field}(${arg}:)`],
  [`^${FIELD} (?:was removed|changed type)`, (field) => field],
  [`^${NAME} was (?:added to|removed from) (?:union|enum) type ${NAME}`, (member, type) => `${type}.${member}`],
  [`^${NAME} added to interfaces implemented by ${NAME}`, (_, type) => type],
  [`^${NAME} no longer implements interface`, (type) => type],
  [`^${NAME} changed from`, (type) => type],
  [`^Standard scalar ${NAME} was removed`, (type) => type],
  [`^Repeatable flag was removed from ${NAME}`, (directive) => `@${directive}`],
  [`^[A-Z_]+ was removed from ${NAME}\\.$`, (directive) => `@${directive}`],
  [`^${NAME} was removed from ${NAME}\\.$`, (arg, directive) => `@${directive}(${arg}:)`],
].map(([text, coordinate]) => [new RegExp(text, 'u'), coordinate]);

const coordinateOf = ({ type, description }) => {
  for (const [form, coordinate] of COORDINATES) {
    const match = form.exec(description);
    if (match) return coordinate(...match.slice(1));
  }
  const removed = new RegExp(`^${NAME} was removed\\.$`, 'u').exec(description)?.[1];
  if (removed) return type === 'DIRECTIVE_REMOVED' ? `@${removed}` : removed;
  throw new Error(`no coordinate for the change "${description}"`);
};

/** Applied to a field, argument or type, these restrict nobody. */
const HARMLESS = ['deprecated', 'specifiedBy'];

/** Directives that stand at each place, with their arguments. graphql-js does not compare them. */
const appliedDirectives = (schema) => {
  const found = new Map();
  const keep = (place, { astNode, extensionASTNodes = [] }) => {
    for (const node of [astNode, ...extensionASTNodes])
      for (const directive of node?.directives ?? [])
        if (!HARMLESS.includes(directive.name.value)) found.set(`${place} ${print(directive)}`, place);
  };
  for (const type of Object.values(schema.getTypeMap())) {
    keep(type.name, type);
    if (isEnumType(type)) for (const value of type.getValues()) keep(`${type.name}.${value.name}`, value);
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      keep(`${type.name}.${field.name}`, field);
      for (const arg of field.args ?? []) keep(`${type.name}.${field.name}(${arg.name}:)`, arg);
    }
  }
  return found;
};

/** What is there in both schemas and is bound by another directive now: `@perParent`, `@oneOf` and their like restrict. */
const directiveChanges = (before, after) => {
  const [old, now] = [appliedDirectives(before), appliedDirectives(after)];
  const places = new Set(placesOf(before));
  return [...now]
    .filter(([applied, place]) => !old.has(applied) && places.has(place))
    .map(([applied, place]) => ({
      coordinate: place,
      description: `${place} has the directive ${applied.slice(place.length + 1)} now.`,
    }));
};

const placesOf = (schema) =>
  Object.values(schema.getTypeMap()).flatMap((type) => [
    type.name,
    ...(isEnumType(type) ? type.getValues().map(({ name }) => `${type.name}.${name}`) : []),
    ...(isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)
      ? Object.values(type.getFields()).flatMap(({ name, args = [] }) => [
          `${type.name}.${name}`,
          ...args.map((arg) => `${type.name}.${name}(${arg.name}:)`),
        ])
      : []),
  ]);

/** `extend type` stands once in each file of a subject. */
const build = (text) => {
  const { definitions } = parse(text);
  const isExtension = ({ kind }) => kind.endsWith('Extension');
  const base = buildASTSchema({ kind: Kind.DOCUMENT, definitions: definitions.filter((each) => !isExtension(each)) });
  return extendSchema(base, { kind: Kind.DOCUMENT, definitions: definitions.filter(isExtension) });
};

/** Code spans of the entries under the first heading with "unreleased" that begin with a label. */
const namedIn = (changelog, labels) => {
  const section = /^## .*unreleased.*$([\s\S]*?)(?=^## |$(?![\s\S]))/imu.exec(changelog)?.[1] ?? '';
  const entries = section
    .split(/^(?=\s*[-*] |#)/mu)
    .filter((entry) =>
      labels.some((label) => new RegExp(String.raw`^\s*[-*] \**${label} \(GraphQL\)`, 'u').test(entry)),
    );
  return new Set(entries.flatMap((entry) => [...entry.matchAll(/`([^`]+)`/gu)].map(([, span]) => span)));
};

const withCoordinate = (change) => ({ coordinate: coordinateOf(change), description: change.description });

/** One line a change that the changelog does not name. */
const unnamedChanges = ({ before, after, changelog }) => {
  const [old, now] = [build(before), build(after)];
  const breaking = [...findBreakingChanges(old, now).map(withCoordinate), ...directiveChanges(old, now)];
  const dangerous = findDangerousChanges(old, now).map(withCoordinate);
  const [asBreaking, asAny] = [namedIn(changelog, ['Breaking']), namedIn(changelog, ['Breaking', 'Dangerous'])];
  return [
    ...breaking.filter(({ coordinate }) => !asBreaking.has(coordinate)).map((change) => ['Breaking', change]),
    ...dangerous.filter(({ coordinate }) => !asAny.has(coordinate)).map((change) => ['Dangerous', change]),
  ].map(([label, { coordinate, description }]) => `${description}\n    - ${label} (GraphQL): \`${coordinate}\` …`);
};

const readSchema = (folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.graphql'))
    .toSorted()
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');

const { values, positionals } = parseArgs({ options: { root: { type: 'string' } }, allowPositionals: true });
const root = values.root ?? dirname(dirname(fileURLToPath(import.meta.url)));
const released = join(root, 'schema', 'released', 'schema.graphql');
const after = readSchema(join(root, 'schema'));

switch (positionals[0]) {
  case 'check': {
    const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
    const unnamed = unnamedChanges({ before: readFileSync(released, 'utf8'), after, changelog });
    if (unnamed.length > 0) {
      console.error('These changes of the schema may break clients. Take them back, or name them in CHANGELOG.md,');
      console.error('in the section that is unreleased, in a line each or several in one:');
      for (const change of unnamed) console.error(`  ${change}`);
      process.exitCode = 1;
    }
    break;
  }
  case 'release': {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    mkdirSync(dirname(released), { recursive: true });
    writeFileSync(
      released,
      `# The schema of version ${version}. Written by: npm run schema:release\n\n${print(parse(after))}\n`,
    );
    break;
  }
  default:
    console.error('usage: schema-contract.mjs [--root FOLDER] check|release');
    process.exitCode = 2;
}
