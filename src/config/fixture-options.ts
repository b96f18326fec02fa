import * as v from 'valibot'
import { notList } from '../core/strictly.ts'
import { commaList } from './comma-list.ts'
import { option } from './option.ts'

const FOLDER = 'expected a folder like "./fixtures"'
const NAME = 'expected the name of a fixture like "orders/checkout"'
const ON_MISS = 'expected error, mock, forward or record'
const FILE = 'expected the name of a file'
const SCALE = 'expected a number from 0 to 1'
const TOKENS = 'expected a mapping of kinds to patterns, like { queue: "^orders-[a-z0-9]{5}$" }'
const PLACES = 'expected a list of places like "SendMessage.MessageBody.sig"'

const filled = (expected: string) => v.pipe(v.string(expected), v.nonEmpty(expected))

/** Of a flag or a variable: `queue=^orders-[a-z0-9]{5}$`, one to a line. */
const tokensText = v.pipe(
  v.string(),
  v.transform((text) =>
    Object.fromEntries(
      text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => {
          const [kind = '', ...pattern] = line.split('=')
          return [kind.trim(), pattern.join('=').trim()]
        }),
    ),
  ),
  v.record(v.string(), filled(TOKENS), TOKENS),
)

const tokens = v.union([tokensText, notList(v.record(v.string(), filled(TOKENS)), TOKENS)], TOKENS)

const places = v.union([v.pipe(v.string(), v.transform(commaList)), v.array(filled(PLACES), PLACES)], PLACES)

/** What record and replay need to know. */
export const fixtureOptions = {
  fixtures: option(
    { what: 'folder of the fixtures', flag: 'fixtures', text: 'string', fallback: './fixtures' },
    filled(FOLDER),
  ),
  fixture: option(
    {
      what: 'fixture to record or to replay, like orders/checkout; a session may have another one',
      flag: 'fixture',
      text: 'string',
    },
    filled(NAME),
  ),
  onMiss: option(
    {
      what: 'what answers a call that is not in the fixture: error, mock, forward, record',
      flag: 'on-miss',
      text: 'string',
      fallback: 'error',
    },
    v.picklist(['error', 'mock', 'forward', 'record'], ON_MISS),
  ),
  report: option({ what: 'file to write what a replay came to', flag: 'report', text: 'string' }, filled(FILE)),
  timeScale: option(
    {
      what: 'how much of its time a poll in vain takes in a replay, from 0 to 1',
      flag: 'time-scale',
      text: 'number',
      fallback: 1,
    },
    v.pipe(v.number(SCALE), v.minValue(0, SCALE), v.maxValue(1, SCALE)),
  ),
}

/** What no shape tells of a service's values: below `services.<name>`. */
export const declaredOptions = {
  tokens: option(
    {
      what: 'values that are others in every run, by pattern, like queue=^orders-[a-z0-9]{5}$',
      flag: 'tokens',
      text: 'string',
      fallback: {},
    },
    tokens,
  ),
  volatile: option(
    {
      what: 'places where anything may stand, like SendMessage.MessageBody.sig',
      flag: 'volatile',
      text: 'string',
      fallback: [],
    },
    places,
  ),
  keep: option(
    {
      what: 'places where a value that looks random is what the test is about',
      flag: 'keep',
      text: 'string',
      fallback: [],
    },
    places,
  ),
}
