import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import * as v from 'valibot'
import { ServiceError } from '../core/errors.ts'
import { didYouMean } from '../core/nearest.ts'
import type { CallContext, Members } from './call-context.ts'
import { copyOf } from './copy-of.ts'
import { type DefinedInjector, defineInjector } from './define-injector.ts'
import type { PluginFile } from './find-plugins.ts'
import type { Module } from './load-module.ts'
import { shownPath } from './where-thrown.ts'

/*
 * The API injections of the first pipit: a JSON file that names functions in JavaScript files, and when to call them.
 *
 *     { "injections": [{ "type": "Before", "service": "sqs", "api": "DeleteQueue", "path": "./x.js", "name": "fail" }] }
 *
 *     fail(service, api, request)             Before: answers null to go on, or a response list
 *     change(service, api, request, list)     After: changes the list, or answers another one
 *
 * A response list is `[200, output]` or `[status, 'Sender', code, message]`. Outputs have the members of the API's model.
 */

export interface ManifestEntry {
  readonly type: string
  readonly service: string
  readonly api: string
  /** Beside the manifest. */
  readonly path: string
  readonly name: string
}

const text = v.string('expected a text')
const manifest = v.object({
  injections: v.array(
    v.object(
      { type: text, service: text, api: text, path: text, name: text },
      'expected { type, service, api, path, name }',
    ),
    'expected a list of injections',
  ),
})

/** The entries of a manifest, or a complaint; `undefined` for a JSON file that is none. */
export function readManifest(content: string): readonly ManifestEntry[] | string | undefined {
  let document: unknown
  try {
    document = JSON.parse(content)
  } catch (error) {
    return /"injections"\s*:/.test(content) ? `not valid JSON: ${(error as Error).message}` : undefined
  }
  if (typeof document !== 'object' || document === null || !('injections' in document)) return undefined
  const read = v.safeParse(manifest, document)
  if (read.success) return read.output.injections
  const [issue] = read.issues
  return `${v.getDotPath(issue)}: ${issue.message}`
}

export interface ActiveEntry extends ManifestEntry {
  readonly type: 'Before' | 'After'
}

/** Any other type than the two is how one is switched off there. */
export function isActive(entry: ManifestEntry): entry is ActiveEntry {
  return entry.type === 'Before' || entry.type === 'After'
}

/** Where the code of an entry is; a complaint where there is none. */
export function codeOf(file: PluginFile, entry: ManifestEntry): PluginFile | string {
  const path = resolve(dirname(file.path), entry.path)
  if (!existsSync(path)) return `${entry.path} does not exist: a path starts where the manifest is.`
  return { kind: 'injector', path, name: shownPath(path) }
}

/** Answers a response list, or nothing; may promise it. */
type Code = (service: string, api: string, request: object, list?: ResponseList) => unknown
type ResponseList = readonly unknown[]

/** An entry as an injector, or a complaint. */
export function injectorOf(entry: ActiveEntry, exported: Module): DefinedInjector | string {
  const inside = (exported['default'] ?? {}) as Module
  const code = exported[entry.name] ?? inside[entry.name]
  if (typeof code !== 'function') {
    const known = Object.keys({ ...inside, ...exported })
    return `${entry.path} exports no function ${entry.name}${didYouMean(entry.name, known)}.`
  }
  const injector = (entry.type === 'Before' ? before : after)(entry, code as Code)
  return { ...injector, name: entry.name }
}

function before({ service, api }: ManifestEntry, code: Code): DefinedInjector {
  return defineInjector({
    on: { service, operation: api },
    before: async (input, context) => {
      const list = await code(service, api, requestOf(input, context))
      return list === null || list === undefined ? undefined : context.answer(outputOf(list, context))
    },
  })
}

function after({ service, api }: ManifestEntry, code: Code): DefinedInjector {
  return defineInjector({
    on: { service, operation: api },
    around: async (input, next, context) => {
      const { list, again } = await next().then(
        (output) => ({ list: [200, output] as ResponseList, again: (): Members => output }),
        (error: unknown) => ({
          list: listOf(error),
          again: () => {
            throw error
          },
        }),
      )
      const original = copyOf(list)
      const given = (await code(service, api, requestOf(input, context), list)) ?? list
      return isDeepStrictEqual(given, original) ? again() : outputOf(given, context)
    },
  })
}

/** What the functions read of a request: under `aws` in the manual, and directly in the code. */
function requestOf(input: Members, { operation, service, region, accessKey, exchange }: CallContext): object {
  const aws = {
    action: operation,
    serviceName: service,
    region,
    accessKey,
    params: input,
    data: input,
    requestUrl: exchange.request.target,
  }
  return { ...aws, aws }
}

function listOf(error: unknown): ResponseList {
  if (!(error instanceof ServiceError)) throw error
  const { status, fault, code, message } = error.error
  return [status, fault, code, message]
}

function outputOf(list: unknown, context: CallContext): Members {
  const [status, ...rest] = Array.isArray(list) ? (list as unknown[]) : []
  if (typeof status !== 'number')
    throw new TypeError('expected a response list: [200, output] or [status, source, code, message]')
  if (status < 400) return (rest[0] ?? {}) as Members
  const [source, code, message = code] = rest.map(String)
  const { query: _other, ...known } = context.error(code ?? 'InternalFailure').error
  const fault = source === 'Sender' ? 'Sender' : 'Receiver'
  throw new ServiceError({ ...known, status, fault, message: message ?? '' })
}
