import type * as Yaml from 'yaml'
import { PipitError } from '../../core/errors.ts'
import { library } from '../../core/library.ts'
import { unknownWord } from './known-words.ts'

const yaml = () => library('yaml') as typeof Yaml

/** The form, for complaints and help. */
export const SHORTHAND = '[leg:]service.Operation[@queue] [when…] effect [value]'

const EXPECTED = `expected "${SHORTHAND}", like "sqs.SendMessage@orders first=2 error RequestThrottled"`

/** Conditions that are one word, by where a rule has them. */
const ON = 'attempt region account accessKey session protocol queue connection port'.split(' ')
const WHEN = 'first after nth every times rate key from until for flap'.split(' ')
const OF_RULE = ['id', 'order', 'final']

const TARGET = /^(?:([a-z]+):)?(?:(\*|(?<=:))|([\w*?-]+)\.([\w*?,]+))(?:@(\S+))?$/
const RATE = /^\d{1,3}(?:\.\d{1,9})?%$/

/** Does a fault's short form begin so? */
export function isTarget(word: string): boolean {
  return TARGET.test(word)
}

/** Longer ones are not typed by hand. */
const LONGEST = 4000

/**
 * `client:sqs.SendMessage@orders first=2 error RequestThrottled` as the rule that it stands for, still to be checked.
 *
 *     target     [leg:]service.Operation[@queue], or * for everything; of words with commas one must fit; `wire:` alone
 *     condition  30%, first=2, attempt=1, flap=5s/20s, id=lost-ack …
 *     effect     its name, and the rest of the text is its value, as YAML: 200ms, { fraction: 0.5, then: reset }
 */
export function parseShorthand(text: string): unknown {
  if (text.length > LONGEST) throw mistake(`is longer than ${LONGEST} characters`)
  const [first = '', ...words] = text.trim().split(/\s+/)
  const [, leg, all, service, operation, queue] = TARGET.exec(first) ?? []
  if (all === undefined && operation === undefined) throw mistake(EXPECTED)
  const rule: Record<string, unknown> = { ...(leg !== undefined && { at: leg }) }
  const on: Record<string, unknown> = {
    ...(service !== undefined && service !== '*' && { service: oneOf(service) }),
    ...(operation !== undefined && operation !== '*' && { operation: oneOf(operation) }),
    ...(queue !== undefined && { queue: oneOf(queue) }),
  }
  const when: Record<string, unknown> = {}
  const conditions = words.findIndex((word) => !word.includes('=') && !RATE.test(word))
  if (conditions < 0) throw mistake(`says no effect: ${EXPECTED}`)
  for (const word of words.slice(0, conditions)) condition(word, { rule, on, when })
  if (Object.keys(on).length > 0) rule['on'] = on
  if (Object.keys(when).length > 0) rule['when'] = when
  const effect = words[conditions] as string
  const value = words.slice(conditions + 1).join(' ')
  return { ...rule, do: value === '' ? effect : { [effect]: valueOf(value) } }
}

type Parts = Readonly<Record<'rule' | 'on' | 'when', Record<string, unknown>>>

function condition(word: string, { rule, on, when }: Parts): void {
  if (RATE.test(word)) return void (when['rate'] = word)
  const equalsAt = word.indexOf('=')
  const name = word.slice(0, equalsAt)
  const text = word.slice(equalsAt + 1)
  if (text === '') throw mistake(`${name}= says nothing`)
  if (ON.includes(name)) on[name] = oneOf(text)
  else if (OF_RULE.includes(name)) rule[name] = name === 'id' ? text : valueOf(text)
  else if (name === 'flap') {
    const [isOn, isOff] = text.split('/', 2)
    when['flap'] = { on: isOn, ...(isOff !== undefined && { off: isOff }) }
  } else if (WHEN.includes(name)) {
    const list = text.split(',').map(numberOr)
    when[name] = name === 'nth' && list.length > 1 ? list : numberOr(text)
  } else throw mistake(unknownWord('condition', name, [...ON, ...WHEN, ...OF_RULE]))
}

/** A comma is an or. */
function oneOf(text: string): string | readonly string[] {
  const words = text.split(',').filter((word) => word !== '')
  return words.length > 1 ? words : text
}

function numberOr(text: string): string | number {
  return /^\d{1,15}(?:\.\d{1,9})?$/.test(text) ? Number(text) : text
}

/** A piece of YAML. Throws a PipitError. */
export function valueOf(text: string): unknown {
  const document = yaml().parseDocument(text, { prettyErrors: false })
  const [error] = document.errors
  if (error !== undefined) throw mistake(`${JSON.stringify(text)} cannot be read: ${error.message}`)
  return document.toJS()
}

function mistake(what: string): PipitError {
  return new PipitError('bad-request', what)
}
