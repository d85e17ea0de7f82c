import type { Random } from '../../src/collapse/leiden/random.ts';

/** Above 0 up to 1, so that its logarithm is finite. */
const positive = (random: Random): number => 1 - random();

/** Of mean 1 ⁄ rate. */
export const exponential = (random: Random, rate: number): number => -Math.log(positive(random)) / rate;

/** Box & Muller 1958; one of the two, so that each draw takes as many numbers. */
const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(positive(random))) * Math.cos(2 * Math.PI * random());

/** Whose logarithm has mean μ and standard deviation σ. */
export const lognormal = (random: Random, mu: number, sigma: number): number => Math.exp(mu + sigma * normal(random));

/** Of mean 1 and that standard deviation of the logarithm: how a measured cost varies from job to job. */
export const spread = (random: Random, sigma: number): number => lognormal(random, -(sigma ** 2) / 2, sigma);

/** At least `least`; above it, P(X > x) = (least ⁄ x)^α. */
export const pareto = (random: Random, least: number, alpha: number): number => least / positive(random) ** (1 / alpha);

/** σ of the lognormal law with that median and 95th percentile. */
export const sigmaOf = ({ p50, p95 }: { readonly p50: number; readonly p95: number }): number =>
  Math.log(p95 / p50) / 1.6448536269514722;
