import * as v from 'valibot'
import { didYouMean } from '../../core/nearest.ts'
import type { Service } from '../../core/service.ts'
import { type Alternative, alternativesOf, type Pattern } from './pattern.ts'

type Words = Readonly<Partial<Record<'service' | 'operation' | 'protocol', Pattern | undefined>>>

/** A condition that can never hold is a mistake: words are looked up in what the services say of themselves. */
export function checkWords<W extends Words>(services: readonly Service[]) {
  return v.rawCheck<W>(({ dataset, addIssue }) => {
    if (!dataset.typed) return
    const { value: input } = dataset
    const chosen = chosenBy(input.service, services)
    const known = {
      service: services.map(({ name }) => name),
      operation: chosen.flatMap(({ operations }) => operations),
      protocol: [...new Set(services.flatMap(({ protocols }) => protocols.map(({ name }) => name)))],
    }
    for (const key of ['service', 'operation', 'protocol'] as const) {
      const value = input[key]
      const message = value === undefined ? undefined : complaintOf(key, value, known[key])
      if (message !== undefined)
        addIssue({ message, input: value, path: [{ type: 'object', origin: 'value', input, key, value }] })
    }
  })
}

/** Those that a condition on the service leaves; of one that nobody knows, all: it has its own complaint. */
function chosenBy(written: Pattern | undefined, services: readonly Service[]): readonly Service[] {
  if (written === undefined) return services
  const alternatives = alternativesOf(written)
  const isNot = typeof written === 'object' && !Array.isArray(written)
  const chosen = services.filter(({ name }) => alternatives.some(({ fits }) => fits(name)) !== isNot)
  return chosen.length === 0 ? services : chosen
}

function complaintOf(what: string, written: Pattern, known: readonly string[]): string | undefined {
  const wrong = alternativesOf(written).find(({ fits }) => !known.some((word) => fits(word)))
  return wrong === undefined ? undefined : unknown(what, wrong, known)
}

function unknown(what: string, { text, isPlain }: Alternative, known: readonly string[]): string {
  if (!isPlain) return `fits no ${what}`
  return unknownWord(what, text, known)
}

/** Lists that are longer help nobody. */
const MOST_LISTED = 12

export function unknownWord(what: string, word: string, known: readonly string[]): string {
  const guess = didYouMean(word, known)
  const all = known.length === 0 || known.length > MOST_LISTED ? '' : `, expected one of ${known.join(', ')}`
  return `unknown ${what} "${word}"${guess === '' ? all : guess}`
}
