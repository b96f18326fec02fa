import { readFileSync } from 'node:fs'
import test from 'ava'
import { type GatewayProcess, startGateway } from '../gateway-process.ts'
import type { Seen } from './fault-session.ts'
import { javascriptCall } from './javascript-call.ts'

const CLIENTS = ['js v3', 'boto3 legacy', 'boto3 standard', 'go v2'] as const

/** What every client makes of every fault; boto3's columns are checked by pytest, Go's by its own program. */
const ROWS = JSON.parse(readFileSync('test/scenarios/faults/matrix.json', 'utf8')) as readonly (Readonly<
  Record<(typeof CLIENTS)[number], Seen>
> & {
  readonly fault: string
  readonly do: unknown
  /** How long clients wait for an answer, where that matters. */
  readonly patienceSeconds?: number
})[]

let gateway: GatewayProcess
test.before(async () => {
  gateway = await startGateway({ env: { PIPIT_QUEUES: 'orders' } })
  // The first call of a process takes a second.
  await javascriptCall(gateway.url, 'warm', { latency: 0 })
})
test.after.always(async (t) => {
  t.is((await gateway.stop()).code, 0)
})

for (const [index, row] of ROWS.entries())
  test(`${row.fault}: the SDK for JavaScript does as it always does`, async (t) => {
    const patienceMs = row.patienceSeconds === undefined ? undefined : row.patienceSeconds * 1000
    t.deepEqual(await javascriptCall(gateway.url, `js-${index}`, row.do, patienceMs), row['js v3'])
  })

test("the README's table says the same", (t) => {
  const readme = readFileSync('README.md', 'utf8')
  for (const row of ROWS) {
    const cells = CLIENTS.map((client) => row[client]).map(
      ([tries, what, executed]) => `${tries}, ${what}${executed > 1 ? `, executed ${executed}x` : ''}`,
    )
    t.true(readme.includes(`| ${row.fault} | ${cells.join(' | ')} |`), row.fault)
  }
})
