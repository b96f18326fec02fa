import { valueFromText } from './layer.ts'
import { variable, type Environment } from './process-environment.ts'

/** LocalStack's variables, so that a compose file can be switched over by its image alone. */
export interface LocalstackEnvironment {
  readonly entries: readonly { readonly path: readonly string[]; readonly value: unknown; readonly name: string }[]
  /** One line for each that is set: what it is taken for, or that it does nothing, and why. */
  readonly notes: readonly string[]
}

interface Alias {
  readonly name: string
  /** pipit's own name for it. */
  readonly same: string
  /** The options it sets; none where the text is another program's (`DEBUG=express:*`). */
  readonly values: (text: string) => ReadonlyArray<readonly [path: string, value: unknown]>
}

const LEVELS: Readonly<Record<string, string>> = {
  trace: 'debug',
  'trace-internal': 'debug',
  debug: 'debug',
  info: 'info',
  warn: 'warn',
  warning: 'warn',
  error: 'error',
}

/** Of several for one option the last counts: the newer name, the level that is named. */
const ALIASES: readonly Alias[] = [
  { name: 'EDGE_PORT', same: 'PIPIT_LISTEN', values: (text) => gatewayListen(`:${text.trim()}`) },
  { name: 'GATEWAY_LISTEN', same: 'PIPIT_LISTEN', values: gatewayListen },
  { name: 'EDGE_BIND_HOST', same: 'PIPIT_HOST', values: (text) => [['host', text]] },
  { name: 'DEFAULT_REGION', same: 'PIPIT_REGION', values: (text) => [['region', text]] },
  {
    name: 'DEBUG',
    same: 'PIPIT_LOG_LEVEL',
    values: (text) => (valueFromText('boolean', text) === true ? [['log.level', 'debug']] : []),
  },
  {
    name: 'LS_LOG',
    same: 'PIPIT_LOG_LEVEL',
    values: (text) => [['log.level', LEVELS[text.trim().toLowerCase()] ?? text]],
  },
  {
    name: 'SQS_DELAY_RECENTLY_DELETED',
    same: 'PIPIT_STRICT',
    values: (text) => [['strict.recreateDelay', valueFromText('boolean', text)]],
  },
  {
    name: 'SQS_DELAY_PURGE_RETRY',
    same: 'PIPIT_STRICT',
    values: (text) => [['strict.purgeDelay', valueFromText('boolean', text)]],
  },
]

const REFLECTED = 'a queue URL names the host that its client used'
const IN_MEMORY = 'everything is kept in memory'
const NO_ACCOUNT = 'no account and no token is needed'

/** Names that are LocalStack's alone, or that its compose files commonly set. */
const WITHOUT_EFFECT: Readonly<Record<string, string>> = {
  LOCALSTACK_HOST: `${REFLECTED}; PIPIT_PUBLIC_URL fixes one for all`,
  HOSTNAME_EXTERNAL: `${REFLECTED}; PIPIT_PUBLIC_URL fixes one for all`,
  LOCALSTACK_HOSTNAME: REFLECTED,
  SQS_ENDPOINT_STRATEGY: `${REFLECTED}, and every form of one is understood`,
  PERSISTENCE: IN_MEMORY,
  DATA_DIR: IN_MEMORY,
  SNAPSHOT_SAVE_STRATEGY: IN_MEMORY,
  SNAPSHOT_LOAD_STRATEGY: IN_MEMORY,
  LOCALSTACK_AUTH_TOKEN: NO_ACCOUNT,
  LOCALSTACK_API_KEY: NO_ACCOUNT,
  ACTIVATE_PRO: NO_ACCOUNT,
  EAGER_SERVICE_LOADING: 'SQS is there from the start',
  SQS_ENABLE_MESSAGE_RETENTION_PERIOD: 'messages always go when their retention period is over',
  SQS_DISABLE_CLOUDWATCH_METRICS: 'there is no CloudWatch',
  USE_SSL: 'PIPIT_TLS_LISTEN opens a port for HTTPS',
}

export function readLocalstackEnvironment(environment: Environment): LocalstackEnvironment {
  const notes: string[] = []
  const entries = ALIASES.flatMap(({ name, same, values }) => {
    const text = variable(environment, name)
    const set = text === undefined ? [] : values(text)
    if (set.length > 0)
      notes.push(`${name}=${text} is taken for ${set.map(([path]) => path).join(', ')} (pipit's own name: ${same})`)
    return set.map(([path, value]) => ({ path: path.split('.'), value, name }))
  })
  const services = variable(environment, 'SERVICES')
  if (services !== undefined) notes.push(servicesNote(services))
  for (const [name, why] of Object.entries(WITHOUT_EFFECT))
    if (variable(environment, name) !== undefined) notes.push(`${name} has no effect: ${why}`)
  return { entries, notes }
}

/** `0.0.0.0:4566,0.0.0.0:443`: there, 443 is where HTTPS is spoken. */
function gatewayListen(text: string): ReadonlyArray<readonly [path: string, value: unknown]> {
  const addresses = text.split(',').map((address) => address.trim())
  const secure = addresses.filter((address) => /(?:^|:)443$/.test(address))
  const plain = addresses.filter((address) => !secure.includes(address))
  return [
    ...(plain.length > 0 ? [['listen', plain.join(',')] as const] : []),
    ...(secure.length > 0 ? [['tlsListen', secure.join(',')] as const] : []),
  ]
}

function servicesNote(text: string): string {
  const names = text.split(',').map((name) => name.trim().split(':')[0] ?? '')
  const others = [...new Set(names)].filter((name) => name !== '' && name !== 'sqs')
  return others.length === 0
    ? `SERVICES=${text} is what pipit serves anyway`
    : `SERVICES=${text}: pipit serves sqs; requests for ${others.join(', ')} are answered with an error`
}
