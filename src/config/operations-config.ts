import { SECOND, type SettingReader } from './setting-reader.ts';
import type { SamplerName } from './trace-settings.ts';

/** How a running service is watched and stopped. */
export interface OperationsConfig {
  /** null: nothing is measured. `listen` null: at the address of the service. */
  readonly metrics: { readonly listen: { readonly host: string; readonly port: number } | null } | null;
  /** ms between the order to stop and the listener's end. */
  readonly drainDelay: number;
  /** ms that requests under way are given then. */
  readonly drainTimeout: number;
}

/** Where traces are sent, by OTLP over HTTP. */
export interface TracesConfig {
  /** The whole address. */
  readonly url: string;
  /** May hold keys. */
  readonly headers: Readonly<Record<string, string>>;
  readonly serviceName: string;
  readonly sampler: SamplerName;
  /** 0 to 1. */
  readonly ratio: number;
}

export const readOperations = (read: SettingReader): OperationsConfig => {
  const [port, host] = [read('metricsPort'), read('metricsHost')];
  const listen = port === null ? null : Object.freeze({ host, port });
  return Object.freeze({
    metrics: read('metrics') === 'off' ? null : Object.freeze({ listen }),
    drainDelay: read('drainDelay') * SECOND,
    drainTimeout: read('drainTimeout') * SECOND,
  });
};

export const readTraces = (read: SettingReader): TracesConfig | null => {
  const [base, whole, isOff] = [read('otlpEndpoint'), read('otlpTracesEndpoint'), read('otelDisabled')];
  const traces = {
    headers: Object.freeze(read('otlpHeaders')),
    serviceName: read('otelServiceName'),
    sampler: read('otelSampler'),
    ratio: read('otelSamplerRatio'),
  };
  const url = whole ?? (base === null ? null : `${base.replace(/\/+$/u, '')}/v1/traces`);
  return url === null || isOff ? null : Object.freeze({ url, ...traces });
};
