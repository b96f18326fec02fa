import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { ExecutionContext } from 'ava'

/** A folder with these files, as somebody would mount it; gone after the test. */
export function pluginFolder(t: ExecutionContext, files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'pipit-plugins-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  // What is nearest above is somebody else's.
  write(folder, { 'package.json': '{"type":"module"}', ...files })
  return folder
}

export function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
}

export const GREETER = `import { defineService } from 'pipit'

export default defineService({
  name: 'greeter',
  operations: {
    Say: ({ Name }) => ({ Greeting: 'Hello ' + Name }),
  },
})
`

export const SHOUT = `import { defineInjector } from 'pipit'

export default defineInjector({
  on: { service: 'greeter', operation: 'Say' },
  before: (input) => {
    input.Name = input.Name.toUpperCase()
  },
})
`
