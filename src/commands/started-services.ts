import type { Config } from '../config.ts'
import { forwardedServices } from '../config/service-tables.ts'
import { formatUpstream } from '../config/upstream-text.ts'
import { ALL_SERVICES, ofService } from '../core/service-table.ts'
import type { UpstreamTarget } from '../core/upstream.ts'
import type { StartedService } from '../log/start-screen.ts'
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
    const target = ofService(config.mode, name) === 'forward' ? ofService(config.upstream, name) : undefined
    const summary = name === 'sqs' ? queuesSummary(config.services.sqs.queues) : (origins[name] ?? '')
    const answers = target === undefined ? { mode: 'mock', summary } : forwarded(config, name, target)
    return { name, url: `${url}/${name}/`, ...answers }
  })
  const others = forwardedServices(config)
    .filter(([name]) => !names.includes(name))
    .map(([name, target]): StartedService => {
      return { name: name === ALL_SERVICES ? 'others' : name, url: `${url}/`, ...forwarded(config, name, target) }
    })
  return [...own, ...others]
}

/** `to aws (only queue:orders*; reads; account 123456789012)` */
function forwarded(config: Config, name: string, target: UpstreamTarget): { mode: string; summary: string } {
  const only = ofService(config.only, name)
  const operations = ofService(config.operations, name)
  const account = ofService(config.confirmAccount, name)
  const guards = [
    only && `only ${only.join(', ')}`,
    operations && operations.join(', '),
    ofService(config.readOnly, name) === true && 'reads',
    account && `account ${account}`,
  ].filter((guard) => typeof guard === 'string')
  const summary = `to ${formatUpstream(target)}${guards.length === 0 ? '' : ` (${guards.join('; ')})`}`
  return { mode: 'forward', summary }
}
