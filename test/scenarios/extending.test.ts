import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { pluginFolder } from '../plugins/plugin-folder.ts'
import { startGateway } from './gateway-process.ts'
import { EXTENDING, fileOf, type ReadmeBlock, readmeBlocks } from './readme-blocks.ts'

const chapter = readmeBlocks().filter(({ name }) => name.startsWith(EXTENDING))
const files = chapter.flatMap((block) => fileOf(block) ?? [])
const plugins = files.filter(({ path }) => path.startsWith('plugins/'))

if (readFileSync('README.md', 'utf8').includes('## Extending pipit')) {
  test('the README has a service, an injection before and one after, rules that use one, and a manifest', (t) => {
    const ends = ['.service.js', '.injector.js', '.faults.yaml', '.json', '.cjs']
    for (const end of ends)
      t.true(
        plugins.some(({ path }) => path.endsWith(end)),
        end,
      )
    for (const name of ['service', 'injection']) {
      const block = chapter.find((each) => each.name === EXTENDING + name)
      t.true((block?.code.trim().split('\n').length ?? 99) < 15, name)
    }
  })

  for (const [index, block] of chapter.entries())
    if (block.language === 'bash')
      test(`the README's block "${block.name}" works with the plugins that stand before it`, async (t) => {
        const before = chapter.slice(0, index).flatMap((each) => fileOf(each) ?? [])
        const folder = pluginFolder(t, Object.fromEntries(before.map(({ path, content }) => [path, content])))
        const gateway = await startGateway({ env: { PIPIT_PLUGINS: join(folder, 'plugins'), PIPIT_QUEUES: 'orders' } })
        t.teardown(() => gateway.stop())
        await runOnPort(t, block, gateway.port)
        t.notRegex(gateway.output(), /left out/)
      })

  for (const block of chapter.filter((each) => each.language === 'js' && fileOf(each) === undefined))
    test(`the README's block "${block.name}" runs as it stands`, async (t) => {
      const { code, printed } = await run(process.execPath, ['--input-type=module', '--eval', block.code])
      t.is(code, 0, printed)
    })

  test("the README's line of the table of routes serves its service", async (t) => {
    const project = pluginFolder(t, {})
    for (const name of ['src', 'tsconfig.json', 'package.json', 'bundle.js'])
      cpSync(name, join(project, name), { recursive: true })
    mkdirSync(join(project, 'test'))
    symlinkSync(resolve('node_modules'), join(project, 'node_modules'))
    for (const { path, content } of files.filter((file) => file.path.startsWith('src/'))) {
      mkdirSync(dirname(join(project, path)), { recursive: true })
      writeFileSync(join(project, path), content)
    }
    for (const block of chapter.filter(({ language }) => language === 'diff')) change(t, project, block)
    const built = await run('npm', ['run', '--silent', 'build'], { cwd: project })
    t.is(built.code, 0, built.printed)
    const gateway = await startGateway({ program: join(project, 'dist/bundle/cli.js') })
    t.teardown(() => gateway.stop())
    const answer = await fetch(`${gateway.url}/greeter/?Action=Say&Name=Ada`)
    t.regex(await answer.text(), /<Greeting>Hello Ada<\/Greeting>/)
  })
}

test('a block that is a file names it in its first line', (t) => {
  const block = { name: 'a', language: 'js', code: '// plugins/a.js\nb()\n' }
  t.deepEqual(fileOf(block), { path: 'plugins/a.js', content: block.code })
  t.deepEqual(fileOf({ ...block, language: 'json', code: '// a.json\n{}\n' }), { path: 'a.json', content: '{}\n' })
  t.is(fileOf({ ...block, code: '// two words\n' }), undefined)
})

/** The block as it stands, with a `curl` that takes port 3000 for the one that was free. */
async function runOnPort(t: ExecutionContext, { name, code }: ReadmeBlock, port: number): Promise<void> {
  const shim = `curl() { command curl --silent --show-error "\${@//localhost:3000/localhost:${port}}"; }`
  const ended = await run('bash', ['-euo', 'pipefail', '-c', `${shim}\n${code}`])
  t.is(ended.code, 0, `${name}: ${ended.printed}`)
}

/** A line that goes is there once, and what comes stands in its place; at first what nothing goes for. */
function change(t: ExecutionContext, project: string, { code }: ReadmeBlock): void {
  const [head = '', ...lines] = code.trimEnd().split('\n')
  const path = join(project, head.replace(/^ \/\/ /, ''))
  let text = readFileSync(path, 'utf8')
  let gone: string | undefined
  for (const line of lines) {
    const content = `${line.slice(1)}\n`
    if (line.startsWith('-')) gone = content
    else if (gone === undefined) text = content + text
    else {
      t.is(text.split(gone).length, 2, `${path}: ${gone}`)
      text = text.replace(gone, content)
      gone = undefined
    }
  }
  writeFileSync(path, text)
}

async function run(program: string, args: readonly string[], options = {}): Promise<{ code: number; printed: string }> {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  const printed: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => printed.push(chunk.toString()))
  const [code] = (await once(child, 'close')) as [number]
  return { code, printed: printed.join('') }
}
