import type { Project, Service } from './compose-project.ts';

type Rule = (service: Service, name: string, project: Project) => readonly string[];

/** Seconds that a service may take until it is healthy before `docker compose up --wait` gives up. */
const PATIENCE_MIN_S: Readonly<Record<string, number>> = { neo4j: 180 };
const PATIENCE_MIN_DEFAULT_S = 90;

/** Its start script writes its settings beside the program. */
const WRITES_ITS_ROOT = new Set(['neo4j']);
/** Reached by the other services only. */
const DATABASES = new Set(['neo4j', 'redis']);

const fault = (isBroken: boolean, text: string): readonly string[] => (isBroken ? [text] : []);

/** `1m30s` in seconds; NaN for what is none. */
const seconds = (duration = ''): number => {
  const [, minutes, rest] = /^(?:(\d+)m)?(?:(\d+)s)?$/u.exec(duration) ?? [];
  return minutes === undefined && rest === undefined ? Number.NaN : Number(minutes ?? 0) * 60 + Number(rest ?? 0);
};

const isPinned: Rule = ({ image = '' }) =>
  fault(!/:\d+\.\d+\.\d+(-[\w.-]+)?$/u.test(image), 'its image has no exact version');

const isPatient: Rule = ({ healthcheck = {} }, name) => {
  const { test = [], interval, timeout, retries = 0, start_period } = healthcheck;
  const patience = seconds(start_period) + seconds(interval) * retries;
  return [
    ...fault(!['CMD', 'CMD-SHELL'].includes(test[0] ?? '') || test.length < 2, 'nothing tells whether it is healthy'),
    ...fault(!(seconds(timeout) <= seconds(interval)), 'its health checks overlap'),
    ...fault(!(patience >= (PATIENCE_MIN_S[name] ?? PATIENCE_MIN_DEFAULT_S)), 'its health check gives up too early'),
  ];
};

const isConfined: Rule = (service, name) => [
  ...fault(!service.cap_drop?.includes('ALL') || service.cap_add !== undefined, 'it keeps capabilities'),
  ...fault(!service.security_opt?.includes('no-new-privileges:true'), 'it can gain privileges'),
  ...fault(service.privileged === true || service.network_mode !== undefined, 'it shares what is the host’s'),
  ...fault(service.read_only !== true && !WRITES_ITS_ROOT.has(name), 'its root file system can be written to'),
  // What is built here has its user in the Dockerfile.
  ...fault(service.build === undefined && /^(0|root)?(:|$)/u.test(service.user ?? ''), 'it runs as root'),
];

const isBounded: Rule = ({ deploy, restart }) => [
  ...fault(!deploy?.resources?.limits?.memory, 'its memory has no limit'),
  ...fault(restart !== 'unless-stopped', 'it does not come back after a crash'),
];

const isKept: Rule = ({ volumes = [] }, _name, project) => [
  ...fault(volumes.length === 0, 'it keeps nothing'),
  ...volumes
    .filter((volume) => !Object.keys(project.volumes ?? {}).includes(volume.split(':')[0] ?? ''))
    .map((volume) => `${volume} is no named volume`),
];

const isShut: Rule = ({ ports = [], networks = [] }, name, project) => [
  ...ports.filter((port) => !port.startsWith('127.0.0.1:')).map((port) => `port ${port} is open to the network`),
  ...fault(DATABASES.has(name) && ports.length > 0, 'a database is published'),
  ...fault(
    DATABASES.has(name) && !(networks.length > 0 && networks.every((one) => project.networks?.[one]?.internal)),
    'a database is on a network with a way out',
  ),
];

const hasNoPassword: Rule = ({ environment = {}, secrets = [] }, _name, project) => [
  ...Object.entries(environment)
    .filter(([variable]) => /PASSWORD|TOKEN|SECRET|AUTH/u.test(variable) && !variable.endsWith('_FILE'))
    .map(([variable]) => `${variable} stands in its environment`),
  ...secrets.filter((secret) => !project.secrets?.[secret]?.file).map((secret) => `${secret} is no file`),
];

const waits: Rule = ({ depends_on = {} }) =>
  Object.entries(depends_on)
    .filter(([, { condition }]) => condition !== 'service_healthy')
    .map(([other]) => `it does not wait for ${other}`);

const RULES: readonly Rule[] = [isPinned, isPatient, isConfined, isBounded, isKept, isShut, hasNoPassword, waits];

/** What keeps a project from being run in production, each fault led by the service's name. */
export const faultsOf = (project: Project): readonly string[] =>
  Object.entries(project.services).flatMap(([name, service]) =>
    RULES.flatMap((rule) => rule(service, name, project).map((text) => `${name}: ${text}`)),
  );
