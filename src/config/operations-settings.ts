import { z } from 'zod';
import { between, HOUR, integer, parseHost, type Setting } from './setting.ts';

const SWITCH = ['on', 'off'] as const;
const PORT_MAX = 65_535;

/** How a running service is watched and stopped. */
export const OPERATIONS_SETTINGS = {
  metrics: {
    variable: 'HYPERSCENE_METRICS',
    option: null,
    expected: `one of ${SWITCH.join(', ')}`,
    fallback: 'on',
    about: 'whether serve measures itself and gives the figures at /metrics, for Prometheus',
    secret: false,
    parse: (text: string) => z.enum(SWITCH).parse(text),
  },
  metricsPort: {
    variable: 'HYPERSCENE_METRICS_PORT',
    option: null,
    expected: `${between(0, PORT_MAX)}, or empty for the port of the service`,
    fallback: '',
    about: 'port of its own for /metrics, where no key is asked for; 0 takes any free one',
    secret: false,
    parse: (text: string) => (text === '' ? null : integer(0, PORT_MAX)(text)),
  },
  metricsHost: {
    variable: 'HYPERSCENE_METRICS_HOST',
    option: null,
    expected: 'a host name or an address',
    fallback: '127.0.0.1',
    about: 'address that this port of its own listens on',
    secret: false,
    parse: parseHost,
  },
  drainDelay: {
    variable: 'HYPERSCENE_DRAIN_DELAY',
    option: null,
    expected: between(0, HOUR),
    fallback: '0',
    about:
      'seconds for which a service that is told to stop still takes requests while /ready says 503, so that load balancers look away',
    secret: false,
    parse: integer(0, HOUR),
  },
  drainTimeout: {
    variable: 'HYPERSCENE_DRAIN_TIMEOUT',
    option: null,
    expected: between(0, HOUR),
    fallback: '10',
    about: 'seconds that requests under way are then given to end before they are cut off',
    secret: false,
    parse: integer(0, HOUR),
  },
} as const satisfies Record<string, Setting<unknown>>;
