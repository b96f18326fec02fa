import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadConfig, type Loaded, type Sources } from '../../src/config.ts'
import { PipitError } from '../../src/core/errors.ts'

const root = mkdtempSync(join(tmpdir(), 'pipit-config-'))
process.on('exit', () => rmSync(root, { recursive: true, force: true }))

/** A folder with this as its pipit.yaml, or without one. It goes with the test process. */
export function folder(yaml?: string): string {
  const path = mkdtempSync(join(root, 'f-'))
  if (yaml !== undefined) writeFileSync(join(path, 'pipit.yaml'), yaml)
  return path
}

export const nowhere = folder()

export function load(sources: Partial<Sources>): Loaded {
  return loadConfig({ flags: {}, env: {}, cwd: nowhere, ...sources })
}

export function complaintsOf(sources: Partial<Sources>): string[] {
  try {
    load(sources)
  } catch (error) {
    if (error instanceof PipitError) return error.message.split('\n')
    throw error
  }
  throw new Error('nothing was complained about')
}
