import { readFileSync } from 'node:fs'

/** From package.json, which stands beside src when pipit runs unbuilt and above dist when it is built. */
export function version(): string {
  for (const path of ['../package.json', '../../package.json']) {
    const found = versionIn(new URL(path, import.meta.url))
    if (found !== undefined) return found
  }
  throw new Error('pipit has lost its package.json')
}

function versionIn(file: URL): string | undefined {
  try {
    const { name, version: text } = JSON.parse(readFileSync(file, 'utf8')) as { name?: string; version?: string }
    return name === 'pipit' ? text : undefined
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
