import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const readJson = (name: string): unknown => JSON.parse(readFileSync(join(ROOT, name), 'utf8'));
const { packages } = readJson('package-lock.json') as { readonly packages: Readonly<Record<string, LockedPackage>> };

describe('package-lock.json', () => {
  it('locks what package.json asks for', () => {
    const { dependencies, devDependencies } = readJson('package.json') as LockedPackage;
    expect(packages['']).toMatchObject({ dependencies, devDependencies });
  });

  it('names no place to fetch from', () => {
    expect(Object.values(packages).filter(({ resolved }) => resolved !== undefined)).toEqual([]);
  });

  it('names the packages of every platform, or npm ci refuses it; `npm run lock` adds them', () => {
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !(`node_modules/${name}` in packages || `${path}/node_modules/${name}` in packages),
      ),
    );
    expect(missing).toEqual([]);
  });
});
