import { createRequire } from 'node:module'
import type * as FastXmlParser from 'fast-xml-parser'
import type * as Msgpackr from 'msgpackr'
import type Picocolors from 'picocolors'
import type * as Pino from 'pino'
import type * as Yaml from 'yaml'
import { lazily } from './lazily.ts'

/*
 * Libraries that take their time to load, and that most gateways start without, parts of Node among them. An `import()`
 * would make a promise of everything that uses one.
 */
const load = lazily(() => createRequire(import.meta.url))

export const fastXmlParser = lazily(() => load()('fast-xml-parser') as typeof FastXmlParser)
export const msgpackr = lazily(() => load()('msgpackr') as typeof Msgpackr)
/** CommonJS, which an import would have read twice. */
export const picocolors = lazily(() => load()('picocolors') as typeof Picocolors)
export const pino = lazily(() => load()('pino') as typeof Pino)
export const yaml = lazily(() => load()('yaml') as typeof Yaml)
export const zlib = lazily(() => process.getBuiltinModule('node:zlib'))
