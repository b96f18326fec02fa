#!/usr/bin/env node
import module from 'node:module'
import { fileURLToPath } from 'node:url'
import { health } from './commands/health.ts'
import { PipitError } from './core/errors.ts'

/** What the operator wrote is wrong: 2. Nobody is there: 3. An assertion failed: 4. The rest is about the machine: 1. */
const EXIT_CODES: Readonly<Record<string, number>> = {
  usage: 2,
  'bad-config': 2,
  'no-config': 2,
  'declared-queue': 2,
  'bad-request': 2,
  'bad-filter': 2,
  'not-reachable': 3,
  unmet: 4,
  // As shells have it.
  'no-program': 127,
}

// Since Node 22.8: what is compiled at one start is there at the next. It stands beside the bundle, since only who
// installed pipit can write there; where nobody can, Node does without.
const { enableCompileCache } = module as { enableCompileCache?: (folder: string) => unknown }
if (import.meta.url.endsWith('.js')) enableCompileCache?.(fileURLToPath(new URL('../compiled', import.meta.url)))

try {
  await dispatch(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof PipitError)) throw error
  for (const line of error.message.split('\n')) process.stderr.write(`pipit: ${line}\n`)
  process.exitCode = EXIT_CODES[error.code] ?? 1
}

/** A health check starts every two seconds and a server should start at once: neither waits for yargs to load. */
async function dispatch(args: readonly string[]): Promise<void> {
  const [command = 'serve', ...rest] = args
  const url = rest[0] === '--url' && rest.length === 2 ? rest[1] : undefined
  if (command === 'health' && (rest.length === 0 || url !== undefined)) {
    process.exitCode = await health(url)
  } else if (command === 'awslocal') {
    const { awslocal } = await import('./commands/awslocal.ts')
    process.exitCode = await awslocal(rest)
  } else if (command === 'serve' && rest.length === 0) {
    const { serve } = await import('./commands/serve.ts')
    await serve({})
  } else {
    const { runCommandLine } = await import('./commands/command-line.ts')
    await runCommandLine(args)
  }
}
