import type { Colors } from 'picocolors/types.js'

export interface Started {
  readonly version: string
  readonly url: string
  /** Where else it listens. */
  readonly alsoUrls: readonly string[]
  readonly services: readonly StartedService[]
  /** Ports that stand for others: where, and for what. */
  readonly monitors?: ReadonlyArray<{ readonly url: string; readonly target: string }>
  /** Faults of the start, if there are any, and what they draw from. */
  readonly faults?: { readonly count: number; readonly seed: number }
}

export interface StartedService {
  readonly name: string
  readonly mode: string
  readonly url: string
  /** `2 queues (orders -> orders-dlq x3)` */
  readonly summary: string
}

/**
 *     pipit 0.1.0  http://localhost:3000
 *       sqs     mock     http://localhost:3000/sqs/   2 queues (orders -> orders-dlq x3)
 *       faults  2 rules  seed 42
 */
export function startScreen(started: Started, colors: Colors): string {
  const { version, url, alsoUrls, services, faults, monitors = [] } = started
  return [
    `${colors.bold('pipit')} ${version}  ${colors.cyan(url)}`,
    ...alsoUrls.map((also) => `  also on ${also}`),
    ...services.map(
      (service) => `  ${service.name.padEnd(7)} ${service.mode.padEnd(8)} ${service.url}   ${service.summary}`,
    ),
    ...monitors.map((monitor) => `  monitor          ${monitor.url} -> ${monitor.target}`),
    ...(faults === undefined ? [] : [`  faults  ${rules(faults.count).padEnd(8)} seed ${faults.seed}`]),
  ].join('\n')
}

function rules(count: number): string {
  return count === 1 ? '1 rule' : `${count} rules`
}
