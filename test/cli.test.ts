import { readdirSync, statSync } from 'node:fs'
import module from 'node:module'
import { resolve } from 'node:path'
import test from 'ava'
import { runPipit, startPipit } from './run-pipit.ts'

const answered: readonly [args: readonly string[], stdout: RegExp][] = [
  [['--version'], /^\d+\.\d+\.\d+\n$/],
  [['--help'], /^pipit\n[\s\S]*pipit serve [\s\S]*--port /],
  [['config', 'check'], /^the config is right\n$/],
]

for (const [args, stdout] of answered) {
  test(`pipit ${args.join(' ')} answers and exits 0`, async (t) => {
    const ended = await runPipit(args)
    t.is(ended.stderr, '')
    t.is(ended.code, 0)
    t.regex(ended.stdout, stdout)
  })
}

const refused: readonly [args: readonly string[], env: Record<string, string>, code: number, stderr: RegExp][] = [
  [['--prot', '1'], {}, 2, /^pipit: unknown flag --prot \(did you mean "--port"\?\); see pipit --help\n$/],
  [
    ['config', 'check'],
    { PORT: 'x', PIPIT_REGION: '?' },
    2,
    /^pipit: PORT: expected .*\npipit: PIPIT_REGION: expected .*\n$/,
  ],
  [[], { PIPIT_LOG_LEVEL: 'loud' }, 2, /^pipit: PIPIT_LOG_LEVEL: expected silent, .*, got "loud"\n$/],
  [['serve'], { PIPIT_CONFIG: 'no.yaml' }, 2, /^pipit: no\.yaml \(from PIPIT_CONFIG\) does not exist in .*\n$/],
  [
    ['serve', '--host', 'no-such-host.invalid', '--port', '0'],
    {},
    1,
    /^pipit: this machine has no address no-such-host\.invalid: .*--host.*\n$/,
  ],
  [['health', '--url', 'localhost'], {}, 2, /^pipit: expected a URL like .*\n$/],
]

for (const [args, env, code, stderr] of refused) {
  test(`pipit ${args.join(' ')} with ${JSON.stringify(env)} says what is wrong, without a stack, and exits ${code}`, async (t) => {
    const ended = await runPipit(args, { env })
    t.regex(ended.stderr, stderr)
    t.is(ended.stdout, '')
    t.is(ended.code, code)
  })
}

test('a taken port is one line that says what to do, and the process ends', async (t) => {
  const first = startPipit(['--port', '0'])
  t.teardown(() => first.process.kill('SIGKILL'))
  const [, port = ''] = await first.said(/http:\/\/localhost:(\d+)\n/)
  const second = await runPipit(['--port', port])
  t.is(
    second.stderr,
    `pipit: port ${port} is taken: stop what listens there, or choose another with --port or PORT (0 takes any free one)\n`,
  )
  t.is(second.code, 1)
})

test('what is compiled at one start is there at the next, where Node keeps it', async (t) => {
  t.is((await runPipit(['--version'])).code, 0)
  const keeps = 'enableCompileCache' in module && process.env['NODE_V8_COVERAGE'] === undefined
  t.true(!keeps || readdirSync('dist/compiled').some((folder) => folder.startsWith(process.version)))
})

test('health and a plain serve load neither yargs nor, for health, the config', async (t) => {
  const hooks = ['--import', `data:text/javascript,${encodeURIComponent(LOADED_FILES)}`].join(' ')
  const env = { NODE_OPTIONS: hooks, PORT: '1' }
  const program = resolve('dist/bundle/cli.js')
  const health = await runPipit(['health'], { env, program })
  t.is(health.code, 1)
  t.notRegex(health.stderr, /node_modules/)
  const sizes = loadedFiles(health.stderr).map((url) => statSync(new URL(url)).size)
  t.true(sum(sizes) < 32_768, `${sum(sizes)} bytes`)
  const serve = await runPipit([], { env: { ...env, PIPIT_LOG_LEVEL: 'loud' }, program })
  t.true(loadedFiles(serve.stderr).length < 10, serve.stderr)
  t.notRegex(serve.stderr, /node_modules\/yargs/)
})

function loadedFiles(printed: string): string[] {
  return (/loaded: (.*)/.exec(printed)?.[1] ?? '').split(' ').filter((url) => url.startsWith('file:'))
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

/** Prints every module of pipit's or of node_modules that was loaded, when the process ends. */
const LOADED_FILES = `
  import { register } from 'node:module'
  const { port1, port2 } = new MessageChannel()
  const loaded = []
  port1.on('message', (url) => loaded.push(url)).unref()
  const hook = 'let port; export function initialize(data) { port = data }' +
    'export function load(url, context, next) { port.postMessage(url); return next(url, context) }'
  register('data:text/javascript,' + encodeURIComponent(hook), { data: port2, transferList: [port2] })
  process.on('exit', () => process.stderr.write('loaded: ' + loaded.join(' ') + '\\n'))
`
