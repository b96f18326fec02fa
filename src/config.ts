import { PipitError } from './core/errors.ts'
import { complaint } from './config/complaints.ts'
import { CONFIG_FILE, CONFIG_INLINE, readEnvironment } from './config/environment.ts'
import { fileLayer } from './config/file.ts'
import { flagsLayer, type Flags } from './config/flags.ts'
import { checkLayer, defaultsLayer, getIn, setIn, type Checked, type Layer } from './config/layer.ts'
import { resolveListen, resolveMonitors, resolveTlsListen } from './config/listen.ts'
import type { Forward } from './config/forward.ts'
import type { ListenAddress } from './config/listen-address.ts'
import type { Setting } from './config/option.ts'
import { type Environment, isCi } from './config/process-environment.ts'
import type { QueueEntry } from './config/queues-shorthand.ts'
import { settings, type Values } from './config/schema.ts'
import { resolveServiceTables, type ServiceTables } from './config/service-tables.ts'
import { yamlLayer } from './config/yaml-layer.ts'

export type { Flags } from './config/flags.ts'
export type { Forward } from './config/forward.ts'
export type { ListenAddress } from './config/listen-address.ts'

/** What pipit is told, resolved and frozen. */
export interface Config extends ServiceTables {
  readonly listen: readonly ListenAddress[]
  /** Where HTTPS is spoken. */
  readonly tlsListen: readonly ListenAddress[]
  readonly tls: TlsConfig
  /** Without a trailing slash; `undefined`: queue URLs reflect the host that the caller used. */
  readonly publicUrl: string | undefined
  readonly trustProxy: boolean
  /** Hosts, beside private names and addresses, under which the control plane answers. In lower case. */
  readonly allowedHosts: readonly string[]
  /** What the control plane wants to be told; `undefined`: nothing. */
  readonly adminToken: string | undefined
  /** Of requests that are not signed. */
  readonly region: string
  /** AWS's 60-second rules. */
  readonly strict: { readonly recreateDelay: boolean; readonly purgeDelay: boolean }
  readonly log: LogConfig
  readonly services: {
    readonly sqs: DeclaredTokens & { readonly queues: readonly DeclaredQueue[] }
  }
  /** The folder of fixtures, from the working directory. */
  readonly fixtures: string
  /** Of the default session; other sessions have one below it. */
  readonly fixture: string | undefined
  readonly onMiss: 'error' | 'mock' | 'forward' | 'record'
  readonly report: string | undefined
  readonly timeScale: number
  /** Variables say that this is a machine that tests what others have written. */
  readonly isCi: boolean
  /** What the sources say of faults, the farthest first: a rule of a nearer one takes the place of one with its id. */
  readonly faults: readonly DeclaredFaults[]
  /** What faults draw from; `undefined`: another one at every start. */
  readonly seed: number | undefined
  /** Does a rule that never fired fail a verification? */
  readonly unused: 'warn' | 'error'
  /** Whether answers say which faults they have met. */
  readonly faultHeader: boolean
  /** Ports that stand for others and are watched. */
  readonly monitors: readonly Forward[]
  /** From the working directory; `undefined`: `./plugins`, if there is one. */
  readonly plugins: string | undefined
}

/** What no shape tells of a service's values; places are `SendMessage.MessageBody.sig`. */
export interface DeclaredTokens {
  readonly tokens: Readonly<Record<string, string>>
  readonly volatile: readonly string[]
  readonly keep: readonly string[]
}

/** Entries as somebody wrote them, and where. Whether they are rules is judged where effects and services are known. */
export interface DeclaredFaults {
  readonly entries: readonly unknown[]
  readonly source: Pick<Layer, 'locate' | 'namesPaths'>
}

/** Paths as the operator wrote them, from the working directory. */
export interface TlsConfig {
  readonly cert: string | undefined
  readonly key: string | undefined
  readonly caFile: string | undefined
}

export interface LogConfig {
  readonly level: 'silent' | 'error' | 'warn' | 'info' | 'debug'
  readonly format: 'pretty' | 'json'
}

/** A queue that exists from the start. A dead-letter queue that is only named by another is declared ahead of it. */
export interface DeclaredQueue extends QueueEntry {
  /** Where it was declared, for complaints: `pipit.yaml:7:5`, `PIPIT_QUEUES`. */
  readonly source?: string
}

export interface Sources {
  readonly flags: Flags
  readonly env: Environment
  readonly cwd: string
}

export interface Loaded {
  readonly config: Config
  /** For the log, one line each: aliases in use, names that nobody knows. */
  readonly notes: readonly string[]
  /** Where an option's value comes from: `--port`, `pipit.yaml:7:5`, `default`. */
  readonly sourceOf: (setting: Setting) => string
}

/** Flags win over the environment, that over PIPIT_CONFIG_INLINE, that over the file. Every mistake is told at once. */
export function loadConfig({ flags, env, cwd }: Sources): Loaded {
  const environment = readEnvironment(env)
  const flagged = typeof flags['config'] === 'string' ? flags['config'] : undefined
  const inline = environment.inline === undefined ? undefined : yamlLayer(CONFIG_INLINE, environment.inline)
  const file = fileLayer(cwd, flagged ?? environment.configFile, flagged === undefined ? CONFIG_FILE : '--config')
  const nearestFirst = checked(
    [flagsLayer(flags), environment.own, environment.aliases, inline, file, environment.image, defaultsLayer()].filter(
      (layer) => layer !== undefined,
    ),
  )
  const tree = {}
  const sources = new Map<Setting, string>()
  for (const setting of settings) {
    const { value, source } = resolveSetting(setting, nearestFirst)
    setIn(tree, setting.path, value)
    sources.set(setting, source)
  }
  const { tables, sources: tableSources } = resolveServiceTables(nearestFirst)
  for (const setting of settings) {
    const source = tableSources.get(setting.path.join('.'))
    if (source !== undefined) sources.set(setting, source)
  }
  const listening = resolveListen(nearestFirst)
  const tlsListen = resolveTlsListen(nearestFirst)
  // Every option was resolved above, and those without a default are optional in Config.
  const { port: _port, host: _host, ...given } = tree as Complete<Values>
  const { publicUrl, adminToken, tls, services, seed, plugins, fixture, report, ...rest } = given
  const { queues, tokens, volatile, keep } = services.sqs
  const config: Config = {
    ...rest,
    ...tables,
    publicUrl: publicUrl ?? undefined,
    adminToken: adminToken ?? undefined,
    listen: listening.addresses,
    tlsListen,
    tls: tlsConfig(tls, tlsListen.length > 0),
    services: { sqs: { queues: declaredQueues(queues, nearestFirst), tokens, volatile, keep } },
    fixture: fixture ?? undefined,
    report: report ?? undefined,
    isCi: isCi(env),
    faults: declaredFaults(nearestFirst),
    monitors: resolveMonitors(nearestFirst),
    seed: seed ?? undefined,
    plugins: plugins ?? undefined,
  }
  return {
    config: deepFreeze(config),
    notes: environment.notes,
    sourceOf: (setting) => (setting.path[0] === 'listen' ? listening.source : (sources.get(setting) ?? 'default')),
  }
}

type Complete<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { [K in keyof T]-?: Complete<NonNullable<T[K]>> }
    : T

/** Without a place to speak HTTPS the files do not matter: SSL_CERT may be somebody else's. */
function tlsConfig({ cert, key, caFile }: Complete<Values>['tls'], isOn: boolean): TlsConfig {
  if (isOn && Boolean(cert) !== Boolean(key)) {
    const [there, missing] = cert ? ['tls.cert', 'tls.key'] : ['tls.key', 'tls.cert']
    throw new PipitError('bad-config', `${there} is there without ${missing}: a certificate and its key go together`)
  }
  return { cert: cert ?? undefined, key: key ?? undefined, caFile: caFile ?? undefined }
}

function checked(layers: readonly Layer[]): readonly Checked[] {
  const complaints: string[] = []
  const accepted: Checked[] = []
  for (const result of layers.map(checkLayer)) {
    if ('issues' in result) complaints.push(...result.issues.map((issue) => complaint(result.layer, issue)))
    else accepted.push(result)
  }
  if (complaints.length > 0) throw new PipitError('bad-config', complaints.join('\n'))
  return accepted
}

function resolveSetting(setting: Setting, nearestFirst: readonly Checked[]): { value: unknown; source: string } {
  let value: unknown
  const from: string[] = []
  for (const { layer, values } of nearestFirst) {
    const farther = getIn(values, setting.path)
    if (farther === undefined || farther === null) continue
    value = value === undefined ? farther : setting.complete?.(value as never, farther as never)
    from.push(layer.locate(setting.path, 'key'))
    if (setting.complete === undefined) break
  }
  // A default that something completes is no news.
  const told = from.filter((source) => source !== 'default')
  return { value, source: told.length > 0 ? told.join(', ') : 'default' }
}

function declaredQueues(entries: readonly QueueEntry[], nearestFirst: readonly Checked[]): readonly DeclaredQueue[] {
  const path = ['services', 'sqs', 'queues']
  const sourceOf = (name: string): string => {
    const declaring = nearestFirst.find(({ values }) =>
      values.services?.sqs?.queues?.some((queue) => queue.name === name),
    )
    return declaring?.layer.locate([...path, name], 'key') ?? 'default'
  }
  const declared = new Map<string, DeclaredQueue>()
  for (const entry of entries) {
    const source = sourceOf(entry.name)
    const { dlq } = entry
    if (dlq !== undefined && !declared.has(dlq.name) && !entries.some(({ name }) => name === dlq.name))
      declared.set(dlq.name, { name: dlq.name, attributes: impliedAttributes(dlq.name, {}), source })
    declared.set(entry.name, { ...entry, attributes: impliedAttributes(entry.name, entry.attributes), source })
  }
  return [...declared.values()]
}

function declaredFaults(nearestFirst: readonly Checked[]): readonly DeclaredFaults[] {
  return nearestFirst.toReversed().flatMap(({ layer, values: { faults: entries } }) => {
    return entries && entries.length > 0
      ? [{ entries, source: { locate: (path, part) => layer.locate(path, part), namesPaths: layer.namesPaths } }]
      : []
  })
}

function impliedAttributes(name: string, attributes: QueueEntry['attributes']): QueueEntry['attributes'] {
  return name.endsWith('.fifo') ? { FifoQueue: 'true', ...attributes } : attributes
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const child of Object.values(value)) deepFreeze(child)
  return Object.freeze(value)
}
