import test, { type ExecutionContext } from 'ava'
import { VirtualClock } from '../../src/core/clock.ts'
import { loadPlugins, type Plugins } from '../../src/plugins/load-plugins.ts'
import { pluginName } from '../../src/plugins/plugin-name.ts'
import { Injections } from '../../src/plugins/injections.ts'
import { chain } from '../../src/core/hop.ts'
import { Bench, readAnswer } from './arrivals.ts'
import { GREETER, pluginFolder, SHOUT } from './plugin-folder.ts'

async function load(t: ExecutionContext, files: Record<string, string>): Promise<Plugins> {
  const cwd = pluginFolder(
    t,
    Object.fromEntries(Object.entries(files).map(([name, content]) => [`plugins/${name}`, content])),
  )
  return loadPlugins({ folder: './plugins', isAsked: false, cwd, wall: new VirtualClock(), builtIn: ['sqs'] })
}

test('services and injectors are loaded, and work together', async (t) => {
  const { services, injectors, notes } = await load(t, { 'greeter.service.js': GREETER, 'shout.injector.js': SHOUT })
  t.deepEqual(notes, [])
  t.deepEqual(
    services.map((service) => `${service.name} ${pluginName(service, '')}`),
    [`greeter plugins/greeter.service.js`],
  )
  t.deepEqual(
    injectors.map((injector) => `${injector.name} ${pluginName(injector, '')}`),
    ['shout plugins/shout.injector.js'],
  )
  const bench = new Bench(services)
  const exchange = bench.arriving('awsQuery', 'greeter', 'Say', { Name: 'Ada' })
  const hop = chain(new Injections(injectors, bench.environment).at('client'), bench.hop)
  t.deepEqual(readAnswer(exchange, await hop(exchange)), { Greeting: 'Hello ADA' })
})

test('nothing is loaded where there is no folder, and one that was named must be there', async (t) => {
  const cwd = pluginFolder(t, {})
  const options = { cwd, wall: new VirtualClock(), builtIn: [] }
  t.like(await loadPlugins({ folder: './plugins', isAsked: false, ...options }), {
    services: [],
    injectors: [],
    notes: [],
  })
  await t.throwsAsync(loadPlugins({ folder: './nope', isAsked: true, ...options }), { code: 'bad-config' })
})

test('files with rules are looked for again at every look, and a folder that goes away has none', async (t) => {
  const plugins = await load(t, { 'chaos.faults.yaml': '[]', 'greeter.service.js': GREETER })
  t.deepEqual(
    plugins.faultFiles?.().map(({ name }) => name),
    ['plugins/chaos.faults.yaml'],
  )
})

test('the name of an injector is that of its file, unless it has one', async (t) => {
  const waiting = (name: string): string =>
    `import { defineInjector } from 'pipit'\nexport default defineInjector({ ${name} before: () => {} })`
  const { injectors, notes } = await load(t, {
    'a.injector.js': waiting(''),
    'b.injector.js': waiting("name: 'loud',"),
    'c.injector.js': waiting("name: 'a',"),
  })
  t.deepEqual(
    injectors.map(({ name }) => name),
    ['a', 'loud'],
  )
  t.deepEqual(notes, [
    'plugins/c.injector.js:2 is left out: the name a is that of plugins/a.injector.js: give one of them a name of its own.',
  ])
})

const service = (name: string): string =>
  `import { defineService } from 'pipit'\nexport default defineService({ name: '${name}', operations: { Say: () => ({}) } })`

for (const [title, files, note] of [
  [
    'a service whose name is taken',
    { 'a.service.js': service('sqs') },
    "plugins/a.service.js:2 is left out: the name sqs is pipit's own: choose another one.",
  ],
  [
    'a service whose name means something else in a path',
    { 'a.service.js': service('health') },
    "plugins/a.service.js:2 is left out: the name health is pipit's own: choose another one.",
  ],
  [
    'two services with one name',
    { 'a.service.js': service('x'), 'b.service.js': service('x') },
    'plugins/b.service.js:2 is left out: the name x is that of plugins/a.service.js: choose another one.',
  ],
  [
    'a service that exports nothing by default',
    { 'a.service.js': "import { defineService } from 'pipit'\nexport const a = 1" },
    'plugins/a.service.js is left out: it exports nothing by default: end it with export default defineService({ … }).',
  ],
  [
    'a service that exports an injector',
    { 'a.service.js': SHOUT },
    'plugins/a.service.js:3 is left out: it exports something else by default: end it with export default defineService({ … }).',
  ],
  [
    'an injector that exports a service',
    { 'a.injector.js': GREETER },
    'plugins/a.injector.js:3 is left out: it exports something else by default: end it with export default defineInjector({ … }).',
  ],
  [
    'an injector that acts by itself and needs args',
    {
      'a.injector.js':
        "import { defineInjector, strictly, v } from 'pipit'\n" +
        'export default defineInjector({ on: {}, args: strictly({ text: v.string() }), before: () => {} })',
    },
    'plugins/a.injector.js:2 is left out: it acts by itself, so its args need defaults; the injector a: args.text: missing.',
  ],
  [
    'a definition that cannot be',
    { 'a.service.js': "import { defineService } from 'pipit'\n\nexport default defineService({ nam: 'x' })" },
    'plugins/a.service.js:3 is left out: defineService: nam: unknown key (did you mean "name"?). Mend it there and start pipit again.',
  ],
  [
    "somebody else's file of such a name",
    { 'a.service.js': "import { Injectable } from '@nestjs/common'\nexport class AService {}" },
    'plugins/a.service.js is left out: it imports nothing of pipit, so it seems to be no plugin of it',
  ],
] as const)
  test(`${title} is left out with a note, and the rest is loaded`, async (t) => {
    const { services, notes } = await load(t, { ...files, 'zoo.service.js': service('zoo') })
    t.deepEqual(notes, [note])
    t.is(services.at(-1)?.name, 'zoo')
  })
