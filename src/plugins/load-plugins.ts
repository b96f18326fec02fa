import { readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import type { Clock } from '../core/clock.ts'
import { PipitError } from '../core/errors.ts'
import type { Service } from '../core/service.ts'
import { type DefinedInjector, readArgs } from './define-injector.ts'
import { findPlugins, type PluginFile } from './find-plugins.ts'
import { loadModule } from './load-module.ts'
import { loadTrouble, trouble, troubleBefore } from './load-trouble.ts'
import { type ActiveEntry, codeOf, injectorOf, isActive, readManifest } from './manifest.ts'
import { namePlugin } from './plugin-name.ts'
import { resolvePipit } from './resolve-pipit.ts'

/** What a plugins folder adds to a gateway. */
export interface Plugins {
  readonly services: readonly Service[]
  /** In the order in which requests pass those that act by themselves: by the names of their files. */
  readonly injectors: readonly DefinedInjector[]
  /** The files with rules that are there now: they are read again when they change. */
  readonly faultFiles: (() => readonly PluginFile[]) | undefined
  /** For the log, one line each: what is left out, where it is wrong and what to do. */
  readonly notes: readonly string[]
}

export interface PluginsOptions {
  readonly folder: string
  /** Has somebody named it? Then it must be there. */
  readonly isAsked: boolean
  readonly cwd: string
  readonly wall: Clock
  /** The services that are there already. */
  readonly builtIn: readonly string[]
}

/** First path segments that mean something else. */
const RESERVED = ['s', 'queue', 'health', 'moto-api']

/** What stands beside the code of a plugin is far smaller. */
const MOST_BYTES = 1024 * 1024

/**
 * Loads what is in a plugins folder. A plugin that is wrong is left out, with a note; the others work. Only a folder that
 * somebody has named and that cannot be read is a PipitError.
 */
export async function loadPlugins({ folder, isAsked, cwd, wall, builtIn }: PluginsOptions): Promise<Plugins> {
  const path = resolve(cwd, folder)
  const { files, notes } = findPlugins(path, { cwd, isAsked })
  const loading = new Loading(wall, builtIn, notes)
  for (const file of files) await loading.add(file)
  const { services, injectors } = loading
  return { services, injectors, notes: loading.notes, faultFiles: () => faultFilesIn(path, cwd) }
}

/** The folder may go away while pipit runs. */
function faultFilesIn(path: string, cwd: string): PluginFile[] {
  try {
    return findPlugins(path, { cwd, isAsked: false }).files.filter(({ kind }) => kind === 'faults')
  } catch (error) {
    if (error instanceof PipitError) return []
    throw error
  }
}

class Loading {
  readonly services: Service[] = []
  readonly injectors: DefinedInjector[] = []
  readonly notes: string[]
  readonly #wall: Clock
  /** Whose a service's name is, and an injector's. */
  readonly #services: Map<string, string>
  readonly #injectors = new Map<string, string>()

  constructor(wall: Clock, builtIn: readonly string[], notes: readonly string[]) {
    this.#wall = wall
    this.#services = new Map([...RESERVED, ...builtIn].map((name) => [name, "pipit's own"]))
    this.notes = [...notes]
  }

  async add(file: PluginFile): Promise<void> {
    try {
      if (file.kind === 'manifest') await this.#addManifest(file)
      else if (file.kind !== 'faults') await this.#addCode(file)
    } catch (error) {
      this.notes.push(await loadTrouble(file, error))
    }
  }

  async #addCode(file: PluginFile): Promise<void> {
    const source = readFileSync(file.path, 'utf8')
    const wrong = troubleBefore(file, source)
    if (wrong !== undefined) return void this.notes.push(wrong)
    resolvePipit()
    const { default: plugin } = await loadModule(file.path, this.#wall)
    const complaint = file.kind === 'service' ? this.#addService(file, plugin) : this.#addInjector(file, plugin)
    if (complaint !== undefined) this.notes.push(trouble(file, defaultExportLine(source), complaint))
  }

  #addService(file: PluginFile, plugin: unknown): string | undefined {
    if (!isService(plugin)) return noDefault('defineService', plugin)
    const whose = this.#services.get(plugin.name)
    if (whose !== undefined) return `the name ${plugin.name} is ${whose}: choose another one.`
    this.#services.set(plugin.name, `that of ${file.name}`)
    namePlugin(plugin, file.name)
    this.services.push(plugin)
    return undefined
  }

  #addInjector(file: PluginFile, plugin: unknown): string | undefined {
    if (!isInjector(plugin)) return noDefault('defineInjector', plugin)
    const { name = basename(file.path).replace(/\.injector\.[jt]s$/, ''), definition } = plugin
    const injector: DefinedInjector = { ...plugin, name }
    if (definition.on === undefined) {
      const whose = this.#injectors.get(name)
      if (whose !== undefined) return `the name ${name} is that of ${whose}: give one of them a name of its own.`
      this.#injectors.set(name, file.name)
    } else {
      const complaint = defaultsComplaint(injector)
      if (complaint !== undefined) return complaint
    }
    namePlugin(injector, file.name)
    this.injectors.push(injector)
    return undefined
  }

  async #addManifest(file: PluginFile): Promise<void> {
    const content = readFileSync(file.path)
    const entries = content.length > MOST_BYTES ? undefined : readManifest(content.toString('utf8'))
    if (entries === undefined) return
    if (typeof entries === 'string') return void this.notes.push(trouble(file, undefined, `${entries}.`))
    const made = { Before: [] as DefinedInjector[], After: [] as DefinedInjector[] }
    for (const [index, entry] of entries.entries()) {
      if (!isActive(entry)) continue
      const injector = await this.#load(file, entry)
      if (typeof injector === 'string') this.notes.push(`${file.name}: injections[${index}]${injector}`)
      else made[entry.type].push(injector)
    }
    // Every After sees what a Before has answered, and the first of them is asked first.
    this.injectors.push(...made.After.toReversed(), ...made.Before)
  }

  /** Or what comes of it, to be told after its name. */
  async #load(file: PluginFile, entry: ActiveEntry): Promise<DefinedInjector | string> {
    const code = codeOf(file, entry)
    if (typeof code === 'string') return ` is left out: ${code}`
    try {
      const injector = injectorOf(entry, await loadModule(code.path, this.#wall))
      if (typeof injector === 'string') return ` is left out: ${injector}`
      namePlugin(injector, code.name)
      return injector
    } catch (error) {
      return `: ${await loadTrouble(code, error)}`
    }
  }
}

function isService(plugin: unknown): plugin is Service {
  return isObject(plugin) && typeof plugin['name'] === 'string' && typeof plugin['mock'] === 'function'
}

function isInjector(plugin: unknown): plugin is DefinedInjector {
  return isObject(plugin) && plugin['kind'] === 'injector' && isObject(plugin['definition'])
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function noDefault(word: string, plugin: unknown): string {
  const what = plugin === undefined ? 'nothing' : 'something else'
  return `it exports ${what} by default: end it with export default ${word}({ … }).`
}

function defaultExportLine(source: string): number | undefined {
  const index = source.split('\n').findIndex((line) => /\bexport\b.*\bdefault\b/.test(line))
  return index < 0 ? undefined : index + 1
}

/** Nobody says anything to one that acts by itself. */
function defaultsComplaint(injector: DefinedInjector): string | undefined {
  try {
    readArgs(injector, undefined)
    return undefined
  } catch (error) {
    if (!(error instanceof PipitError)) throw error
    return `it acts by itself, so its args need defaults; ${error.message}.`
  }
}
