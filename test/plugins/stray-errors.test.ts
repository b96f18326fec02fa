import { spawnSync } from 'node:child_process'
import test, { type ExecutionContext } from 'ava'
import { pluginFolder } from './plugin-folder.ts'

/** In a process of its own: what is tested is whether that lives on. */
function run(
  t: ExecutionContext,
  files: Record<string, string>,
  code: string,
): { code: number | null; printed: string } {
  const folder = pluginFolder(t, files)
  const stray = new URL('../../src/plugins/stray-errors.js', import.meta.url).href
  const main = `
    import { watchStrayErrors } from ${JSON.stringify(stray)}
    const stop = watchStrayErrors(${JSON.stringify(folder)}, (text) => console.log(text))
    const plugin = (name) => import(${JSON.stringify(`file://${folder}/`)} + name)
    ${code}
    setTimeout(() => console.log('lives'), 100)`
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', main], {
    encoding: 'utf8',
  })
  return { code: status, printed: stdout + stderr }
}

const A = {
  'a.js': `export const inTimer = () => setTimeout(() => {
  throw new RangeError('too late')
}, 1)
export const dropped = () => void Promise.reject(new RangeError('dropped'))
`,
}

test('what a plugin throws in a timer, or in a promise that it dropped, is told about, and the process lives', (t) => {
  const { code, printed } = run(t, A, "const a = await plugin('a.js'); a.inTimer(); a.dropped()")
  t.is(code, 0)
  t.regex(printed, /\/a\.js:2: something that nothing awaits threw RangeError: too late/)
  t.regex(printed, /\/a\.js:4: something that nothing awaits threw RangeError: dropped/)
  t.regex(printed, /lives/)
})

test('an answer of the API that nobody awaited is no reason to end, either', (t) => {
  const errors = new URL('../../src/core/errors.js', import.meta.url).href
  const { code, printed } = run(
    t,
    {},
    `const { ServiceError } = await import(${JSON.stringify(errors)})
    void Promise.reject(new ServiceError({ shape: 'S', code: 'C', status: 400, fault: 'Sender', message: 'no queue' }))`,
  )
  t.is(code, 0)
  t.regex(printed, /something that nothing awaits threw S: no queue/)
})

test('CommonJS beside a plugin that throws while it is loaded ends nothing, though Node 20 tells of it twice', (t) => {
  const files = { 'b.js': "import './c.cjs'", 'c.cjs': "throw new RangeError('too far')" }
  const { code, printed } = run(t, files, "await plugin('b.js').catch(() => console.log('caught'))")
  t.is(code, 0, printed)
  t.regex(printed, /caught[^]*lives/)
})

test('everything else ends the process, with its stack', (t) => {
  const { code, printed } = run(t, A, "setTimeout(() => { throw new RangeError('a bug of ours') }, 1)")
  t.not(code, 0)
  t.regex(printed, /RangeError: a bug of ours/)
  t.notRegex(printed, /lives/)
})
