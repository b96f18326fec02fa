import { createRequire } from 'node:module'
import type * as FastXmlParser from 'fast-xml-parser'
import type * as Msgpackr from 'msgpackr'
import type * as Yaml from 'yaml'
import { lazily } from './lazily.ts'

/*
 * Libraries that take their time to load, and that most gateways start without. An `import()` would make a promise of
 * everything that uses one.
 */
const load = createRequire(import.meta.url)

export const fastXmlParser = lazily(() => load('fast-xml-parser') as typeof FastXmlParser)
export const msgpackr = lazily(() => load('msgpackr') as typeof Msgpackr)
export const yaml = lazily(() => load('yaml') as typeof Yaml)
