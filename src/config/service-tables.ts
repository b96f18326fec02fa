import { PipitError } from '../core/errors.ts'
import type { Mode } from '../core/service.ts'
import { ALL_SERVICES, ofService, type ServiceTable } from '../core/service-table.ts'
import type { UpstreamTarget } from '../core/upstream.ts'
import { forwardOptions } from './forward-options.ts'
import { getIn, type Checked } from './layer.ts'

/** What is said of each service, resolved. */
export interface ServiceTables {
  readonly mode: ServiceTable<Mode>
  readonly upstream: ServiceTable<UpstreamTarget>
  readonly only: ServiceTable<readonly string[]>
  readonly operations: ServiceTable<readonly string[]>
  readonly readOnly: ServiceTable<boolean>
  readonly confirmAccount: ServiceTable<string>
}

export type TableName = keyof ServiceTables

export interface ResolvedTables {
  readonly tables: ServiceTables
  /** Where they come from, by option: `--mode, pipit.yaml:7:5`. */
  readonly sources: ReadonlyMap<string, string>
}

/**
 * A word for all services replaces every word of a farther source, one for a service that for this service. Throws a
 * PipitError where the words do not fit each other.
 */
export function resolveServiceTables(nearestFirst: readonly Checked[]): ResolvedTables {
  const tables: Record<string, ServiceTable<unknown>> = {}
  const sources = new Map<string, string>()
  for (const name of Object.keys(forwardOptions)) {
    let table: ServiceTable<unknown> = {}
    let from: ServiceTable<string> = {}
    for (const checked of nearestFirst.toReversed()) {
      const said = saidBy(checked, name)
      if (said.length === 0) continue
      const isOfAll = said.some(({ service }) => service === ALL_SERVICES)
      table = { ...(isOfAll ? {} : table), ...Object.fromEntries(said.map(({ service, value }) => [service, value])) }
      from = { ...(isOfAll ? {} : from), ...Object.fromEntries(said.map(({ service, source }) => [service, source])) }
    }
    tables[name] = table
    const told = new Set(Object.values(from).filter((source) => source !== 'default'))
    sources.set(name, told.size > 0 ? [...told].join(', ') : 'default')
  }
  const resolved = { tables: tables as unknown as ServiceTables, sources }
  checkTogether(resolved)
  return resolved
}

/** Modes in which another server may be asked. */
const FORWARDING: ReadonlySet<Mode> = new Set(['forward', 'record', 'auto'])

/** What is forwarded, and where to; `*` for whatever has no word of its own. */
export function forwardedServices({
  mode,
  upstream,
}: Pick<ServiceTables, 'mode' | 'upstream'>): readonly (readonly [service: string, target: UpstreamTarget])[] {
  const names = new Set([...Object.keys(mode), ...Object.keys(upstream)])
  return [...names].flatMap((service) => {
    const target = ofService(upstream, service)
    const isForwarded = FORWARDING.has(ofService(mode, service) ?? 'mock')
    return isForwarded && target !== undefined ? [[service, target] as const] : []
  })
}

interface Word {
  readonly service: string
  readonly value: unknown
  readonly source: string
}

function saidBy({ layer, values }: Checked, name: string): Word[] {
  const ofAll = Object.entries((getIn(values, [name]) ?? {}) as ServiceTable<unknown>)
  const ofEach = Object.entries(values.services ?? {}).flatMap(([service, rules]): Word[] => {
    const value = getIn(rules, [name])
    return value === undefined || value === null
      ? []
      : [{ service, value, source: layer.locate(['services', service, name], 'key') }]
  })
  return [...ofAll.map(([service, value]) => ({ service, value, source: layer.locate([name], 'key') })), ...ofEach]
}

function checkTogether({ tables, sources }: ResolvedTables): void {
  const { mode, upstream, confirmAccount } = tables
  for (const [service, chosen] of Object.entries(mode)) {
    if (chosen !== 'forward' && chosen !== 'record') continue
    const hasUpstream = service === ALL_SERVICES ? Object.keys(upstream).length > 0 : ofService(upstream, service)
    if (!hasUpstream) throw mistake(sources.get('mode'), `${chosen} needs to know where to: --upstream aws, or a URL`)
  }
  for (const service of Object.keys(confirmAccount)) {
    const targets = service === ALL_SERVICES ? Object.values(upstream) : [ofService(upstream, service)]
    if (targets.some((target) => target?.to === 'url' && !target.sign))
      throw mistake(
        sources.get('confirmAccount'),
        'an account can be confirmed only where pipit signs: aws, or a URL with ?sign',
      )
  }
}

function mistake(source: string | undefined, what: string): PipitError {
  return new PipitError('bad-config', `${source}: ${what}`)
}
