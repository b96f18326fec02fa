import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { PipitError } from '../core/errors.ts'
import type { Layer } from './layer.ts'
import { yamlLayer } from './yaml-layer.ts'

export const DEFAULT_FILE = 'pipit.yaml'

/** Far above any config; a wrong path to something huge should not fill the memory. */
const MAX_FILE_BYTES = 4 * 1024 * 1024

/** The config file, or `undefined` where there is none and none was asked for. `askedBy` is the flag or variable. */
export function fileLayer(cwd: string, file: string | undefined, askedBy: string): Layer | undefined {
  const name = file ?? DEFAULT_FILE
  const path = resolve(cwd, name)
  try {
    if (statSync(path).size > MAX_FILE_BYTES)
      throw new PipitError('bad-config', `${name} is larger than ${MAX_FILE_BYTES} bytes: is it a config file?`)
    return yamlLayer(name, readFileSync(path, 'utf8'))
  } catch (error) {
    if (error instanceof PipitError) throw error
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' && file === undefined) return undefined
    if (code === 'ENOENT') throw new PipitError('no-config', `${name} (from ${askedBy}) does not exist in ${cwd}`)
    throw new PipitError('bad-config', `${name} cannot be read: ${message}`, { cause: error })
  }
}
