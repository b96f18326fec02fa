import test from 'ava'
import { VirtualClock } from '../../src/core/clock.ts'
import { seededRandom } from '../../src/core/random.ts'
import { queueTemplates } from '../../src/sqs/declared-queues.ts'
import { Engine } from '../../src/sqs/engine/engine.ts'
import { World } from '../../src/sqs/world.ts'

const KEY = { account: '000000000000', region: 'eu-west-1', name: 'orders' }
const SETTINGS = { visibilityTimeoutSeconds: 30, delaySeconds: 0, retentionSeconds: 60 }

function world(...declared: string[]): World {
  const clock = new VirtualClock()
  return new World({
    engine: new Engine({ clock, random: seededRandom(1) }),
    templates: queueTemplates(declared.map((name) => ({ name, attributes: {} }))),
    strict: { recreateDelay: false, purgeDelay: false },
    clock,
    wall: clock,
  })
}

test('a declared queue is made once, at the first look', (t) => {
  const { engine } = world('orders')
  t.is(engine.find(KEY), undefined)
  const made = world('orders')
  t.is(made.find(KEY), made.find(KEY))
  t.is(made.find({ ...KEY, name: 'other' }), undefined)
})

test('the queues of a place are the declared and the created ones, by name', (t) => {
  const both = world('m')
  both.engine.create({ ...KEY, name: 'z' }, SETTINGS)
  both.engine.create({ ...KEY, name: 'a' }, SETTINGS)
  both.engine.create({ ...KEY, name: 'b', region: 'us-east-1' }, SETTINGS)
  t.deepEqual(
    [...both.queues(KEY.account, KEY.region)].map(({ key }) => key.name),
    ['a', 'm', 'z'],
  )
})

test('a declared queue that was removed stays away, also from listings', (t) => {
  const one = world('orders')
  const queue = one.find(KEY)
  if (queue !== undefined) one.remove(queue)
  t.is(one.find(KEY), undefined)
  t.deepEqual([...one.queues(KEY.account, KEY.region)], [])
})

test('a queue that is hidden is there, but calls do not find it yet; the hint says so', (t) => {
  const lagging = world()
  const clock = lagging.clock as VirtualClock
  const queue = lagging.engine.create(KEY, SETTINGS)
  t.is(lagging.lookUp(KEY), queue)
  queue.foundFromMs = clock.nowMs() + 100
  t.is(lagging.find(KEY), queue)
  t.is(lagging.lookUp(KEY), undefined)
  t.is(lagging.hiddenMs(queue), 100)
  t.is(lagging.hint(KEY), "queue 'orders' was created, and sqs.createLag hides it for 100 ms more")
  clock.advance(100)
  t.is(lagging.lookUp(KEY), queue)
  t.is(lagging.hiddenMs(queue), 0)
})

test('a hint names where a queue is', (t) => {
  const one = world()
  t.is(one.hint(KEY), undefined)
  one.engine.create({ ...KEY, region: 'us-east-1' }, SETTINGS)
  t.is(
    one.hint(KEY),
    "queue 'orders' exists in region us-east-1, account 000000000000; this call looked in region eu-west-1, account 000000000000",
  )
  for (const region of ['a', 'b', 'c']) one.engine.create({ ...KEY, region }, SETTINGS)
  t.regex(one.hint(KEY) ?? '', / and 1 more; this call/)
})

test('a hint can stand in a header, whatever the regions and names are called', (t) => {
  const one = world()
  one.engine.create({ ...KEY, region: 'a\r\nset-cookie: b' }, SETTINGS)
  t.regex(one.hint({ ...KEY, region: 'ż' }) ?? '', /^[\x20-\x7e]+$/)
})
