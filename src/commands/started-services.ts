import type { Config } from '../config.ts'
import { forwardedServices } from '../config/service-tables.ts'
import { formatUpstream } from '../config/upstream-text.ts'
import { ALL_SERVICES, ofService } from '../core/service-table.ts'
import type { UpstreamTarget } from '../core/upstream.ts'
import type { StartedService } from '../log/start-screen.ts'
import { DEFAULT_SESSION } from '../sessions.ts'
import { queuesSummary } from './queues-summary.ts'

/** A line of the start screen for each service that is served, and for those that are only forwarded. */
export function startedServices(
  config: Config,
  names: readonly string[],
  url: string,
  /** Where those come from that are none of pipit's own. */
  origins: Readonly<Record<string, string>> = {},
): readonly StartedService[] {
  const own = names.map((name): StartedService => {
    const summary = name === 'sqs' ? queuesSummary(config.services.sqs.queues) : (origins[name] ?? '')
    return { name, url: `${url}/${name}/`, ...answering(config, name, summary) }
  })
  const others = forwardedServices(config)
    .filter(([name]) => !names.includes(name))
    .map(([name, target]): StartedService => {
      const mode = ofService(config.mode, name) ?? 'forward'
      const shown = name === ALL_SERVICES ? 'others' : name
      return { name: shown, url: `${url}/`, mode, summary: forwarded(config, name, target) }
    })
  return [...own, ...others]
}

/** What answers, and what the operator should see of it. */
function answering(config: Config, name: string, queues: string): { mode: string; summary: string } {
  const mode = ofService(config.mode, name) ?? 'mock'
  const target = ofService(config.upstream, name)
  const fixture = config.fixture ?? DEFAULT_SESSION
  const to = target === undefined ? '' : forwarded(config, name, target)
  if (mode === 'forward' && target !== undefined) return { mode, summary: to }
  if (mode === 'record') return { mode, summary: `${to} into ${fixture}` }
  if (mode === 'replay') return { mode, summary: fixture }
  return mode === 'auto' ? { mode, summary: `${fixture} ${to}`.trim() } : { mode: 'mock', summary: queues }
}

/** `to aws (only queue:orders*; reads; account 123456789012)` */
function forwarded(config: Config, name: string, target: UpstreamTarget): string {
  const only = ofService(config.only, name)
  const operations = ofService(config.operations, name)
  const account = ofService(config.confirmAccount, name)
  const guards = [
    only && `only ${only.join(', ')}`,
    operations && operations.join(', '),
    ofService(config.readOnly, name) === true && 'reads',
    account && `account ${account}`,
  ].filter((guard) => typeof guard === 'string')
  return `to ${formatUpstream(target)}${guards.length === 0 ? '' : ` (${guards.join('; ')})`}`
}
