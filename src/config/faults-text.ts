import type * as Yaml from 'yaml'
import { library } from '../core/library.ts'

const yaml = () => library('yaml') as typeof Yaml

/**
 * What `--fault` and PIPIT_FAULTS say, as a list of entries, each still to be judged:
 *
 *     sqs-throttled,slow-network                        names of presets
 *     sqs.SendMessage first=2 error RequestThrottled    a short form, or one in each line
 *     {"on": …, "do": …}                                a rule, as JSON or YAML
 *     [sqs-throttled, {…}], or lines with a dash        a list of all that
 */
export function parseFaultsText(text: string): readonly unknown[] | { readonly wrong: string } {
  const trimmed = text.trim()
  if (!/^(?:[[{]|- )/.test(trimmed)) {
    const lines = trimmed.split('\n').map((line) => line.trim())
    return lines.filter((line) => line !== '').flatMap((line) => (NAMES.test(line) ? line.split(/[\s,]+/) : [line]))
  }
  const document = yaml().parseDocument(trimmed, { prettyErrors: false })
  const [error] = document.errors
  if (error !== undefined) return { wrong: `is no list and no rule: ${error.message}` }
  try {
    const value: unknown = document.toJS()
    return Array.isArray(value) ? (value as readonly unknown[]) : [value]
  } catch (cause) {
    return { wrong: `is no list and no rule: ${(cause as Error).message}` }
  }
}

const NAMES = /^[a-z0-9-]+(?:[\s,]+[a-z0-9-]+)*$/
