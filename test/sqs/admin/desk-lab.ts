import { VirtualClock } from '../../../src/core/clock.ts'
import { seededRandom } from '../../../src/core/random.ts'
import type { World } from '../../../src/sqs/world.ts'
import type { Queue } from '../../../src/sqs/engine/queue.ts'
import { Engine } from '../../../src/sqs/engine/engine.ts'
import { sqsAdminRoutes } from '../../../src/sqs/admin/routes.ts'
import { World as SqsWorld } from '../../../src/sqs/world.ts'
import { queueTemplates } from '../../../src/sqs/declared-queues.ts'
import { settingsOf } from '../../../src/sqs/attributes.ts'
import { asking } from '../../admin/plane.ts'

/** A world with a clock that is moved by hand, and its part of the control plane. */
export function deskLab() {
  const clock = new VirtualClock()
  const wall = new VirtualClock()
  const engine = new Engine({ clock, random: seededRandom(1) })
  const templates = queueTemplates([{ name: 'declared', attributes: {} }])
  const strict = { recreateDelay: false, purgeDelay: false }
  const world: World = new SqsWorld({ engine, templates, strict, clock, wall })
  const make = (name: string, region = 'us-east-1', account = '000000000000'): Queue =>
    engine.create({ name, region, account }, settingsOf(new Map(), name.endsWith('.fifo')))
  const send = (queue: Queue, body: string, delaySeconds = 0): string =>
    queue.send({ body, senderId: 'me', delaySeconds }).messageId
  return { clock, wall, world, make, send, ask: asking(sqsAdminRoutes({ worldOf: () => world, region: 'us-east-1' })) }
}

export const PATH = '/_pipit/sqs/queues'
