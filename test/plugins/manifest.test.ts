import test, { type ExecutionContext } from 'ava'
import { VirtualClock } from '../../src/core/clock.ts'
import { chain } from '../../src/core/hop.ts'
import { defineService } from '../../src/plugins/define-service.ts'
import { Injections } from '../../src/plugins/injections.ts'
import { loadPlugins } from '../../src/plugins/load-plugins.ts'
import { readManifest } from '../../src/plugins/manifest.ts'
import { Bench, readAnswer, SPOKEN, type Spoken } from './arrivals.ts'
import { pluginFolder } from './plugin-folder.ts'

const greeter = defineService({
  name: 'greeter',
  errors: { Nobody: { code: 'Greeter.Nobody', status: 404, message: 'There is nobody.' } },
  operations: {
    Say: ({ Name }, { error }) => {
      if (Name === 'nobody') throw error('Nobody')
      return { Greeting: `Hello ${Name}` }
    },
  },
})

interface Loaded {
  readonly notes: readonly string[]
  readonly say: (spoken: Spoken, Name?: string) => Promise<unknown>
}

async function load(t: ExecutionContext, injections: unknown, code: string, file = 'code.js'): Promise<Loaded> {
  const manifest = JSON.stringify({ injections })
  const cwd = pluginFolder(t, { 'package.json': '{}', 'injections.json': manifest, [file]: code, 'other.json': '{}' })
  const { injectors, notes } = await loadPlugins({
    folder: '.',
    isAsked: true,
    cwd,
    wall: new VirtualClock(),
    builtIn: [],
  })
  const bench = new Bench([greeter])
  const hop = chain(new Injections(injectors, bench.environment).at('client'), bench.hop)
  return {
    notes: notes.map((note) => note.replaceAll(`${cwd}/`, '')),
    say: async (spoken, Name = 'Ada') => {
      const exchange = bench.arriving(spoken, 'greeter', 'Say', { Name })
      return readAnswer(exchange, await hop(exchange))
    },
  }
}

const entry = (type: string, name: string, path = './code.js') => ({ type, service: 'greeter', api: 'Say', path, name })

const CODE = `module.exports = {
  fail: function (service, api, req) {
    return [503, 'Service', 'InternalError', service + '.' + api + ' ' + req.aws.params.Name]
  },
  known: () => [418, 'Sender', 'Greeter.Nobody', 'Not even you.'],
  answer: () => [200, { Greeting: 'Go away' }],
  pass: () => null,
  rename: (service, api, req) => { req.data.Name = 'Bob' },
  loud: (service, api, req, list) => { if (list[0] < 400) list[1].Greeting += '!' },
  later: async (service, api, req, list) => [200, { Greeting: list[1].Greeting + ' later' }],
  turn: (service, api, req, list) => (list[0] >= 400 ? [200, { Greeting: list.slice(1).join(' ') }] : list),
  nonsense: () => 'no',
}
`

for (const spoken of SPOKEN) {
  test(`Before answers an error, an output or nothing, and changes the input, in ${spoken}`, async (t) => {
    const said = async (name: string): Promise<unknown> => (await load(t, [entry('Before', name)], CODE)).say(spoken)
    t.is(await said('fail'), 'InternalError 503: greeter.Say Ada')
    t.is(await said('known'), 'Greeter.Nobody 418: Not even you.')
    t.deepEqual(await said('answer'), { Greeting: 'Go away' })
    t.deepEqual(await said('pass'), { Greeting: 'Hello Ada' })
    t.deepEqual(await said('rename'), { Greeting: 'Hello Bob' })
  })

  test(`After changes the list or answers another one, for errors, too, in ${spoken}`, async (t) => {
    const said = async (name: string, who?: string): Promise<unknown> =>
      (await load(t, [entry('After', name)], CODE)).say(spoken, who)
    t.deepEqual(await said('loud'), { Greeting: 'Hello Ada!' })
    t.deepEqual(await said('later'), { Greeting: 'Hello Ada later' })
    t.is(await said('loud', 'nobody'), 'Greeter.Nobody 404: There is nobody.')
    t.deepEqual(await said('turn', 'nobody'), { Greeting: 'Sender Greeter.Nobody There is nobody.' })
  })
}

test('every After sees what a Before has answered, the first one first; the first Before that answers is the last', async (t) => {
  const all = [
    entry('Before', 'pass'),
    entry('After', 'loud'),
    entry('Before', 'answer'),
    entry('Before', 'fail'),
    entry('After', 'later'),
  ]
  const { say } = await load(t, all, CODE)
  t.deepEqual(await say('awsJson1_0'), { Greeting: 'Go away! later' })
})

test('any other type is how one is switched off', async (t) => {
  const { say, notes } = await load(t, [entry('Before-inactive', 'fail', './nowhere.js')], CODE)
  t.deepEqual(await say('awsQuery'), { Greeting: 'Hello Ada' })
  t.deepEqual(notes, [])
})

test('modules of today will do, too', async (t) => {
  const { say } = await load(t, [entry('Before', 'answer')], "export const answer = () => [200, { Greeting: 'Hi' }]")
  t.deepEqual(await say('awsJson1_0'), { Greeting: 'Hi' })
})

test('what a function does wrong is a 500 that names its file', async (t) => {
  const { say } = await load(t, [entry('Before', 'nonsense')], CODE)
  t.regex(String(await say('awsJson1_0')), /^PluginFailure 500: .*expected a response list: \[200, output\] or/)
  const thrown = await load(t, [entry('After', 'fail')], "\nexports.fail = () => { throw new RangeError('no') }")
  t.regex(
    String(await thrown.say('awsQuery')),
    /^PluginFailure 500: .*code\.js:2: its part in Say threw RangeError: no/,
  )
})

for (const [title, injections, code, note] of [
  ['no list', {}, '', 'injections.json is left out: injections: expected a list of injections.'],
  [
    'no text',
    [{ ...entry('Before', 'x'), api: 7 }],
    '',
    'injections.json is left out: injections.0.api: expected a text.',
  ],
  [
    'a file that is not there',
    [entry('Before', 'x', './nowhere.js')],
    '',
    'injections.json: injections[0] is left out: ./nowhere.js does not exist: a path starts where the manifest is.',
  ],
  [
    'a function that is not there',
    [entry('Before', 'answr')],
    CODE,
    'injections.json: injections[0] is left out: ./code.js exports no function answr (did you mean "answer"?).',
  ],
  [
    'code that cannot be loaded',
    [entry('Before', 'x')],
    '\nmodule.exports = nothing',
    'injections.json: injections[0]: code.js:2 is left out: ReferenceError: nothing is not defined. Mend it there and start pipit again.',
  ],
] as const)
  test(`a manifest with ${title} is told about`, async (t) => {
    const { notes } = await load(t, injections, code)
    t.deepEqual(notes, [note])
  })

test('JSON that is no manifest is none of pipit', (t) => {
  for (const content of ['{}', '[]', '7', '{"a": 1}', 'not JSON']) t.is(readManifest(content), undefined)
  t.regex(readManifest('{"injections": [}') as string, /^not valid JSON/)
})
