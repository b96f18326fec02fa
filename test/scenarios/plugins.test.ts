import test, { type ExecutionContext } from 'ava'
import { pluginFolder } from '../plugins/plugin-folder.ts'
import { type GatewayProcess, startGateway } from './gateway-process.ts'

/** One good plugin of each kind, and every way to be wrong that is not a load error of its own test. */
const PLUGINS = {
  'greeter.service.js': `import { defineService } from 'pipit'

export default defineService({
  name: 'greeter',
  operations: {
    Say: ({ Name }) => ({ Greeting: 'Hello ' + Name }),
    Throw: () => {
      throw new RangeError('too far')
    },
    Later: () => {
      setTimeout(() => {
        throw new RangeError('too late')
      })
      return {}
    },
    Drop: (_input, { call }) => {
      void call('sqs', 'GetQueueUrl', { QueueName: 'nowhere' })
    },
  },
})
`,
  'shout.injector.js': `import { defineInjector } from 'pipit'

export default defineInjector({
  on: { service: 'greeter', operation: 'Say' },
  before: (input) => {
    if (input.Name === 'nobody') throw new RangeError('nobody there')
    input.Name = input.Name.toUpperCase()
  },
})
`,
  'calm.faults.yaml': '- { id: calm, on: { service: greeter, operation: Say }, do: { latency: 1ms } }\n',
  'broken.service.js':
    "import { defineService } from 'pipit'\n\nexport default defineService({ name: 'broken' operations: {} })\n",
  'broken.injector.js': "import { defineInjector } from 'pipit'\nexport default defineInjector({ bfore: () => {} })\n",
  'broken.faults.yaml': '- { id: broken, do: { latncy: 1ms } }\n',
  'injections.json':
    '{"injections": [{"type": "Before", "service": "sqs", "api": "DeleteQueue", "path": "./gone.js", "name": "x"}]}',
  'cjs.service.js': "import 'pipit'\nimport './throws.cjs'\n",
  'throws.cjs': "\nthrow new RangeError('while it is loaded')\n",
}

async function started(t: ExecutionContext): Promise<GatewayProcess> {
  const folder = pluginFolder(t, PLUGINS)
  const gateway = await startGateway({ env: { PIPIT_PLUGINS: folder } })
  t.teardown(() => gateway.stop())
  return gateway
}

async function ask({ url }: GatewayProcess, query: string): Promise<string> {
  return (await fetch(`${url}/greeter/?${query}`)).text()
}

test('a broken plugin of each kind is told about with its file, its line and the mend, and the rest works', async (t) => {
  const gateway = await started(t)
  t.regex(await ask(gateway, 'Action=Say&Name=Ada'), /<Greeting>Hello ADA<\/Greeting>/)
  const sqs = await fetch(`${gateway.url}/sqs/?Action=CreateQueue&QueueName=orders`)
  t.is(sqs.status, 200)
  await gateway.stop()
  const log = gateway.output()
  for (const note of [
    /broken\.service\.js:3 is left out: SyntaxError: Unexpected identifier 'operations'\. Mend it there/,
    /broken\.injector\.js:2 is left out: defineInjector: bfore: unknown key \(did you mean "before"\?\)\. Mend it there/,
    /broken\.faults\.yaml:1:\d+ .*latncy: unknown key \(did you mean "latency"\?\); .*broken\.faults\.yaml is left out/,
    /injections\.json: injections\[0\] is left out: \.\/gone\.js does not exist/,
    /cjs\.service\.js \(by .*throws\.cjs:2\) is left out: RangeError: while it is loaded\. Mend it there/,
  ])
    t.regex(log, note)
})

test('a plugin that throws is an honest 500 that names it, and what it throws where nobody waits is a note', async (t) => {
  const gateway = await started(t)
  t.regex(
    await ask(gateway, 'Action=Throw'),
    /<Code>PluginFailure<\/Code><Message>.*greeter\.service\.js:8: Throw threw RangeError: too far\./,
  )
  t.regex(
    await ask(gateway, 'Action=Say&Name=nobody'),
    /shout\.injector\.js:6: its part in Say threw RangeError: nobody there\./,
  )
  t.regex(await ask(gateway, 'Action=Later'), /<LaterResult\/>/)
  t.regex(await ask(gateway, 'Action=Drop'), /<DropResult\/>/)
  t.regex(await ask(gateway, 'Action=Say&Name=Ada'), /Hello ADA/)
  t.is((await gateway.stop()).code, 0)
  const log = gateway.output()
  t.regex(log, /^pipit /)
  t.regex(log, /greeter Throw 500 .*PluginFailure/)
  t.regex(log, /hint: .*greeter\.service\.js:8: Throw threw RangeError/)
  t.regex(log, /note: .*greeter\.service\.js:12: something that nothing awaits threw RangeError: too late/)
  t.regex(log, /note: .*something that nothing awaits threw QueueDoesNotExist/)
})
