import * as v from 'valibot'
import type { GenericSchema } from 'valibot'
import type { Clock } from '../../core/clock.ts'
import type { Disruption } from '../../core/exchange.ts'
import type { SendPolicy } from '../engine/queue-calls.ts'
import type { ReceivePolicy } from '../engine/receive-policy.ts'
import { createLag } from './create-lag.ts'
import { deadPoller } from './dead-poller.ts'
import { delayVisible } from './delay-visible.ts'
import type { DisruptionKind, Policy } from './disruption.ts'
import { fewer } from './fewer.ts'
import { inFlight } from './in-flight.ts'
import { partialBatch } from './partial-batch.ts'
import { redeliver } from './redeliver.ts'
import { reorder } from './reorder.ts'
import { sample } from './sample.ts'
import { throttle } from './throttle.ts'
import { visibility } from './visibility.ts'

/** Everything that SQS can be asked to do wrong. */
export const sqsDisruptions: ReadonlyMap<string, DisruptionKind<unknown>> = new Map(
  [
    redeliver,
    reorder,
    sample,
    fewer,
    partialBatch,
    throttle,
    inFlight,
    createLag,
    deadPoller,
    delayVisible,
    visibility,
  ].map((kind) => [kind.name, kind]),
)

/** For whoever checks a rule: the arguments, by name. */
export const disruptionSchemas: Readonly<Record<string, GenericSchema>> = Object.fromEntries(
  Array.from(sqsDisruptions.values(), ({ name, args, summary }) => [name, v.pipe(args, v.description(summary))]),
)

/** Of one call, in the order in which the rules stand. */
export function policiesOf(disruptions: readonly Disruption[], clock: Clock): readonly Policy[] {
  return disruptions.map(({ name, args, draw, acted }) => {
    const kind = sqsDisruptions.get(name)
    if (kind === undefined) throw new Error(`sqs knows no disruption ${name}`)
    return kind.policy(args, { draw, acted: once(acted), clock })
  })
}

/** `undefined`: nothing goes wrong with a receive. */
export function receivePolicies(
  policies: readonly Policy[],
  kind: 'short' | 'long',
): readonly ReceivePolicy[] | undefined {
  const receives = policies.flatMap((policy) => policy.receive?.(kind) ?? [])
  return receives.length === 0 ? undefined : receives
}

/** `undefined`: nothing goes wrong with a send. */
export function sendPolicies(policies: readonly Policy[] | undefined): readonly SendPolicy[] | undefined {
  const sends = policies?.flatMap(({ send }) => send ?? [])
  return sends?.length === 0 ? undefined : sends
}

/** A long poll asks its policies again and again. */
function once(act: (what: string) => void): (what: string) => void {
  let hasActed = false
  return (what) => {
    if (hasActed) return
    hasActed = true
    act(what)
  }
}
