import { readFileSync, readdirSync } from 'node:fs'
import test from 'ava'
import {
  type FileRule,
  type SourceFile,
  MAY_IMPORT,
  defaultExports,
  dependencies,
  fileLength,
  fileName,
  importDirection,
  importsOf,
  mirrors,
  onlyWhereItBelongs,
  roomOf,
  switchedOffTests,
  unfinished,
  withoutComments,
} from './tidy-rules.ts'

/** Types only: there is nothing to run. */
const WITHOUT_TEST: Readonly<Record<string, string>> = {
  'src/core/finished.ts': 'an interface only',
  'src/core/recordable.ts': 'types only',
  'src/core/service.ts': 'interfaces only',
  'src/core/tap.ts': 'an interface only',
  'src/monitor/audience.ts': 'an interface only',
  'src/monitor/voice.ts': 'interfaces only',
  'src/core/upstream.ts': 'interfaces and types only',
  'src/fixtures/entry.ts': 'types only',
  'src/fixtures/node.ts': 'types only',
  'src/fixtures/recorded-call.ts': 'types only',
  'src/sqs/engine/order.ts': 'an interface only',
  'src/sqs/engine/queue-calls.ts': 'interfaces only',
  'src/watched-tunnel.ts': 'what others export',
}

/** Whole stories, the rules themselves. */
const WITHOUT_SOURCE = ['test/scenarios/', 'test/tidy.test.ts']

const files = [...read('src'), ...read('test')]
const source = files.filter(({ path }) => path.startsWith('src/'))
const tests = files.filter(({ path }) => path.startsWith('test/'))

const RULES: ReadonlyArray<{
  title: string
  rule: FileRule
  on: readonly SourceFile[]
  good: readonly SourceFile[]
  bad: ReadonlyArray<readonly [file: SourceFile, complaint: RegExp]>
}> = [
  {
    title: 'imports go one way',
    rule: importDirection,
    on: source,
    good: [
      at(
        'src/sqs/engine/queue.ts',
        "import { Heap } from '../../core/heap.ts'\nimport { Message } from './message.ts'",
      ),
      at('src/sqs/service.ts', "import type { Protocol } from '../core/service.ts'"),
      at('src/core/hop.ts', "// import { gateway } from '../gateway.ts'"),
    ],
    bad: [
      [at('src/core/hop.ts', "import { gateway } from '../gateway.ts'"), /core may not import gateway/],
      [at('src/core/hop.ts', "export * from '../sqs/errors.ts'"), /core may not import sqs/],
      [at('src/core/hop.ts', "const x = await import('../http/writer.ts')"), /core may not import http/],
      [at('src/sqs/engine/queue.ts', "import type { A } from '../shapes.ts'"), /sqs\/engine may not import sqs/],
      [at('src/protocols/aws-json.ts', "import {\n  a,\n} from '../sqs/errors.ts'"), /protocols may not import sqs/],
      [at('src/core/hop.ts', "import { a } from '../../test/a.ts'"), /outside of src/],
      [at('src/attic/old.ts', ''), /stands in no room/],
    ],
  },
  {
    title: 'time, chance, timers and the environment are used where they belong',
    rule: onlyWhereItBelongs,
    on: source,
    good: [
      at('src/core/clock.ts', 'Date.now(); setTimeout(f, 1)'),
      at('src/http/listener.ts', 'setTimeout(f, 1)'),
      at('src/core/random.ts', 'randomFillSync(pool)'),
      at('src/sqs/engine/queue.ts', '// not Date.now(): it leaks\nnew Date(clock.nowMs())'),
    ],
    bad: [
      [at('src/sqs/engine/queue.ts', 'const now = Date.now()'), /Date\.now: time comes from a Clock/],
      [at('src/sqs/engine/queue.ts', 'const now = new Date()'), /new Date\(\)/],
      [at('src/log/line.ts', 'performance.now()'), /performance\.now/],
      [at('src/injectors/latency.ts', 'setTimeout(f, 5)'), /setTimeout: waiting is Clock\.schedule/],
      [at('src/injectors/latency.ts', "import { setTimeout } from 'node:timers/promises'"), /waiting is/],
      [at('src/injectors/when.ts', 'Math.random() < 0.5'), /Math\.random: chance comes from a Random/],
      [at('src/sqs/engine/queue.ts', 'crypto.randomUUID()'), /randomUUID/],
      [at('src/gateway.ts', 'process.env.PORT'), /process\.env: the environment is read once/],
    ],
  },
  {
    title: 'a file is one idea long',
    rule: fileLength,
    on: files,
    good: [at('src/a.ts', 'x\n'.repeat(320)), at('test/a.test.ts', 'x\n'.repeat(640))],
    bad: [
      [at('src/a.ts', 'x\n'.repeat(321)), /321 lines are more than 320/],
      [at('test/a.test.ts', 'x\n'.repeat(641)), /641 lines are more than 640/],
    ],
  },
  {
    title: 'names are kebab-case and say something',
    rule: fileName,
    on: files,
    good: [at('src/http/control-client.ts', ''), at('test/core/clock.test.ts', ''), at('src/sqs/md5.ts', '')],
    bad: [
      [at('src/http/controlClient.ts', ''), /'controlClient' is not kebab-case/],
      [at('src/http/control_client.ts', ''), /not kebab-case/],
      [at('src/sqs/utils.ts', ''), /'utils' says nothing/],
      [at('src/helpers/md5.ts', ''), /'helpers' says nothing/],
      [at('src/sqs/queue-manager.ts', ''), /'manager' says nothing/],
      [at('test/core/types.test.ts', ''), /'types' says nothing/],
    ],
  },
  {
    title: 'exports have names',
    rule: defaultExports,
    on: source,
    good: [at('src/commands/serve.ts', 'export default command'), at('src/a.ts', 'export { b } // export default b')],
    bad: [
      [at('src/a.ts', 'export default a'), /default exports/],
      [at('src/a.ts', 'export { a as default }'), /default exports/],
    ],
  },
  {
    title: 'nothing is left for later',
    rule: unfinished,
    on: files,
    good: [at('src/a.ts', 'const todos = 1')],
    bad: [
      [at('src/a.ts', `// ${['TO', 'DO'].join('')}: the rest`), /finish it/],
      [at('src/a.ts', `/* ${['FIX', 'ME'].join('')} */`), /finish it/],
    ],
  },
  {
    title: 'every test runs',
    rule: switchedOffTests,
    on: tests,
    good: [at('test/a.test.ts', "test('only', t => t.pass())\ntest.serial('skip', t => t.pass())")],
    bad: [
      [at('test/a.test.ts', ['test', "only('x', t => t.pass())"].join('.')), /test\.only/],
      [at('test/a.test.ts', ['test.serial', "skip('x', t => t.pass())"].join('.')), /test\.serial\.skip/],
      [at('test/a.test.ts', ['test', "failing('x', t => t.fail())"].join('.')), /test\.failing/],
    ],
  },
]

for (const { title, rule, on, good, bad } of RULES) {
  test(`${title}: the rule finds what breaks it, and only that`, (t) => {
    for (const file of good) t.deepEqual(rule(file), [], file.text)
    for (const [file, complaint] of bad) t.regex(rule(file).join('\n'), complaint, `${file.path}: ${file.text}`)
  })

  test(`${title}: in the whole tree`, (t) => {
    t.true(on.length > 0)
    t.deepEqual(
      on.flatMap((file) => rule(file)),
      [],
    )
  })
}

test('every source file has its test: the rule finds what breaks it', (t) => {
  const paths = ['src/core/a.ts', 'test/core/a.test.ts', 'src/b.ts', 'test/scenarios/story.test.ts']
  t.deepEqual(mirrors(paths, { 'src/b.ts': 'types' }, ['test/scenarios/']), [])
  t.deepEqual(mirrors(paths, {}, ['test/scenarios/']), ['src/b.ts: has no test of its own'])
  t.regex(mirrors(paths, { 'src/b.ts': 'types' }, []).join(), /^test\/scenarios\/story\.test\.ts: tests no file of src/)
  t.regex(
    mirrors(paths, { 'src/b.ts': 'types', 'src/c.ts': 'types' }, ['test/scenarios/']).join(),
    /^src\/c\.ts: is excused/,
  )
  t.regex(
    mirrors([...paths, 'test/b.test.ts'], { 'src/b.ts': 'types' }, ['test/scenarios/']).join(),
    /^src\/b\.ts: is excused/,
  )
})

test('every source file has its test', (t) => {
  const paths = files.map(({ path }) => path)
  t.deepEqual(mirrors(paths, WITHOUT_TEST, WITHOUT_SOURCE), [])
})

test('coverage leaves out exactly the files that have nothing to run', (t) => {
  const config = JSON.parse(readFileSync('.c8rc.json', 'utf8')) as { exclude: string[] }
  t.deepEqual(config.exclude, Object.keys(WITHOUT_TEST))
})

test('dependencies are used, and what is used is a dependency: the rule finds what breaks it', (t) => {
  const one = [at('src/a.ts', "import yaml from 'yaml'\nimport { x } from '@scope/name/deep'\nimport 'node:fs'")]
  t.deepEqual(dependencies(one, ['yaml', '@scope/name']), [])
  t.deepEqual(dependencies(one, ['yaml', '@scope/name', 'pino']), ['pino: is a dependency of nothing in src'])
  t.deepEqual(dependencies(one, ['yaml']), ["src/a.ts: @scope/name is not in package.json's dependencies"])
})

test('dependencies are used, and what is used is a dependency', (t) => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> }
  t.deepEqual(dependencies(source, Object.keys(manifest.dependencies)), [])
})

test('a room is found by its longest name', (t) => {
  t.is(roomOf('src/sqs/engine/queue.ts'), 'sqs/engine')
  t.is(roomOf('src/sqs/service.ts'), 'sqs')
  t.is(roomOf('src/gateway.ts'), 'gateway')
  t.is(roomOf('src/gateways.ts'), undefined)
})

test('the table of rooms has no circle', (t) => {
  // Within a feature (sqs, its operations, its engine) the linter looks for cycles of files.
  const left = new Map<string, Set<string>>()
  for (const [room, targets] of Object.entries(MAY_IMPORT)) {
    const reached = left.get(feature(room)) ?? new Set()
    for (const target of targets) if (feature(target) !== feature(room)) reached.add(feature(target))
    left.set(feature(room), reached)
  }
  for (;;) {
    const free = [...left].find(([, targets]) => [...targets].every((target) => !left.has(target)))
    if (free === undefined) break
    left.delete(free[0])
  }
  t.deepEqual([...left.keys()], [])
})

test('imports are read from every form, and not from comments', (t) => {
  const text = [
    "import a from './a.ts'",
    'import "./b.ts"',
    "export { c } from './c.ts'",
    "import type {\n  D,\n} from './d.ts'",
    "const e = await import('./e.ts')",
    "// import x from './x.ts'",
    "/* from './y.ts' */",
  ].join('\n')
  t.deepEqual(importsOf(text), ['./a.ts', './b.ts', './c.ts', './d.ts', './e.ts'])
})

test('comments are taken out, addresses stay', (t) => {
  t.is(withoutComments("a('http://x') // b"), "a('http://x')  ")
  t.is(withoutComments('a /* b\n c */ d'), 'a   d')
  t.is(withoutComments('`//${x}` //'), '`//${x}`  ')
})

function feature(room: string): string {
  return room.split('/')[0] ?? room
}

function at(path: string, text: string): SourceFile {
  return { path, text }
}

/** Run from the project's folder, as ava does. */
function read(folder: string): SourceFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.ts'))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }))
}
