import test from 'ava'
import { createGateway, loadConfig } from '../../../src/index.ts'
import { effects } from '../../../src/injectors/index.ts'
import { PRESETS } from '../../../src/injectors/rules/presets.ts'
import { sqsDisruptions } from '../../../src/sqs/disruptions/index.ts'
import { folder } from '../../config/sources.ts'
import { runPipit } from '../../run-pipit.ts'
import { startGateway } from '../gateway-process.ts'

interface Way {
  readonly id: string
  readonly do: Readonly<Record<string, unknown>>
}

/** Every effect by its own example, and every disruption of SQS: as rules that nobody meets. */
const RULES: readonly Way[] = [
  ...effects.map(({ name, example }) => [name, example] as const),
  ...[...sqsDisruptions].map(([name, { example }]) => [`sqs.${name}`, example] as const),
].map(([name, example], index) => ({ id: `r${index}`, on: { queue: 'nobody' }, do: { [name]: example } }))

const SHORT = RULES.map(({ id, do: deed }) => {
  const [[name, value] = []] = Object.entries(deed)
  return `*@nobody id=${id} ${name} ${JSON.stringify(value)}`
})

const listed = async (url: string): Promise<unknown> => {
  const { faults } = (await (await fetch(`${url}/_pipit/faults`)).json()) as { faults: Way[] }
  return faults.map(({ id, do: deed }) => ({ id, do: deed }))
}
const wanted = RULES.map(({ id, do: deed }) => ({ id, do: deed }))

test('every effect is reached from YAML', async (t) => {
  const { config } = loadConfig({ flags: { port: '0' }, env: {}, cwd: folder(`faults: ${JSON.stringify(RULES)}`) })
  const gateway = createGateway({ config })
  await gateway.start()
  t.deepEqual(await listed(gateway.url), wanted)
  await gateway.close()
})

test('every effect is reached from code', async (t) => {
  const { config } = loadConfig({ flags: { port: '0' }, env: {}, cwd: '/' })
  const gateway = createGateway({ config, faults: RULES })
  await gateway.start()
  t.deepEqual(await listed(gateway.url), wanted)
  await gateway.close()
})

test('every effect is reached from flags, and from PIPIT_FAULTS', async (t) => {
  for (const options of [
    { args: SHORT.flatMap((fault) => ['--fault', fault]) },
    { env: { PIPIT_FAULTS: SHORT.join('\n') } },
    { env: { PIPIT_FAULTS: JSON.stringify(RULES) } },
  ]) {
    const gateway = await startGateway(options)
    t.deepEqual(await listed(gateway.url), wanted)
    t.is((await gateway.stop()).code, 0)
    t.regex(gateway.output(), new RegExp(`\\n  faults  ${RULES.length} rules seed \\d+\\n`))
  }
})

test('every effect is reached over HTTP, and by pipit faults add', async (t) => {
  const gateway = await startGateway()
  const body = JSON.stringify(RULES)
  t.is((await fetch(`${gateway.url}/_pipit/faults`, { method: 'POST', body })).status, 201)
  t.deepEqual(await listed(gateway.url), wanted)
  t.is((await fetch(`${gateway.url}/_pipit/faults`, { method: 'DELETE' })).status, 204)
  const added = await runPipit(['faults', 'add', ...SHORT], { env: { PIPIT_URL: gateway.url } })
  t.is(added.code, 0, added.stderr)
  t.deepEqual(await listed(gateway.url), wanted)
  await gateway.stop()
})

test('all presets are accepted together, from the environment and over HTTP', async (t) => {
  const names = Object.keys(PRESETS)
  const ids = Object.values(PRESETS).flatMap(({ rules }) => rules.map(({ id }) => id))
  const gateway = await startGateway({ env: { PIPIT_FAULTS: names.join(',') } })
  const idsOf = async () => ((await listed(gateway.url)) as Way[]).map(({ id }) => id)
  t.deepEqual(await idsOf(), ids as string[])
  await fetch(`${gateway.url}/_pipit/faults`, { method: 'PUT', body: JSON.stringify(names) })
  t.deepEqual(await idsOf(), ids as string[])
  await gateway.stop()
})

test('a wrong fault keeps a gateway from starting, with the place and the nearest word', async (t) => {
  const { code, stderr } = await runPipit(['--port', '0', '--fault', 'sqs.SendMesage latency 5'])
  t.is(code, 2)
  t.is(
    stderr,
    'pipit: --fault: on.operation: unknown operation "SendMesage" (did you mean "SendMessage"?), got "SendMesage"\n',
  )
  const checked = await runPipit(['config', 'check'], { env: { PIPIT_FAULTS: 'half-opn' } })
  t.is(checked.code, 2)
  t.regex(checked.stderr, /^pipit: PIPIT_FAULTS: there is no preset "half-opn" \(did you mean "half-open"\?\)/)
})

test('the control plane is never hit, whatever a rule says', async (t) => {
  const gateway = await startGateway({ args: ['--fault', '* error { code: Gone, status: 410 }'] })
  t.is((await fetch(`${gateway.url}/_pipit/readyz`)).status, 200)
  t.is((await fetch(`${gateway.url}/health`)).status, 200)
  const hit = await fetch(`${gateway.url}/sqs/?Action=ListQueues`)
  t.is(hit.status, 410)
  t.regex(hit.headers.get('x-pipit-fault') ?? '', /^error-[0-9a-f]{4};n=1$/)
  await gateway.stop()
})

test('the header can be left out, and what never fired is told at the end', async (t) => {
  const faults = ['--fault', 'sqs.* id=slow latency 1', '--fault', 'sqs.SendMessage id=idle latency 1']
  const gateway = await startGateway({ args: [...faults, '--no-fault-header'] })
  t.is((await fetch(`${gateway.url}/sqs/?Action=ListQueues`)).headers.get('x-pipit-fault'), null)
  await gateway.stop()
  t.regex(gateway.output(), /\nnote: fault idle never fired: considered 1, matched 0: skipped by operation 1\n$/)
  t.notRegex(gateway.output(), /fault slow never/)
})
