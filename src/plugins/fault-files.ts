import { readFileSync, statSync } from 'node:fs'
import type { DeclaredFaults } from '../config.ts'
import type { Layer } from '../config/layer.ts'
import { yamlLayer } from '../config/yaml-layer.ts'
import type { Clock } from '../core/clock.ts'
import { PipitError } from '../core/errors.ts'
import type { PluginFile } from './find-plugins.ts'

/** How often it is looked whether a file is another one: as long as somebody who saves it waits gladly. */
const LOOK_MS = 1000

/** Far above any list of rules. */
const MOST_BYTES = 1024 * 1024

export interface FaultFilesParts {
  /** Those that are there now: they come and go. */
  readonly find: () => readonly PluginFile[]
  /** Throws a PipitError where what is declared are no rules. */
  readonly check: (declared: DeclaredFaults) => void
  readonly note: (text: string) => void
}

interface Kept {
  /** By which a file that was written again is known. */
  readonly version: string
  /** `undefined`: it has never been right. */
  readonly declared: DeclaredFaults | undefined
}

/** The files `*.faults.yaml` of the plugins folder. A new version that is wrong is told about, and the old one stays. */
export class FaultFiles {
  readonly #parts: FaultFilesParts
  #kept = new Map<string, Kept>()
  #stop: () => void = () => {}

  constructor(parts: FaultFilesParts) {
    this.#parts = parts
    this.#look()
  }

  /** What they say, by their names. */
  get declared(): readonly DeclaredFaults[] {
    return [...this.#kept.values()].flatMap(({ declared }) => declared ?? [])
  }

  /** Looks at them from now on, and says when they say something else. */
  watch(wall: Clock, changed: () => void): void {
    this.#stop = wall.schedule(wall.nowMs() + LOOK_MS, () => {
      if (this.#look()) changed()
      this.watch(wall, changed)
    })
  }

  close(): void {
    this.#stop()
  }

  #look(): boolean {
    const kept = new Map<string, Kept>()
    let hasChanged = false
    for (const file of this.#parts.find()) {
      const old = this.#kept.get(file.path)
      const version = versionOf(file.path)
      if (version === undefined || version === old?.version) {
        if (old !== undefined) kept.set(file.path, old)
        continue
      }
      const declared = this.#read(file, old)
      kept.set(file.path, { version, declared })
      hasChanged ||= declared !== old?.declared
    }
    for (const path of this.#kept.keys()) hasChanged ||= !kept.has(path)
    this.#kept = kept
    return hasChanged
  }

  #read(file: PluginFile, old: Kept | undefined): DeclaredFaults | undefined {
    try {
      const declared = declaredIn(file)
      this.#parts.check(declared)
      if (old !== undefined) this.#parts.note(`${file.name} was read again: ${countOf(declared)}`)
      return declared
    } catch (error) {
      if (!(error instanceof PipitError)) throw error
      const stays = old?.declared === undefined ? 'is left out' : 'is not taken over, and what it said before stays'
      for (const line of error.message.split('\n')) this.#parts.note(`${line}; ${file.name} ${stays}`)
      return old?.declared
    }
  }
}

/** A list of rules, or one under `faults`, as in pipit.yaml. */
function declaredIn({ path, name }: PluginFile): DeclaredFaults {
  const layer = yamlLayer(name, readText(path, name))
  const { tree, namesPaths } = layer
  if (Array.isArray(tree)) {
    const locate: Layer['locate'] = ([, ...below], part) => layer.locate(below, part)
    return { entries: tree as unknown[], source: { namesPaths, locate } }
  }
  const { faults, ...others } = tree as Record<string, unknown>
  const [other] = Object.keys(others)
  if (other !== undefined || !Array.isArray(faults)) {
    const place = layer.locate(other === undefined ? [] : [other], 'key')
    throw new PipitError('bad-config', `${place}: expected a list of rules`)
  }
  return { entries: faults as unknown[], source: layer }
}

function readText(path: string, name: string): string {
  try {
    if (statSync(path).size > MOST_BYTES)
      throw new PipitError('bad-config', `${name} is larger than ${MOST_BYTES} bytes`)
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof PipitError) throw error
    throw new PipitError('bad-config', `${name} cannot be read: ${(error as Error).message}`, { cause: error })
  }
}

/** `undefined`: it is not there at this moment, as while an editor saves it. */
function versionOf(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat && `${stat.mtimeMs} ${stat.size} ${stat.ino}`
}

function countOf({ entries }: DeclaredFaults): string {
  return entries.length === 1 ? '1 rule' : `${entries.length} rules`
}
