import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'ava'
import { parse } from 'yaml'
import { settings } from '../../src/config/schema.ts'
import { PIPIT_PROGRAM } from '../pipit-program.ts'
import { startGateway } from './gateway-process.ts'
import { fileOf, isAlone, type ReadmeBlock, readmeBlocks } from './readme-blocks.ts'

const blocks = readmeBlocks().filter(isAlone)

for (const { name, code } of inLanguage('js')) {
  test(`the README's block "${name}" runs as it stands`, async (t) => {
    const gateway = await startGateway({ env: { PIPIT_QUEUES: 'orders' } })
    // What its block `environment` exports, on this gateway's port.
    const env = {
      AWS_ENDPOINT: gateway.url,
      AWS_ENDPOINT_URL_SQS: `${gateway.url}/sqs/`,
      AWS_REGION: 'mock-region',
      AWS_ACCESS_KEY_ID: 'any',
      AWS_SECRET_ACCESS_KEY: 'any',
    }
    const { code: exitCode, printed } = await node(['--input-type=module', '--eval', code], env)
    await gateway.stop()
    t.is(exitCode, 0, printed)
  })
}

for (const { name, code } of inLanguage('yaml')) {
  test(`the README's block "${name}" is a right config`, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'pipit-readme-'))
    const file = join(folder, 'pipit.yaml')
    writeFileSync(file, code)
    const { code: exitCode, printed } = await node([PIPIT_PROGRAM, 'config', 'check', '--config', file], {})
    rmSync(folder, { recursive: true })
    t.is(exitCode, 0, printed)
  })
}

test('the README has blocks of every kind to run', (t) => {
  t.deepEqual(new Set(blocks.map(({ language }) => language)), new Set(['bash', 'python', 'js', 'yaml']))
})

test('the README names every option by its flag, its variable and its place in pipit.yaml', (t) => {
  const readme = readFileSync('README.md', 'utf8')
  for (const { flag, env, path } of settings)
    for (const name of [`--${flag}`, env, path.join('.')]) t.true(readme.includes(`\`${name}\``), name)
})

test("the README's suite in containers is the one of examples/record-replay, and what CI does is what it says", (t) => {
  const blocks = new Map(readmeBlocks().map((block) => [block.name, block]))
  const code = (name: string): string => (blocks.get(name) as ReadmeBlock).code
  for (const name of ['compose-replay-file', 'compose-record-file']) {
    const { path = '' } = fileOf(blocks.get(name) as ReadmeBlock) ?? {}
    const example = parse(readFileSync(join('examples/record-replay', path), 'utf8')) as ComposeFile
    const { services, networks } = parse(code(name)) as ComposeFile
    t.deepEqual(services['pipit'], example.services['pipit'])
    t.deepEqual(networks, example.networks)
    // There it is built of this repository, and beside its app.
    const { environment } = services['tests'] ?? {}
    t.deepEqual(environment, example.services['tests']?.['environment'])
  }
  const { jobs } = parse(code('compose-workflow')) as { jobs: Record<string, { steps: { run?: string }[] }> }
  const runs = (job: string): string[] =>
    jobs[job]?.steps.flatMap(({ run }) => (run === undefined ? [] : `${run.trim()}\n`)) ?? []
  t.is(runs('replay').at(-1), code('compose-replay'))
  t.deepEqual(runs('record'), [code('compose-record')])
})

test('a block is found by its mark, and only under one', (t) => {
  const markdown = '<!-- run: one -->\n\n```js\na()\n```\n\n```js\nb()\n```\n\n<!-- run: two -->\n```bash\nc\nd\n```\n'
  t.deepEqual(readmeBlocks(markdown), [
    { name: 'one', language: 'js', code: 'a()\n' },
    { name: 'two', language: 'bash', code: 'c\nd\n' },
  ])
})

interface ComposeFile {
  readonly services: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly networks: unknown
}

function inLanguage(language: string): ReadmeBlock[] {
  return blocks.filter((block) => block.language === language)
}

async function node(args: readonly string[], env: NodeJS.ProcessEnv): Promise<{ code: number; printed: string }> {
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  const printed: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => printed.push(chunk.toString()))
  const [code] = (await once(child, 'close')) as [number]
  return { code, printed: printed.join('') }
}
