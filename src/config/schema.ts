import * as v from 'valibot'
import { formatListenAddress, parseHost, parseListenAddress, type ListenAddress } from './listen-address.ts'
import { notList, strictly } from '../core/strictly.ts'
import { commaList } from './comma-list.ts'
import { monitorOptions } from './monitor-options.ts'
import { faultOptions } from './fault-options.ts'
import { declaredOptions, fixtureOptions } from './fixture-options.ts'
import { forwardOptions, ofEachService, services } from './forward-options.ts'
import { option, section, settingsOf } from './option.ts'
import { pluginOptions } from './plugin-options.ts'
import { DEFAULT_PORT } from './process-environment.ts'
import { MOST_RECEIVES, parseQueuesShorthand, type QueueEntry } from './queues-shorthand.ts'

const PORT = 'expected a port from 0 to 65535'
const ADDRESS = 'expected an address like ":3000", "127.0.0.1:3000" or "[::1]:3000"'
const QUEUES = 'expected a mapping of names to attributes, or text like "orders>orders-dlq:3,events.fifo"'
const SWITCH = 'expected true or false'

const text = (expected: string) => v.string(expected)

const port = v.pipe(v.number(PORT), v.integer(PORT), v.minValue(0, PORT), v.maxValue(65535, PORT))

const address = v.pipe(
  v.union([v.string(), v.number()], ADDRESS),
  v.rawTransform<string | number, ListenAddress>(({ dataset, addIssue, NEVER }) => {
    const parsed = parseListenAddress(String(dataset.value))
    if (parsed !== undefined) return parsed
    addIssue({ message: ADDRESS })
    return NEVER
  }),
)

const addresses = v.union(
  [
    v.pipe(
      v.string(),
      v.transform((list): (string | number)[] => commaList(list)),
      v.array(address),
      v.minLength(1, ADDRESS),
    ),
    v.pipe(v.array(address), v.minLength(1, ADDRESS)),
  ],
  `${ADDRESS}, or a list of them`,
)

const tlsAddresses = v.union([addresses, v.pipe(v.array(address), v.maxLength(0))], `${ADDRESS}, or a list of them`)

const host = v.pipe(
  text('expected a host name or address like "0.0.0.0"'),
  v.rawTransform<string, string>(({ dataset, addIssue, NEVER }) => {
    const parsed = parseHost(dataset.value)
    if (parsed !== undefined) return parsed
    addIssue({ message: 'expected a host name or address like "0.0.0.0"' })
    return NEVER
  }),
)

const PUBLIC_URL = 'expected a URL like "http://pipit:3000", without a path'

const publicUrl = v.pipe(
  text(PUBLIC_URL),
  v.rawTransform<string, string>(({ dataset, addIssue, NEVER }) => {
    const url = URL.canParse(dataset.value) ? new URL(dataset.value) : undefined
    if (url !== undefined && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`) return url.origin
    addIssue({ message: PUBLIC_URL })
    return NEVER
  }),
)

const FILE = 'expected the path of a file'
const file = v.pipe(text(FILE), v.nonEmpty(FILE))

const REGION = 'expected a region like "us-east-1"'

/** It becomes a part of ARNs and is compared with what a signature says: any word will do. */
const region = v.pipe(text(REGION), v.regex(/^[A-Za-z0-9_-]{1,64}$/, REGION))

const HOSTS = 'expected host names like "pipit.example.com,gateway.example.com"'

const hostName = v.pipe(
  v.string(HOSTS),
  v.regex(/^\s*[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9])?\s*$/, HOSTS),
  v.transform((name) => name.trim().toLowerCase()),
)

const hostNames = v.union([v.pipe(v.string(), v.transform(commaList), v.array(hostName)), v.array(hostName)], HOSTS)

const TOKEN = 'expected a token of 8 or more visible characters'

/** What was given instead is not repeated: it may be one. */
const token = v.pipe(
  text(TOKEN),
  v.rawTransform<string, string>(({ dataset, addIssue, NEVER }) => {
    if (/^[\x21-\x7e]{8,256}$/.test(dataset.value)) return dataset.value
    addIssue({ message: TOKEN, input: '(hidden)' })
    return NEVER
  }),
)

export interface StrictRules {
  readonly recreateDelay?: boolean | null | undefined
  readonly purgeDelay?: boolean | null | undefined
}

const strict = v.pipe(
  v.union(
    [
      v.boolean(),
      strictly({
        recreateDelay: v.nullish(v.boolean(SWITCH)),
        purgeDelay: v.nullish(v.boolean(SWITCH)),
      }),
    ],
    'expected true, false or { recreateDelay, purgeDelay }',
  ),
  v.transform((value): StrictRules => {
    return typeof value === 'boolean' ? { recreateDelay: value, purgeDelay: value } : value
  }),
)

const attributeValue = v.pipe(
  v.union(
    [v.string(), v.number(), v.boolean(), notList(v.record(v.string(), v.unknown()), 'expected a mapping')],
    'expected text, a number, true, false or a mapping',
  ),
  v.transform((value) => (typeof value === 'object' ? JSON.stringify(value) : String(value))),
)

const MAX_RECEIVE_COUNT = `expected a receive count of 1 to ${MOST_RECEIVES}`

const deadLetterQueue = strictly({
  name: v.pipe(text('expected the name of a queue'), v.nonEmpty('expected the name of a queue')),
  maxReceiveCount: v.pipe(
    v.number(MAX_RECEIVE_COUNT),
    v.integer(MAX_RECEIVE_COUNT),
    v.minValue(1, MAX_RECEIVE_COUNT),
    v.maxValue(MOST_RECEIVES, MAX_RECEIVE_COUNT),
  ),
})

const ATTRIBUTES = 'expected attributes like { VisibilityTimeout: 30 }'

const queue = v.nullish(
  notList(v.objectWithRest({ dlq: v.nullish(deadLetterQueue) }, attributeValue, ATTRIBUTES), ATTRIBUTES),
)

const queues = v.union(
  [
    v.pipe(
      v.string(),
      v.rawTransform<string, readonly QueueEntry[]>(({ dataset, addIssue, NEVER }) => {
        const parsed = parseQueuesShorthand(dataset.value)
        if (!('wrong' in parsed)) return parsed
        addIssue({ message: parsed.message, input: parsed.wrong })
        return NEVER
      }),
    ),
    v.pipe(
      notList(v.record(v.string(), queue), QUEUES),
      v.transform((byName) => Object.entries(byName).map(([name, entry]) => queueEntry(name, entry ?? {}))),
    ),
  ],
  QUEUES,
)

function queueEntry(name: string, entry: v.InferOutput<typeof queue> & object): QueueEntry {
  const { dlq, ...attributes } = entry
  return { name, attributes, ...(dlq ? { dlq } : {}) }
}

/** The whole of pipit.yaml. A new option is a new entry here: flag, env twin, default, help and JSON schema follow. */
export const schema = strictly({
  port: option(
    {
      what: 'port to listen on; 0 takes any free one',
      flag: 'port',
      env: 'PORT',
      text: 'number',
      fallback: DEFAULT_PORT,
    },
    port,
  ),
  host: option(
    { what: 'address to listen on; without it only this machine reaches pipit', flag: 'host', text: 'string' },
    host,
  ),
  listen: option(
    {
      what: 'all addresses to listen on, like :3000,:4566; instead of port',
      flag: 'listen',
      text: 'string',
      written: (value: readonly ListenAddress[]) => value.map(formatListenAddress),
    },
    addresses,
  ),
  tlsListen: option(
    {
      what: 'addresses to speak HTTPS on, like :443, with a CA made at start or your own certificate',
      flag: 'tls-listen',
      text: 'string',
      written: (value: readonly ListenAddress[]) => value.map(formatListenAddress),
    },
    tlsAddresses,
  ),
  tls: section({
    cert: option({ what: 'file with a certificate, and its chain', flag: 'tls-cert', text: 'string' }, file),
    key: option({ what: 'file with the key of that certificate', flag: 'tls-key', text: 'string' }, file),
    caFile: option(
      { what: 'file to write the certificate of the CA made at start to', flag: 'tls-ca-file', text: 'string' },
      file,
    ),
  }),
  publicUrl: option(
    {
      what: 'scheme and host of the queue URLs handed out; without it, those that the caller used',
      flag: 'public-url',
      text: 'string',
    },
    publicUrl,
  ),
  trustProxy: option(
    { what: 'believe X-Forwarded-Proto and -Host', flag: 'trust-proxy', text: 'boolean', fallback: false },
    v.boolean(SWITCH),
  ),
  allowedHosts: option(
    {
      what: 'host names, beside private ones and addresses, under which the control plane answers',
      flag: 'allowed-hosts',
      text: 'string',
      fallback: [],
    },
    hostNames,
  ),
  adminToken: option(
    {
      what: 'what requests to the control plane must bring along as a bearer token',
      flag: 'admin-token',
      text: 'string',
      isSecret: true,
    },
    token,
  ),
  region: option(
    { what: 'region of requests that are not signed', flag: 'region', text: 'string', fallback: 'us-east-1' },
    region,
  ),
  strict: option(
    {
      what: "AWS's 60-second rules for re-creating and purging a queue",
      flag: 'strict',
      text: 'boolean',
      fallback: false,
      complete: (nearer: StrictRules, farther: StrictRules) => ({
        recreateDelay: nearer.recreateDelay ?? farther.recreateDelay,
        purgeDelay: nearer.purgeDelay ?? farther.purgeDelay,
      }),
    },
    strict,
  ),
  log: section({
    level: option(
      {
        what: 'how much to say: silent, error, warn, info, debug',
        flag: 'log-level',
        text: 'string',
        fallback: 'info',
      },
      v.picklist(['silent', 'error', 'warn', 'info', 'debug'], 'expected silent, error, warn, info or debug'),
    ),
    format: option(
      { what: 'pretty for people, json for machines', flag: 'log-format', text: 'string', fallback: 'pretty' },
      v.picklist(['pretty', 'json'], 'expected pretty or json'),
    ),
  }),
  ...faultOptions,
  ...monitorOptions,
  ...pluginOptions,
  ...forwardOptions,
  ...fixtureOptions,
  services: services({
    sqs: section({
      ...ofEachService,
      ...declaredOptions,
      queues: option(
        {
          what: 'queues that exist from the start, like orders>orders-dlq:3,events.fifo?VisibilityTimeout=5',
          flag: 'queues',
          text: 'string',
          fallback: {},
          written: (value: readonly QueueEntry[]) =>
            Object.fromEntries(
              value.map(({ name, attributes, dlq }) => [name, { ...attributes, ...(dlq && { dlq }) }]),
            ),
          complete: (nearer: readonly QueueEntry[], farther: readonly QueueEntry[]) => [
            ...farther.filter((far) => !nearer.some((near) => near.name === far.name)),
            ...nearer,
          ],
        },
        queues,
      ),
    }),
  }),
})

export const settings = settingsOf(schema)

/** What one source says, after the schema: everything may be missing. */
export type Values = v.InferOutput<typeof schema>
