import * as v from 'valibot'
import { option } from './option.ts'
import { parseFaultsText } from './faults-text.ts'

const SEED = 'expected a whole number from 0'
const FAULTS = 'expected a list of rules, short forms and presets'
const UNUSED = 'expected warn or error'

/** Beyond, two numbers that are written differently are the same. */
const MOST_SEED = Number.MAX_SAFE_INTEGER

const seed = v.pipe(v.number(SEED), v.integer(SEED), v.minValue(0, SEED), v.maxValue(MOST_SEED, SEED))

/** A text is what a flag or a variable says; what each entry means is judged where the words are known. */
const faults = v.union(
  [
    v.pipe(
      v.string(),
      v.rawTransform<string, readonly unknown[]>(({ dataset, addIssue, NEVER }) => {
        const parsed = parseFaultsText(dataset.value)
        if (!('wrong' in parsed)) return parsed
        addIssue({ message: parsed.wrong })
        return NEVER
      }),
    ),
    v.array(v.unknown()),
  ],
  FAULTS,
)

export const faultOptions = {
  faults: option(
    {
      what: 'a fault, like "sqs.SendMessage first=2 error RequestThrottled", or the name of a preset',
      flag: 'fault',
      env: 'PIPIT_FAULTS',
      text: 'string',
      fallback: [],
      isRepeatable: true,
      written: (declared: ReadonlyArray<{ readonly entries: readonly unknown[] }>) =>
        declared.flatMap(({ entries }) => entries),
      complete: (nearer: readonly unknown[], farther: readonly unknown[]) => [...farther, ...nearer],
    },
    faults,
  ),
  seed: option(
    { what: 'what faults draw from; without it another one at every start', flag: 'seed', text: 'number' },
    seed,
  ),
  unused: option(
    {
      what: 'whether a fault that never fired fails pipit faults verify: warn, error',
      flag: 'unused',
      text: 'string',
      fallback: 'warn',
    },
    v.picklist(['warn', 'error'], UNUSED),
  ),
  faultHeader: option(
    {
      what: 'say in the header x-pipit-fault which faults an answer has met',
      flag: 'fault-header',
      text: 'boolean',
      fallback: true,
    },
    v.boolean('expected true or false'),
  ),
}
