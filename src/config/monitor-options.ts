import * as v from 'valibot'
import { strictly } from '../core/strictly.ts'
import { commaList } from './comma-list.ts'
import { formatTarget, type Forward, parseForward, parseTarget, type Target } from './forward.ts'
import { formatListenAddress, type ListenAddress, parseListenAddress } from './listen-address.ts'
import { option } from './option.ts'

const LISTEN = 'expected a port or an address like 3001 or "[::1]:3001"'
const TO = 'expected where it goes on, like "localhost:3000" or "http://localhost:3000"'
const MONITOR = 'expected a forward like "3001 localhost 3000" or { listen: 3001, to: "localhost:3000" }'

const listen = v.pipe(
  v.union([v.string(), v.number()], LISTEN),
  v.rawTransform<string | number, ListenAddress>(({ dataset, addIssue, NEVER }) => {
    const parsed = parseListenAddress(String(dataset.value))
    if (parsed !== undefined) return parsed
    addIssue({ message: LISTEN })
    return NEVER
  }),
)

const to = v.pipe(
  v.string(TO),
  v.rawTransform<string, Target>(({ dataset, addIssue, NEVER }) => {
    const parsed = parseTarget(dataset.value)
    if (parsed !== undefined) return parsed
    addIssue({ message: TO })
    return NEVER
  }),
)

const inWords = v.pipe(
  v.string(MONITOR),
  v.rawTransform<string, Forward>(({ dataset, addIssue, NEVER }) => {
    const parsed = parseForward(dataset.value)
    if (parsed !== undefined) return parsed
    addIssue({ message: MONITOR })
    return NEVER
  }),
)

/** One forward, as a text or as a mapping: in a config, and over HTTP. */
export const forwardSchema = v.union(
  [
    inWords,
    v.pipe(
      strictly({ listen, to }),
      v.transform((given): Forward => ({ listen: given.listen, target: given.to })),
    ),
  ],
  MONITOR,
)

const forwards = v.union(
  [
    v.pipe(
      v.string(),
      v.transform((list): v.InferInput<typeof forwardSchema>[] => commaList(list)),
      v.array(forwardSchema),
    ),
    v.array(forwardSchema),
  ],
  `${MONITOR}, or a list of them`,
)

export const monitorOptions = {
  monitors: option(
    {
      what: 'ports to forward and to watch, like "3001 localhost 3000"; what crosses goes to the journal',
      flag: 'monitors',
      text: 'string',
      fallback: [],
      written: (value: readonly Forward[]) => value.map(formatForward),
    },
    forwards,
  ),
}

function formatForward({ listen: address, target }: Forward): string {
  return `${formatListenAddress(address)} ${formatTarget(target)}`
}
